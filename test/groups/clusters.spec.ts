import { randomUUID } from 'node:crypto';
import { AnswersService } from '../../src/members/answers.service.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { Places } from '../support/clusters.js';
import { OPERATOR } from '../support/trace.js';

/** Invite, filter, total and reserve by pôle de proximité. Loiron and Meslay overlap by Bazougers. */
let world: World;
let officer: Holder;
let groupId: string;
const places = new Places(() => world);
const buyers: Record<string, string> = {};
const clusters: Record<string, string> = {};

beforeAll(async () => {
  world = await World.open();
  for (const name of ['Loiron', 'Beaulieu', 'Bazougers', 'Meslay', 'Isolée'])
    buyers[name] = await places.buyer(name);
  buyers['Ruillé'] = await places.buyer('Ruillé', { siren: true });
  buyers['Agglomération'] = await places.buyer('Agglomération', { inseeCode: false });
  const ids = (...names: string[]) => names.map((name) => buyers[name]!);
  clusters['Loiron'] = await places.cluster(
    'Pôle de Loiron',
    ids('Loiron', 'Beaulieu', 'Bazougers', 'Ruillé'),
  );
  clusters['Meslay'] = await places.cluster('Pôle de Meslay', ids('Meslay', 'Bazougers'));
  officer = await world.person('procurement_officer', { buyerId: buyers['Agglomération'], groupId: null });
  groupId = await open();
});
afterAll(() => world.close());

const json = async <T>(sent: Promise<Response>): Promise<T> => (await (await sent).json()) as T;
interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { pointer: string; code: string }[];
}
async function open(more: object = {}): Promise<string> {
  const sheet = { coordinatorId: buyers['Agglomération'], title: `Achats ${randomUUID()}`, ...more };
  const response = await world.post('/groups', officer, sheet);
  const text = await response.text();
  if (response.status !== 201) throw new Error(text);
  return (JSON.parse(text) as { id: string }).id;
}
const invite = (body: object, id = groupId) => world.post(`/groups/${id}/members/invitations`, officer, body);
const act = (name: string, rest: string, body: unknown, id = groupId) =>
  world.post(`/groups/${id}/members/${buyers[name]}${rest}`, officer, body);
const edit = (id: string, version: number, body: object) =>
  world.api(`/groups/${id}`, officer, {
    method: 'PATCH',
    body: JSON.stringify(body),
    headers: { 'If-Match': `"${version}"` },
  });
const DECISION = { decisionKind: 'resolution', resolutionOn: '2026-06-22', resolutionNumber: '17' };

describe('inviting', () => {
  test('names clusters that do not exist, beside buyers that do not, and invites nobody', async () => {
    const asked = { clusterIds: [clusters['Loiron'], randomUUID()], buyerIds: [randomUUID()] };
    const refused = await json<Problem>(invite(asked));
    expect(refused.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['#/buyerIds/0', 'BUYER_UNKNOWN'],
      ['#/clusterIds/1', 'CLUSTER_UNKNOWN'],
    ]);
    expect(await problem(invite({ clusterIds: ['x'] }))).toEqual([422, 'VALIDATION']);
    expect(await problem(invite({ clusterIds: [] }))).toEqual([422, 'NOBODY_TO_INVITE']);
    const [{ n } = { n: -1 }] = await places.sql<{ n: number }>(
      `select count(*)::int as n from membership where group_id = $1`,
      [groupId],
    );
    expect(n).toBe(1);
  });

  test('invites everyone of the clusters once, with a SIRET or not; joining asks for it', async () => {
    const both = await json<{ invited: string[]; unchanged: string[] }>(
      invite({ clusterIds: [clusters['Loiron']!.toUpperCase(), clusters['Meslay']] }),
    );
    const all = ['Loiron', 'Beaulieu', 'Bazougers', 'Ruillé', 'Meslay'].map((name) => buyers[name]!);
    expect([both.invited, both.unchanged]).toEqual([all.sort(), []]);
    expect(await problem(act('Ruillé', '/joining', DECISION))).toEqual([422, 'SIRET_MISSING']);
    expect(
      (await json<{ unchanged: string[] }>(invite({ clusterIds: [clusters['Meslay']] }))).unchanged,
    ).toEqual([buyers['Meslay']!, buyers['Bazougers']!].sort());
  });

  test('the list of members keeps those of one cluster, with the other filter', async () => {
    const names = async (query: string) =>
      (
        await json<{ items: { name: string }[] }>(world.api(`/groups/${groupId}/members?${query}`, officer))
      ).items.map(({ name }) => name);
    expect(await names(`clusterId=${clusters['Meslay']}`)).toEqual(['Bazougers', 'Meslay']);
    expect((await act('Meslay', '/joining', DECISION)).status).toBe(200);
    expect(await names(`clusterId=${clusters['Meslay']}&state=member`)).toEqual(['Meslay']);
    expect(await names(`clusterId=${randomUUID()}`)).toEqual([]);
    expect(await problem(world.api(`/groups/${groupId}/members?clusterId=x`, officer))).toEqual([
      422,
      'VALIDATION',
    ]);
  });
});

test('totals: a buyer of two clusters counts in each, once in all; the latest vintage, and who lacks one', async () => {
  expect((await invite({ buyerIds: [buyers['Isolée']] })).status).toBe(200);
  for (const name of ['Bazougers', 'Beaulieu'])
    expect((await act(name, '/joining', DECISION)).status).toBe(200);
  expect((await act('Loiron', '/interest', undefined)).status).toBe(200);
  expect((await act('Isolée', '/refusal', {})).status).toBe(200);
  const figure = (name: string, kind: string, value: number, vintage: number | null) =>
    places.sql(
      `insert into buyer_population (buyer_id, kind, value, vintage, source) values ($1, $2, $3, $4, 'INSEE')`,
      [buyers[name], kind, value, vintage],
    );
  await figure('Bazougers', 'municipale', 900, 2019);
  await figure('Bazougers', 'municipale', 1000, 2023);
  await figure('Bazougers', 'municipale', 5, null);
  await figure('Bazougers', 'totale', 7777, 2024);
  await figure('Meslay', 'municipale', 2000, 2023);
  await figure('Loiron', 'municipale', 4000, 2023);
  interface Figures {
    readonly name?: string;
  }
  const read = await json<{
    clusters: Figures[];
    outside: Figures;
    total: Figures;
    inSeveralClusters: number;
    caution: string;
  }>(world.api(`/groups/${groupId}/clusters`, officer));
  const none = { invited: 0, interested: 0, members: 0, declined: 0, withdrawn: 0 };
  expect(read.clusters).toEqual([
    {
      ...none,
      id: clusters['Loiron'],
      name: 'Pôle de Loiron',
      leadBuyerId: buyers['Loiron'],
      leadName: 'Loiron',
      invited: 1,
      interested: 1,
      members: 2,
      municipalPopulation: 1000,
      withoutPopulation: 1,
    },
    {
      ...none,
      id: clusters['Meslay'],
      name: 'Pôle de Meslay',
      leadBuyerId: buyers['Meslay'],
      leadName: 'Meslay',
      members: 2,
      municipalPopulation: 3000,
      withoutPopulation: 0,
    },
  ]);
  // The coordinator, invited as any other, is of no cluster.
  expect(read.outside).toEqual({
    ...none,
    invited: 1,
    declined: 1,
    municipalPopulation: 0,
    withoutPopulation: 0,
  });
  expect(read.total).toEqual({
    ...none,
    invited: 2,
    interested: 1,
    members: 3,
    declined: 1,
    municipalPopulation: 3000,
    withoutPopulation: 1,
  });
  expect([read.inSeveralClusters, read.caution]).toEqual([
    1,
    expect.stringMatching(/ne s’additionnent pas.*Seules les communes y comptent leurs habitants/),
  ]);
  // The inhabitants of an EPCI are those of its communes: a member, it adds nothing, and lacks nothing.
  await figure('Agglomération', 'municipale', 113_000, 2023);
  const joined = await act('Agglomération', '/joining', { ...DECISION, decisionKind: 'delegated' });
  expect(joined.status).toBe(200);
  const { outside, total } = await json<{ outside: Figures; total: Figures }>(
    world.api(`/groups/${groupId}/clusters`, officer),
  );
  expect([outside, total]).toMatchObject([
    { members: 1, municipalPopulation: 0, withoutPopulation: 0 },
    { members: 4, municipalPopulation: 3000, withoutPopulation: 1 },
  ]);
});

describe('a group reserved to a cluster', () => {
  let reserved: string;

  test('is opened so, told so, and never for a cluster that does not exist', async () => {
    const wrong = { coordinatorId: buyers['Agglomération'], title: 'x', reservedClusterId: randomUUID() };
    const refused = await json<Problem>(world.post('/groups', officer, wrong));
    expect(refused.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['#/reservedClusterId', 'CLUSTER_UNKNOWN'],
    ]);
    reserved = await open({ reservedClusterId: clusters['Meslay'] });
    expect(await json(world.api(`/groups/${reserved}`, officer))).toMatchObject({
      reservedClusterId: clusters['Meslay'],
      reservedClusterName: 'Pôle de Meslay',
      invited: 1,
    });
    const [line] = await places.sql<{ after: object }>(
      `select after from journal_entry where group_id = $1 and key = 'groups.open'`,
      [reserved],
    );
    expect(line!.after).toMatchObject({ reservedClusterId: clusters['Meslay'] });
  });

  test('refuses to invite those outside, all named at once, and takes the others', async () => {
    const ids = ['Meslay', 'Loiron', 'Beaulieu'].map((name) => buyers[name]);
    const refused = await json<Problem>(invite({ buyerIds: ids }, reserved));
    expect([refused.code, refused.detail]).toEqual([
      'BUYER_OUTSIDE_CLUSTER',
      'Ce groupement est réservé au pôle «\u00a0Pôle de Meslay\u00a0», dont ne sont pas membres\u00a0: Beaulieu, Loiron. Les ajouter au pôle, ou ouvrir le groupement à tous.',
    ]);
    expect((await invite({ clusterIds: [clusters['Meslay']] }, reserved)).status).toBe(200);
    expect((await act('Agglomération', '/joining', DECISION, reserved)).status).toBe(200);
  });

  test('refuses interest and joining of one that left the cluster; one that joined stays', async () => {
    expect((await act('Meslay', '/joining', DECISION, reserved)).status).toBe(200);
    const members = (ids: string[]) =>
      places.sql(
        `with gone as (delete from cluster_member where cluster_id = $1 and buyer_id <> all($2::uuid[]))
         insert into cluster_member (cluster_id, buyer_id) select $1, unnest($2::uuid[]) on conflict do nothing`,
        [clusters['Meslay'], ids],
      );
    await members([buyers['Meslay']!]);
    for (const [rest, body] of [
      ['/interest', undefined],
      ['/joining', DECISION],
    ] as const)
      expect(await problem(act('Bazougers', rest, body, reserved))).toEqual([409, 'BUYER_OUTSIDE_CLUSTER']);
    // A file of answers is held to the same; one that is a member already is not asked again.
    const answers = (names: readonly string[]) =>
      world.source.transaction(async (tx) => {
        await world.app.get(AnswersService).record(
          tx,
          OPERATOR,
          new Date(),
          reserved,
          names.map((name) => ({
            buyerId: buyers[name]!,
            joins: true,
            municipalPopulation: null,
            populationSource: null,
            resolutionOn: null,
            resolutionNumber: null,
          })),
        );
      });
    await expect(answers(['Agglomération', 'Meslay', 'Isolée'])).rejects.toMatchObject({
      faults: [expect.objectContaining({ code: 'BUYER_OUTSIDE_CLUSTER', name: 'Isolée' })],
    });
    await answers(['Agglomération', 'Meslay']);
    // Nothing is asked of those who left when something else of the sheet changes.
    expect(
      (await edit(reserved, 1, { object: 'Voirie', reservedClusterId: clusters['Meslay'] })).status,
    ).toBe(200);
    await members([buyers['Meslay']!, buyers['Bazougers']!]);
  });

  test('is not reserved to a cluster while others are in, who are named; it is opened to all at any time', async () => {
    const refused = await json<Problem>(edit(groupId, 1, { reservedClusterId: clusters['Meslay'] }));
    expect([refused.code, refused.detail]).toEqual([
      'GROUP_HAS_OUTSIDERS',
      'Le groupement ne peut pas être réservé au pôle «\u00a0Pôle de Meslay\u00a0»\u00a0: sont déjà invités ou membres, et hors du pôle\u00a0: Beaulieu, Loiron, Ruillé.',
    ]);
    // Isolée declined: it is outside, and out.
    expect((await act('Beaulieu', '/withdrawal', {})).status).toBe(200);
    for (const name of ['Loiron', 'Ruillé']) expect((await act(name, '/refusal', {})).status).toBe(200);
    const closed = await edit(groupId, 1, { reservedClusterId: clusters['Meslay'] });
    expect(await closed.json()).toMatchObject({ reservedClusterId: clusters['Meslay'], version: 2 });
    const ids = [buyers['Loiron']];
    expect(await problem(invite({ buyerIds: ids, again: true }))).toEqual([409, 'BUYER_OUTSIDE_CLUSTER']);
    expect((await edit(groupId, 2, { reservedClusterId: null })).status).toBe(200);
    expect(await json(invite({ buyerIds: ids, again: true }))).toMatchObject({ invited: ids });
  });

  test('two at once: it is never reserved with someone outside in it', async () => {
    const outsiders = `select count(*)::int as n from membership m join purchasing_group g on g.id = m.group_id
      where g.id = $1 and m.buyer_id <> g.coordinator_id and g.reserved_cluster_id is not null
        and not exists (select from cluster_member c where c.cluster_id = g.reserved_cluster_id and c.buyer_id = m.buyer_id)`;
    for (let i = 0; i < 8; i += 1) {
      const id = await open();
      const responses = await Promise.all([
        invite({ buyerIds: [buyers['Isolée']] }, id),
        edit(id, 1, { reservedClusterId: clusters['Meslay'] }),
      ]);
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [{ n } = { n: -1 }] = await places.sql<{ n: number }>(outsiders, [id]);
      expect(n).toBe(0);
    }
  });
});
