import { randomUUID } from 'node:crypto';
import { PROCEDURE_CONSTRAINTS } from '../../src/platform/refusals/procedure.js';
import type { ProcedureChoiceAnswer } from '../../src/procedure/procedure-choice.dto.js';
import type { CheckList } from '../../src/procedure/checks.dto.js';
import type { ProcedureAnswer } from '../../src/procedure/procedure.dto.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { DAY_AFTER, LAW_DAY, onLawDay } from '../support/law-figures.js';

/** Value and procedure of a consultation of one accord-cadre, one plain contract and one lot that says nothing. */
let world: World;
let officer: Holder;
let second: string;
let consultationId: string;
let [framed, plain, silent]: [string, string, string] = ['', '', ''];

beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  second = randomUUID();
  await world.source.query(
    `insert into buyer (id, siret, insee_code, name) values ($1, '21530140000010', '53140', 'Louverné')`,
    [second],
  );
  await world.source.query(`insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now())`, [
    world.own.groupId,
    second,
  ]);
});
afterAll(() => world.close());

beforeEach(async () => {
  [consultationId, framed, plain, silent] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const { source, own } = world;
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals, planned_launch_on)
     values ($1, $2, $3, 1, 3, '2026-12-15')`,
    [consultationId, own.groupId, `Achats ${consultationId}`],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     values ($2, $1, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande'),
            ($3, $1, 2, 'Benne', '34144000', 'fournitures', 'ordinaire'),
            ($4, $1, 3, 'Pelle', '34144000', 'fournitures', 'ordinaire')`,
    [consultationId, framed, plain, silent],
  );
  await source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id)
     select $1, lot_id, buyer_id from unnest($2::uuid[]) as lot_id, unnest($3::uuid[]) as buyer_id`,
    [consultationId, [framed, plain, silent], [own.buyerId, second]],
  );
  await source.query(
    `insert into lot_terms (lot_id, consultation_id, maximum, holders, order_shares, vat_basis, version)
     values ($1, $2, 150000, 'single', '{}', 'net', 1)`,
    [framed, consultationId],
  );
  await need(plain, 10, [
    [world.own.buyerId, 500],
    [second, 300],
  ]);
});

/** An item at that price and what members need of it in one year. */
async function need(lotId: string, price: number, quantities: [string, number][]): Promise<void> {
  const itemId = randomUUID();
  await world.source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate,
                       m57_nature)
     values ($1, $2, $3, 1, $4, 'Article', 'unité', '1', $5, 20, '60628')`,
    [itemId, consultationId, lotId, `A-${itemId.slice(0, 8)}`, price],
  );
  for (const [buyerId, estimate] of quantities)
    await world.source.query(
      `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate)
       values ($1, $2, $3, $4, 'valid', $5)`,
      [consultationId, itemId, buyerId, lotId, estimate],
    );
}
const at = (rest: string): string => `/consultations/${consultationId}/${rest}`;
const read = async (): Promise<ProcedureAnswer> => {
  const response = await world.api(at('procedure'), officer);
  expect(response.status).toBe(200);
  return (await response.json()) as ProcedureAnswer;
};
const put = (body: object, version?: number): Promise<Response> =>
  world.api(at('procedure-choice'), officer, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
  });
const suppose = (body: object, holder = officer): Promise<Response> =>
  world.post(at('procedure/what-if'), holder, body);
const supposed = async (body: object): Promise<ProcedureAnswer> => {
  const response = await suppose(body);
  expect([response.status, response.ok ? '' : await response.text()]).toEqual([200, '']);
  return (await response.json()) as ProcedureAnswer;
};
const faults = async (response: Response): Promise<unknown[]> => {
  const { code, errors } = (await response.json()) as {
    code: string;
    errors?: { pointer: string; code: string }[];
  };
  return [response.status, code, ...(errors ?? []).map((fault) => `${fault.pointer} ${fault.code}`)];
};
const verdictOf = ({ checks }: ProcedureAnswer, rule: string) =>
  checks.find((check) => check.rule === rule)?.verdict;

describe('the value and the procedure of a consultation', () => {
  test('count the maximum, what members need, renewals, and tell what is missing', async () => {
    const answer = await read();
    expect(answer).toMatchObject({
      on: '2026-12-15',
      dayIs: 'planned',
      estimatedValue: {
        ...{ net: '182000.00', complete: false, years: 4, mainObject: 'supplies_services' },
        lots: [
          { lotId: framed, number: 1, net: '150000.00', yearlyNeeds: null },
          { lotId: plain, number: 2, net: '32000.00', yearlyNeeds: '8000.00' },
          { lotId: silent, number: 3, net: null, yearlyNeeds: null },
        ],
      },
      procedure: {
        required: 'adapted',
        requiredLabel: 'procédure adaptée',
        settled: false,
        followed: 'adapted',
      },
      smallLots: { total: '182000.00', envelope: '36400.00', used: '0.00', margin: '36400.00' },
      // Nobody fixed the limit of offers.
      verdict: 'block',
    });
    expect(answer.checks.find(({ rule }) => rule === 'ESTIMATED_VALUE')?.sentence).toContain(
      'Lot 3\u00a0: recueillir',
    );
    await need(silent, 10, [[second, 850]]);
    expect(await read()).toMatchObject({
      estimatedValue: { net: '216000.00', complete: true },
      procedure: { required: 'formal', settled: true, followed: 'open' },
    });
  });

  test('are those of the law of the day of the launch', async () => {
    await need(silent, 10, [[second, 850]]);
    const planned = async (day: string) => {
      await world.source.query(`update consultation set planned_launch_on = $2 where id = $1`, [
        ...[consultationId, day],
      ]);
      const { on, dayIs, procedure } = await read();
      return [on, dayIs, procedure?.required];
    };
    await onLawDay(world.source, 'formalisee_fs', 216_000_01n);
    expect(await planned(LAW_DAY)).toEqual([LAW_DAY, 'planned', 'adapted']);
    expect(await planned(DAY_AFTER)).toEqual([DAY_AFTER, 'planned', 'formal']);
    expect((await planned('2025-12-31')).slice(1)).toEqual(['today', 'formal']);
    await world.source.query(`update consultation set planned_launch_on = '2028-01-01' where id = $1`, [
      consultationId,
    ]);
    const unknown = await read();
    expect([unknown.procedure, verdictOf(unknown, 'PROCEDURE'), unknown.verdict]).toEqual([
      null,
      'block',
      'block',
    ]);
  });

  test('are in the one list of checks', async () => {
    const list = (await (await world.api(at('checks'), officer)).json()) as CheckList;
    const told = list.items.filter(({ subject }) => subject === 'procedure');
    expect(new Set(told.map(({ rule }) => rule))).toEqual(
      new Set((await read()).checks.map(({ rule }) => rule)),
    );
    expect(told.length).toBeGreaterThan(8);
  });

  test('are for who may read the consultation', async () => {
    const stranger = await world.person('procurement_officer', {
      buyerId: null,
      groupId: world.other.groupId,
    });
    expect(await problem(world.api(at('procedure'), stranger))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(world.api(`/consultations/${randomUUID()}/procedure`, officer))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });
});

describe('what people choose of the procedure', () => {
  const CHOICE = {
    procedure: 'open',
    offersLimit: '2027-01-18T12:00',
    letters: 'electronic',
    options: '50000',
  };

  test('is empty at version 0, written once without If-Match, then with it, and told in the journal', async () => {
    const empty = await world.api(at('procedure-choice'), officer);
    expect([empty.headers.get('etag'), await empty.json()]).toMatchObject([
      '"0"',
      { version: 0, procedure: null, electronic: true, smallLots: [] },
    ]);
    const first = await put({ ...CHOICE, smallLots: [{ lotId: plain, treatment: 'adapted' }] });
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    const saved = (await first.json()) as ProcedureChoiceAnswer;
    expect(saved).toMatchObject({
      ...CHOICE,
      options: '50000.00',
      smallLots: [{ lotId: plain, treatment: 'adapted' }],
      version: 1,
    });
    expect(await problem(put(CHOICE))).toEqual([428, 'VERSION_REQUIRED']);
    expect(await faults(await put(CHOICE, 0))).toEqual([412, 'STALE_VERSION']);
    const same = await put({ ...CHOICE, smallLots: [{ lotId: plain, treatment: 'adapted' }] }, 1);
    expect(same.headers.get('etag')).toBe('"1"');
    const second = await put({ ...CHOICE, letters: 'other' }, 1);
    expect(await second.json()).toMatchObject({ version: 2, letters: 'other', smallLots: [] });
    expect(
      await world.source.query(
        `select subject, key, before, after from journal_entry where subject_id = $1 order by position`,
        [consultationId],
      ),
    ).toMatchObject([
      {
        subject: 'procedure',
        key: 'procedure.choose',
        before: null,
        after: { procedure: 'open', offersLimit: '2027-01-18T12:00' },
      },
      { before: { letters: 'electronic' }, after: { letters: 'other', smallLots: [] } },
    ]);
  });

  test('is judged: value, limit, small lots', async () => {
    await put({ ...CHOICE, smallLots: [{ lotId: plain, treatment: 'adapted' }] });
    const answer = await read();
    expect(answer).toMatchObject({
      estimatedValue: { net: '232000.00', options: '50000.00' },
      procedure: { required: 'formal', followed: 'open' },
      smallLots: { used: '32000.00', margin: '4400.00' },
    });
    // Thirty days from 15 December end on 14 January.
    expect(
      ['PROCEDURE', 'OFFERS_LIMIT', 'SMALL_LOTS_SHARE', 'STANDSTILL'].map((rule) => verdictOf(answer, rule)),
    ).toEqual(['ok', 'ok', 'ok', 'not_applicable_yet']);
    await put(
      { ...CHOICE, offersLimit: '2027-01-13T12:00', smallLots: [{ lotId: framed, treatment: 'direct' }] },
      1,
    );
    const worse = await read();
    expect(
      ['OFFERS_LIMIT', 'SMALL_LOT_THRESHOLD', 'SMALL_LOTS_SHARE'].map((rule) => verdictOf(worse, rule)),
    ).toEqual(['block', 'block', 'block']);
  });

  test('tells every contradiction at its place', async () => {
    const body = {
      procedure: 'open',
      candidaciesLimit: '2027-01-04T12:00',
      offersLimit: '2026-03-29T02:30',
      smallLots: [
        { lotId: plain, treatment: 'adapted' },
        { lotId: plain, treatment: 'direct' },
        { lotId: randomUUID(), treatment: 'direct' },
      ],
    };
    expect(await faults(await put(body))).toEqual([
      ...[422, 'PROCEDURE_CHOICE_UNSOUND', '#/offersLimit SKIPPED_HOUR'],
      ...['#/candidaciesLimit CANDIDACIES_WITHOUT_TWO_STEPS', '#/offersLimit OFFERS_BEFORE_CANDIDACIES'],
      ...['#/smallLots/1/lotId REPEATED_LOT', '#/smallLots/2/lotId UNKNOWN_LOT'],
    ]);
    const misshapen = {
      procedure: 'marché',
      offersLimit: '2027-02-30T12:00',
      options: '-5',
      urgency: 'vite',
      electronic: null,
    };
    expect(new Set(await faults(await put(misshapen)))).toEqual(
      new Set([
        ...[422, 'VALIDATION', '#/procedure isIn', '#/offersLimit isParisMoment', '#/options matches'],
        ...['#/urgency isLength', '#/electronic isBoolean'],
      ]),
    );
  });

  test.each([
    [`ground = ''`, 'procedure_choice_ground_says_something'],
    [`urgency = ''`, 'procedure_choice_urgency_says_something'],
    ['options = -1', 'procedure_choice_options_are_positive'],
    ['premiums = -1', 'procedure_choice_premiums_are_positive'],
    ['rest_of_operation = -1', 'procedure_choice_rest_of_operation_is_positive'],
    ['candidacies_limit = offers_limit', 'procedure_choice_limits_ordered'],
  ])('%s is refused by the database too, with its sentence', async (change, constraint) => {
    await put(CHOICE);
    await expect(
      world.source.query(`update procedure_choice set ${change} where consultation_id = $1`, [
        consultationId,
      ]),
    ).rejects.toMatchObject({ constraint });
    expect(PROCEDURE_CONSTRAINTS).toHaveProperty(constraint);
  });

  test('goes with its lot', async () => {
    await put({ ...CHOICE, smallLots: [{ lotId: plain, treatment: 'adapted' }] });
    await world.source.query(`delete from need_line where lot_id = $1`, [plain]);
    await world.source.query(`delete from item where lot_id = $1`, [plain]);
    await world.source.query(`delete from lot_participation where lot_id = $1`, [plain]);
    await world.source.query(`delete from lot where id = $1`, [plain]);
    expect(await (await world.api(at('procedure-choice'), officer)).json()).toMatchObject({ smallLots: [] });
  });
});

describe('the social clause is due from the threshold of the one estimated value (L2112-2-1)', () => {
  const social = async () => {
    const { items } = (await (await world.api(at('checks'), officer)).json()) as CheckList;
    const ofLot = (await (await world.api(`/lots/${plain}/checks`, officer)).json()) as CheckList;
    const measures = (await (await world.api(`/lots/${plain}/protection`, officer)).json()) as {
      duties: { rule: string; verdict: string }[];
    };
    const publication = (await (await world.api(at('publication'), officer)).json()) as {
      control: { rules: { number: number; verdict: string }[] };
    };
    return {
      listed: items.filter(({ rule }) => rule === 'SOCIAL_CLAUSE').map(({ verdict }) => verdict),
      ofLot: ofLot.items.find(({ rule }) => rule === 'SOCIAL_CLAUSE')?.verdict,
      measures: measures.duties.find(({ rule }) => rule === 'SOCIAL_CLAUSE')?.verdict,
      rule9: publication.control.rules.find(({ number }) => number === 9)?.verdict,
      required: (await read()).procedure!.required,
    };
  };
  /** A room that knows no value neither blocks nor calls the clause optional. */
  const elsewhere = { ofLot: 'not_applicable_yet', measures: 'not_applicable_yet' };

  test.each([
    ['33999.99', 'adapted', 'warn', 'ok'],
    ['34000', 'formal', 'block', 'block'],
    ['34000.01', 'formal', 'block', 'block'],
  ])('maxima, needs and options of %s: %s', async (options, required, incomplete, complete) => {
    await put({ options });
    expect(await social()).toEqual({
      ...{ ...elsewhere, required, rule9: incomplete },
      listed: [incomplete, incomplete, incomplete],
    });
    await world.source.query(`delete from lot_participation where lot_id = $1`, [silent]);
    await world.source.query(`delete from lot where id = $1`, [silent]);
    expect(await social()).toEqual({
      ...{ ...elsewhere, required, rule9: complete },
      listed: [complete, complete],
    });
  });

  test('plain contracts alone reach it, and works have theirs', async () => {
    await world.source.query(`delete from lot_participation where lot_id = any($1::uuid[])`, [
      [framed, silent],
    ]);
    await world.source.query(`delete from lot_terms where lot_id = $1`, [framed]);
    await world.source.query(`delete from lot where id = any($1::uuid[])`, [[framed, silent]]);
    await need(plain, 10, [[second, 4_600]]);
    const formal = { ...elsewhere, required: 'formal', listed: ['block'], rule9: 'block' };
    expect(await social()).toEqual(formal);
    await world.source.query(`update lot set family = 'travaux' where id = $1`, [plain]);
    expect(await social()).toMatchObject({ listed: ['ok'], rule9: 'ok' });
    await put({ restOfOperation: '5188000' });
    expect(await social()).toEqual(formal);
  });
});

describe('what if', () => {
  /** Every row of every table, with the transaction that wrote it; calls are counted and keep a session alive. */
  async function rows(): Promise<unknown> {
    const tables = await world.source.query<{ name: string }[]>(
      `select quote_ident(table_name) as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('cpv_code', 'rate_limit', 'user_session')
       order by 1`,
    );
    expect(tables.length).toBeGreaterThan(30);
    const found: Record<string, unknown> = {};
    for (const { name } of tables)
      [found[name]] = await world.source.query<unknown[]>(
        `select count(*) as rows, md5(string_agg(one.xmin::text || one.ctid::text || one::text, '' order by one.ctid)) as hash
         from ${name} one`,
      );
    return found;
  }

  test('nothing is saved', async () => {
    await read();
    const before = await rows();
    await supposed({
      ...{
        launchOn: '2027-03-01',
        firmYears: 2,
        renewals: 2,
        procedure: 'restricted',
        options: '5',
        premiums: '5',
      },
      addedLots: [{ family: 'services', contractForm: 'ordinaire', yearlyNeed: '1000', smallLot: 'direct' }],
      removedLots: [silent],
      changedLots: [{ lotId: framed, maximum: '10' }],
      addedMembers: [{ needs: [{ lotId: plain, yearlyNeed: '10' }] }],
      removedMembers: [second],
    });
    expect(await rows()).toEqual(before);
  });

  test('is what is when nothing is supposed', async () => {
    expect(await supposed({})).toEqual(await read());
  });

  test('lots, members, duration and day change the answer', async () => {
    const net = async (body: object): Promise<string> => (await supposed(body)).estimatedValue.net;
    expect(await net({ removedLots: [framed] })).toBe('32000.00');
    expect(await net({ renewals: 4 })).toBe('190000.00');
    expect(await net({ removedMembers: [second] })).toBe('170000.00');
    expect(await net({ addedMembers: [{ needs: [{ lotId: silent, yearlyNeed: '8500' }] }] })).toBe(
      '216000.00',
    );
    expect(
      await net({
        changedLots: [
          { lotId: plain, yearlyNeed: '1' },
          { lotId: framed, maximum: '2.50' },
        ],
      }),
    ).toBe('6.50');
    expect(await net({ changedLots: [{ lotId: framed, contractForm: 'ordinaire' }] })).toBe('32000.00');
    expect(await net({ options: '1', premiums: '2', restOfOperation: '4' })).toBe('182003.00');
    const added = { family: 'travaux', contractForm: 'mixte', maximum: '9000000' };
    expect(
      await supposed({ addedLots: [added], removedLots: [silent], launchOn: '2027-03-01' }),
    ).toMatchObject({
      ...{ on: '2027-03-01', dayIs: 'supposed', procedure: { required: 'formal' } },
      estimatedValue: {
        mainObject: 'works',
        complete: true,
        lots: [{ number: 1 }, { number: 2 }, { lotId: null, number: 4, title: 'Lot supposé' }],
      },
    });
    expect(
      await supposed({
        removedLots: [silent, plain],
        changedLots: [{ lotId: framed, maximum: '40000' }],
        launchOn: '2026-03-31',
      }),
    ).toMatchObject({ procedure: { required: 'adapted' } });
    expect(
      await supposed({
        removedLots: [silent, plain],
        changedLots: [{ lotId: framed, maximum: '40000' }],
        launchOn: '2026-04-01',
      }),
    ).toMatchObject({
      procedure: { required: 'direct', requiredLabel: 'sans publicité ni mise en concurrence préalables' },
    });
    expect(await supposed({ changedLots: [{ lotId: plain, smallLot: 'direct' }] })).toMatchObject({
      smallLots: { used: '32000.00' },
    });
  });

  test('tells every hypothesis that speaks of what is not there', async () => {
    const stranger = randomUUID();
    const body = {
      removedLots: [silent, stranger],
      changedLots: [{ lotId: silent }, { lotId: plain, maximum: '5' }, { lotId: plain }],
      addedLots: [{ family: 'services', contractForm: 'ordinaire', maximum: '5' }],
      removedMembers: [stranger],
      addedMembers: [{ needs: [{ lotId: stranger, yearlyNeed: '5' }] }],
    };
    expect(await faults(await suppose(body))).toEqual([
      ...[422, 'WHAT_IF_UNSOUND', '#/removedLots/1 UNKNOWN_LOT', '#/changedLots/0/lotId REMOVED_LOT'],
      ...['#/changedLots/1/maximum NOT_A_FRAMEWORK', '#/changedLots/2/lotId REPEATED_LOT'],
      ...['#/addedLots/0/maximum NOT_A_FRAMEWORK', '#/removedMembers/0 MEMBER_WITHOUT_NEED'],
      '#/addedMembers/0/needs/0/lotId UNKNOWN_LOT',
    ]);
    expect(
      await faults(await suppose({ renewals: -1, launchOn: 'demain', addedLots: [{ family: 'sel' }] })),
    ).toEqual(
      expect.arrayContaining([
        422,
        '#/renewals min',
        '#/launchOn isPlainDate',
        '#/addedLots/0/family isIn',
        '#/addedLots/0/contractForm isIn',
      ]),
    );
  });

  test('does not tell what a member needs to those who may not read it', async () => {
    const secretary = await world.person('commune_secretary', { buyerId: world.own.buyerId, groupId: null });
    expect((await suppose({ removedMembers: [second] }, secretary)).status).toBe(200);
    await world.source.query(`update purchasing_group set members_see_each_other = false where id = $1`, [
      world.own.groupId,
    ]);
    expect(await problem(suppose({ removedMembers: [second] }, secretary))).toEqual([403, 'FORBIDDEN']);
    expect((await suppose({ renewals: 1 }, secretary)).status).toBe(200);
    expect((await suppose({ removedMembers: [second] })).status).toBe(200);
  });
});
