import { lawOn } from '../../src/law/law-on.js';
import { type Check } from '../../src/law/check.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { capsProblems, NO_CAPS, tieRuleCheck, USUAL_TIE_RULES } from '../../src/terms/caps.rules.js';
import { type LotFacts, lotChecks, maximumCheck, orderSharingCheck } from '../../src/terms/checks.rules.js';
import { criteriaChecks, criteriaProblems, type Criterion } from '../../src/terms/criteria.rules.js';
import { limitProblems, memberLimitsCheck, totalsOf } from '../../src/terms/limits.rules.js';
import { termsProblems } from '../../src/terms/terms-problems.rules.js';
import { lotTerms, type LotTermsText, NO_TERMS } from '../../src/terms/terms.rules.js';

const DAY = '2026-12-15';
const law = (on: string) => lawOn(on, []);
const terms = (given: Partial<LotTermsText> = {}) => lotTerms({ ...NO_TERMS, ...given });
const NO_LIMITS = totalsOf([]);
const codes = (problems: readonly { code: string; field: string }[]) =>
  problems.map(({ field, code }) => `${field} ${code}`);
const saved = (
  given: Partial<LotTermsText>,
  form: Parameters<typeof termsProblems>[1] = 'bons_de_commande',
) => codes(termsProblems(terms(given), form, NO_LIMITS));
const euros = (text: string) => text.replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ');

describe('the amounts of a lot (R2162-4)', () => {
  test.each(['bons_de_commande', 'marches_subsequents', 'mixte'] as const)('%s has a maximum', (form) => {
    expect(saved({}, form)).toEqual(['maximum MAXIMUM_REQUIRED']);
    expect(saved({ maximum: '0.01' }, form)).toEqual([]);
    expect(maximumCheck(terms(), form, law(DAY))).toMatchObject({ rule: 'LOT_MAXIMUM', verdict: 'block' });
    const check = maximumCheck(terms({ maximum: '120000', minimum: '1' }), form, law(DAY));
    expect(check.verdict).toBe('ok');
    expect(euros(check.figures['maximum du lot']!)).toBe('120 000,00 €');
  });

  test('was not required before 1 January 2022', () => {
    expect(maximumCheck(terms(), 'mixte', law('2021-12-31')).verdict).toBe('ok');
    expect(maximumCheck(terms(), 'mixte', law('2022-01-01')).verdict).toBe('block');
  });

  test('a plain contract has neither minimum nor maximum', () => {
    expect(saved({}, 'ordinaire')).toEqual([]);
    expect(saved({ maximum: '1', minimum: '1' }, 'ordinaire')).toEqual([
      'maximum NOT_A_FRAMEWORK',
      'minimum NOT_A_FRAMEWORK',
    ]);
    expect(maximumCheck(terms(), 'ordinaire', law(DAY)).verdict).toBe('ok');
    expect(maximumCheck(terms({ maximum: '1' }), 'ordinaire', law(DAY)).verdict).toBe('block');
  });

  test('the minimum does not exceed the maximum, and neither is nought', () => {
    expect(saved({ maximum: '100', minimum: '100' })).toEqual([]);
    expect(saved({ maximum: '100', minimum: '100.01' })).toEqual(['minimum MINIMUM_ABOVE_MAXIMUM']);
    expect(saved({ maximum: '0', minimum: '0' })).toEqual([
      'maximum MAXIMUM_POSITIVE',
      'minimum MINIMUM_POSITIVE',
    ]);
  });

  test('the limits already given to members hold in it', () => {
    const limits = { count: 2, maximum: 100_00n, minimum: 50_00n };
    const problems = (given: Partial<LotTermsText>) => codes(termsProblems(terms(given), 'mixte', limits));
    expect(problems({ maximum: '100' })).toEqual([]);
    expect(problems({ maximum: '99.99' })).toEqual(['maximum BELOW_MEMBER_MAXIMA']);
    expect(problems({ maximum: '100', minimum: '50' })).toEqual([]);
    expect(problems({ maximum: '100', minimum: '49.99' })).toEqual(['minimum BELOW_MEMBER_MINIMA']);
    expect(problems({ maximum: '49.99' })).toEqual([
      'maximum BELOW_MEMBER_MAXIMA',
      'maximum BELOW_MEMBER_MINIMA',
    ]);
  });
});

describe('several holders (R2162-14)', () => {
  const several = (given: Partial<LotTermsText>, form: Parameters<typeof termsProblems>[1] = 'mixte') =>
    saved(
      { ...(form === 'ordinaire' ? {} : { maximum: '1' }), holders: 'several', holderCount: 2, ...given },
      form,
    );

  test('share their orders by a rule, with its parameters', () => {
    expect(several({})).toEqual(['orderSharing ORDER_SHARING_REQUIRED']);
    expect(several({ orderSharing: 'rotation' })).toEqual([]);
    expect(several({ orderSharing: 'price_per_order', holderCount: null })).toEqual([
      'holderCount HOLDER_COUNT_REQUIRED',
    ]);
    expect(several({ orderSharing: 'cascade' })).toEqual(['cascadeDelayHours CASCADE_DELAY_REQUIRED']);
    expect(several({ orderSharing: 'cascade', cascadeDelayHours: 48 })).toEqual([]);
    expect(several({ orderSharing: 'rotation', cascadeDelayHours: 48 })).toEqual([
      'cascadeDelayHours CASCADE_DELAY_WITHOUT_CASCADE',
    ]);
  });

  test('percentages make 100 exactly, one per holder', () => {
    const shares = (...orderShares: string[]) => several({ orderSharing: 'percentages', orderShares });
    expect(shares('60', '40')).toEqual([]);
    expect(shares('60.01', '39.99')).toEqual([]);
    expect(shares('60', '39.99')).toEqual(['orderShares SHARES_MAKE_100']);
    expect(shares('60', '40.01')).toEqual(['orderShares SHARES_MAKE_100']);
    expect(shares('100', '0')).toEqual(['orderShares SHARES_MAKE_100']);
    expect(shares('50', '30', '20')).toEqual(['orderShares ONE_SHARE_PER_HOLDER']);
    expect(several({ orderSharing: 'rotation', orderShares: ['100'] })).toEqual([
      'orderShares SHARES_WITHOUT_PERCENTAGES',
    ]);
  });

  test('marchés subséquents compete again; a plain contract and a single holder share nothing', () => {
    expect(several({}, 'marches_subsequents')).toEqual([]);
    expect(several({ orderSharing: 'rotation' }, 'marches_subsequents')).toEqual([
      'orderSharing SHARING_WITHOUT_ORDERS',
    ]);
    expect(several({}, 'ordinaire')).toEqual(['holders SEVERAL_HOLDERS_NEED_A_FRAMEWORK']);
    expect(saved({ maximum: '1', orderSharing: 'rotation' })).toEqual([
      'orderSharing SHARING_WITH_ONE_HOLDER',
    ]);
  });

  test('the check', () => {
    const check = (given: Partial<LotTermsText>, form: Parameters<typeof orderSharingCheck>[1]) =>
      orderSharingCheck(terms({ holders: 'several', holderCount: 2, ...given }), form).verdict;
    expect(check({}, 'bons_de_commande')).toBe('block');
    expect(check({}, 'mixte')).toBe('block');
    expect(check({}, 'marches_subsequents')).toBe('ok');
    expect(check({}, 'ordinaire')).toBe('block');
    expect(check({ orderSharing: 'rotation' }, 'mixte')).toBe('ok');
    expect(orderSharingCheck(terms(), 'mixte').verdict).toBe('ok');
  });
});

test('clauses that contradict each other are refused', () => {
  const problems = (given: Partial<LotTermsText>) => saved({ maximum: '1', ...given });
  expect(problems({ advanceRateSme: '10', retentionRateSme: '3' })).toEqual([
    'advanceRate RATE_REQUIRED',
    'retentionRate RATE_REQUIRED',
  ]);
  expect(problems({ priceFormula: 'P0' })).toEqual(['priceFormula FORMULA_OF_A_FIXED_PRICE']);
  expect(problems({ priceKind: 'fixed', priceFormula: 'P0' })).toHaveLength(1);
  expect(problems({ priceKind: 'adjustable', priceFormula: 'P0' })).toEqual([]);
  expect(problems({ socialExemption: 'motif' })).toEqual([
    'socialExemptionGround SOCIAL_EXEMPTION_INCOMPLETE',
  ]);
  expect(problems({ socialExemptionGround: 'no_link' })).toEqual([
    'socialExemption SOCIAL_EXEMPTION_INCOMPLETE',
  ]);
  expect(
    problems({ socialExemptionGround: 'no_link', socialExemption: 'motif', socialClause: 'insertion' }),
  ).toEqual(['socialExemption SOCIAL_CLAUSE_AND_EXEMPTION']);
});

describe('the limits of members', () => {
  const [A, B] = ['a', 'b'];
  const participants = new Set([A, B]);
  const limit = (buyerId: string, minimum: bigint | null, maximum: bigint | null) => ({
    ...{ buyerId, minimum, maximum },
  });
  const lot = { maximum: 100_00n, minimum: 30_00n };

  test('keep to the lot, to the cent', () => {
    const problems = (limits: ReturnType<typeof limit>[], of: typeof lot | null = lot) =>
      codes(limitProblems(limits, of, participants));
    expect(problems([limit(A, null, 60_00n), limit(B, null, 40_00n)])).toEqual([]);
    expect(problems([limit(A, null, 60_00n), limit(B, null, 40_01n)])).toEqual(['items MAXIMA_ABOVE_LOT']);
    expect(problems([limit(A, 20_00n, null), limit(B, 10_00n, null)])).toEqual([]);
    expect(problems([limit(A, 20_00n, null), limit(B, 10_01n, null)])).toEqual([
      'items MINIMA_ABOVE_LOT_MINIMUM',
    ]);
    expect(codes(limitProblems([limit(A, 100_01n, null)], { ...lot, minimum: null }, participants))).toEqual([
      'items MINIMA_ABOVE_LOT_MAXIMUM',
    ]);
    expect(problems([limit(A, null, 1n)], null)).toEqual(['items LOT_MAXIMUM_FIRST']);
    expect(problems([], null)).toEqual([]);
  });

  test('are of members of the lot, once each, and say something', () => {
    expect(
      codes(
        limitProblems(
          [limit('c', null, 1n), limit(A, 2n, 1n), limit(A, null, null)],
          { maximum: 100n, minimum: null },
          participants,
        ),
      ),
    ).toEqual([
      'items/0/buyerId NOT_A_PARTICIPANT',
      'items/1/minimum MINIMUM_ABOVE_MAXIMUM',
      'items/2/buyerId MEMBER_TWICE',
      'items/2/maximum LIMIT_EMPTY',
    ]);
  });

  test('the check tells of both sums', () => {
    const of = (given: Partial<LotTermsText>, limits: ReturnType<typeof limit>[]): Check =>
      memberLimitsCheck(terms(given), limits);
    expect(of({}, []).verdict).toBe('ok');
    expect(of({ maximum: '100' }, [limit(A, null, 100_00n)]).verdict).toBe('ok');
    const above = of({ maximum: '100' }, [limit(A, null, 60_00n), limit(B, null, 40_01n)]);
    expect(above.verdict).toBe('block');
    expect(euros(above.figures['somme des maximums des membres']!)).toBe('100,01 €');
    expect(euros(above.sentence)).toContain('de 0,01 €');
    expect(of({ maximum: '100' }, [limit(A, 5_00n, null)]).verdict).toBe('warn');
    expect(of({ maximum: '100', minimum: '5' }, [limit(A, 5_00n, null)]).verdict).toBe('ok');
    expect(of({ maximum: '100', minimum: '5.01' }, [limit(A, 5_00n, null)]).verdict).toBe('warn');
    expect(of({ maximum: '100', minimum: '4.99' }, [limit(A, 5_00n, null)]).verdict).toBe('block');
  });
});

describe('lots per bidder (R2113-1)', () => {
  test('a cap on awards has its tie rule', () => {
    const awarded = { ...NO_CAPS, maxLotsAwarded: 2 };
    expect(codes(capsProblems(awarded))).toEqual(['tieRule TIE_RULE_REQUIRED']);
    expect(tieRuleCheck(awarded, 12)).toMatchObject({ rule: 'TIE_RULE', verdict: 'block' });
    const ruled = { ...awarded, tieRule: USUAL_TIE_RULES[0]! };
    expect(capsProblems(ruled)).toEqual([]);
    expect(tieRuleCheck(ruled, 3).verdict).toBe('ok');
    expect(tieRuleCheck(ruled, 2).verdict).toBe('warn');
    expect(capsProblems({ ...NO_CAPS, maxLotsBid: 2 })).toEqual([]);
    expect(tieRuleCheck(NO_CAPS, 1).verdict).toBe('ok');
  });

  test('nobody wins more than it bids for', () => {
    const caps = (maxLotsBid: number, maxLotsAwarded: number) =>
      codes(capsProblems({ maxLotsBid, maxLotsAwarded, tieRule: 'rang' }));
    expect(caps(2, 2)).toEqual([]);
    expect(caps(2, 3)).toEqual(['maxLotsAwarded AWARDED_ABOVE_BID']);
  });
});

describe('award criteria', () => {
  const one = (label: string, weight: bigint, given: Partial<Criterion> = {}): Criterion => ({
    ...{ label, weight, environmental: false, method: null, placeMotive: null, ...given },
  });
  const green = { environmental: true };

  test('weights make 100 % exactly, under distinct names', () => {
    const problems = (...criteria: Criterion[]) => codes(criteriaProblems(criteria, law(DAY)));
    expect(problems(one('Prix', 6_000n), one('Empreinte', 4_000n, green))).toEqual([]);
    expect(problems(one('Prix', 6_000n), one('Empreinte', 3_999n, green))).toEqual([
      'items WEIGHTS_MAKE_100',
    ]);
    expect(problems(one('Prix', 6_000n), one('Empreinte', 4_001n, green))).toEqual([
      'items WEIGHTS_MAKE_100',
    ]);
    expect(problems(one('Délai', 10_000n, green), one('DELAI', 0n))).toEqual([
      'items/1/label LABEL_TWICE',
      'items/1/weight WEIGHT_POSITIVE',
    ]);
  });

  test('price only is lawful until 20 August 2026, unlawful from the 21st (R2152-7)', () => {
    const price = [one('Prix', 10_000n)];
    expect(criteriaProblems(price, law('2026-08-20'))).toEqual([]);
    expect(codes(criteriaProblems(price, law('2026-08-21')))).toEqual(['items PRICE_ONLY']);
    const two = [one('Prix', 6_000n), one('Délai', 4_000n)];
    expect(codes(criteriaProblems(two, law('2026-08-21')))).toEqual([
      'items ENVIRONMENTAL_CRITERION_MISSING',
    ]);
    expect(criteriaProblems([one('Coût du cycle de vie', 10_000n, green)], law('2026-08-21'))).toEqual([]);
    const verdict = (criteria: Criterion[], on: string) =>
      criteriaChecks(criteria, [], law(on)).find(({ rule }) => rule === 'ENVIRONMENTAL_CRITERION')!;
    // Ticking a price does not make it a cost of the whole life.
    for (const label of [
      ...['Prix', 'Prix global', 'Prix des prestations', 'Montant de l’offre', 'Coût global HT', 'TARIFS'],
      ...['Prix (bordereau des prix unitaires)', 'Coût', 'Critère financier', 'Moins-disant'],
    ]) {
      const ticked = [one(label, 10_000n, green)];
      expect(codes(criteriaProblems(ticked, law('2026-08-21')))).toEqual(['items PRICE_ONLY']);
      expect(criteriaProblems(ticked, law('2026-08-20'))).toEqual([]);
      expect(verdict(ticked, '2026-08-21')).toMatchObject({ verdict: 'block' });
      expect(verdict(ticked, '2026-08-21').sentence).toContain(`«\u00a0${label}\u00a0» ne nomme qu’un prix`);
    }
    for (const label of [
      ...['Coût du cycle de vie', 'Coût global d’usage', 'Coût complet', 'Coût global'],
      ...['Prix et consommation d’énergie', 'Coût de possession', 'Empreinte carbone'],
    ])
      expect(verdict([one(label, 10_000n, green)], '2026-08-21').verdict).toBe('ok');
    const beside = (label: string) => [one('Prix', 6_000n, green), one(label, 4_000n)];
    expect(codes(criteriaProblems(beside('Délai'), law('2026-08-21')))).toEqual(['items PRICE_ONLY']);
    const both = [one('Prix', 6_000n, green), one('Empreinte', 4_000n, green)];
    expect(verdict(both, '2026-08-21')).toMatchObject({
      verdict: 'ok',
      figures: { 'critères environnementaux': '1' },
    });
    expect(verdict(price, '2026-08-20').verdict).toBe('ok');
    expect(verdict(price, '2026-08-21').verdict).toBe('block');
    expect(verdict(price, '2026-08-21').figures['obligatoire depuis le']).toMatch(
      /21.août.2026 .*à vérifier/,
    );
    expect(verdict([one('Prix', 6_000n), one('CO2', 4_000n, green)], DAY)).toMatchObject({
      verdict: 'ok',
      figures: { 'leur poids': '40\u00a0%' },
    });
  });

  test('no criterion, or weights that do not make 100, blocks', () => {
    const weights = (criteria: Criterion[]) => criteriaChecks(criteria, [], law(DAY))[0]!.verdict;
    expect([[], [one('Prix', 9_999n)], [one('Prix', 10_000n)]].map(weights)).toEqual([
      'block',
      'block',
      'ok',
    ]);
  });

  test('each geographic criterion blocks until its motive', () => {
    const wording = (given: Partial<Criterion>, names: string[] = []) =>
      criteriaChecks([one('Proximité', 10_000n, { ...green, ...given })], names, law(DAY)).at(-1)!;
    expect(wording({})).toMatchObject({ rule: 'CRITERION_PLACE_WORDING', verdict: 'block' });
    expect(wording({ placeMotive: 'dépannage en 2 h' }).verdict).toBe('ok');
    expect(wording({ label: 'Délai', method: 'à moins de 20 km' }).verdict).toBe('block');
    expect(wording({ label: 'Délai', method: 'intervention sous 2 h' }).verdict).toBe('ok');
    expect(wording({ label: 'Atelier à Changé' }).verdict).toBe('ok');
    expect(wording({ label: 'Atelier à Changé' }, ['Changé']).verdict).toBe('block');
  });
});

test('all checks of a lot: each says its article, its figures and a sentence', () => {
  const facts: LotFacts = {
    lot: { form: 'bons_de_commande', family: 'fournitures', cpvCode: '34927100', months: 48 },
    terms: terms(),
    limits: [],
    criteria: [],
    caps: NO_CAPS,
    lotCount: 1,
    value: { net: 0n, complete: false, works: false },
    operatingSpending: null,
    eachMemberPays: true,
    names: [],
  };
  for (const on of ['2020-01-01', DAY, '2028-01-01', '2199-12-31']) {
    const checks = lotChecks(facts, law(on));
    expect(new Set(checks.map(({ rule }) => rule)).size).toBe(checks.length);
    for (const { article, figures, sentence } of checks) {
      expect(article).toMatch(/^CCP [LR]\d/);
      expect(Object.keys(figures).length).toBeGreaterThan(0);
      expect(sentence).toMatch(/^[A-ZÀ-Ý].*[.]$/s);
      expect(sentence).not.toMatch(/ [:;?!€%»]/);
    }
  }
});

test('the journal has French words for every fact of a lot’s terms', () => {
  expect(Object.keys(NO_TERMS).filter((fact) => FACT_WORDS[fact] === undefined)).toEqual([]);
});
