import { randomUUID } from 'node:crypto';
import { type Holder, problem, World } from '../accounts/world.js';
import { Places } from '../support/clusters.js';

/** Where what a lot buys is brought: chosen among the sites of its members and of clusters, and never lost in silence. */
let world: World;
let officer: Holder;
let consultationId: string;
let lotId: string;
let clusterId: string;
let neighbour: string;
const sites: Record<string, string> = {};
const places = new Places(() => world);

beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  neighbour = await places.buyer('Bonchamp');
  await places.member(groupId, neighbour);
  clusterId = await places.cluster('Pôle de Loiron', [await places.buyer('Loiron'), buyerId]);
  const far = await places.cluster('Pôle lointain', [await places.buyer('Lointaine')]);
  sites['workshop'] = await places.site({ buyerId }, 'Atelier');
  sites['school'] = await places.site({ buyerId }, 'École');
  sites['neighbour'] = await places.site({ buyerId: neighbour }, 'Dépôt');
  sites['cluster'] = await places.site({ clusterId }, 'Silo');
  sites['far'] = await places.site({ clusterId: far }, 'Silo');
  consultationId = await places.consultation(groupId);
  lotId = await places.lot(consultationId);
  await places.joins(consultationId, lotId, [buyerId]);
});
afterAll(() => world.close());

interface Site {
  readonly id: string;
  readonly label: string;
}
interface Read {
  readonly version: number;
  readonly deliverySites: readonly (Site & { ownerName: string; participates: boolean })[];
}
const json = async <T>(sent: Promise<Response>): Promise<T> => (await (await sent).json()) as T;
const read = (id = lotId) => json<Read>(world.api(`/lots/${id}/delivery-sites`, officer));
const put = (deliverySiteIds: unknown, version: number, id = lotId) =>
  world.api(`/lots/${id}/delivery-sites`, officer, {
    method: 'PUT',
    body: JSON.stringify({ deliverySiteIds }),
    headers: { 'If-Match': `"${version}"` },
  });
const named = ({ deliverySites }: Read): string[] =>
  deliverySites.map(({ ownerName, label }) => `${ownerName}, ${label}`);
/** Replaces what a buyer or a cluster says of its sites, as an administrator. */
async function keep(owner: 'buyers' | 'clusters', id: string, kept: object[]): Promise<Response> {
  const administrator = await world.person('administrator', { buyerId: null, groupId: null });
  const [row] = await places.sql<{ version: number }>(
    `select version from ${owner === 'buyers' ? 'buyer' : 'cluster'} where id = $1`,
    [id],
  );
  return world.api(`/${owner}/${id}/delivery-sites`, administrator, {
    method: 'PUT',
    body: JSON.stringify({ deliverySites: kept }),
    headers: { 'If-Match': `"${row!.version}"` },
  });
}
const site = (key: string, label: string, address = '4 rue des Ateliers') => ({
  ...(sites[key] === undefined ? {} : { id: sites[key] }),
  label,
  address,
  hours: null,
});

describe('the delivery sites of a lot', () => {
  test('are those of its members and of clusters of the group; each other one is told where it is', async () => {
    const ids = [sites['workshop'], sites['neighbour'], randomUUID(), sites['cluster'], sites['far']];
    const refused = await json<{ errors: { pointer: string; code: string }[] }>(put(ids, 1));
    expect(refused.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['#/deliverySiteIds/1', 'DELIVERY_SITE_FOREIGN'],
      ['#/deliverySiteIds/2', 'DELIVERY_SITE_UNKNOWN'],
      ['#/deliverySiteIds/4', 'DELIVERY_SITE_FOREIGN'],
    ]);
    for (const wrong of [null, 'x', ['x'], [sites['workshop'], sites['workshop']!.toUpperCase()]])
      expect(await problem(put(wrong, 1))).toEqual([422, 'VALIDATION']);
    expect(named(await read())).toEqual([]);
  });

  test('are replaced from the version of the lot that was read, and told in the journal by name', async () => {
    const response = await put([sites['cluster'], sites['workshop']!.toUpperCase()], 1);
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await response.json()).toMatchObject({
      lotId,
      deliverySites: [
        { id: sites['workshop'], buyerId: world.own.buyerId, clusterId: null, participates: true },
        { id: sites['cluster'], buyerId: null, clusterId, ownerName: 'Pôle de Loiron', participates: true },
      ],
    });
    const stale = await json<{ code: string; current: Read }>(put([], 1));
    expect([stale.code, named(stale.current)]).toEqual([
      'STALE_VERSION',
      ['Argentré, Atelier', 'Pôle de Loiron, Silo'],
    ]);
    expect(await json(world.api(`/lots/${lotId}`, officer))).toMatchObject({ version: 2 });
    const lines = await places.sql<{ before: unknown; after: unknown }>(
      `select before, after from journal_entry where key = 'lots.delivery-sites' and subject_id = $1`,
      [lotId],
    );
    expect(lines).toEqual([
      { before: {}, after: { deliverySites: ['Argentré, Atelier', 'Pôle de Loiron, Silo'] } },
    ]);
  });

  test('two at once from one version: one is recorded', async () => {
    const { version } = await read();
    const sent = await Promise.all(
      [[sites['workshop']], [sites['cluster']], [], [sites['school']]].map((ids) => put(ids, version)),
    );
    expect(sent.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await put([sites['workshop'], sites['cluster']], version + 1)).status).toBe(200);
  });

  test('one whose owner left the lot may stay, and is told so', async () => {
    await places.sql(`delete from lot_participation where lot_id = $1`, [lotId]);
    const left = await read();
    expect(left.deliverySites.map(({ participates }) => participates)).toEqual([false, false]);
    expect((await put([sites['workshop']], left.version)).status).toBe(200);
    expect(await problem(put([sites['workshop'], sites['school']], left.version + 1))).toEqual([
      422,
      'VALIDATION',
    ]);
    expect((await put([sites['workshop'], sites['cluster']], left.version + 1)).status).toBe(200);
  });
});

describe('a site in use', () => {
  test('is renamed and moved with its id; it is not taken off its sheet, and the lot is named', async () => {
    const { buyerId } = world.own;
    expect(
      (await keep('buyers', buyerId, [site('workshop', 'Ateliers'), site('school', 'École')])).status,
    ).toBe(200);
    expect(named(await read())).toEqual(['Argentré, Ateliers', 'Pôle de Loiron, Silo']);
    const [{ title } = { title: '' }] = await places.sql<{ title: string }>(
      `select title from consultation where id = $1`,
      [consultationId],
    );
    for (const [owner, id, label] of [
      ['buyers', buyerId, 'Ateliers'],
      ['clusters', clusterId, 'Silo'],
    ] as const) {
      const refused = await keep(owner, id, []);
      expect(await refused.json()).toMatchObject({
        status: 409,
        code: 'DELIVERY_SITE_IN_USE',
        detail: expect.stringContaining(
          `\u00a0: «\u00a0${label}\u00a0», dans le lot\u00a01 de la consultation «\u00a0${title}\u00a0». L’en retirer d’abord`,
        ),
      });
    }
    // What no lot names goes.
    expect((await keep('buyers', buyerId, [site('workshop', 'Ateliers')])).status).toBe(200);
    expect(await places.sql(`select from delivery_site where id = $1`, [sites['school']])).toEqual([]);
  });

  test('two at once: chosen for a lot, or taken off its sheet, and never both', async () => {
    const { buyerId } = world.own;
    await places.joins(consultationId, lotId, [buyerId]);
    for (let i = 0; i < 6; i += 1) {
      const id = await places.site({ buyerId }, `Essai ${i}`);
      const { version } = await read();
      const [chosen, removed] = await Promise.all([
        put([sites['workshop'], sites['cluster'], id], version),
        keep('buyers', buyerId, [site('workshop', 'Ateliers')]),
      ]);
      expect([chosen.status, removed.status]).toEqual(chosen.status === 200 ? [200, 409] : [422, 200]);
      if (chosen.status !== 200) continue;
      expect((await put([sites['workshop'], sites['cluster']], version + 1)).status).toBe(200);
      expect((await keep('buyers', buyerId, [site('workshop', 'Ateliers')])).status).toBe(200);
    }
  });

  test('is copied with its lot; given up once launched, it stays there, is not copied, and its name serves again', async () => {
    const copy = async () => {
      const body = { title: `Copie ${randomUUID()}` };
      const { id } = await json<{ id: string }>(
        world.post(`/consultations/${consultationId}/copy`, officer, body),
      );
      const [lot] = await places.sql<{ id: string }>(`select id from lot where consultation_id = $1`, [id]);
      return lot!.id;
    };
    const first = await copy();
    expect(named(await read(first))).toEqual(['Argentré, Ateliers', 'Pôle de Loiron, Silo']);
    const [line] = await places.sql<{ after: object }>(
      `select after from journal_entry where key = 'lots.copy' and subject_id = $1`,
      [first],
    );
    expect(line!.after).toMatchObject({ deliverySites: ['Argentré, Ateliers', 'Pôle de Loiron, Silo'] });
    expect((await put([], 1, first)).status).toBe(200);
    await places.sql(`update consultation set launched_at = now() where id = $1`, [consultationId]);
    expect(await problem(put([], (await read()).version))).toEqual([409, 'CONSULTATION_LAUNCHED']);
    const renewed = await keep('buyers', world.own.buyerId, [
      { label: 'Ateliers', address: '1 place Neuve', hours: null },
    ]);
    expect(await renewed.json()).toMatchObject({
      deliverySites: [{ label: 'Ateliers', address: '1 place Neuve' }],
    });
    const kept = await read();
    expect([named(kept), kept.deliverySites[0]!.id]).toEqual([
      ['Argentré, Ateliers', 'Pôle de Loiron, Silo'],
      sites['workshop'],
    ]);
    expect(await problem(keep('buyers', world.own.buyerId, [site('workshop', 'Ateliers')]))).toEqual([
      422,
      'DELIVERY_SITE_UNKNOWN',
    ]);
    expect(named(await read(await copy()))).toEqual(['Pôle de Loiron, Silo']);
  });

  test('a lot that is deleted lets its sites go', async () => {
    const consultation = await places.consultation(world.own.groupId);
    const lot = await places.lot(consultation);
    expect((await put([sites['cluster']], 1, lot)).status).toBe(200);
    const removed = await world.api(`/lots/${lot}`, officer, {
      method: 'DELETE',
      headers: { 'If-Match': '"2"' },
    });
    expect(removed.status).toBe(204);
    expect(await places.sql(`select from lot_delivery_site where lot_id = $1`, [lot])).toEqual([]);
    // The database alone: a site that a lot names is not deleted, and what is no lot has none.
    const [row] = await places.sql<{ id: string }>(
      `select delivery_site_id as id from lot_delivery_site limit 1`,
    );
    await expect(places.sql(`delete from delivery_site where id = $1`, [row!.id])).rejects.toThrow(
      'lot_delivery_site_site',
    );
    await expect(
      places.sql(
        `insert into lot_delivery_site (lot_id, consultation_id, delivery_site_id) values ($1, $2, $3)`,
        [lot, consultation, row!.id],
      ),
    ).rejects.toThrow('lot_delivery_site_lot');
  });
});
