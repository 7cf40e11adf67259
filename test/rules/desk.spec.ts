import fc from 'fast-check';
import { DECLARATION_STATES } from '../../src/declarations/declaration.rules.js';
import { lotFigures, type LotSaid, progressOf } from '../../src/desk/dashboard.rules.js';
import { marginsOf, missingSentence } from '../../src/desk/dashboard-words.rules.js';
import { lawOn } from '../../src/law/law-on.js';

const of = (amounts: Record<string, bigint>): ReadonlyMap<string, bigint> => new Map(Object.entries(amounts));
const lot = (said: Partial<LotSaid>): LotSaid => ({
  ...{ joined: [], excluded: [], counted: new Map(), lastYear: new Map() },
  ...said,
});

describe('a lot', () => {
  // 10, 20, 30, 40 and 60 € for 1 000 inhabitants each: 30 € is the median.
  const counted = of({ a: 10_00n, b: 20_00n, c: 30_00n, d: 40_00n, e: 60_00n });
  const joined = ['a', 'b', 'c', 'd', 'e', 'silent'];
  const people = of({ a: 1000n, b: 1000n, c: 1000n, d: 1000n, e: 1000n, silent: 500n });

  test('counts who answered, names who did not, and projects them apart', () => {
    expect(lotFigures(lot({ joined, counted }), people)).toEqual({
      ...{ members: 5, yearly: 160_00n, projectedYearly: 175_00n, projectionComplete: true, change: null },
      missing: [{ buyerId: 'silent', excludedAt: null, projection: { basis: 'median', yearly: 15_00n } }],
    });
  });
  test('projects last year first, a zero included', () => {
    const at = new Date('2026-12-16T08:00:00Z');
    const figures = lotFigures(
      lot({
        joined,
        counted,
        excluded: [{ buyerId: 'out', at }],
        lastYear: of({ silent: 7_00n, out: 0n, a: 8_00n, b: 0n }),
      }),
      people,
    );
    expect(figures.missing).toEqual([
      { buyerId: 'silent', excludedAt: null, projection: { basis: 'last_year', yearly: 7_00n } },
      { buyerId: 'out', excludedAt: at, projection: { basis: 'last_year', yearly: 0n } },
    ]);
    // The same members then and now: a and b, 8 € then 30 €.
    expect(figures.change).toEqual({ members: 2, lastYear: 8_00n, thisYear: 30_00n, permille: 2750n });
  });
  test('projects nobody from four members, nor without inhabitants, and says so', () => {
    const four = of({ a: 10_00n, b: 20_00n, c: 30_00n, d: 40_00n });
    expect(lotFigures(lot({ joined, counted: four }), people)).toMatchObject({
      ...{ yearly: 100_00n, projectedYearly: 100_00n, projectionComplete: false },
      missing: [
        { buyerId: 'e', projection: null },
        { buyerId: 'silent', projection: null },
      ],
    });
    const unknown = new Map([...people].filter(([buyerId]) => buyerId !== 'silent'));
    expect(lotFigures(lot({ joined, counted }), unknown).projectionComplete).toBe(false);
  });
  test('takes the mean of the two middle ones, exactly', () => {
    const six = new Map([...counted, ['f', 100_00n]] as const);
    const inhabited = new Map([...people, ['f', 3000n]] as const);
    // 10, 20, 30, 33.33…, 40, 60 for 1 000: 31.666… gives 15.83 € to 500 inhabitants.
    const [missing] = lotFigures(lot({ joined: [...joined, 'f'], counted: six }), inhabited).missing;
    expect(missing!.projection).toEqual({ basis: 'median', yearly: 15_83n });
  });
  test('nothing bought last year is no percentage', () => {
    expect(lotFigures(lot({ joined, counted, lastYear: of({ a: 0n }) }), people).change).toEqual({
      ...{ members: 1, lastYear: 0n, thisYear: 10_00n, permille: null },
    });
  });
});

test('answered, drafts, silent, refused and contested make the whole', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          state: fc.constantFrom(...DECLARATION_STATES),
          late: fc.boolean(),
          excluded: fc.boolean(),
        }),
      ),
      (members) => {
        const { answered, drafts, noAnswer, refused, contested, ...rest } = progressOf(members);
        expect(answered + drafts + noAnswer + refused + contested).toBe(members.length);
        expect(rest.awaitingDecision + rest.awaitingValidation + rest.modified).toBeLessThanOrEqual(answered);
      },
    ),
  );
});

test('who is missing is named, twelve at most, and never taken for a zero', () => {
  expect(missingSentence([], [])).toBe('Tous les membres du lot sont comptés.');
  expect(missingSentence(['Louverné'], ['Changé', 'Entrammes'])).toBe(
    '1\u00a0membre exclu du lot, faute de réponse\u00a0: Louverné. 2\u00a0membres sans réponse qui compte, hors du total\u00a0: Changé, Entrammes. Le silence n’est ni un zéro, ni le chiffre de l’an passé.',
  );
  const many = Array.from({ length: 2000 }, (_, n) => `C${n}`);
  expect(missingSentence([], many)).toContain('C11 et 1\u202f988\u00a0autres.');
  expect(missingSentence([], many.slice(0, 13))).toContain('C11, C12.');
});

describe('margins', () => {
  const law = lawOn('2027-01-15', []);
  test('tell each threshold, what is left or passed, and which is next', () => {
    expect(
      marginsOf({ net: 100_000_00n, complete: true }, 'supplies_services', law).map(
        ({ code, threshold, margin, reached, next }) => [code, threshold, margin, reached, next],
      ),
    ).toEqual([
      ['dispense_fs', 60_000_00n, -40_000_00n, true, false],
      ['publicite_boamp_jal', 90_000_00n, -10_000_00n, true, false],
      ['formalisee_fs', 216_000_00n, 116_000_00n, false, true],
    ]);
  });
  test('a threshold is reached by its very amount; an incomplete value is at least that much', () => {
    const [dispense, , formal] = marginsOf({ net: 60_000_00n, complete: false }, 'supplies_services', law);
    expect(dispense).toMatchObject({ reached: true, margin: 0n });
    expect(formal!.sentence).toBe(
      'Procédure formalisée, fournitures et services (216\u202f000,00\u00a0€ HT)\u00a0: au plus 156\u202f000,00\u00a0€ avant de l’atteindre.',
    );
    expect(dispense!.sentence).toBe(
      'Dispense de publicité et de mise en concurrence, fournitures et services (60\u202f000,00\u00a0€ HT)\u00a0: atteint, tout juste.',
    );
  });
  test('a threshold that nobody knows for the day is left out', () => {
    const codes = marginsOf({ net: 0n, complete: true }, 'supplies_services', lawOn('2028-06-01', [])).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['dispense_fs', 'publicite_boamp_jal']);
  });
});
