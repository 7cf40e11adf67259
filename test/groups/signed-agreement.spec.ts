import type { CommitteeState } from '../../src/conduct/committee.service.js';
import type { MissionsState } from '../../src/conduct/missions.service.js';
import { type Holder, problem, World } from '../accounts/world.js';

/** What members signed binds them all (CCP L2113-7): it changes by an avenant, before anyone signs that one. */
let world: World;
let officer: Holder;
let coordinatorId: string;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  const [row] = await world.source.query<{ id: string }[]>(
    `select coordinator_id as id from purchasing_group where id = $1`,
    [world.own.groupId],
  );
  coordinatorId = row!.id;
  await world.source.query(
    `update membership set joined_at = '2026-06-01', decision_kind = 'resolution', resolution_on = '2026-05-19',
       resolution_number = '2026-05-017' where group_id = $1`,
    [world.own.groupId],
  );
});
afterAll(() => world.close());

const path = (rest: string) => `/groups/${world.own.groupId}${rest}`;
const read = async <T>(rest: string): Promise<T> =>
  (await world.api(path(rest), officer)).json() as Promise<T>;
const put = (rest: string, version: number, body: object) =>
  world.api(path(rest), officer, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'If-Match': `"${version}"` },
  });
const held = (...missions: string[]) => ({
  missions: missions.map((mission) => ({ mission, buyerIds: [coordinatorId] })),
});
/** On the version that is there. */
const assign = async (...missions: string[]) =>
  put('/missions', (await read<MissionsState>('/missions')).version, held(...missions));
const choose = async (kind: 'elected' | 'coordinator') =>
  put('/committee', (await read<CommitteeState>('/committee')).version, { kind, castingVote: false });
const adopt = (label: string) =>
  world.post(path('/agreement/versions'), officer, { label, adoptedOn: '2026-06-15' });
const sign = (number: number, buyerId = world.own.buyerId) =>
  world.post(path(`/agreement/versions/${number}/signatures/${buyerId}`), officer, {
    signedOn: '2026-07-02',
    signatoryName: 'Claire Martin',
    signatoryCapacity: 'maire',
  });
const refusal = async (response: Promise<Response>) => {
  const received = await response;
  const { code, detail } = (await received.json()) as { code: string; detail: string };
  return [received.status, code, detail];
};

test('changes freely while nobody signed', async () => {
  expect((await assign('passation')).status).toBe(200);
  expect((await adopt('Convention constitutive')).status).toBe(201);
  expect((await assign('passation', 'signature')).status).toBe(200);
  expect((await choose('elected')).status).toBe(200);
});

test('once a member signed, neither the missions, nor the solidarity, nor the committee', async () => {
  expect((await sign(1)).status).toBe(204);
  const before = [await read('/missions'), await read('/committee')];
  const sentence = (bound: string) =>
    `Un membre a signé la dernière version de la convention («\u00a0Convention constitutive\u00a0»)\u00a0: ${bound} que par avenant (CCP L2113-7). ` +
    'Enregistrer d’abord l’avenant, nouvelle version de la convention, puis recommencer avant sa première signature.';
  expect(await refusal(assign('passation', 'signature', 'paiement'))).toEqual([
    ...[409, 'AGREEMENT_SIGNED'],
    sentence('les missions, et la solidarité qui en découle, ne changent plus'),
  ]);
  expect(await refusal(choose('coordinator'))).toEqual([
    ...[409, 'AGREEMENT_SIGNED'],
    sentence('la commission d’appel d’offres ne change plus'),
  ]);
  expect([await read('/missions'), await read('/committee')]).toEqual(before);
});

test('an avenant that nobody signed opens them again; its first signature closes them', async () => {
  expect((await adopt('Avenant n° 1')).status).toBe(201);
  const opened = await assign('passation', 'signature', 'paiement');
  expect([opened.status, await opened.json()]).toMatchObject([200, { paidBy: 'coordinator' }]);
  expect((await choose('coordinator')).status).toBe(200);
  expect((await sign(2)).status).toBe(204);
  expect(await refusal(assign('passation'))).toMatchObject([
    ...[409, 'AGREEMENT_SIGNED'],
    expect.stringContaining('(«\u00a0Avenant n° 1\u00a0»)'),
  ]);
  expect(await problem(choose('elected'))).toEqual([409, 'AGREEMENT_SIGNED']);
});

test('a signature of an earlier version does not bind by the later one', async () => {
  expect((await adopt('Avenant n° 2')).status).toBe(201);
  await world.source.query(`delete from agreement_signature where group_id = $1 and version_number = 1`, [
    world.own.groupId,
  ]);
  expect((await sign(1)).status).toBe(204);
  expect((await assign('passation', 'notification')).status).toBe(200);
});

test('the signature of a member that left, or joined again since, binds no more', async () => {
  expect((await sign(3)).status).toBe(204);
  expect(await problem(assign('passation'))).toEqual([409, 'AGREEMENT_SIGNED']);
  const membership = (assignment: string) =>
    world.source.query(`update membership set ${assignment} where group_id = $1 and buyer_id = $2`, [
      ...[world.own.groupId, world.own.buyerId],
    ]);
  await membership(`withdrawn_at = now()`);
  expect((await assign('passation')).status).toBe(200);
  await membership(`withdrawn_at = null, joined_at = now()`);
  expect((await assign('passation', 'execution')).status).toBe(200);
  expect((await sign(3)).status).toBe(204);
  expect(await problem(assign('passation'))).toEqual([409, 'AGREEMENT_SIGNED']);
});

test('two at once, a signature and other missions: what is signed is what was read, never what came after', async () => {
  for (let i = 0; i < 6; i += 1) {
    const adopted = (await (await adopt(`Avenant ${i}`)).json()) as { number: number };
    const { version, missions } = await read<MissionsState>('/missions');
    // Others than those that stand: the same again would change nothing.
    const signs = missions.some(({ mission, holders }) => mission === 'signature' && holders.length > 0);
    const asked = held('passation', signs ? 'notification' : 'signature');
    const [signed, assigned] = await Promise.all([sign(adopted.number), put('/missions', version, asked)]);
    expect(signed.status).toBe(204);
    expect([200, 409]).toContain(assigned.status);
    expect((await read<MissionsState>('/missions')).version).toBe(
      version + (assigned.status === 200 ? 1 : 0),
    );
    expect(await problem(assign('passation'))).toEqual([409, 'AGREEMENT_SIGNED']);
  }
});

test('a private member is asked for no transmission to the préfecture (CGCT L2131-1)', async () => {
  const enforceable = async () =>
    (await read<{ checks: { rule: string; sentence: string }[] }>('/launch-readiness')).checks.find(
      ({ rule }) => rule === 'RESOLUTION_ENFORCEABLE',
    )!.sentence;
  expect(await enforceable()).toContain('Argentré');
  await world.source.query(
    `update buyer set kind = 'private', insee_code = null, applies_code = true where id = $1`,
    [world.own.buyerId],
  );
  expect(await enforceable()).not.toContain('Argentré');
});
