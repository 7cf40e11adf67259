import { randomUUID } from 'node:crypto';
import { OPERATOR } from '../support/trace.js';
import { ConsultationsService } from '../../src/consultations/consultations.service.js';
import type { CheckList } from '../../src/procedure/checks.dto.js';
import { supplierEntry } from '../accounts/recipes/sourcing.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { LAW_DAY, onLawDay } from '../support/law-figures.js';

/** One list of all that stands between a consultation and its launch, from every room. */
let world: World;
let officer: Holder;
let coordinatorId: string;
let consultationId: string;
let lots: [string, string];

beforeAll(async () => {
  world = await World.open();
  const { source, own } = world;
  officer = await world.person('procurement_officer', { buyerId: null, groupId: own.groupId });
  [{ coordinatorId } = { coordinatorId: '' }] = await source.query<{ coordinatorId: string }[]>(
    `select coordinator_id as "coordinatorId" from purchasing_group where id = $1`,
    [own.groupId],
  );
  await source.query(`update buyer set kind = 'epci' where id = $1`, [coordinatorId]);
  await source.query(`update buyer set kind = 'commune', insee_code = '53007' where id = $1`, [own.buyerId]);
});
beforeEach(async () => {
  consultationId = randomUUID();
  lots = [randomUUID(), randomUUID()];
  const { source, own } = world;
  await source.query(
    `insert into consultation (id, group_id, title, object, firm_years, renewals, planned_launch_on)
     values ($1, $2, $3, 'Végétaux', 1, 2, '2199-01-15')`,
    [consultationId, own.groupId, `Achats ${consultationId}`],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form, purchase_family)
     select id, $1, n, 'Lot ' || n, '03451000', 'fournitures', 'bons_de_commande', 'végétaux'
     from unnest($2::uuid[]) with ordinality as given (id, n)`,
    [consultationId, lots],
  );
  await source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id) select $1, id, $3 from unnest($2::uuid[]) as id`,
    [consultationId, lots, own.buyerId],
  );
});
afterAll(() => world.close());

const read = async (holder = officer): Promise<CheckList> => {
  const response = await world.api(`/consultations/${consultationId}/checks`, holder);
  expect(response.status).toBe(200);
  return (await response.json()) as CheckList;
};
const put = async (path: string, body: object, version?: number): Promise<void> => {
  const response = await world.api(path, officer, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
  });
  expect([response.status, response.ok ? '' : await response.text()]).toEqual([200, '']);
};
const told = (list: CheckList, subject: string): string[] =>
  list.items
    .filter((item) => item.subject === subject)
    .map(({ verdict, lotNumber, rule }) => `${verdict} ${lotNumber ?? '-'} ${rule}`);
const item = async (more: Record<string, string> = {}): Promise<string> => {
  const id = randomUUID();
  await world.source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate,
                       m57_nature)
     values ($1, $2, $3, 1, 'V-1', $4, 'unité', '1', 10, 20, $5)`,
    [id, consultationId, lots[0], more['designation'] ?? 'Rosier', more['nature'] ?? '60628'],
  );
  return id;
};
const need = (itemId: string, buyerId: string, estimate: number) =>
  world.source.query(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate)
     values ($1, $2, $3, $4, 'valid', $5)`,
    [consultationId, itemId, buyerId, lots[0], estimate],
  );

describe('one list of checks', () => {
  test('holds those of every room at once, the gravest first, each with its article, figures and sentence', async () => {
    await item({ designation: 'Pneu 205/55 R16', nature: '21828' });
    await put(`/lots/${lots[1]}/protection`, {
      justification: 'Payer une avance laisse commencer de petites entreprises.',
      levers: [{ lever: 'ADVANCE', record: { rate: '4' } }],
    });
    const list = await read();
    expect([list.on, list.dayIs, list.verdict, list.complete]).toEqual([
      '2199-01-15',
      'planned',
      'block',
      true,
    ]);
    const gravity = list.items.map(({ verdict }) =>
      ['block', 'warn', 'not_applicable_yet', 'ok'].indexOf(verdict),
    );
    expect(gravity).toEqual([...gravity].sort());
    for (const check of list.items) {
      expect(Object.keys(check).sort()).toEqual(
        ['article', 'figures', 'lotNumber', 'member', 'rule', 'sentence', 'subject', 'verdict'].sort(),
      );
      expect([check.article, check.sentence]).not.toContain('');
    }
    expect(told(list, 'group')).toEqual(
      expect.arrayContaining([
        ...['block - GROUP_HAS_MEMBERS', 'block - AGREEMENT_SIGNED', 'block - RESOLUTION_ENFORCEABLE'],
        ...['warn - COMMITTEE_QUORUM', 'ok - COMMITTEE_MAJORITY', 'warn - EPCI_FREE_OF_CHARGE'],
      ]),
    );
    expect(told(list, 'consultation')).toContain('ok - LOT_SPLIT');
    expect(told(list, 'sourcing')).toEqual(['ok - SOURCING_SEVERAL_MET', 'ok - SOURCING_EQUAL_INFORMATION']);
    expect(told(list, 'items')).toEqual([
      'block 1 RETREADED_TYRES',
      // Each member pays until a mission says otherwise.
      'ok 1 INVESTMENT_PAID_BY_EACH',
      'ok 1 PLACE_WORDING',
    ]);
    expect(told(list, 'terms')).toEqual(
      expect.arrayContaining([
        ...['block 1 LOT_MAXIMUM', 'block 2 LOT_MAXIMUM', 'block 1 ENVIRONMENTAL_CLAUSE', 'ok - TIE_RULE'],
      ]),
    );
    expect(told(list, 'protection')).toEqual(
      expect.arrayContaining(['block 2 ADVANCE_RATE', 'ok - PAYMENT', 'ok - SPASER']),
    );
    // By one rule and of one lot, the terms speak.
    expect(told(list, 'protection').filter((line) => line.includes('ENVIRONMENTAL_CLAUSE'))).toEqual([]);
    expect(told(list, 'terms').filter((line) => line.includes('TIE_RULE'))).toHaveLength(1);
  });

  test('the missions say who pays: what one pays for others cannot be investment', async () => {
    await item({ nature: '21828' });
    const missions = `/groups/${world.own.groupId}/missions`;
    const award = { mission: 'passation', buyerIds: [coordinatorId] };
    await put(missions, { missions: [award, { mission: 'paiement', buyerIds: [coordinatorId] }] }, 0);
    const list = await read();
    expect(told(list, 'items')).toEqual(['block 1 INVESTMENT_PAID_BY_EACH', 'ok 1 PLACE_WORDING']);
    expect(told(list, 'group')).toContain('warn - PAYMENT_FOR_OTHERS');
    await put(missions, { missions: [award] }, 1);
    expect(told(await read(), 'items')).toEqual(['ok 1 INVESTMENT_PAID_BY_EACH', 'ok 1 PLACE_WORDING']);
  });

  test('an EPCI with a need of its own coordinates an ordinary group', async () => {
    const id = await item();
    await world.source.query(
      `insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now()) on conflict do nothing`,
      [world.own.groupId, coordinatorId],
    );
    await world.source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) values ($1, $2, $3)`,
      [consultationId, lots[0], coordinatorId],
    );
    await need(id, coordinatorId, 3);
    const list = await read();
    expect(list.items.find(({ rule }) => rule === 'EPCI_FREE_OF_CHARGE')).toMatchObject({
      verdict: 'ok',
      figures: { 'besoin propre': '30,00\u00a0€', 'temps d’agents réparti': 'non renseigné' },
    });
    expect(told(list, 'group')).toContain('ok - GROUP_HAS_MEMBERS');
  });

  test('what a member keeps outside is told with its name, to it and to who conducts the group', async () => {
    const { source, own } = world;
    await need(await item(), own.buyerId, 5_000);
    await source.query(
      `insert into kept_outside (id, group_id, buyer_id, nature, family, label, annual_amount, reason, recorded_at, version)
       values ($1, $2, $3, 'fournitures', 'Végétaux', 'arbres', 20000, 'arbres remarquables', now(), 1),
              ($4, $2, $3, 'fournitures', 'pain', 'pain', 500, 'boulangerie du bourg', now(), 1)`,
      [randomUUID(), own.groupId, own.buyerId, randomUUID()],
    );
    // 50 000 € through the group and 20 000 € outside: 70 000 € in the family.
    const list = await read();
    const [check, ...others] = list.items.filter(({ subject }) => subject === 'needs');
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      ...{ rule: 'FAMILY_NOT_SPLIT', verdict: 'warn', lotNumber: null },
      member: { buyerId: own.buyerId, name: 'Argentré' },
    });
    const mayor = await world.person('commune_validator', { buyerId: own.buyerId, groupId: null });
    const secretary = await world.person('commune_secretary', { buyerId: coordinatorId, groupId: null });
    const reader = await world.person('elected_reader', { buyerId: null, groupId: own.groupId });
    expect(told(await read(mayor), 'needs')).toEqual(['warn - FAMILY_NOT_SPLIT']);
    for (const holder of [secretary, reader]) expect(told(await read(holder), 'needs')).toEqual([]);
  });

  test('each reads what it may, and is told that there may be more', async () => {
    const supplier = await world.post('/suppliers', officer, supplierEntry({ name: 'Pépinières Gélinier' }));
    const { id } = (await supplier.json()) as { id: string };
    const met = await world.post(`/consultations/${consultationId}/sourcing/contacts`, officer, {
      ...{ lotNumber: 1, supplierId: id, metOn: '2026-11-01', subject: 'rosiers', documentsGiven: [] },
      ...{ informationGiven: ['dates de plantation'], informationReceived: 'délais' },
    });
    expect(met.status).toBe(201);
    expect(told(await read(), 'sourcing')).toContain('warn - SOURCING_SEVERAL_MET');
    const mayor = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
    const seen = await read(mayor);
    expect([seen.complete, told(seen, 'sourcing')]).toEqual([false, []]);
    expect(told(seen, 'terms')).toEqual(told(await read(), 'terms'));
    const token = await world.token(officer, ['consultation.read', 'terms.read']);
    const narrow = await read(token);
    expect([narrow.complete, [...new Set(narrow.items.map(({ subject }) => subject))].sort()]).toEqual([
      false,
      ['consultation', 'procedure', 'terms'],
    ]);
    const stranger = await world.person('commune_validator', { buyerId: world.other.buyerId, groupId: null });
    const path = `/consultations/${consultationId}/checks`;
    expect(await problem(world.api(path, stranger))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(world.api('/consultations/x/checks', officer))).toEqual([404, 'NOT_FOUND']);
  });

  test('the law is that of the launch, else of the planned launch, else of today', async () => {
    const plan = (day: string | null) =>
      world.source.query(`update consultation set planned_launch_on = $2 where id = $1`, [
        consultationId,
        day,
      ]);
    const clause = async () =>
      (await read()).items.find(({ rule, lotNumber }) => rule === 'ENVIRONMENTAL_CLAUSE' && lotNumber === 1)!
        .verdict;
    await onLawDay(world.source, 'clause_environnementale', 0n);
    await plan(LAW_DAY);
    expect([await clause(), (await read()).dayIs]).toEqual(['ok', 'planned']);
    // A planned day that is past: it would be launched today at the earliest.
    await plan('2026-08-20');
    expect([await clause(), (await read()).dayIs]).toEqual(['block', 'today']);
    await plan(null);
    expect([await clause(), (await read()).dayIs]).toEqual(['block', 'today']);
    await plan('2026-08-20');
    await world.source.transaction((tx) =>
      world.app.get(ConsultationsService).recordLaunch(tx, OPERATOR, new Date(), consultationId),
    );
    const launched = await read();
    expect([await clause(), launched.dayIs]).toEqual(['block', 'launch']);
    // With whom it was launched is settled, and when it was to be is past.
    const rules = launched.items.map(({ rule }) => rule);
    for (const rule of ['AGREEMENT_SIGNED', 'GROUP_HAS_MEMBERS', 'PLANNED_LAUNCH'])
      expect(rules).not.toContain(rule);
  });

  test('a consultation without lots is told what it lacks, and nothing of lots', async () => {
    await world.source.query(`delete from lot_participation where consultation_id = $1`, [consultationId]);
    await world.source.query(`delete from lot where consultation_id = $1`, [consultationId]);
    const list = await read();
    expect(told(list, 'consultation')).toContain('block - LOT_SPLIT');
    expect(list.items.filter(({ lotNumber }) => lotNumber !== null)).toEqual([]);
  });

  test('thirty lots are read in as few statements as one', async () => {
    const count = async (): Promise<number> => {
      let statements = 0;
      const logger = world.source.logger as { logQuery: (...args: unknown[]) => unknown };
      const before = logger.logQuery.bind(logger);
      logger.logQuery = (...args) => {
        statements += 1;
        return before(...args);
      };
      await read();
      logger.logQuery = before;
      return statements;
    };
    const few = await count();
    await world.source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       select gen_random_uuid(), $1, n, 'Lot ' || n, '03451000', 'fournitures', 'bons_de_commande'
       from generate_series(3, 30) as n`,
      [consultationId],
    );
    expect(few).toBeGreaterThan(10);
    expect(await count()).toBe(few);
  });
});
