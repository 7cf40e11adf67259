import { randomUUID } from 'node:crypto';
import { SourcingQueries } from '../../src/sourcing/sourcing.queries.js';
import type { AnswerableLots } from '../../src/protection/answerable-suppliers.dto.js';
import type { ProtectionAnswer } from '../../src/protection/protection.dto.js';
import { supplierEntry } from '../accounts/recipes/sourcing.js';
import { type Holder, problem, World } from '../accounts/world.js';

/** What measures are judged on, from the rooms that hold it: terms, directory, participation. */
let world: World;
let officer: Holder;
let consultationId: string;
let lots: string[];

beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  await world.source.query(`update buyer set insee_code = '53007', kind = 'commune' where id = $1`, [
    world.own.buyerId,
  ]);
});
beforeEach(async () => {
  consultationId = randomUUID();
  lots = [randomUUID(), randomUUID(), randomUUID()];
  await world.source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals, planned_launch_on)
     values ($1, $2, $3, 1, 2, '2027-01-15')`,
    [consultationId, world.own.groupId, `Végétaux ${consultationId}`],
  );
  await world.source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     select id, $1, n, 'Lot ' || n, cpv, 'fournitures', 'bons_de_commande'
     from unnest($2::uuid[], '{03451000,03451300,34927100}'::text[]) with ordinality as given (id, cpv, n)`,
    [consultationId, lots],
  );
  await world.source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id) select $1, id, $3 from unnest($2::uuid[]) as id`,
    [consultationId, lots.slice(0, 2), world.own.buyerId],
  );
});
afterAll(() => world.close());

const supplier = async (more: object): Promise<void> => {
  const response = await world.post('/suppliers', officer, supplierEntry({ departments: [], ...more }));
  expect(response.status).toBe(201);
};
const put = async (path: string, body: object, version?: number): Promise<void> => {
  const response = await world.api(path, officer, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
  });
  expect([response.status, response.ok ? '' : await response.text()]).toEqual([200, '']);
};
const read = async <T>(path: string, holder = officer): Promise<T> =>
  (await (await world.api(path, holder)).json()) as T;
const WHY = 'Plafonner les lots et payer une avance laisse répondre de petites entreprises.';
const decide = (lotId: string, lever: string, record: object) =>
  put(`/lots/${lotId}/protection`, { justification: WHY, levers: [{ lever, record }] });
const verdictsOf = async (lotId: string): Promise<Record<string, string>> => {
  const { levers, duties } = await read<ProtectionAnswer>(`/lots/${lotId}/protection`);
  return Object.fromEntries(
    [...levers.flatMap(({ checks }) => checks), ...duties].map(({ rule, verdict }) => [rule, verdict]),
  );
};
const sentenceOf = async (lotId: string, rule: string): Promise<string> =>
  (await read<ProtectionAnswer>(`/lots/${lotId}/protection`)).levers
    .flatMap(({ checks }) => checks)
    .find((check) => check.rule === rule)!.sentence;

describe('how many suppliers could answer, lot by lot', () => {
  test('counts by the lot’s code and the communes that joined it, by proofs that hold, and never names', async () => {
    const proof = { source: 'Insee', provenOn: '2026-01-15' };
    await supplier({
      activities: ['0345'],
      communes: ['53007'],
      statuses: [
        { status: 'sme', ...proof, expiresOn: null },
        // Holds today, and no more on the day of the planned launch.
        { status: 'siae', ...proof, expiresOn: '2027-01-14' },
      ],
    });
    await supplier({ activities: ['03451300'], communes: ['53007', '53130'] });
    await supplier({ activities: ['03451000'], communes: ['53130'] });
    await supplier({ activities: ['34'], nationwide: true });
    const answer = await read<AnswerableLots>(`/consultations/${consultationId}/answerable-suppliers`);
    const none = { total: 0, sme: 0, adapted: 0, siae: 0, prisonWork: 0, socialEconomy: 0 };
    const one = { ...none, total: 1 };
    const sme = { ...one, sme: 1 };
    expect(answer).toEqual({
      on: '2027-01-15',
      items: [
        {
          ...{ lotNumber: 1, title: 'Lot 1', cpvCode: '03451000', communes: 1 },
          ...{ everywhere: sme, somewhere: sme, partly: one },
        },
        {
          ...{ lotNumber: 2, title: 'Lot 2', cpvCode: '03451300', communes: 1 },
          ...{ everywhere: { ...sme, total: 2 }, somewhere: { ...sme, total: 2 }, partly: none },
        },
        // Nobody joined it yet: wherever they are.
        {
          ...{ lotNumber: 3, title: 'Lot 3', cpvCode: '34927100', communes: 0 },
          ...{ everywhere: one, somewhere: one, partly: none },
        },
      ],
    });
  });

  test('as one lot at a time would: one statement counts like the other', async () => {
    const { manager } = world.source;
    const sourcing = world.app.get(SourcingQueries);
    const on = '2027-01-15';
    const asked = [
      { lotId: lots[0]!, cpvCode: '03451000', inseeCodes: ['53007', '53130'] },
      { lotId: lots[1]!, cpvCode: '03451300', inseeCodes: ['53130', '53130'] },
      { lotId: lots[2]!, cpvCode: '03000000', inseeCodes: [] },
    ];
    const counts = await sourcing.answerableByLot(manager, asked, on);
    for (const { lotId, cpvCode, inseeCodes } of asked) {
      const { byCommune: _, ...alone } = await sourcing.answerable(manager, {
        cpvCodes: [cpvCode],
        inseeCodes,
        on,
      });
      expect(counts.get(lotId)).toEqual(alone);
    }
    expect(await sourcing.answerableByLot(manager, [], on)).toEqual(new Map());
  });

  test('is for members and elected people; others are told that there is nothing', async () => {
    const path = `/consultations/${consultationId}/answerable-suppliers`;
    const stranger = await world.person('commune_validator', { buyerId: world.other.buyerId, groupId: null });
    expect(await problem(world.api(path, stranger))).toEqual([404, 'NOT_FOUND']);
    const mayor = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
    expect((await world.api(path, mayor)).status).toBe(200);
    expect(await problem(world.api(`/consultations/${randomUUID()}/answerable-suppliers`, officer))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect(await problem(world.api('/consultations/1/answerable-suppliers', officer))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });
});

describe('measures are judged on what the other rooms hold', () => {
  const TERMS = { holders: 'single', priceKind: 'fixed' };

  test('clauses and criteria: not written, then written', async () => {
    const [lotId] = lots as [string];
    expect(await verdictsOf(lotId)).toMatchObject({
      ...{
        ENVIRONMENTAL_CRITERION: 'warn',
        ENVIRONMENTAL_CLAUSE: 'warn',
        SOCIAL_CLAUSE: 'not_applicable_yet',
      },
    });
    await put(`/lots/${lotId}/terms`, { ...TERMS, maximum: '50000' });
    expect(await verdictsOf(lotId)).toMatchObject({
      ENVIRONMENTAL_CLAUSE: 'block',
      SOCIAL_CLAUSE: 'not_applicable_yet',
    });
    const written = { environmentalClause: 'Livraisons groupées.', socialClause: 'Cent heures d’insertion.' };
    await put(`/lots/${lotId}/terms`, { ...TERMS, maximum: '50000', ...written }, 1);
    await put(`/lots/${lotId}/criteria`, {
      items: [{ label: 'Coût du cycle de vie', weight: '100', environmental: true }],
    });
    expect(await verdictsOf(lotId)).toMatchObject({
      ...{ ENVIRONMENTAL_CRITERION: 'ok', ENVIRONMENTAL_CLAUSE: 'ok', SOCIAL_CLAUSE: 'ok' },
    });
  });

  test('small lots: the value of each lot is its maximum', async () => {
    const [small, ...large] = lots as [string, string, string];
    const snapshot = { lotValue: '40000', smallTotal: '40000', total: '840000' };
    const record = { ...snapshot, computedOn: '2026-11-25', motive: 'Une pépinière par saison.' };
    await decide(small, 'SMALL_LOTS', record);
    for (const lotId of large) await put(`/lots/${lotId}/terms`, { ...TERMS, maximum: '400000' });
    await put(`/lots/${small}/terms`, { ...TERMS, maximum: '40000' });
    expect(await verdictsOf(small)).toMatchObject({ SMALL_LOTS_VALUE: 'ok', SMALL_LOTS_ENVELOPE: 'ok' });
    await put(`/lots/${large[0]}/terms`, { ...TERMS, maximum: '50000' }, 1);
    await put(`/lots/${large[1]}/terms`, { ...TERMS, maximum: '50000' }, 1);
    expect(await verdictsOf(small)).toMatchObject({
      SMALL_LOTS_ENVELOPE: 'block',
      SMALL_LOTS_SNAPSHOT: 'block',
    });
  });

  test('the cap of lots: the one of the consultation’s terms', async () => {
    const [lotId] = lots as [string];
    await decide(lotId, 'LOT_CAP', { cap: 2, tieRule: 'préférence', competition: 'cinq offres' });
    const tie = async () => (await verdictsOf(lotId))['LOT_CAP_TIE_RULE'];
    expect(await tie()).toBe('warn');
    const terms = `/consultations/${consultationId}/terms`;
    await put(terms, { maxLotsAwarded: 1, tieRule: 'préférence' });
    expect(await tie()).toBe('block');
    await put(terms, { maxLotsAwarded: 2, tieRule: 'préférence' }, 1);
    expect(await tie()).toBe('ok');
  });

  test('advance and retention: the rates of the terms, and the spending of the largest buyer', async () => {
    const [lotId] = lots as [string];
    await decide(lotId, 'ADVANCE', { rate: '6' });
    await put(`/lots/${lotId}/terms`, { ...TERMS, maximum: '50000', advanceRate: '20' });
    expect(await verdictsOf(lotId)).toMatchObject({ ADVANCE_TERMS: 'block', ADVANCE_RATE: 'warn' });
    expect(await sentenceOf(lotId, 'ADVANCE_RATE')).toContain(
      'ne sont pas indiquées\u00a0: les écrire dans les conditions de la consultation',
    );
    await put(`/lots/${lotId}/terms`, { ...TERMS, maximum: '50000', advanceRate: '6' }, 1);
    const terms = `/consultations/${consultationId}/terms`;
    await put(terms, { operatingSpending: '60000000' });
    const now = await verdictsOf(lotId);
    expect([now['ADVANCE_TERMS'], now['ADVANCE_RATE']]).toEqual([undefined, 'ok']);
    await put(terms, { operatingSpending: '60000000.01' }, 1);
    expect(await sentenceOf(lotId, 'ADVANCE_RATE')).toContain('vu les dépenses de l’acheteur');
  });

  test('fine lots: one known supplier blocks, until its motive is written', async () => {
    const lotId = lots[0]!;
    const record = { grounds: ['métier'], division: 'Par métier.', capacity: 'Trois pépinières.' };
    await decide(lotId, 'SPLIT_LOTS', record);
    // The first test listed one for the whole of this lot’s code in the commune that joined it.
    expect((await verdictsOf(lotId))['SPLIT_LOTS_CAPACITY']).toBe('block');
    await supplier({ activities: ['03451000'], communes: ['53007'] });
    expect((await verdictsOf(lotId))['SPLIT_LOTS_CAPACITY']).toBe('ok');
    await decide(lots[2]!, 'RESERVED_PRISON_WORK', { sourcing: 'Aucune connue.' });
    expect((await verdictsOf(lots[2]!))['RESERVED_PRISON_WORK_STRUCTURES']).toBe('warn');
  });
});
