import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { centsFromDecimal, lineAmount, sum, vatOf } from '../../src/money/amounts.js';
import { formatDecimal } from '../../src/money/decimal.js';
import { ALL, NeedsTotalsQueries } from '../../src/needs/needs-totals.queries.js';
import { openIdleApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';
import { SAMPLE } from '../support/sample-dossier.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let app: INestApplicationContext;
let source: DataSource;
const queries = new NeedsTotalsQueries();

beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
  source = app.get(DataSource);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Expected {
  readonly quantities_valid_only: Record<string, readonly string[]>;
  readonly lot_estimate_ht_per_year_valid_only: Record<string, string>;
  readonly member_estimate_ht_per_year: Record<string, Record<string, string>>;
  readonly total_ht_per_year: string;
}
const number = (text: string): number => Number(text);

test('the sample campaign totals what was computed apart, by item, lot and member', async () => {
  await recordSample(app, ['--renewals', '3']);
  const [row] = await source.query<{ id: string }[]>('select id from consultation');
  const consultationId = row!.id;
  const scope = { consultationId, buyerId: null };
  const expected = JSON.parse(readFileSync(new URL('expected.json', SAMPLE), 'utf8')) as Expected;

  const items = await queries.items(source.manager, scope, ALL);
  expect(
    Object.fromEntries(
      items.map(({ code, minimum, estimate, maximum }) => [code, [minimum, estimate, maximum].map(number)]),
    ),
  ).toEqual(
    Object.fromEntries(
      Object.entries(expected.quantities_valid_only).map(([code, said]) => [code, said.map(number)]),
    ),
  );
  const lots = await queries.lots(source.manager, scope);
  expect(Object.fromEntries(lots.map(({ code, net }) => [code, net]))).toEqual(
    expected.lot_estimate_ht_per_year_valid_only,
  );
  const keys = await source.query<{ id: string; key: string }[]>(
    `select id, coalesce(insee_code, siret) as key from buyer`,
  );
  const byMember: Record<string, Record<string, string>> = {};
  for (const { buyerId, lotNumber, net } of await queries.membersByLot(source.manager, consultationId))
    if (net !== '0.00')
      (byMember[keys.find(({ id }) => id === buyerId)!.key] ??= {})[String(lotNumber)] = net;
  expect(byMember).toEqual(
    Object.fromEntries(
      Object.entries(expected.member_estimate_ht_per_year).map(([key, said]) => [
        key,
        Object.fromEntries(Object.entries(said).filter(([, net]) => number(net) !== 0)),
      ]),
    ),
  );
  expect((await queries.whole(source.manager, scope)).net).toBe(expected.total_ht_per_year);
  expect(await queries.duration(source.manager, consultationId)).toMatchObject({ renewals: 3 });
});

/** Quantities in thousandths, prices in ten-thousandths of a euro, rates in hundredths of a percent. */
interface Item {
  readonly lot: number;
  readonly price: bigint;
  readonly rate: bigint;
}
interface Need {
  readonly item: number;
  readonly buyer: number;
  readonly standing: string;
  readonly minimum: bigint | null;
  readonly estimate: bigint;
  readonly maximum: bigint | null;
}
const BUYERS = 4;
const arbitraryItem = fc.record({
  lot: fc.nat(1),
  price: fc.bigInt({ min: 0n, max: 2_000_000n }),
  rate: fc.constantFrom(0n, 210n, 550n, 1_000n, 2_000n),
});
const quantity = fc.bigInt({ min: 0n, max: 5_000_000n });
const arbitraryNeed = fc
  .record({
    item: fc.nat(4),
    buyer: fc.nat(BUYERS - 1),
    standing: fc.constantFrom('valid', 'valid', 'valid', 'late', 'draft'),
    minimum: fc.option(quantity),
    estimate: fc.oneof(fc.constant(0n), quantity),
    maximum: fc.option(quantity),
  })
  .map((need): Need => ({
    ...need,
    minimum: need.minimum !== null && need.minimum > need.estimate ? null : need.minimum,
    maximum: need.maximum !== null && need.maximum < need.estimate ? null : need.maximum,
  }));
const arbitrary = fc.record({
  items: fc.array(arbitraryItem, { minLength: 5, maxLength: 5 }),
  needs: fc.uniqueArray(arbitraryNeed, { maxLength: 20, selector: ({ item, buyer }) => `${item} ${buyer}` }),
});

interface Laid {
  readonly consultationId: string;
  readonly lotIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly buyerIds: readonly string[];
}
let count = 0;
const ids = (length: number): string[] => Array.from({ length }, () => randomUUID());
async function lay({ items, needs }: { items: readonly Item[]; needs: readonly Need[] }): Promise<Laid> {
  const [consultationId, groupId] = [randomUUID(), randomUUID()];
  const laid: Laid = { consultationId, lotIds: ids(2), itemIds: ids(5), buyerIds: ids(BUYERS) };
  count += 1;
  await source.query(
    `insert into buyer (id, siret, name) select id, $2 || lpad(n::text, 4, '0'), 'Acheteur ' || n
     from unnest($1::uuid[]) with ordinality as given (id, n)`,
    [laid.buyerIds, String(1_000_000_000 + count)],
  );
  await source.query(`insert into purchasing_group (id, coordinator_id, title) values ($1, $2, 'Essai')`, [
    groupId,
    laid.buyerIds[0],
  ]);
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Essai', 1, 2)`,
    [consultationId, groupId],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     select id, $1, n, 'Lot', '34927100', 'fournitures', 'bons_de_commande'
     from unnest($2::uuid[]) with ordinality as given (id, n)`,
    [consultationId, laid.lotIds],
  );
  await source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id)
     select $1, lot, buyer from unnest($2::uuid[]) as lot, unnest($3::uuid[]) as buyer`,
    [consultationId, laid.lotIds, laid.buyerIds],
  );
  await source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     select id, $1, lot_id, n, 'A-' || n, 'Article', 'sac', '40', price, rate, '60633'
     from unnest($2::uuid[], $3::uuid[], $4::numeric[], $5::numeric[]) with ordinality as given (id, lot_id, price, rate, n)`,
    [
      ...[consultationId, laid.itemIds, items.map(({ lot }) => laid.lotIds[lot])],
      ...[items.map(({ price }) => formatDecimal(price, 4)), items.map(({ rate }) => formatDecimal(rate, 2))],
    ],
  );
  const decimal = (value: bigint | null): string | null => (value === null ? null : formatDecimal(value, 3));
  await source.query(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[])`,
    [
      ...[consultationId, needs.map(({ item }) => laid.itemIds[item])],
      ...[
        needs.map(({ buyer }) => laid.buyerIds[buyer]),
        needs.map(({ item }) => laid.lotIds[items[item]!.lot]),
      ],
      ...[needs.map(({ standing }) => standing), needs.map(({ minimum }) => decimal(minimum))],
      ...[needs.map(({ estimate }) => decimal(estimate)), needs.map(({ maximum: most }) => decimal(most))],
    ],
  );
  return laid;
}

test('whatever is declared, totals are those of a naive model, to the cent', () =>
  fc.assert(
    fc.asyncProperty(arbitrary, async ({ items, needs }) => {
      const laid = await lay({ items, needs });
      const scope = { consultationId: laid.consultationId, buyerId: null };
      const valid = needs.filter(({ standing }) => standing === 'valid');
      const net = (some: readonly Need[]): bigint =>
        sum(some.map(({ item, estimate }) => lineAmount(estimate, items[item]!.price)));
      const gross = (some: readonly Need[]): bigint =>
        sum(
          [...new Set(some.map(({ item }) => items[item]!.rate))].map((rate) => {
            const total = net(some.filter(({ item }) => items[item]!.rate === rate));
            return total + vatOf(total, rate);
          }),
        );
      const amounts = (row: { readonly net: string; readonly gross: string }): bigint[] => [
        centsFromDecimal(row.net),
        centsFromDecimal(row.gross),
      ];

      const rows = await queries.items(source.manager, scope, ALL);
      expect(rows).toHaveLength(items.length);
      for (const row of rows) {
        const own = valid.filter(({ item }) => laid.itemIds[item] === row.id);
        expect([row.minimum, row.estimate, row.maximum, row.members]).toEqual([
          ...[
            sum(own.map(({ minimum }) => minimum ?? 0n)),
            sum(own.map(({ estimate }) => estimate)),
            sum(own.map(({ maximum: most, estimate }) => most ?? estimate)),
          ].map((value) => formatDecimal(value, 3, 3)),
          own.filter(({ estimate }) => estimate > 0n).length,
        ]);
        expect(amounts(row)).toEqual([net(own), gross(own)]);
      }
      for (const row of await queries.lots(source.manager, scope)) {
        const own = valid.filter(({ item }) => laid.lotIds[items[item]!.lot] === row.key);
        expect(amounts(row)).toEqual([net(own), gross(own)]);
      }
      const members = await queries.members(source.manager, scope, ALL);
      expect(members).toHaveLength(new Set(valid.map(({ buyer }) => buyer)).size);
      for (const row of members) {
        const own = valid.filter(({ buyer }) => laid.buyerIds[buyer] === row.key);
        expect(amounts(row)).toEqual([net(own), gross(own)]);
      }
      expect(amounts(await queries.whole(source.manager, scope))).toEqual([net(valid), gross(valid)]);
      expect(await queries.linesSha256(source.manager, laid.consultationId)).toEqual({
        count: String(valid.length),
        sha256: naiveSha256(laid, items, valid),
      });
    }),
    { numRuns: 25 },
  ));

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const ordered = (texts: readonly string[]): string[] => [...texts].sort();

function naiveSha256(laid: Laid, items: readonly Item[], needs: readonly Need[]): string {
  const three = (value: bigint | null): string => (value === null ? '' : formatDecimal(value, 3, 3));
  const lines = ordered(laid.itemIds).flatMap((itemId) => {
    const own = needs
      .filter(({ item }) => laid.itemIds[item] === itemId)
      .map(({ item, buyer, minimum, estimate, maximum: most }) =>
        [
          laid.buyerIds[buyer],
          laid.lotIds[items[item]!.lot],
          three(minimum),
          three(estimate),
          three(most),
        ].join(' '),
      );
    return own.length === 0 ? [] : [`${itemId} ${hashOf(ordered(own).join('\n'))}`];
  });
  return hashOf(lines.join('\n'));
}

test('a buyer of two clusters counts in each; pages follow each other without gap nor repetition', async () => {
  const items = Array.from({ length: 5 }, (_, n) => ({ lot: n % 2, price: 10_000n, rate: 2_000n }));
  const needs = [0, 1, 2].map((buyer) => ({
    ...{ item: 0, buyer, standing: 'valid', minimum: null, estimate: 33_000n, maximum: null },
  }));
  const laid = await lay({ items, needs });
  for (const [name, buyers] of [
    ['Pôle est', [0, 1]],
    ['Pôle ouest', [1]],
  ] as const) {
    const clusterId = randomUUID();
    await source.transaction(async (tx) => {
      await tx.query(`insert into cluster (id, name, lead_buyer_id) values ($1, $2, $3)`, [
        ...[clusterId, `${name} ${count}`, laid.buyerIds[buyers[0]]],
      ]);
      await tx.query(`insert into cluster_member (cluster_id, buyer_id) select $1, unnest($2::uuid[])`, [
        clusterId,
        buyers.map((buyer) => laid.buyerIds[buyer]),
      ]);
    });
  }
  const byCluster = await queries.itemsByCluster(source.manager, laid.consultationId, null);
  expect(byCluster.map(({ estimate }) => estimate)).toEqual(['66.000', '33.000']);
  const clusters = await queries.clusters(source.manager, laid.consultationId);
  expect(clusters.map(({ name, net, members }) => [name.slice(0, 6), net, members])).toEqual([
    ['Pôle e', '66.00', 2],
    ['Pôle o', '33.00', 1],
    ['', '33.00', 1],
  ]);
  const scope = { consultationId: laid.consultationId, buyerId: null };
  const first = await queries.items(source.manager, scope, { after: null, limit: 2 });
  const { lotNumber, position, code } = first[1]!;
  const then = await queries.items(source.manager, scope, { after: [lotNumber, position, code], limit: 9 });
  expect([...first, ...then].map((item) => item.code)).toEqual(['A-1', 'A-3', 'A-5', 'A-2', 'A-4']);
  const [one] = await queries.members(source.manager, scope, { after: null, limit: 1 });
  const others = await queries.members(source.manager, scope, { after: [one!.nameKey, one!.key], limit: 9 });
  expect([one!, ...others].map(({ name }) => name)).toEqual(['Acheteur 1', 'Acheteur 2', 'Acheteur 3']);
});
