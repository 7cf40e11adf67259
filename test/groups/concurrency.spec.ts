import { randomUUID } from 'node:crypto';
import { ChainAudit } from '../../src/platform/journal/journal-chain.js';
import { JournalQueries } from '../../src/platform/journal/journal.queries.js';
import { type Holder, World } from '../accounts/world.js';

/** Fifty requests at once on one group: each done or refused for a reason, none lost, none in a deadlock. */
let world: World;
let officer: Holder;
let groupId: string;
const buyerIds = Array.from({ length: 40 }, () => randomUUID());

beforeAll(async () => {
  world = await World.open();
  groupId = world.own.groupId;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  await world.source.query(
    `insert into buyer (id, siret, insee_code, name)
     select id, lpad((90000000000000 + place)::text, 14, '0'), lpad((53500 + place)::text, 5, '0'), 'Commune ' || place
     from unnest($1::uuid[]) with ordinality as given (id, place)`,
    [buyerIds],
  );
});
afterAll(() => world.close());

const statuses = async (sent: readonly Promise<Response>[]): Promise<Record<number, number>> => {
  const counts: Record<number, number> = {};
  for (const response of await Promise.all(sent)) {
    await response.arrayBuffer();
    counts[response.status] = (counts[response.status] ?? 0) + 1;
  }
  return counts;
};
const journalled = async (key: string): Promise<number> =>
  (
    await world.source.query<{ n: number }[]>(
      `select count(*)::int as n from journal_entry where group_id = $1 and key = $2`,
      [groupId, key],
    )
  )[0]!.n;

const at = (buyerId: string, rest: string) => `/groups/${groupId}/members/${buyerId}${rest}`;
const edit = (version: number, object: string) =>
  world.api(`/groups/${groupId}`, officer, {
    method: 'PATCH',
    body: JSON.stringify({ object }),
    headers: { 'If-Match': `"${version}"` },
  });
const DECISION = { decisionKind: 'resolution', resolutionOn: '2026-06-22', resolutionNumber: '17' };

describe('fifty at once', () => {
  test('40 invitations and 10 edits of one version: all invited, one edit', async () => {
    const counts = await statuses([
      ...buyerIds.map((id) =>
        world.post(`/groups/${groupId}/members/invitations`, officer, { buyerIds: [id] }),
      ),
      ...Array.from({ length: 10 }, (_, i) => edit(1, `Objet ${i}`)),
    ]);
    expect(counts).toEqual({ 200: 41, 412: 9 });
    expect([await journalled('groups.invite'), await journalled('groups.edit')]).toEqual([40, 1]);
  });

  test('20 join, 10 decline, 5 show interest, 10 ask twice for the same invitations, 5 edit', async () => {
    const counts = await statuses([
      ...buyerIds.slice(0, 20).map((id) => world.post(at(id, '/joining'), officer, DECISION)),
      ...buyerIds.slice(20, 30).map((id) => world.post(at(id, '/refusal'), officer, {})),
      ...buyerIds.slice(30, 35).map((id) => world.post(at(id, '/interest'), officer, undefined)),
      ...Array.from({ length: 10 }, () =>
        world.post(`/groups/${groupId}/members/invitations`, officer, { buyerIds: [...buyerIds].reverse() }),
      ),
      ...Array.from({ length: 5 }, (_, i) => edit(2, `Autre objet ${i}`)),
    ]);
    expect(counts).toEqual({ 200: 46, 412: 4 });
    const group = (await (await world.api(`/groups/${groupId}`, officer)).json()) as object;
    expect(group).toMatchObject({ members: 21, declined: 10, interested: 5, invited: 5, version: 3 });
    expect([await journalled('groups.join'), await journalled('groups.decline')]).toEqual([20, 10]);
  });

  test('the same commune joining 25 times and withdrawing 25 times: one of each at most', async () => {
    const id = buyerIds[39]!;
    const before = await journalled('groups.join');
    const counts = await statuses(
      Array.from({ length: 50 }, (_, i) =>
        i % 2 === 0
          ? world.post(at(id, '/joining'), officer, DECISION)
          : world.post(at(id, '/withdrawal'), officer, {}),
      ),
    );
    expect(Object.keys(counts).sort()).toEqual(['200', '409']);
    expect(counts[200]).toBeLessThanOrEqual(2);
    expect((await journalled('groups.join')) - before).toBe(1);
  });

  test('and the journal is one sound chain', async () => {
    const queries = world.app.get(JournalQueries);
    const audit = new ChainAudit(await queries.heads(world.source.manager, null), []);
    await world.source.transaction(async (tx) => {
      for await (const line of queries.stored(tx, null)) expect(audit.read(line)).toEqual([]);
    });
    expect(audit.end()).toEqual([]);
  });
});
