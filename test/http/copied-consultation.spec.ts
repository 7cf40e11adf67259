import { randomUUID } from 'node:crypto';
import type { ProtectionAnswer } from '../../src/protection/protection.dto.js';
import { copiedLevers } from '../../src/protection/copied.rules.js';
import { COPIED_CRITERION_COLUMNS, COPIED_TERMS_COLUMNS } from '../../src/terms/copied-columns.js';
import { LOT_TERMS_COLUMNS } from '../../src/terms/lot-terms.service.js';
import { type Holder, World } from '../accounts/world.js';

/** What rooms downstream of the catalogue say of last year's lots is said of their copies. */
let world: World;
let officer: Holder;
const sourceId = randomUUID();
const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
const sql = <T>(text: string, values: unknown[] = []): Promise<T[]> => world.source.query<T[]>(text, values);
const put = async (path: string, body: unknown): Promise<void> => {
  const response = await world.api(path, officer, { method: 'PUT', body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(await response.text());
};
const get = async <T>(path: string): Promise<T> => (await world.api(path, officer)).json() as Promise<T>;

const WHY = 'Plafonner les lots et payer une avance laisse répondre de petites entreprises.';
const TERMS = {
  ...{ maximum: '120000', minimum: '6000.50', holders: 'several', holderCount: 2 },
  ...{ orderSharing: 'percentages', orderShares: ['60', '40'], orderSharingNote: 'Au plus près du mois.' },
  ...{ variants: 'allowed', advanceRate: '20', advanceRateSme: '25', advanceBasis: 'per_order' },
  ...{ retentionRate: '3', retentionRateSme: '2', penalties: '50 € par jour', priceKind: 'revisable' },
  ...{ priceFormula: 'P0 × I / I0', environmentalClause: 'Emballages repris.' },
  ...{ socialClause: 'Cent heures d’insertion.' },
};
const CRITERIA = [
  { label: 'Prix', weight: '60', environmental: false, method: 'Prix le plus bas / prix × 60' },
  { label: 'Réactivité à moins de 20 km', weight: '25', environmental: false, placeMotive: 'Dépannage.' },
  { label: 'Empreinte carbone', weight: '15', environmental: true, method: null },
];
const CAPS = { maxLotsBid: 3, maxLotsAwarded: 2, tieRule: 'préférence du candidat' };
const SMALL = { lotValue: '120000', smallTotal: '120000', total: '900000', computedOn: '2026-11-01' };

beforeAll(async () => {
  world = await World.open();
  const { groupId, buyerId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  await sql(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Voirie 2026', 1, 2)`,
    [sourceId, groupId],
  );
  await sql(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     values ($2, $1, 3, 'Sel', '34927100', 'fournitures', 'bons_de_commande'),
            ($3, $1, 7, 'Végétaux', '03451000', 'fournitures', 'bons_de_commande'),
            ($4, $1, 9, 'Benne', '34144000', 'fournitures', 'ordinaire')`,
    [sourceId, first, second, third],
  );
  await sql(`insert into lot_participation (consultation_id, lot_id, buyer_id) values ($1, $2, $3)`, [
    ...[sourceId, first, buyerId],
  ]);
  await put(`/consultations/${sourceId}/terms`, { ...CAPS, operatingSpending: '70000000' });
  await put(`/lots/${first}/terms`, TERMS);
  await put(`/lots/${first}/member-limits`, { items: [{ buyerId, maximum: '1000' }] });
  await put(`/lots/${first}/criteria`, { items: CRITERIA });
  const CAP = { lever: 'LOT_CAP', record: { cap: 2, tieRule: 'préférence', competition: 'cinq offres' } };
  const talks = { lastOn: '2026-03-02', firms: 4, information: 'Les mêmes à toutes.' };
  await put(`/lots/${first}/protection`, {
    justification: WHY,
    levers: [{ lever: 'ADVANCE', record: { rate: '20' } }, CAP, { lever: 'SOURCING', record: talks }],
  });
  await put(`/lots/${second}/protection`, {
    justification: WHY,
    levers: [{ lever: 'SMALL_LOTS', record: { ...SMALL, motive: 'Une pépinière par saison.' } }],
  });
});
afterAll(() => world.close());

test('a copy takes over terms, criteria, clauses, caps and measures, and nothing of members nor of last year', async () => {
  const answer = await world.post(`/consultations/${sourceId}/copy`, officer, { title: 'Voirie 2027' });
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  const lots = await sql<{ id: string }>(`select id from lot where consultation_id = $1 order by number`, [
    id,
  ]);
  const [one, two, three] = lots.map((lot) => lot.id) as [string, string, string];

  expect(await get(`/consultations/${id}/terms`)).toMatchObject({
    ...CAPS,
    ...{ operatingSpending: null, version: 1 },
  });
  const facts = async (lotId: string) => {
    const { lotId: _, ...said } = await get<{ lotId?: string }>(`/lots/${lotId}/terms`);
    return said;
  };
  expect(await facts(one)).toEqual(await facts(first));
  expect(await facts(one)).toMatchObject({ ...TERMS, maximum: '120000.00', version: 1 });
  expect(await get(`/lots/${three}/terms`)).toMatchObject({ version: 0 });
  expect(await get(`/lots/${one}/member-limits`)).toMatchObject({ items: [], version: 0 });

  const grid = await get<{ items: object[] }>(`/lots/${one}/criteria`);
  expect(grid).toMatchObject({ version: 1 });
  // The motive for words of a place was signed for last year's purchase: somebody signs one again.
  expect(grid.items).toMatchObject([
    CRITERIA[0],
    { ...CRITERIA[1], ...{ placeMotive: null, placeMotiveBy: null, blocked: true } },
    CRITERIA[2],
  ]);

  const measures = await get<ProtectionAnswer>(`/lots/${one}/protection`);
  expect(measures).toMatchObject({ decided: true, justification: WHY, version: 1 });
  expect(measures.levers.map(({ lever, record }) => [lever, record])).toEqual([
    ['ADVANCE', { rate: '20' }],
    ['LOT_CAP', { cap: 2, tieRule: 'préférence', competition: 'cinq offres' }],
  ]);
  // Its only measure was a computation of last year.
  expect(await get(`/lots/${two}/protection`)).toMatchObject({ decided: false, levers: [] });
  const [by] = await sql(
    `select p.decided_by as "decidedBy", count(l.chosen_by)::int as chosen from lot_protection p
     join lot_lever l on l.lot_id = p.lot_id where p.lot_id = $1 group by p.lot_id`,
    [one],
  );
  expect(by).toEqual({ decidedBy: null, chosen: 0 });

  const lines = await sql<{ subject: string; subjectId: string; actor: string; after: object }>(
    `select subject, subject_id as "subjectId", actor_id as actor, after from journal_entry
     where key = 'lots.copy' and subject not in ('lot', 'item') order by position`,
  );
  expect(lines).toMatchObject([
    { subject: 'consultation-terms', subjectId: id, after: CAPS },
    { subject: 'lot-terms', subjectId: one, after: { priceFormula: 'P0 × I / I0' } },
    { subject: 'criterion', after: { position: 1, label: 'Prix', weight: '60' } },
    { subject: 'criterion', after: { position: 2, placeMotive: null } },
    { subject: 'criterion', after: { position: 3, environmental: true } },
    { subject: 'protection', subjectId: one, after: { justification: WHY, Avance: {} } },
  ]);
  expect(new Set(lines.map(({ actor }) => actor))).toEqual(new Set([officer.personId]));

  // A copy can be copied and edited as any other.
  const again = await world.post(`/consultations/${id}/copy`, officer, { title: 'Voirie 2028' });
  expect(again.status).toBe(201);
});

test('every column of the terms is copied, or left for a reason', async () => {
  const columnsOf = async (table: string) =>
    (
      await sql<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [table],
      )
    ).map(({ name }) => name);
  for (const [table, copied, left] of [
    ['consultation_terms', COPIED_TERMS_COLUMNS, ['consultation_id', 'operating_spending', 'version']],
    ['lot_terms', LOT_TERMS_COLUMNS.map(([column]) => column), ['lot_id', 'consultation_id', 'version']],
    [
      'lot_criterion',
      COPIED_CRITERION_COLUMNS,
      ['id', 'lot_id', 'place_motive', 'place_motive_by', 'place_motive_at'],
    ],
  ] as const)
    expect((await columnsOf(table)).sort()).toEqual([...copied, ...left].sort());
});

test('a measure loses what was true of its year, or is left out when it is nothing without it', () => {
  const kept = { excluded: ['PA-1'], perimeter: 'Convention, annexe 2' };
  expect(
    copiedLevers([
      { lever: 'SMALL_LOTS', record: { ...SMALL, motive: 'Une pépinière par saison.' } },
      { lever: 'SOURCING', record: { lastOn: '2026-03-02', firms: 4, information: 'Les mêmes.' } },
      { lever: 'KEPT_OUTSIDE', record: { ...kept, residue: '900.00', throughGroup: '5000.00' } },
      { lever: 'RESERVED_SOCIAL_ECONOMY', record: { sourcing: 'trois', lastAwardOn: '2025-01-01' } },
      { lever: 'NO_MORE_IN_THE_CATALOGUE', record: {} },
    ]),
  ).toEqual([
    { lever: 'KEPT_OUTSIDE', record: kept },
    { lever: 'RESERVED_SOCIAL_ECONOMY', record: { sourcing: 'trois' } },
  ]);
});
