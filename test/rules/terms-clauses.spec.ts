import { lawOn } from '../../src/law/law-on.js';
import {
  advanceChecks,
  advanceDuty,
  type AdvanceFacts,
  retentionCheck,
} from '../../src/terms/advance.rules.js';
import {
  clauseWordingCheck,
  environmentalClauseCheck,
  priceBasisCheck,
  priceCheck,
  socialClauseCheck,
  socialFigures,
} from '../../src/terms/clauses.rules.js';
import { lotTerms, type LotTermsText, NO_TERMS } from '../../src/terms/terms.rules.js';

const DAY = '2026-12-15';
const law = (on: string) => lawOn(on, []);
const terms = (given: Partial<LotTermsText> = {}) => lotTerms({ ...NO_TERMS, ...given });
const SMALL = 60_000_000_00n;
const LARGE = SMALL + 1n;
const facts = (given: Partial<LotTermsText>, more: Partial<AdvanceFacts> = {}): AdvanceFacts => ({
  terms: terms(given),
  form: 'bons_de_commande',
  months: 48,
  eachMemberPays: true,
  operatingSpending: SMALL,
  ...more,
});

describe('what the advance is owed on', () => {
  const duty = (given: Partial<LotTermsText>, more: Partial<AdvanceFacts> = {}) => {
    const { owed, bases, article } = advanceDuty(facts(given, more), law(DAY));
    return [owed, bases.join(' '), article];
  };

  test('no minimum: each order above 50 000 € (R2191-16)', () => {
    expect(duty({ maximum: '50000.01' })).toEqual(['yes', 'per_order', 'CCP R2191-16']);
    expect(duty({ maximum: '50000' })).toEqual(['no', 'per_order', 'CCP R2191-3']);
  });

  test('a minimum above 50 000 €: once, or per order where each member pays (R2191-17, -18)', () => {
    const given = { maximum: '200000', minimum: '50000.01' };
    expect(duty(given)).toEqual(['yes', 'minimum per_order', 'CCP R2191-17 et R2191-18']);
    expect(duty(given, { eachMemberPays: false })).toEqual(['yes', 'minimum', 'CCP R2191-17']);
    expect(duty({ ...given, minimum: '50000' })).toEqual(['no', 'minimum per_order', 'CCP R2191-17']);
  });

  test('marchés subséquents are contracts each; a plain contract has its amount', () => {
    const given = { maximum: '200000', minimum: '60000' };
    expect(duty(given, { form: 'marches_subsequents' })).toEqual(['yes', 'per_order', 'CCP R2191-3']);
    expect(duty({}, { form: 'ordinaire' })).toEqual(['maybe', 'contract', 'CCP R2191-3']);
  });

  test('nothing is owed up to two months', () => {
    expect(duty({ maximum: '200000' }, { months: 2 })[0]).toBe('no');
    expect(duty({ maximum: '200000' }, { months: 3 })[0]).toBe('yes');
  });

  test('another basis blocks', () => {
    const basis = (given: Partial<LotTermsText>, more: Partial<AdvanceFacts> = {}) =>
      advanceChecks(facts(given, more), law(DAY))[0]!.verdict;
    expect(basis({ maximum: '200000', advanceBasis: 'per_order' })).toBe('ok');
    expect(basis({ maximum: '200000', advanceBasis: 'minimum' })).toBe('block');
    const minimum = { maximum: '200000', minimum: '60000' };
    expect(basis({ ...minimum, advanceBasis: 'per_order' })).toBe('ok');
    expect(basis({ ...minimum, advanceBasis: 'per_order' }, { eachMemberPays: false })).toBe('block');
    expect(basis(minimum)).toBe('warn');
    expect(basis({ advanceBasis: 'per_order' }, { form: 'ordinaire' })).toBe('block');
  });
});

describe('the rate of the advance (R2191-7)', () => {
  const rate = (given: Partial<LotTermsText>, more: Partial<AdvanceFacts> = {}) =>
    advanceChecks(facts({ maximum: '200000', ...given }, more), law(DAY))[1]!.verdict;

  test('from 5 % to 30 %', () => {
    expect(rate({})).toBe('block');
    expect(rate({ advanceRate: '4.99' })).toBe('block');
    expect(rate({ advanceRate: '5' })).toBe('ok');
    expect(rate({ advanceRate: '30' })).toBe('ok');
    expect(rate({ advanceRate: '30.01' })).toBe('warn');
    expect(rate({ advanceRate: '5', advanceRateSme: '4.99' })).toBe('block');
  });

  test('none where none is owed; to be looked at where it depends', () => {
    expect(rate({ maximum: '50000' })).toBe('ok');
    expect(rate({ maximum: null }, { form: 'ordinaire' })).toBe('warn');
  });

  test('10 % for an SME with a buyer that spends more than 60 M€', () => {
    expect(rate({ advanceRate: '9.99' }, { operatingSpending: LARGE })).toBe('warn');
    expect(rate({ advanceRate: '10' }, { operatingSpending: LARGE })).toBe('ok');
    expect(rate({ advanceRate: '5', advanceRateSme: '10' }, { operatingSpending: LARGE })).toBe('ok');
    expect(rate({ advanceRate: '9.99' }, { operatingSpending: SMALL })).toBe('ok');
    expect(rate({ advanceRate: '9.99' }, { operatingSpending: null })).toBe('warn');
  });
});

test('the retention of guarantee: 5 % at most, 3 % of an SME with a large buyer (R2191-33)', () => {
  const retention = (given: Partial<LotTermsText>, operatingSpending: bigint | null = SMALL) =>
    retentionCheck(facts(given, { operatingSpending }), law(DAY)).verdict;
  expect(retention({})).toBe('ok');
  expect(retention({ retentionRate: '5' })).toBe('ok');
  expect(retention({ retentionRate: '5.01' })).toBe('block');
  expect(retention({ retentionRate: '3', retentionRateSme: '5.01' })).toBe('block');
  expect(retention({ retentionRate: '3' }, LARGE)).toBe('ok');
  expect(retention({ retentionRate: '3.01' }, LARGE)).toBe('block');
  expect(retention({ retentionRate: '5', retentionRateSme: '3' }, LARGE)).toBe('ok');
  expect(retention({ retentionRate: '3.01' }, null)).toBe('warn');
});

test('the environmental clause: from 22 August 2026 (L2112-2)', () => {
  const clause = (environmentalClause: string | null, on: string) =>
    environmentalClauseCheck(terms({ environmentalClause }), law(on)).verdict;
  expect(clause(null, '2026-08-21')).toBe('ok');
  expect(clause(null, '2026-08-22')).toBe('block');
  expect(clause('reprise des emballages', '2026-08-22')).toBe('ok');
});

describe('the social clause (L2112-2-1)', () => {
  const LOT = { family: 'fournitures', months: 48 } as const;
  const value = (net: bigint, complete = true, works = false) => ({ net, complete, works });
  const check = (
    given: Partial<LotTermsText>,
    known: ReturnType<typeof value> | null,
    on = DAY,
    lot: Parameters<typeof socialClauseCheck>[1] = LOT,
  ) => socialClauseCheck(terms(given), lot, known, law(on)).verdict;

  test('from the European threshold up', () => {
    expect(check({}, value(215_999_99n))).toBe('ok');
    expect(check({}, value(216_000_00n))).toBe('block');
    expect(check({}, value(5_403_999_99n, true, true))).toBe('ok');
    expect(check({}, value(5_404_000_00n, true, true))).toBe('block');
    expect(check({ socialClause: 'insertion' }, value(216_000_00n))).toBe('ok');
    expect(check({}, value(0n, false))).toBe('warn');
    expect(check({}, value(216_000_00n, false))).toBe('block');
    expect(check({}, value(215_999_99n, false))).toBe('warn');
  });

  test('is not judged where nobody reckons the value: it is left to who does, never called optional', () => {
    expect(check({}, null)).toBe('not_applicable_yet');
    expect(check({ socialClause: 'insertion' }, null)).toBe('ok');
    expect(check({}, null, '2026-08-21')).toBe('ok');
    expect(check({ socialExemptionGround: 'short_works', socialExemption: 'court' }, null)).toBe('block');
    expect(socialFigures(null, law(DAY))).toEqual({
      'valeur estimée de la consultation': 'jugée avec la procédure',
    });
  });

  test('from 22 August 2026', () => {
    expect(check({}, value(300_000_00n), '2026-08-21')).toBe('ok');
    expect(check({}, value(300_000_00n), '2026-08-22')).toBe('block');
  });

  test('a threshold that nobody knows yet asks for the clause', () => {
    expect(check({}, value(1n), '2027-12-31')).toBe('ok');
    expect(check({}, value(1n), '2028-01-01')).toBe('block');
    expect(check({ socialClause: 'insertion' }, value(1n), '2028-01-01')).toBe('ok');
  });

  test('or a ground and its motive; short works last less than six months', () => {
    const exempt = { socialExemptionGround: 'no_link', socialExemption: 'achat sur étagère' } as const;
    const short = { ...exempt, socialExemptionGround: 'short_works' } as const;
    const works = value(6_000_000_00n, true, true);
    expect(check(exempt, value(300_000_00n))).toBe('ok');
    expect(check(short, works, DAY, { family: 'travaux', months: 5 })).toBe('ok');
    expect(check(short, works, DAY, { family: 'travaux', months: 6 })).toBe('block');
    expect(check(short, value(300_000_00n), DAY, { family: 'services', months: 5 })).toBe('block');
  });
});

test('revisable prices of food (R2112-13)', () => {
  const price = (priceKind: LotTermsText['priceKind'], cpv: string, priceFormula: string | null = null) =>
    priceCheck(terms({ priceKind, priceFormula }), cpv).verdict;
  expect(price('fixed', '15800000')).toBe('warn');
  expect(price('adjustable', '03221000')).toBe('warn');
  expect(price('fixed', '55524000')).toBe('warn');
  expect(price('revisable', '15800000', 'P0')).toBe('ok');
  expect(price('revisable', '15800000')).toBe('block');
  expect(price('fixed', '34927100')).toBe('ok');
  expect(price('fixed', '55110000')).toBe('ok');
  expect(price(null, '34927100')).toBe('warn');
});

test('prices compared with VAT, and places named in a clause, only warn', () => {
  expect(priceBasisCheck(terms()).verdict).toBe('ok');
  expect(priceBasisCheck(terms({ vatBasis: 'gross' })).verdict).toBe('warn');
  expect(clauseWordingCheck(terms({ socialClause: 'insertion' }), []).verdict).toBe('ok');
  expect(clauseWordingCheck(terms({ socialClause: 'emploi de publics locaux' }), []).verdict).toBe('warn');
  expect(clauseWordingCheck(terms({ penalties: 'retard à Changé' }), ['Changé']).verdict).toBe('warn');
  const depot = terms({ environmentalClause: 'Le titulaire dispose d’un dépôt à Laval' });
  expect(clauseWordingCheck(depot, []).verdict).toBe('ok');
  expect(clauseWordingCheck(depot, [], (name) => name === 'Laval').figures).toMatchObject({
    'mots de lieu': '«\u00a0Laval\u00a0»',
  });
});
