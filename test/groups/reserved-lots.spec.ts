import type { ListedCheck } from '../../src/procedure/checks.rules.js';
import { type Holder, World } from '../accounts/world.js';
import { Places } from '../support/clusters.js';

/** A lot reserved to a pôle de proximité keeps nobody else in silence. Argentré and Bonchamp are of it, Parné is not. */
let world: World;
let officer: Holder;
let admin: Holder;
let consultationId: string;
let lotId: string;
let clusterId: string;
const buyers: Record<string, string> = {};
const places = new Places(() => world);

beforeAll(async () => {
  world = await World.open();
  const { groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  admin = await world.person('administrator', { buyerId: null, groupId: null });
  buyers['Argentré'] = world.own.buyerId;
  for (const name of ['Bonchamp', 'Parné', 'Entrammes']) {
    buyers[name] = await places.buyer(name);
    await places.member(groupId, buyers[name]);
  }
  clusterId = await places.cluster('Pôle Est', [buyers['Bonchamp']!, buyers['Argentré']]);
  consultationId = await places.consultation(groupId);
  lotId = await places.lot(consultationId, 1);
  await places.joins(consultationId, lotId, [buyers['Argentré'], buyers['Entrammes']!, buyers['Parné']!]);
});
afterAll(() => world.close());

const reserve = (version: number, reservedClusterId: string | null) =>
  world.api(`/lots/${lotId}`, officer, {
    method: 'PATCH',
    body: JSON.stringify({ reservedClusterId }),
    headers: { 'If-Match': `"${version}"` },
  });
const check = async (): Promise<ListedCheck | undefined> => {
  const response = await world.api(`/consultations/${consultationId}/checks`, officer);
  const { items } = (await response.json()) as { items: ListedCheck[] };
  return items.find(({ rule }) => rule === 'LOT_RESERVED_CLUSTER');
};

test('is not reserved to a cluster while others take part in it, who are named', async () => {
  const refused = await reserve(1, clusterId);
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    {
      code: 'LOT_HAS_OUTSIDERS',
      detail:
        'Le lot\u00a01 ne peut pas être réservé au pôle «\u00a0Pôle Est\u00a0»\u00a0: y participent déjà, et sont hors du pôle\u00a0: Entrammes, Parné. Les ajouter au pôle, ou leur faire d’abord quitter le lot.',
    },
  ]);
  await places.sql(`delete from lot_participation where lot_id = $1 and buyer_id = any($2::uuid[])`, [
    lotId,
    [buyers['Parné'], buyers['Entrammes']],
  ]);
  expect((await reserve(1, clusterId)).status).toBe(200);
  expect(await check()).toMatchObject({ verdict: 'ok', figures: { 'lots réservés': '1' } });
});

test('one that leaves the cluster is told by the checks; the lot may still be edited, and opened', async () => {
  const put = await world.api(`/clusters/${clusterId}/members`, admin, {
    method: 'PUT',
    body: JSON.stringify({ buyerIds: [buyers['Bonchamp']] }),
    headers: { 'If-Match': '"1"' },
  });
  expect(put.status).toBe(200);
  expect(await check()).toMatchObject({
    ...{ subject: 'consultation', verdict: 'warn' },
    article: 'CCP L2113-10\u00a0; règle que le groupement s’est donnée',
    figures: { 'lots avec des membres hors du pôle': '1' },
    sentence: expect.stringContaining('y participe sans en être membre\u00a0: Argentré.') as string,
  });
  expect((await reserve(2, clusterId)).status).toBe(200);
  expect((await reserve(3, null)).status).toBe(200);
  expect(await check()).toBeUndefined();
});

test('reserved to a cluster that the group takes nobody of in, it is told to be closed to all', async () => {
  const away = await places.cluster('Pôle d’ailleurs', [await places.buyer('Lointaine')]);
  await places.sql(`delete from lot_participation where lot_id = $1`, [lotId]);
  expect((await reserve(4, away)).status).toBe(200);
  expect(await check()).toMatchObject({ verdict: 'ok' });
  await places.sql(`update purchasing_group set reserved_cluster_id = $2 where id = $1`, [
    world.own.groupId,
    clusterId,
  ]);
  expect(await check()).toMatchObject({
    verdict: 'warn',
    figures: { 'lots que personne ne peut rejoindre': '1' },
    sentence: expect.stringContaining('personne ne peut rejoindre ce lot') as string,
  });
  await places.sql(`update purchasing_group set reserved_cluster_id = $2 where id = $1`, [
    world.own.groupId,
    away,
  ]);
  expect(await check()).toMatchObject({ verdict: 'ok' });
});
