import { randomUUID } from 'node:crypto';
import { TERMS_CONSTRAINTS } from '../../src/platform/refusals/terms.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { LAW_DAY, onLawDay } from '../support/law-figures.js';

let world: World;
let officer: Holder;
let consultationId: string;
let lotId: string;
let plainLotId: string;
/** Two members of the lot, and one that is of the group only. */
let members: [string, string];
let outsider: string;

beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  [consultationId, lotId, plainLotId, outsider] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  members = [world.own.buyerId, randomUUID()];
  const { source } = world;
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Voirie', 1, 3)`,
    [consultationId, world.own.groupId],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     values ($2, $1, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande'),
            ($3, $1, 2, 'Benne', '34144000', 'fournitures', 'ordinaire')`,
    [consultationId, lotId, plainLotId],
  );
  await source.query(
    `insert into buyer (id, siret, insee_code, name)
     values ($1, '21530140000010', '53140', 'Louverné'), ($2, '21530201000016', '53201', 'Saint-Berthevin')`,
    [members[1], outsider],
  );
  await source.query(
    `insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now()), ($1, $3, now())`,
    [world.own.groupId, members[1], outsider],
  );
  await source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id) values ($1, $2, $3), ($1, $2, $4)`,
    [consultationId, lotId, ...members],
  );
});
afterAll(() => world.close());

const put = (path: string, body: unknown, version?: number, holder = officer): Promise<Response> =>
  world.api(path, holder, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
  });
const get = async <T>(path: string): Promise<T> => (await world.api(path, officer)).json() as Promise<T>;
const faults = async (response: Response): Promise<unknown> => {
  const { code, errors } = (await response.json()) as {
    code: string;
    errors?: { pointer: string; code: string }[];
  };
  return [response.status, code, ...(errors ?? []).map((fault) => `${fault.pointer} ${fault.code}`)];
};
const journal = () =>
  world.source.query<{ subject: string; key: string; buyer: string | null; before: object; after: object }[]>(
    `select subject, key, buyer_id as buyer, before, after from journal_entry
     where group_id = $1 and key like 'terms.%' order by position`,
    [world.own.groupId],
  );

const SOUND = {
  maximum: '120000',
  minimum: '60000.50',
  holders: 'several',
  holderCount: 2,
  orderSharing: 'percentages',
  orderShares: ['60', '40'],
  advanceRate: '5',
  advanceBasis: 'per_order',
  priceKind: 'revisable',
  priceFormula: 'P0 × I / I0',
};

describe('the terms of a lot', () => {
  test('are empty at version 0, written once without If-Match, then with it', async () => {
    const path = `/lots/${lotId}/terms`;
    const empty = await world.api(path, officer);
    expect([empty.headers.get('etag'), await empty.json()]).toMatchObject([
      '"0"',
      { version: 0, maximum: null },
    ]);
    const first = await put(path, SOUND);
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await first.json()).toMatchObject({
      ...SOUND,
      ...{ maximum: '120000.00', minimum: '60000.50', vatBasis: 'net', penalties: null, version: 1 },
    });
    expect(await problem(put(path, SOUND))).toEqual([428, 'VERSION_REQUIRED']);
    const stale = await put(path, SOUND, 0);
    expect(await stale.json()).toMatchObject({ code: 'STALE_VERSION', current: { version: 1 } });
    const same = await put(path, SOUND, 1);
    expect(same.headers.get('etag')).toBe('"1"');
    const second = await put(path, { ...SOUND, penalties: ' 50 € par jour \n' }, 1);
    expect(await second.json()).toMatchObject({ version: 2, penalties: '50 € par jour' });
    expect(await journal()).toMatchObject([
      { subject: 'lot-terms', key: 'terms.set', before: null, after: { maximum: '120000.00' } },
      { before: { penalties: null }, after: { penalties: '50 € par jour' } },
    ]);
  });

  test('tell every contradiction at its place', async () => {
    const path = `/lots/${lotId}/terms`;
    expect(await faults(await put(path, { holders: 'several', orderSharing: 'cascade' }, 2))).toEqual([
      422,
      'LOT_TERMS_UNSOUND',
      '#/maximum MAXIMUM_REQUIRED',
      '#/holderCount HOLDER_COUNT_REQUIRED',
      '#/cascadeDelayHours CASCADE_DELAY_REQUIRED',
    ]);
    expect(await faults(await put(`/lots/${plainLotId}/terms`, { holders: 'single', maximum: '5' }))).toEqual(
      [422, 'LOT_TERMS_UNSOUND', '#/maximum NOT_A_FRAMEWORK'],
    );
    const misshapen = { holders: 'two', maximum: '12,5', advanceRate: '100.01', orderShares: ['x'], size: 1 };
    expect(await faults(await put(path, misshapen, 2))).toEqual([
      422,
      'VALIDATION',
      ...['size whitelistValidation', 'maximum matches', 'holders isIn', 'orderShares matches'].map(
        (fault) => expect.stringContaining(fault.split(' ')[0]!) as unknown,
      ),
      expect.stringContaining('advanceRate'),
    ]);
    for (const maximum of ['-1', '1e3', '1.234', '12345678901', 5, ' 1'])
      expect(await problem(put(path, { ...SOUND, maximum }, 2))).toEqual([422, 'VALIDATION']);
  });

  test('are not there for a lot that does not exist', async () => {
    expect(await problem(put(`/lots/${randomUUID()}/terms`, SOUND))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(put('/lots/1/terms', SOUND))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the limits of members', () => {
  const path = () => `/lots/${lotId}/member-limits`;

  test('keep to the lot and to its members', async () => {
    const items = [
      { buyerId: members[0], minimum: '40000', maximum: '70000' },
      { buyerId: members[1], minimum: '20000', maximum: '50000.01' },
      { buyerId: outsider, maximum: '1' },
    ];
    expect(await faults(await put(path(), { items }))).toEqual([
      422,
      'MEMBER_LIMITS_UNSOUND',
      '#/items/2/buyerId NOT_A_PARTICIPANT',
      '#/items MAXIMA_ABOVE_LOT',
    ]);
    const sound = [items[0], { ...items[1], maximum: '50000' }];
    expect(await (await put(path(), { items: sound })).json()).toMatchObject({
      version: 1,
      items: [
        { buyerName: 'Argentré', minimum: '40000.00', maximum: '70000.00' },
        { buyerName: 'Louverné', maximum: '50000.00' },
      ],
    });
    expect(await problem(put(path(), { items: sound }))).toEqual([428, 'VERSION_REQUIRED']);
    expect((await put(path(), { items: sound }, 1)).headers.get('etag')).toBe('"1"');
    const told = (await journal()).filter(({ subject }) => subject === 'member-limit');
    expect(told.map(({ buyer, after }) => [buyer, after]).sort()).toEqual(
      [
        [members[0], { minimum: '40000.00', maximum: '70000.00' }],
        [members[1], { minimum: '20000.00', maximum: '50000.00' }],
      ].sort(),
    );
  });

  test('are not undercut by the lot', async () => {
    const terms = `/lots/${lotId}/terms`;
    expect(
      await faults(await put(terms, { ...SOUND, maximum: '119999.99', minimum: '59999.99' }, 2)),
    ).toEqual([422, 'LOT_TERMS_UNSOUND', '#/maximum BELOW_MEMBER_MAXIMA', '#/minimum BELOW_MEMBER_MINIMA']);
  });

  test('wait for the maximum of the lot', async () => {
    expect(
      await faults(
        await put(`/lots/${plainLotId}/member-limits`, { items: [{ buyerId: members[0], maximum: '1' }] }),
      ),
    ).toEqual([
      422,
      'MEMBER_LIMITS_UNSOUND',
      '#/items/0/buyerId NOT_A_PARTICIPANT',
      '#/items LOT_MAXIMUM_FIRST',
    ]);
  });

  test('leave with the bulletin of the member', async () => {
    const { source } = world;
    const of = [lotId, members[1]];
    await source.query('delete from lot_participation where lot_id = $1 and buyer_id = $2', of);
    expect(await get(path())).toMatchObject({ items: [{ buyerId: members[0] }] });
    await source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id)
       select consultation_id, $1, $2 from lot where id = $1`,
      of,
    );
  });
});

interface Grid {
  items: {
    label: string;
    blocked: boolean;
    placeWords: string[];
    placeMotiveBy: string | null;
    id: string;
  }[];
  version: number;
}

describe('the criteria of a lot', () => {
  const path = () => `/lots/${lotId}/criteria`;
  const grid = (motive?: string) => ({
    items: [
      { label: 'Prix', weight: '60' },
      { label: 'Atelier à proximité', weight: '25.5', ...(motive ? { placeMotive: motive } : {}) },
      { label: 'Empreinte carbone', weight: '14.5', environmental: true },
    ],
  });

  test('make 100 %, with the environment', async () => {
    expect(
      await faults(
        await put(path(), {
          items: [
            { label: 'Prix', weight: '60' },
            { label: 'prix', weight: '39.99' },
          ],
        }),
      ),
    ).toEqual([
      422,
      'LOT_CRITERIA_UNSOUND',
      '#/items/1/label LABEL_TWICE',
      '#/items WEIGHTS_MAKE_100',
      '#/items ENVIRONMENTAL_CRITERION_MISSING',
    ]);
    expect(await faults(await put(path(), { items: [{ label: 'Prix', weight: '100' }] }))).toEqual([
      422,
      'LOT_CRITERIA_UNSOUND',
      '#/items PRICE_ONLY',
    ]);
    expect(await problem(put(path(), { items: [] }))).toEqual([422, 'VALIDATION']);
  });

  test('a geographic one is saved, and blocks until someone signs its motive', async () => {
    const saved = (await (await put(path(), grid())).json()) as Grid;
    expect(saved.version).toBe(1);
    expect(saved.items.map(({ blocked, placeWords }) => [blocked, ...placeWords])).toEqual([
      [false],
      [true, 'proximité'],
      [false],
    ]);
    const checks = await get<{ verdict: string; items: { rule: string; verdict: string }[] }>(
      `/lots/${lotId}/checks?on=2026-12-15`,
    );
    expect(checks.verdict).toBe('block');
    const wording = (items: typeof checks.items) =>
      items.filter(({ rule }) => rule === 'CRITERION_PLACE_WORDING').map(({ verdict }) => verdict);
    expect(wording(checks.items)).toEqual(['ok', 'block', 'ok']);
    expect(await problem(put(path(), grid('lié'), 1))).toEqual([422, 'VALIDATION']);
    const motive = 'Lié à l’exécution\u00a0: dépannage en deux heures';
    const signed = (await (await put(path(), grid(motive), 1)).json()) as Grid;
    expect(signed.items[1]).toMatchObject({
      ...{ id: saved.items[1]!.id, blocked: false, placeMotive: motive },
      ...{ placeMotiveBy: officer.personId, placeMotiveByName: 'Claire Martin' },
    });
    const after = await get<typeof checks>(`/lots/${lotId}/checks?on=2026-12-15`);
    expect(wording(after.items)).toEqual(['ok', 'ok', 'ok']);
  });

  test('who signed stays while the text and the motive do; another text is signed again', async () => {
    const colleague = await world.person('procurement_officer', {
      buyerId: null,
      groupId: world.own.groupId,
    });
    const motive = 'Lié à l’exécution\u00a0: dépannage en deux heures';
    const { items } = grid(motive);
    const swapped = { items: [items[1], { ...items[0], method: 'au plus bas' }, items[2]] };
    const kept = (await (await put(path(), swapped, 2, colleague)).json()) as Grid;
    expect(kept.items[0]!.placeMotiveBy).toBe(officer.personId);
    const reworded = { items: [{ ...items[1], method: 'à moins de 20 km' }, items[0], items[2]] };
    const again = (await (await put(path(), reworded, 3, colleague)).json()) as Grid;
    expect(again.items[0]).toMatchObject({
      ...{ placeMotiveBy: colleague.personId, placeWords: ['proximité', 'km'] },
    });
    expect(await put(path(), reworded, 4).then(async (response) => response.json())).toMatchObject({
      version: 4,
    });
  });

  test('the name of a commune of the group counts as a place', async () => {
    const items = [{ label: 'Livraison à Saint Berthevin', weight: '100', environmental: true }];
    const saved = (await (await put(`/lots/${plainLotId}/criteria`, { items })).json()) as Grid;
    expect(saved.items[0]).toMatchObject({ blocked: true, placeWords: ['Saint Berthevin'] });
    const elsewhere = [{ label: 'Agence à Ernée', weight: '100', environmental: true }];
    const other = (await (await put(`/lots/${plainLotId}/criteria`, { items: elsewhere }, 1)).json()) as Grid;
    expect(other.items[0]).toMatchObject({ blocked: true, placeWords: ['Ernée'] });
  });
});

describe('the terms of a consultation', () => {
  const path = () => `/consultations/${consultationId}/terms`;
  test('offer usual tie rules, and ask for one with a cap', async () => {
    const { usualTieRules } = await get<{ usualTieRules: string[] }>(path());
    expect(usualTieRules.length).toBeGreaterThan(1);
    expect(await faults(await put(path(), { maxLotsBid: 1, maxLotsAwarded: 2 }))).toEqual([
      422,
      'CONSULTATION_TERMS_UNSOUND',
      '#/maxLotsAwarded AWARDED_ABOVE_BID',
      '#/tieRule TIE_RULE_REQUIRED',
    ]);
    const sound = { maxLotsAwarded: 1, tieRule: usualTieRules[0], operatingSpending: '72000000' };
    expect(await (await put(path(), sound)).json()).toMatchObject({
      ...sound,
      ...{ operatingSpending: '72000000.00', version: 1 },
    });
    expect(await (await put(path(), sound, 1)).json()).toMatchObject({ version: 1 });
    expect(await problem(put(path(), sound, 7))).toEqual([412, 'STALE_VERSION']);
  });

  test('a rule that prefers a candidate for its place blocks, and so does a commune that nobody invited', async () => {
    const worded = async (tieRule: string, version: number) => {
      expect((await put(path(), { maxLotsAwarded: 1, tieRule }, version)).status).toBe(200);
      const { items } = await get<{
        items: { rule: string; verdict: string; figures: Record<string, string> }[];
      }>(`/lots/${lotId}/checks?on=2026-12-15`);
      return items
        .filter(({ figures }) => figures['texte'] === 'la règle qui départage les candidats')
        .map(({ rule, verdict }) => `${rule} ${verdict}`);
    };
    const block = ['CRITERION_PLACE_WORDING block'];
    expect(await worded('Priorité à l’entreprise mayennaise, locale, de proximité', 1)).toEqual(block);
    expect(await worded('Priorité au candidat qui dispose d’une agence à Ernée', 2)).toEqual(block);
    expect(await worded('Ordre de préférence indiqué par le candidat', 3)).toEqual([
      'CRITERION_PLACE_WORDING ok',
    ]);
  });
});

test('the checks: on a day, today by default, each with its figures', async () => {
  interface Checks {
    on: string;
    items: { rule: string; verdict: string; figures: Record<string, string> }[];
  }
  for (const duty of ['critere_environnemental', 'clause_environnementale', 'clause_sociale'] as const)
    await onLawDay(world.source, duty, 0n);
  const on = await get<Checks>(`/lots/${lotId}/checks?on=${LAW_DAY}`);
  expect(on.on).toBe(LAW_DAY);
  const verdicts = Object.fromEntries(on.items.map(({ rule, verdict }) => [rule, verdict]));
  expect(verdicts).toMatchObject({
    ...{ LOT_MAXIMUM: 'ok', ORDER_SHARING: 'ok', TIE_RULE: 'ok', CRITERIA_WEIGHTS: 'ok' },
    ...{ ENVIRONMENTAL_CLAUSE: 'ok', SOCIAL_CLAUSE: 'ok', ADVANCE_BASIS: 'ok', ADVANCE_RATE: 'warn' },
    ...{ RETENTION_RATE: 'ok', PRICE_REVISION: 'ok', PRICE_BASIS: 'ok', PLACE_WORDING: 'ok' },
  });
  const { source } = world;
  const plan = (day: string | null) =>
    source.query(`update consultation set planned_launch_on = $2 where id = $1`, [consultationId, day]);
  await plan(LAW_DAY);
  const planned = await get<Checks>(`/lots/${lotId}/checks`);
  expect([planned.on, planned.items]).toEqual([LAW_DAY, on.items]);
  // A grid without the environment may be written for a launch planned without the duty, and for no other.
  const path = `/lots/${plainLotId}/criteria`;
  const grid = (...labels: string[]) => ({ items: labels.map((label) => ({ label, weight: '50' })) });
  const { version } = await get<{ version: number }>(path);
  expect((await put(path, grid('Prix', 'Délai'), version)).status).toBe(200);
  await plan(null);
  expect((await put(path, grid('Délai', 'Prix'), version + 1)).status).toBe(422);
  const today = await get<Checks>(`/lots/${lotId}/checks`);
  expect(today.items.find(({ rule }) => rule === 'ENVIRONMENTAL_CLAUSE')!.verdict).toBe('block');
  expect(await problem(world.api(`/lots/${lotId}/checks?on=2026-02-30`, officer))).toEqual([
    422,
    'VALIDATION',
  ]);
});

test('who pays the holder is read from the missions of the group (R2191-18)', async () => {
  const basis = async (): Promise<unknown> => {
    const { items } = await get<{ items: { rule: string; verdict: string; article: string }[] }>(
      `/lots/${lotId}/checks`,
    );
    const { verdict, article } = items.find(({ rule }) => rule === 'ADVANCE_BASIS')!;
    return [verdict, article];
  };
  // The lot asks for an advance per order: only for members that pay their own.
  expect(await basis()).toEqual(['ok', 'CCP R2191-17 et R2191-18']);
  const [{ coordinatorId } = { coordinatorId: '' }] = await world.source.query<{ coordinatorId: string }[]>(
    `select coordinator_id as "coordinatorId" from purchasing_group where id = $1`,
    [world.own.groupId],
  );
  const missions = `/groups/${world.own.groupId}/missions`;
  const award = { mission: 'passation', buyerIds: [coordinatorId] };
  const entrusted = { missions: [award, { mission: 'paiement', buyerIds: [coordinatorId] }] };
  expect(await (await put(missions, entrusted, 0)).json()).toMatchObject({ paidBy: 'coordinator' });
  expect(await basis()).toEqual(['block', 'CCP R2191-17']);
  await put(missions, { missions: [award] }, 1);
  expect(await basis()).toEqual(['ok', 'CCP R2191-17 et R2191-18']);
});

describe('two people at once', () => {
  test('the first writing of terms: one writes, the others read first', async () => {
    const id = randomUUID();
    await world.source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 3, 'Gants', '18141000', 'fournitures', 'mixte')`,
      [id, consultationId],
    );
    const statuses = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        put(`/lots/${id}/terms`, { holders: 'single', maximum: `${n + 1}000` }).then(({ status }) => status),
      ),
    );
    expect(statuses.sort()).toEqual([200, ...Array<number>(7).fill(428)]);
  });

  test('the maximum lowered while members’ limits rise: never both', async () => {
    const terms = await get<{ version: number }>(`/lots/${lotId}/terms`);
    const limits = await get<{ version: number }>(`/lots/${lotId}/member-limits`);
    const items = [{ buyerId: members[0], maximum: '115000' }];
    const answers = await Promise.all([
      put(`/lots/${lotId}/terms`, { ...SOUND, maximum: '110000' }, terms.version),
      put(`/lots/${lotId}/member-limits`, { items }, limits.version),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('one grid edited by two: the second is told what is there', async () => {
    const { version } = await get<Grid>(`/lots/${lotId}/criteria`);
    const grid = (label: string) => ({ items: [{ label, weight: '100', environmental: true }] });
    const answers = await Promise.all(
      ['Coût A', 'Coût B'].map((label) => put(`/lots/${lotId}/criteria`, grid(label), version)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const refused = answers.find(({ status }) => status === 412)!;
    expect(await refused.json()).toMatchObject({
      current: { version: version + 1, items: [{ label: expect.stringMatching(/^Coût [AB]$/) as unknown }] },
    });
  });
});

describe('the database, the last lock', () => {
  const broken = async (sql: string, parameters: unknown[] = []): Promise<string | undefined> => {
    try {
      await world.source.transaction((tx) => tx.query(sql, parameters));
      return undefined;
    } catch (error) {
      // What is verified as the transaction ends comes bare, the rest in an error of TypeORM.
      const { constraint, driverError } = error as {
        constraint?: string;
        driverError?: { constraint?: string };
      };
      return driverError?.constraint ?? constraint;
    }
  };
  const terms = (change: string) => broken(`update lot_terms set ${change} where lot_id = $1`, [lotId]);

  test.each([
    ['maximum = 0, minimum = null', 'lot_terms_maximum_is_positive'],
    ['minimum = 0', 'lot_terms_minimum_is_positive'],
    ['minimum = maximum + 0.01', 'lot_terms_amounts_ordered'],
    ['holder_count = 1', 'lot_terms_holder_count_in_range'],
    [`holders = 'single'`, 'lot_terms_orders_are_shared_by_several'],
    ['cascade_delay_hours = 5', 'lot_terms_cascade_has_a_delay'],
    [`order_sharing = 'cascade', order_shares = '{}'`, 'lot_terms_cascade_has_a_delay'],
    [
      `order_sharing = 'cascade', order_shares = '{}', cascade_delay_hours = 721`,
      'lot_terms_cascade_delay_in_range',
    ],
    [`order_shares = '{60,39.99}'`, 'lot_terms_shares_make_100'],
    [`order_shares = '{100,0}'`, 'lot_terms_shares_make_100'],
    [`order_sharing = 'rotation'`, 'lot_terms_shares_make_100'],
    ['advance_rate = 100.01', 'lot_terms_advance_rate_in_range'],
    ['advance_rate_sme = -1', 'lot_terms_advance_rate_sme_in_range'],
    ['retention_rate = 101', 'lot_terms_retention_rate_in_range'],
    ['retention_rate_sme = 101', 'lot_terms_retention_rate_sme_in_range'],
    [`social_exemption = 'motif'`, 'lot_terms_social_exemption_has_a_motive'],
    ['maximum = null, minimum = null', 'lot_member_limits_fit_the_lot'],
    ['maximum = 1, minimum = null', 'lot_member_limits_fit_the_lot'],
  ])('%s breaks %s', async (change, constraint) => {
    expect(await terms(change)).toBe(constraint);
    expect(Object.keys(TERMS_CONSTRAINTS)).toContain(constraint);
  });

  test.each([
    [`update lot_member_limit set maximum = 200000`, 'lot_member_limits_fit_the_lot'],
    [`update lot_member_limit set minimum = 2, maximum = 1`, 'lot_member_limit_amounts_ordered'],
    [`update lot_member_limit set minimum = null, maximum = null`, 'lot_member_limit_says_something'],
    [`update lot_member_limit set minimum = -1`, 'lot_member_limit_minimum_is_positive'],
    [`update lot_member_limit set buyer_id = gen_random_uuid()`, 'lot_member_limit_participation'],
    [`update lot_criterion set weight = 99.99`, 'lot_criterion_weights_make_100'],
    [`update lot_criterion set weight = 0`, 'lot_criterion_weight_in_range'],
    [`update lot_criterion set label = ''`, 'lot_criterion_has_a_label'],
    [`update lot_criterion set position = 21`, 'lot_criterion_position_in_range'],
    [`update lot_criterion set place_motive = 'motif'`, 'lot_criterion_place_motive_is_signed'],
    [`update consultation_terms set tie_rule = null`, 'consultation_terms_cap_has_a_tie_rule'],
    [`update consultation_terms set tie_rule = ''`, 'consultation_terms_tie_rule_says_something'],
    [`update consultation_terms set max_lots_awarded = 0`, 'consultation_terms_award_cap_in_range'],
    [`update consultation_terms set max_lots_bid = 1000`, 'consultation_terms_bid_cap_in_range'],
    [
      `update consultation_terms set max_lots_bid = 1, max_lots_awarded = 2`,
      'consultation_terms_caps_ordered',
    ],
    [`update consultation_terms set operating_spending = -1`, 'consultation_terms_spending_is_positive'],
  ])('%s breaks %s', async (sql, constraint) => {
    expect(await broken(sql)).toBe(constraint);
    expect(Object.keys(TERMS_CONSTRAINTS)).toContain(constraint);
  });

  test('two criteria of one grid have neither one label nor one place', async () => {
    const insert = (label: string, position: number) =>
      broken(
        `insert into lot_criterion (id, lot_id, position, label, weight, environmental)
         select gen_random_uuid(), lot_id, ${position}, '${label}', 1, false from lot_criterion where lot_id = $1`,
        [lotId],
      );
    const [{ label }] = await world.source.query<[{ label: string }]>(
      'select label from lot_criterion where lot_id = $1',
      [lotId],
    );
    expect(await insert(label, 2)).toBe('lot_criterion_label_is_unique');
    expect(await insert('autre', 1)).toBe('lot_criterion_position_is_unique');
    expect(await insert('autre', 2)).toBe('lot_criterion_weights_make_100');
  });

  test('a lot that goes takes its terms with it', async () => {
    const { source } = world;
    await source.query('delete from lot_participation where lot_id = $1', [lotId]);
    await source.query('delete from lot where id = $1', [lotId]);
    expect(await problem(world.api(`/lots/${lotId}/terms`, officer))).toEqual([404, 'NOT_FOUND']);
    const [left] = await source.query<{ n: number }[]>(
      `select (select count(*) from lot_terms where lot_id = $1) + (select count(*) from lot_criteria where lot_id = $1)
            + (select count(*) from lot_limits where lot_id = $1) as n`,
      [lotId],
    );
    expect(left).toEqual({ n: '0' });
  });
});

describe('a group whose members do not see each other', () => {
  test('shows each the limits of its own, and no sum of the others', async () => {
    const sql = (text: string, values: unknown[]) => world.source.query(text, values);
    const secretary = await world.person('commune_secretary', { buyerId: world.own.buyerId, groupId: null });
    const [consultationId, lotId] = [randomUUID(), randomUUID()];
    await sql(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Clos', 1, 0)`,
      [consultationId, world.own.groupId],
    );
    await sql(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
      [lotId, consultationId],
    );
    const buyers = [world.own.buyerId, world.other.buyerId];
    await sql(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) select $1, $2, unnest($3::uuid[])`,
      [consultationId, lotId, buyers],
    );
    await sql(
      `insert into lot_terms (lot_id, consultation_id, maximum, holders, order_shares, vat_basis, version)
       values ($1, $2, 9000, 'single', '{}', 'net', 1)`,
      [lotId, consultationId],
    );
    await sql(`insert into lot_limits (lot_id, version) values ($1, 1)`, [lotId]);
    await sql(
      `insert into lot_member_limit (lot_id, buyer_id, maximum) select $1, unnest($2::uuid[]), 1000`,
      [lotId, buyers],
    );
    const read = async () => {
      const limits = (await (await world.api(`/lots/${lotId}/member-limits`, secretary)).json()) as {
        items: { buyerId: string }[];
      };
      const checks = (await (await world.api(`/lots/${lotId}/checks`, secretary)).json()) as {
        items: { rule: string; figures: object }[];
      };
      return {
        buyers: limits.items.map(({ buyerId }) => buyerId),
        sums: Object.keys(checks.items.find(({ rule }) => rule === 'MEMBER_LIMITS')!.figures).length > 0,
      };
    };
    expect((await read()).buyers.sort()).toEqual([...buyers].sort());
    expect((await read()).sums).toBe(true);
    await sql(`update purchasing_group set members_see_each_other = false where id = $1`, [
      world.own.groupId,
    ]);
    try {
      expect(await read()).toEqual({ buyers: [world.own.buyerId], sums: false });
    } finally {
      await sql(`update purchasing_group set members_see_each_other = true where id = $1`, [
        world.own.groupId,
      ]);
    }
  });
});
