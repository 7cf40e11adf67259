import fc from 'fast-check';
import { readFrenchMoment, parisInstant } from '../../src/calendar/paris-time.js';
import { FIGURE_CODES } from '../../src/law/figures.js';
import { lawOn, shipped } from '../../src/law/law-on.js';
import { CONTRACT_FORMS, LOT_FAMILIES, type LotFamily } from '../../src/lots/lots.rules.js';
import { plannedProcedure } from '../../src/planning/planned-procedure.rules.js';
import {
  choiceProblems,
  LETTERS,
  NO_CHOICE,
  PROCEDURES,
  type ProcedureChoice,
} from '../../src/procedure/choice.rules.js';
import { minimumDeadlines } from '../../src/procedure/deadlines.rules.js';
import { type LotFacts, type ProcedureFacts, readProcedure } from '../../src/procedure/procedure.rules.js';
import { SMALL_LOT_TREATMENTS } from '../../src/procedure/small-lots.rules.js';

const lot = (number: number, yearly: bigint | null, more: Partial<LotFacts> = {}): LotFacts => ({
  ...{ lotId: null, number, title: `Lot ${number}`, family: 'fournitures', form: 'ordinaire' },
  ...{ maximum: null, needs: yearly === null ? [] : [{ buyerId: null, yearly }], treatment: null },
  ...more,
});
const facts = (lots: LotFacts[], choice: Partial<ProcedureChoice> = {}, renewals = 0): ProcedureFacts => ({
  ...{ firmYears: 1, renewals, lots, choice: { ...NO_CHOICE, ...choice } },
});
const read = (on: string, lots: LotFacts[], choice: Partial<ProcedureChoice> = {}, renewals = 0) =>
  readProcedure(facts(lots, choice, renewals), lawOn(on, []));
const find = (reading: ReturnType<typeof read>, rule: string) =>
  reading.checks.find((check) => check.rule === rule);
const said = (reading: ReturnType<typeof read>, rule: string) => find(reading, rule)?.sentence ?? '';
const at = (text: string): Date => parisInstant(readFrenchMoment(text)!).at;

/** Each threshold on each side of the day on which it changed. */
const BOUNDARIES: [string, LotFamily, bigint, 'direct' | 'adapted', 'adapted' | 'formal'][] = [
  ['2026-03-31', 'fournitures', 40_000_00n, 'direct', 'adapted'],
  ['2026-04-01', 'services', 60_000_00n, 'direct', 'adapted'],
  ['2025-12-31', 'travaux', 100_000_00n, 'direct', 'adapted'],
  ['2026-01-01', 'travaux', 100_000_00n, 'direct', 'adapted'],
  ['2026-04-01', 'travaux', 100_000_00n, 'direct', 'adapted'],
  ['2025-12-31', 'fournitures', 221_000_00n, 'adapted', 'formal'],
  ['2026-01-01', 'fournitures', 216_000_00n, 'adapted', 'formal'],
  ['2026-04-01', 'services', 216_000_00n, 'adapted', 'formal'],
  ['2025-12-31', 'travaux', 5_538_000_00n, 'adapted', 'formal'],
  ['2026-01-01', 'travaux', 5_404_000_00n, 'adapted', 'formal'],
];

describe('the decision table (R2122-8, R2123-1, L2124-1)', () => {
  test.each(BOUNDARIES)('%s, %s, %s cents', (on, family, threshold, below, from) => {
    const required = (amount: bigint) => read(on, [lot(1, amount, { family })]).decision?.required;
    expect([threshold - 1n, threshold, threshold + 1n].map(required)).toEqual([below, from, from]);
  });

  test.each([
    ['2026-06-01', 59_999_99n, 'direct', 'Aucun avis'],
    ['2026-06-01', 60_000_00n, 'adapted', 'La publicité est libre'],
    ['2026-06-01', 89_999_99n, 'adapted', 'La publicité est libre'],
    ['2026-06-01', 90_000_00n, 'adapted', 'BOAMP ou dans un journal'],
    ['2026-06-01', 215_999_99n, 'adapted', 'BOAMP ou dans un journal'],
    ['2026-06-01', 216_000_00n, 'formal', 'BOAMP et au Journal officiel'],
  ])('R2131-12, R2131-16: on %s, %s cents, %s: %s', (on, amount, required, notice) => {
    const reading = read(on, [lot(1, amount)]);
    expect(reading.decision?.required).toBe(required);
    expect(said(reading, 'NOTICE')).toContain(notice);
  });

  test.each([
    ['WRITTEN_CONTRACT', 'R2112-1', '2026-06-01', 25_000_00n],
    ['ESSENTIAL_DATA', 'R2196-1', '2026-06-01', 40_000_00n],
    ['LEGALITY_CONTROL', 'D2131-5-1', '2025-12-31', 221_000_00n],
    ['LEGALITY_CONTROL', 'D2131-5-1', '2026-01-01', 216_000_00n],
  ])('%s (%s) on %s begins at %s cents, and waits for the award', (rule, article, on, limit) => {
    const verdicts = [limit - 1n, limit, limit + 1n].map((amount) => find(read(on, [lot(1, amount)]), rule));
    expect(verdicts.map((check) => check?.verdict)).toEqual([
      'ok',
      'not_applicable_yet',
      'not_applicable_yet',
    ]);
    expect(verdicts[0]?.article).toContain(article);
  });

  test('R2132-2: documents are online from 40 000 €, from 60 000 € since 1 April 2026, when there is a notice', () => {
    const online = (on: string, amount: bigint, procedure: 'adapted' | null = 'adapted') =>
      said(read(on, [lot(1, amount)], { procedure }), 'DOCUMENTS_ONLINE').includes('accès libre');
    expect([online('2026-03-31', 40_000_00n), online('2026-04-01', 59_999_99n)]).toEqual([true, false]);
    expect([online('2026-03-31', 39_999_99n), online('2026-04-01', 60_000_00n)]).toEqual([false, true]);
    expect(online('2025-06-01', 39_999_99n, null)).toBe(false);
  });

  test('one renewal takes a group over 216 000 € (R2121-1)', () => {
    const members = Array.from({ length: 27 }, (_, i) => ({ buyerId: `b${i}`, yearly: 2_000_00n }));
    const group = [lot(1, null, { needs: members })];
    expect(read('2026-09-01', group, {}, 2)).toMatchObject({
      value: { net: 162_000_00n },
      decision: { required: 'adapted' },
    });
    const reading = read('2026-09-01', group, {}, 3);
    expect(reading).toMatchObject({
      value: { net: 216_000_00n },
      decision: { required: 'formal', followed: 'open' },
    });
    expect(said(reading, 'PROCEDURE')).toMatch(
      /^Procédure formalisée\u00a0: la valeur estimée est de 216\u202f000,00\u00a0€ HT, 216\u202f000,00\u00a0€ HT ou plus\./,
    );
    const fewer = [lot(1, null, { needs: members.slice(1) })];
    expect(read('2026-09-01', fewer, {}, 3).decision?.required).toBe('adapted');
  });

  test('a lot without amount leaves it unsettled, unless what is known is formal already', () => {
    const unsettled = read('2026-06-01', [lot(1, 10_000_00n), lot(2, null)]);
    expect(unsettled.decision).toMatchObject({ required: 'direct', settled: false });
    expect(find(unsettled, 'PROCEDURE')?.verdict).toBe('warn');
    expect(find(unsettled, 'WRITTEN_CONTRACT')?.verdict).toBe('not_applicable_yet');
    expect(read('2026-06-01', [lot(1, 216_000_00n), lot(2, null)]).decision).toMatchObject({
      required: 'formal',
      settled: true,
    });
  });

  test('a day whose thresholds nobody knows gives no procedure, and says which figure is missing', () => {
    const reading = read('2028-01-01', [lot(1, 10_000_00n)]);
    expect([reading.decision, find(reading, 'NOTICE'), find(reading, 'DOCUMENTS_ONLINE')]).toEqual([
      null,
      undefined,
      undefined,
    ]);
    expect(find(reading, 'PROCEDURE')).toMatchObject({ verdict: 'block', article: 'CCP L2124-1' });
    expect(said(reading, 'PROCEDURE')).toContain('1er\u00a0janvier\u00a02028');
    expect(find(reading, 'LEGALITY_CONTROL')?.verdict).toBe('block');
    expect(find(reading, 'ESTIMATED_VALUE')?.verdict).toBe('ok');
  });

  test('D2131-5-1: the transmission follows the recorded threshold of supplies, unless it has a figure of its own', () => {
    const recorded = (code: 'formalisee_fs' | 'controle_legalite', value: bigint) => ({
      ...shipped(code)[0]!,
      ...{ value, validFrom: '2028-01-01', validTo: null },
    });
    const of = (amount: bigint, ...added: ReturnType<typeof recorded>[]) =>
      find(readProcedure(facts([lot(1, amount)]), lawOn('2028-01-01', added)), 'LEGALITY_CONTROL')?.verdict;
    const threshold = recorded('formalisee_fs', 220_000_00n);
    expect([10_000_00n, 219_999_99n, 220_000_00n].map((amount) => of(amount, threshold))).toEqual([
      ...['ok', 'ok', 'not_applicable_yet'],
    ]);
    expect(of(219_999_99n, threshold, recorded('controle_legalite', 200_000_00n))).toBe('not_applicable_yet');
    const goes = (amount: bigint, ...added: ReturnType<typeof recorded>[]) => {
      const law = lawOn('2028-01-01', added);
      return plannedProcedure(null, 'adapted', readProcedure(facts([lot(1, amount)]), law), law).toPrefecture;
    };
    expect([goes(219_999_99n, threshold), goes(220_000_00n, threshold), goes(5n)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(
      readProcedure(facts([lot(1, 10_000_00n)]), lawOn('2028-01-01', [threshold])).checks.filter(
        ({ verdict: one }) => one === 'block',
      ),
    ).toEqual([]);
  });

  test('R2121-8: needs are a floor as long as an accord-cadre has no maximum, and reach the threshold as such', () => {
    const reading = read(
      '2026-06-01',
      [
        lot(1, 54_000_00n, { form: 'bons_de_commande' }),
        lot(2, 1_000_00n, { form: 'bons_de_commande', maximum: 2_000_00n }),
      ],
      {},
      3,
    );
    expect(reading).toMatchObject({
      value: { net: 218_000_00n, complete: false },
      decision: { required: 'formal', settled: true },
    });
  });
});

describe('the procedure that people choose', () => {
  const formal = [lot(1, 216_000_00n)];
  const verdict = (choice: Partial<ProcedureChoice>, lots = formal) =>
    find(read('2026-06-01', lots, choice), 'PROCEDURE')?.verdict;
  test('may ask for more than the amount, for less only with an article', () => {
    expect(verdict({})).toBe('block');
    expect(verdict({ procedure: 'open' })).toBe('ok');
    expect(verdict({ procedure: 'adapted' })).toBe('block');
    expect(verdict({ procedure: 'direct' }, [lot(1, 60_000_00n)])).toBe('block');
    expect(verdict({ procedure: 'adapted', ground: 'R2123-1 3° : services sociaux' })).toBe('warn');
    expect(verdict({ procedure: 'open' }, [lot(1, 5n)])).toBe('ok');
    expect(verdict({ procedure: 'adapted' }, [lot(1, 5n)])).toBe('ok');
  });
  test.each(['negotiated', 'dialogue'] as const)(
    '%s is only for the cases of the code (R2124-3, R2124-5)',
    (procedure) => {
      expect(verdict({ procedure })).toBe('warn');
      expect(verdict({ procedure, ground: 'Besoin qui ne peut être satisfait sans adaptation' })).toBe('ok');
    },
  );

  test.each([
    ['R2161-2', 'open', { electronic: false }, ['35']],
    ['R2161-3', 'open', {}, ['30']],
    ['R2161-3', 'open', { urgency: 'Crue du 3 juin' }, ['15']],
    ['R2161-3', 'open', { preinformationOn: '2026-03-02' }, ['15']],
    ['R2161-7', 'restricted', { electronic: false }, ['30', '30']],
    ['R2161-8', 'restricted', {}, ['30', '25']],
    ['R2161-8', 'restricted', { preinformationOn: '2026-03-02' }, ['30', '10']],
    ['R2161-8', 'restricted', { urgency: 'Crue du 3 juin' }, ['15', '10']],
    ['R2161-14', 'negotiated', { electronic: false }, ['30', '30']],
    ['R2161-15', 'negotiated', {}, ['30', '25']],
    ['R2161-15', 'negotiated', { urgency: 'Crue du 3 juin' }, ['15', '10']],
  ] as const)('%s, %s, %o: %j days', (article, procedure, choice, days) => {
    const checks = read('2026-06-01', formal, { procedure, ...choice }).checks.filter(({ rule }) =>
      rule.endsWith('_LIMIT'),
    );
    expect(checks.map(({ figures }) => figures['délai minimal'])).toEqual(
      days.map((count) => `${count}\u00a0jours`),
    );
    expect(checks.at(-1)?.article).toContain(article);
    // What the notice announces is fixed before it is sent; offers that follow candidacies wait for them.
    expect(checks.map(({ verdict: one }) => one)).toEqual(
      days.length === 1 ? ['block'] : ['block', 'not_applicable_yet'],
    );
  });

  test('R2161-3: thirty days from 1 June 2026 end on 1 July at midnight', () => {
    const verdictOf = (text: string) =>
      find(read('2026-06-01', formal, { procedure: 'open', offersLimit: at(text) }), 'OFFERS_LIMIT')?.verdict;
    expect([
      verdictOf('30 juin 2026 à 17 h'),
      verdictOf('1er juillet 2026 à 12 h'),
      verdictOf('2 juillet 2026 à 12 h'),
    ]).toEqual(['block', 'warn', 'ok']);
  });

  test('R2161-8: offers run from the invitation, at the earliest when candidacies close', () => {
    const choice = { procedure: 'restricted', candidaciesLimit: at('3 juillet 2026 à 12 h') } as const;
    const verdictOf = (text: string | null) =>
      find(
        read('2026-06-01', formal, { ...choice, offersLimit: text === null ? null : at(text) }),
        'OFFERS_LIMIT',
      );
    expect(verdictOf('27 juillet 2026 à 12 h')?.verdict).toBe('block');
    expect(verdictOf('29 juillet 2026 à 12 h')).toMatchObject({
      verdict: 'ok',
      figures: { 'invitation au plus tôt': 'vendredi 3\u00a0juillet\u00a02026' },
    });
    expect(verdictOf(null)?.verdict).toBe('warn');
    expect(find(read('2026-06-01', formal, choice), 'CANDIDACIES_LIMIT')).toMatchObject({
      ...{ verdict: 'ok', article: 'CCP R2161-6', figures: { 'délai minimal': '30\u00a0jours' } },
    });
    const unsaid = read('2026-06-01', formal, {
      procedure: 'restricted',
      offersLimit: at('29 juillet 2026 à 12 h'),
    });
    expect(said(unsaid, 'OFFERS_LIMIT')).toContain('Fixer d’abord la limite des candidatures');
  });

  test('an adapted procedure has no minimum, but its limit comes after its notice (R2151-1)', () => {
    const verdictOf = (offersLimit: Date | null) =>
      find(read('2026-06-01', [lot(1, 70_000_00n)], { offersLimit }), 'OFFERS_LIMIT')?.verdict;
    expect([
      verdictOf(null),
      verdictOf(at('1er juin 2026 à 18 h')),
      verdictOf(at('2 juin 2026 à 18 h')),
    ]).toEqual(['block', 'block', 'ok']);
  });

  test('a limit that nobody fixed blocks whatever has a notice, and nothing else (R2151-1, R2161-2 s.)', () => {
    const limits = (amount: bigint, choice: Partial<ProcedureChoice> = {}) =>
      read('2026-06-01', [lot(1, amount)], choice)
        .checks.filter(({ rule }) => rule.endsWith('_LIMIT'))
        .map(({ rule, verdict: one }) => `${rule} ${one}`);
    expect(limits(216_000_00n)).toEqual(['OFFERS_LIMIT block']);
    expect(limits(216_000_00n, { procedure: 'open' })).toEqual(['OFFERS_LIMIT block']);
    expect(limits(60_000_00n)).toEqual(['OFFERS_LIMIT block']);
    expect(limits(5n, { procedure: 'adapted' })).toEqual(['OFFERS_LIMIT block']);
    expect(limits(5n)).toEqual([]);
    expect(limits(5n, { procedure: 'direct' })).toEqual([]);
    const candidaciesLimit = at('15 juillet 2026 à 12 h');
    for (const procedure of ['restricted', 'negotiated'] as const) {
      expect(limits(216_000_00n, { procedure })).toEqual([
        'CANDIDACIES_LIMIT block',
        'OFFERS_LIMIT not_applicable_yet',
      ]);
      expect(limits(216_000_00n, { procedure, candidaciesLimit })).toEqual([
        'CANDIDACIES_LIMIT ok',
        'OFFERS_LIMIT warn',
      ]);
    }
    expect(limits(216_000_00n, { procedure: 'dialogue' })).toEqual([
      'CANDIDACIES_LIMIT block',
      'OFFERS_LIMIT warn',
    ]);
    expect(limits(216_000_00n, { procedure: 'dialogue', candidaciesLimit })).toEqual([
      'CANDIDACIES_LIMIT warn',
      'OFFERS_LIMIT warn',
    ]);
    expect(
      limits(216_000_00n, { procedure: 'dialogue', candidaciesLimit: at('1er juin 2026 à 18 h') }),
    ).toEqual(['CANDIDACIES_LIMIT block', 'OFFERS_LIMIT warn']);
  });

  test.each([
    ['2025-05-31', false],
    ['2025-06-01', true],
    ['2026-04-27', true],
    ['2026-04-28', false],
    ['2026-06-02', false],
  ])(
    'R2161-3 1°: of a notice of 1 June 2026, prior information of %s shortens the deadline: %s',
    (preinformationOn, shortens) => {
      const of = (procedure: 'open' | 'restricted', choice: Partial<ProcedureChoice> = {}) =>
        find(
          read('2026-06-01', formal, {
            ...{ procedure, preinformationOn, candidaciesLimit: at('15 juillet 2026 à 12 h') },
            ...choice,
          }),
          'OFFERS_LIMIT',
        );
      expect([of('open'), of('restricted')].map((check) => check?.figures['délai minimal'])).toEqual(
        shortens ? ['15\u00a0jours', '10\u00a0jours'] : ['30\u00a0jours', '25\u00a0jours'],
      );
      expect(of('open', { urgency: 'Crue du 3 juin' })?.figures['délai minimal']).toBe('15\u00a0jours');
      const told = of('open')?.sentence ?? '';
      expect(told).toContain('entre 35\u00a0jours et 12\u00a0mois avant l’avis de marché');
      expect(told.includes('ne réduit pas le délai')).toBe(!shortens);
    },
  );

  test('the notice and the suspension follow the amount, never a lighter choice nor a missing amount', () => {
    const of = (lots: LotFacts[], choice: Partial<ProcedureChoice> = {}) => {
      const reading = read('2026-06-01', lots, choice);
      return ['NOTICE', 'STANDSTILL'].map((rule) => find(reading, rule)?.verdict);
    };
    for (const procedure of ['direct', 'adapted'] as const)
      expect(of(formal, { procedure })).toEqual(['warn', 'not_applicable_yet']);
    expect(said(read('2026-06-01', formal, { procedure: 'direct' }), 'NOTICE')).toContain(
      'Journal officiel de l’Union européenne',
    );
    expect(find(read('2026-06-01', formal, { procedure: 'direct' }), 'DOCUMENTS_ONLINE')?.verdict).toBe(
      'warn',
    );
    expect(of([lot(1, 90_000_00n)], { procedure: 'direct' })).toEqual(['warn', 'ok']);
    expect(of([lot(1, 60_000_00n)], { procedure: 'direct', ground: 'R2122-3' })).toEqual(['warn', 'ok']);
    for (const known of [5n, 89_999_99n, 90_000_00n, 215_999_99n]) {
      const choice = known < 60_000_00n ? 'direct' : 'adapted';
      for (const procedure of [null, choice] as const)
        expect(of([lot(1, known), lot(2, null)], { procedure })).toEqual([
          'not_applicable_yet',
          'not_applicable_yet',
        ]);
    }
    expect(said(read('2026-06-01', [lot(1, 90_000_00n), lot(2, null)]), 'NOTICE')).toMatch(
      /^Des lots n’ont pas de montant\u00a0: un avis est dû au BOAMP/,
    );
    expect(of([lot(1, 216_000_00n), lot(2, null)])).toEqual(['ok', 'not_applicable_yet']);
    expect(of([lot(1, 5n)])).toEqual(['ok', 'ok']);
  });

  test('a dialogue tells that its deadlines are not judged here', () => {
    expect(find(read('2026-06-01', formal, { procedure: 'dialogue' }), 'OFFERS_LIMIT')).toMatchObject({
      verdict: 'warn',
      article: 'CCP R2161-24',
    });
    expect(minimumDeadlines('dialogue', NO_CHOICE, lawOn('2026-06-01', []))).toEqual([]);
  });

  test('R2182-1: eleven days by electronic letters, sixteen otherwise, advised below the thresholds', () => {
    const told = (choice: Partial<ProcedureChoice>, lots = formal) =>
      said(read('2026-06-01', lots, choice), 'STANDSTILL');
    expect(told({ letters: 'electronic' })).toContain('11\u00a0jours, les lettres');
    expect(told({ letters: 'other' })).toContain('16\u00a0jours, les lettres');
    expect(told({})).toContain(
      '11\u00a0jours si les lettres de rejet partent par voie électronique, 16\u00a0jours sinon',
    );
    expect(told({}, [lot(1, 70_000_00n)])).toContain('11\u00a0jours avant de signer sont conseillés');
    expect(told({}, [lot(1, 5n)])).toContain('Aucune suspension');
  });

  test('contradictions are told at their field', () => {
    const codes = (more: Partial<Parameters<typeof choiceProblems>[0]>) =>
      choiceProblems({ procedure: 'restricted', candidaciesLimit: null, offersLimit: null, ...more }).map(
        ({ field, code }) => `${field} ${code}`,
      );
    expect(codes({})).toEqual([]);
    expect(codes({ candidaciesLimit: '2026-07-03T12:00', offersLimit: '2026-08-03T12:00' })).toEqual([]);
    expect(codes({ candidaciesLimit: '2026-07-03T12:00', offersLimit: '2026-07-03T12:00' })).toEqual([
      'offersLimit OFFERS_BEFORE_CANDIDACIES',
    ]);
    expect(codes({ procedure: 'open', candidaciesLimit: '2026-07-03T12:00' })).toEqual([
      'candidaciesLimit CANDIDACIES_WITHOUT_TWO_STEPS',
    ]);
    expect(codes({ offersLimit: '2026-03-29T02:30' })).toEqual(['offersLimit SKIPPED_HOUR']);
  });
});

describe('small lots (R2123-1 2°, R2122-8)', () => {
  /** Ten lots, then two small ones. */
  const twelve = (small: bigint, treatments = ['adapted', 'direct'] as const, large = 80_000_00n) => [
    ...Array.from({ length: 10 }, (_, i) => lot(i + 1, large)),
    lot(11, small, { treatment: treatments[0] }),
    lot(12, 50_000_00n, { treatment: treatments[1] }),
  ];
  test('twelve lots of which exactly 20 % is small hold; one cent of small lots more does not', () => {
    // 10 × 50 000 + 75 000 + 50 000 = 625 000, of which 125 000 is 20 %.
    const exact = read('2026-06-01', twelve(75_000_00n, undefined, 50_000_00n));
    expect([find(exact, 'SMALL_LOTS_SHARE')?.verdict, exact.smallLots?.margin]).toEqual(['ok', 0n]);
    const more = read('2026-06-01', twelve(75_000_01n, undefined, 50_000_00n));
    expect(find(more, 'SMALL_LOTS_SHARE')?.verdict).toBe('block');
    expect(said(more, 'SMALL_LOTS_SHARE')).toMatch(
      /^Les petits lots \(125\u202f000,01\u00a0€ HT\) dépassent 125\u202f000,00\u00a0€ HT, soit 20\u00a0% de la valeur de tous les lots\u00a0: 0,01\u00a0€ de trop\./,
    );
  });

  test('what remains is told, to the cent', () => {
    // 0.2 × (800 000 + 61 700 + 50 000) − 111 700 = 70 640.
    const reading = read('2026-06-01', twelve(61_700_00n));
    expect(said(reading, 'SMALL_LOTS_SHARE')).toContain('il reste 70\u202f640,00\u00a0€ de petits lots');
    expect(said(reading, 'SMALL_LOT_THRESHOLD')).toBe('Lots 11 et 12\u00a0: sous le seuil des petits lots.');
  });

  test.each([
    ['2026-06-01', 'adapted', 'fournitures', 80_000_00n],
    ['2026-03-31', 'direct', 'fournitures', 40_000_00n],
    ['2026-04-01', 'direct', 'fournitures', 60_000_00n],
    ['2026-06-01', 'adapted', 'travaux', 1_000_000_00n],
    ['2026-06-01', 'direct', 'travaux', 100_000_00n],
  ] as const)('%s, %s, %s: below %s cents', (on, treatment, family, threshold) => {
    const verdict = (amount: bigint) =>
      find(
        read(on, [lot(1, 10_000_000_00n, { family }), lot(2, amount, { family, treatment })]),
        'SMALL_LOT_THRESHOLD',
      )?.verdict;
    expect([threshold - 1n, threshold, threshold + 1n].map(verdict)).toEqual(['ok', 'block', 'block']);
  });

  test('a lot without amount is no small lot', () => {
    const reading = read('2026-06-01', [lot(1, 300_000_00n), lot(2, null, { treatment: 'adapted' })]);
    expect(find(reading, 'SMALL_LOT_THRESHOLD')?.verdict).toBe('block');
  });

  test('take of the envelope only where the whole asks for more than they do', () => {
    const used = (large: bigint) =>
      read('2026-06-01', [
        lot(1, large),
        lot(2, 10_000_00n, { treatment: 'adapted' }),
        lot(3, 1_000_00n, { treatment: 'direct' }),
      ]).smallLots?.used;
    expect([used(48_000_00n), used(60_000_00n), used(300_000_00n)]).toEqual([0n, 1_000_00n, 11_000_00n]);
  });

  test('when nobody chose, tell which could be', () => {
    const reading = read('2026-06-01', [lot(1, 300_000_00n), lot(2, 70_000_00n), lot(3, 10_000_00n)]);
    expect(said(reading, 'SMALL_LOT_THRESHOLD')).toContain(
      'Sous les seuils\u00a0: lots 2 et 3, 80\u202f000,00\u00a0€ HT en tout',
    );
  });

  test('hold exactly when five times their sum is at most that of all lots', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 9n });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, fc.boolean()), { minLength: 2, maxLength: 9 }), (lots) => {
        const reading = read('2026-06-01', [
          lot(99, 216_000_00n),
          ...lots.map(([yearly, small], i) => lot(i + 1, yearly, { treatment: small ? 'adapted' : null })),
        ]);
        const small = lots.reduce((total, [yearly, is]) => (is ? total + yearly : total), 0n);
        const total = lots.reduce((all, [yearly]) => all + yearly, 216_000_00n);
        expect(reading.smallLots?.fits).toBe(5n * small <= total);
        expect(reading.smallLots!.margin >= 0n).toBe(5n * small <= total);
      }),
    );
  });
});

describe('whatever the facts', () => {
  const aLot = fc.record({
    lotId: fc.constant(null),
    title: fc.constant('Lot'),
    number: fc.integer({ min: 1, max: 99 }),
    family: fc.constantFrom(...LOT_FAMILIES),
    form: fc.constantFrom(...CONTRACT_FORMS),
    maximum: fc.option(fc.bigInt({ min: 1n, max: 10n ** 10n }), { nil: null }),
    needs: fc.array(
      fc.record({ buyerId: fc.constant(null), yearly: fc.bigInt({ min: 0n, max: 10n ** 9n }) }),
      { maxLength: 3 },
    ),
    treatment: fc.option(fc.constantFrom(...SMALL_LOT_TREATMENTS), { nil: null }),
  });
  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  const anyFacts = fc.record({
    firmYears: fc.integer({ min: 1, max: 4 }),
    renewals: fc.integer({ min: 0, max: 3 }),
    lots: fc.uniqueArray(aLot, { maxLength: 5, selector: ({ number }) => number }),
    choice: fc.record({
      procedure: fc.option(fc.constantFrom(...PROCEDURES), { nil: null }),
      ground: fc.option(fc.constant('R2123-1 3°'), { nil: null }),
      mainObject: fc.constant(null),
      electronic: fc.boolean(),
      urgency: fc.option(fc.constant('crue'), { nil: null }),
      preinformationOn: fc.option(fc.constant('2026-01-02'), { nil: null }),
      candidaciesLimit: fc.option(moment, { nil: null }),
      offersLimit: fc.option(moment, { nil: null }),
      letters: fc.option(fc.constantFrom(...LETTERS), { nil: null }),
      options: fc.constant(0n),
      premiums: fc.constant(0n),
      restOfOperation: fc.constant(0n),
    }),
  });
  const day = fc
    .date({ min: new Date('2025-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  /** Answers as if the clock showed another instant, whoever asks it. */
  function dated<Answer>(now: Date, answer: () => Answer): Answer {
    const RealDate = globalThis.Date;
    class Frozen extends RealDate {
      constructor(...given: [] | [string | number | Date]) {
        super(given.length === 0 ? now.getTime() : given[0]);
      }
      static override now = (): number => now.getTime();
    }
    globalThis.Date = Frozen as DateConstructor;
    try {
      return answer();
    } finally {
      globalThis.Date = RealDate;
    }
  }

  test('the verdicts of a day never depend on today', () => {
    fc.assert(
      fc.property(anyFacts, day, moment, moment, (one, on, today, later) => {
        const before = dated(today, () => readProcedure(one, lawOn(on, [])));
        expect(dated(later, () => readProcedure(one, lawOn(on, [])))).toEqual(before);
      }),
    );
  });

  test('every check has an article, figures and one sentence, and each rule speaks once', () => {
    fc.assert(
      fc.property(anyFacts, day, (one, on) => {
        const { checks } = readProcedure(one, lawOn(on, []));
        for (const check of checks) {
          expect(check.article).toMatch(/^(CCP|CGCT) [LRD]\d/);
          expect(check.sentence).toMatch(/^[A-ZÀ-Ý].*[.]$/s);
          // No breaking space before a high punctuation mark.
          expect(check.sentence).not.toMatch(/ [:;?!»]|« /);
        }
        expect(new Set(checks.map(({ rule }) => rule)).size).toBe(checks.length);
      }),
    );
  });

  test('no figure of the law is written in these rules: without figures they say which one is missing', () => {
    const reading = readProcedure(facts([lot(1, 10_000_00n)]), { on: '2026-06-01', figures: new Map() });
    expect(reading.decision).toBeNull();
    expect(reading.checks.filter(({ verdict }) => verdict === 'block').map(({ rule }) => rule)).toEqual([
      'PROCEDURE',
      'WRITTEN_CONTRACT',
      'ESSENTIAL_DATA',
      'LEGALITY_CONTROL',
    ]);
    expect(FIGURE_CODES).toContain('formalisee_fs');
  });
});
