import { randomUUID } from 'node:crypto';
import { type Holder, problem, World } from '../accounts/world.js';
import { Places } from '../support/clusters.js';

/** Whoever conducts a group completes the sheets of those it invited, and of nobody else. */
let world: World;
let officer: Holder;
let buyerId: string;
const places = new Places(() => world);

beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  buyerId = await places.buyer('Changé');
  await places.sql(
    `update buyer set siret = null, siren_alone = '215300542', insee_code = '53054' where id = $1`,
    [buyerId],
  );
  await places.sql(`insert into membership (group_id, buyer_id, invited_at) values ($1, $2, now())`, [
    world.own.groupId,
    buyerId,
  ]);
});
afterAll(() => world.close());

const sheet = (rest = '', id = buyerId, groupId = world.own.groupId) =>
  `/groups/${groupId}/members/${id}/buyer${rest}`;
const send = (method: string, path: string, body: unknown, version: number | undefined, holder = officer) =>
  world.api(path, holder, {
    method,
    body: JSON.stringify(body),
    headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
  });
async function ok<T>(sent: Promise<Response>): Promise<T> {
  const response = await sent;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text) as T;
}

test('the SIRET, budgets, populations and delivery sites of an invited buyer, each from the version read', async () => {
  const read = await world.api(sheet(), officer);
  expect([read.status, read.headers.get('etag')]).toEqual([200, '"1"']);
  expect(await read.json()).toMatchObject({ id: buyerId, siret: null, siren: '215300542' });
  expect(await problem(send('PATCH', sheet(), { siret: '21530054200028' }, undefined))).toEqual([
    428,
    'VERSION_REQUIRED',
  ]);
  expect(await problem(send('PATCH', sheet(), { siret: '21530054200099' }, 1))).toEqual([422, 'VALIDATION']);
  expect(await ok(send('PATCH', sheet(), { siret: '21530054200028' }, 1))).toMatchObject({
    siret: '21530054200028',
    version: 2,
  });
  expect(await problem(send('PATCH', sheet(), { name: 'Autre' }, 1))).toEqual([412, 'STALE_VERSION']);
  const water = { siret: '21530054200036', label: 'Eau', chorusServiceCode: null, engagementRequired: true };
  expect(await ok(send('PUT', sheet('/establishments'), { establishments: [water] }, 2))).toMatchObject({
    establishments: [water],
  });
  const population = {
    kind: 'municipale',
    value: 6500,
    vintage: 2023,
    inForceOn: '2026-01-01',
    source: 'INSEE',
  };
  expect(await ok(send('PUT', sheet('/populations'), { populations: [population] }, 3))).toMatchObject({
    populations: [population],
  });
  const workshop = { label: 'Atelier', address: '4 rue des Ateliers', hours: null };
  expect(await ok(send('PUT', sheet('/delivery-sites'), { deliverySites: [workshop] }, 4))).toMatchObject({
    deliverySites: [workshop],
    version: 5,
  });
  const lines = await places.sql<{ key: string; actorId: string }>(
    `select key, actor_id as "actorId" from journal_entry where subject = 'buyer' and buyer_id = $1 order by position`,
    [buyerId],
  );
  expect(lines).toEqual(
    ['buyers.edit', 'buyers.establishments', 'buyers.populations', 'buyers.delivery-sites'].map((key) => ({
      key,
      actorId: officer.personId,
    })),
  );
});

test('not of a buyer that was never invited, declined or withdrew; nor through another group', async () => {
  const stranger = await places.buyer('Étrangère');
  const writes = [
    ['PATCH', '', { name: 'Prise' }],
    ['PUT', '/establishments', { establishments: [] }],
    ['PUT', '/populations', { populations: [] }],
    ['PUT', '/delivery-sites', { deliverySites: [] }],
  ] as const;
  for (const [method, rest, body] of writes) {
    for (const id of [stranger, randomUUID()])
      expect(await problem(send(method, sheet(rest, id), body, 1))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(send(method, sheet(rest, buyerId, world.other.groupId), body, 1))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  }
  const declined = await places.buyer('Déclinante');
  await places.sql(`insert into membership (group_id, buyer_id, declined_at) values ($1, $2, now())`, [
    world.own.groupId,
    declined,
  ]);
  expect(await problem(world.api(sheet('', declined), officer))).toEqual([409, 'HAS_DECLINED']);
  await places.sql(
    `update membership set declined_at = null, joined_at = now(), withdrawn_at = now() where buyer_id = $1`,
    [declined],
  );
  expect(await problem(send('PATCH', sheet('', declined), { name: 'Prise' }, 1))).toEqual([
    409,
    'HAS_WITHDRAWN',
  ]);
});

test('another member may not; the buyer keeps its own way to its own sheet', async () => {
  const neighbour = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
  expect(await problem(send('PATCH', sheet(), { name: 'Prise' }, 5, neighbour))).toEqual([403, 'FORBIDDEN']);
  const own = await world.person('commune_secretary', { buyerId, groupId: null });
  expect(await problem(send('PATCH', sheet(), { name: 'Changé' }, 5, own))).toEqual([403, 'FORBIDDEN']);
  expect(await ok(send('PATCH', `/buyers/${buyerId}`, { name: 'Changé (53)' }, 5, own))).toMatchObject({
    version: 6,
  });
});

test('two at once from one version: one is recorded', async () => {
  const sent = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      i % 2 === 0
        ? send('PATCH', sheet(), { name: `Changé ${i}` }, 6)
        : send('PUT', sheet('/populations'), { populations: [] }, 6),
    ),
  );
  expect(sent.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
});
