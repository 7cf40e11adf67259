import type { NeedsTotalsPage } from '../../src/needs/needs-totals.dto.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable } from '../support/census.js';

let world: World;
let officer: Holder;
let secretary: Holder;
let of: Census;

beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  of = await declarable(world.source, world.own);
  await world.source.query(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
     values ($1, $2, $5, $6, 'valid', 100, 113, null), ($1, $3, $5, $6, 'late', null, 40, null),
            ($1, $4, $5, $7, 'valid', null, 0, null)`,
    [of.consultationId, ...of.itemIds, of.buyerId, ...of.lotIds],
  );
});
afterAll(() => world.close());

const read = async (query: string, holder = officer, rest = ''): Promise<NeedsTotalsPage> => {
  const response = await world.api(
    `/consultations/${of.consultationId}/needs-totals${rest}?${query}`,
    holder,
  );
  expect(response.status).toBe(200);
  return (await response.json()) as NeedsTotalsPage;
};
const status = async (query: string, holder: Holder, rest = ''): Promise<number> =>
  (await world.api(`/consultations/${of.consultationId}/needs-totals${rest}?${query}`, holder)).status;

test('by item: quantities, packs and what lacks, amounts a year and over the whole duration', async () => {
  const { items, firmYears, renewals } = await read('by=item');
  expect([firmYears, renewals, items.map(({ code }) => code)]).toEqual([1, 3, ['A-1', 'A-2', 'B-1']]);
  expect(items[0]).toMatchObject({
    ...{ lotNumber: 1, members: 1, clusters: [] },
    quantities: { unit: 'sac', minimum: '100', estimate: '113', maximum: '113' },
    packs: {
      ...{ packaging: '40', packs: '3', lacking: '7' },
      sentence: 'il manque 7\u00a0sacs pour un conditionnement complet de 40\u00a0sacs',
    },
    // 113 × 6,15 = 694,95; TVA 20 % = 138,99.
    ...{ net: '694.95', gross: '833.94', netOverall: '2779.80', grossOverall: '3335.76' },
  });
  // What is late does not count, and an item that nobody asks for is there all the same.
  expect(items[1]).toMatchObject({ members: 0, net: '0.00', quantities: { estimate: '0' } });
});

test('by lot, member, cluster and year', async () => {
  expect((await read('by=lot')).items.map(({ lotNumber, net }) => [lotNumber, net])).toEqual([
    [1, '694.95'],
    [2, '0.00'],
  ]);
  expect((await read('by=member')).items).toMatchObject([
    { id: of.buyerId, code: '21530007000012', label: 'Argentré', members: 1, gross: '833.94' },
  ]);
  const clusters = await read('by=cluster');
  expect(clusters.items).toMatchObject([{ id: null, label: 'Hors pôle', net: '694.95' }]);
  expect(clusters.caution).toMatch(/plusieurs pôles/);
  expect((await read('by=year')).items.map(({ label, net }) => [label, net])).toEqual([
    ['Année\u00a01', '694.95'],
    ['Année\u00a02 (reconduction\u00a01)', '694.95'],
    ['Année\u00a03 (reconduction\u00a02)', '694.95'],
    ['Année\u00a04 (reconduction\u00a03)', '694.95'],
  ]);
});

test('pages follow each other; a cursor of another list is borne', async () => {
  const first = await read('by=item&limit=2');
  expect(first.items).toHaveLength(2);
  const then = await read(`by=item&limit=2&after=${first.next!}`);
  expect([then.items.map(({ code }) => code), then.next]).toEqual([['B-1'], null]);
  const byMember = Buffer.from(JSON.stringify(['argentre', 'x'])).toString('base64url');
  expect(await status(`by=item&after=${byMember}`, officer)).toBe(200);
  expect(await status(`by=member&after=${first.next!}`, officer)).toBe(200);
});

test('a member reads its own, not those of all', async () => {
  const own = await read('by=lot', secretary, `/${of.buyerId}`);
  expect(own.items.map(({ net }) => net)).toEqual(['694.95', '0.00']);
  expect(await status('by=lot', secretary)).toBe(403);
  const stranger = await world.person('commune_secretary', { buyerId: world.other.buyerId, groupId: null });
  expect(await status('by=lot', stranger, `/${of.buyerId}`)).toBe(404);
  expect(await status('by=lot', officer, `/${world.other.buyerId}`)).toBe(404);
  expect(await status('by=month', officer)).toBe(422);
});
