import { allocate } from '../../src/allocation/engine.rules.js';
import type { KeyChoice } from '../../src/allocation/keys/registry.rules.js';
import type { Bounds } from '../../src/allocation/modifiers/bounds.rules.js';
import { type Indexation, indexWords } from '../../src/allocation/modifiers/indexation.rules.js';
import { NO_MODIFIER } from '../../src/allocation/modifiers/modifiers.rules.js';
import { presenceWords } from '../../src/allocation/modifiers/prorata.rules.js';
import { memberTotals } from '../../src/allocation/result.rules.js';
import { allocated, BY_POPULATION, costOf, memberOf, netsOf } from '../support/allocation.js';

const members = [memberOf('a', 6_000), memberOf('b', 3_000), memberOf('c', 900), memberOf('d', 100)];
const cost = [costOf(100_000n)];
const bounds = (given: Partial<Bounds>) => ({
  ...NO_MODIFIER,
  bounds: { basis: 'net', floor: null, cap: null, byMember: new Map(), ...given } as const,
});
const codes = (...given: Parameters<typeof allocate>) => {
  const found = allocate(...given);
  return found.ok ? [] : found.refusals.map(({ code }) => code);
};

describe('exempt members', () => {
  test('share nothing, and the others share all of it', () => {
    const result = allocated(BY_POPULATION, cost, members, { ...NO_MODIFIER, exempt: new Set(['a']) });
    expect(netsOf(result)).toEqual({ a: 0n, b: 75_000n, c: 22_500n, d: 2_500n });
  });
});

describe('only members of the lot', () => {
  const outside = memberOf('e', 10_000, { lots: new Set([2]) });
  const ofLot1 = [costOf(100n, { lots: [1] })];

  test('share its costs, unless the whole group does', () => {
    expect(netsOf(allocated({ key: 'equal' }, ofLot1, [members[0]!, outside]))).toEqual({ a: 100n, e: 0n });
    const group = { ...NO_MODIFIER, scope: 'group' as const };
    expect(netsOf(allocated({ key: 'equal' }, ofLot1, [members[0]!, outside], group))).toEqual({
      a: 50n,
      e: 50n,
    });
  });

  test('a cost may name its members', () => {
    const named = [costOf(100n, { memberKeys: ['b', 'c'] })];
    expect(netsOf(allocated({ key: 'equal' }, named, members))).toEqual({ a: 0n, b: 50n, c: 50n, d: 0n });
  });
});

describe('caps and floors', () => {
  const bounded = (given: Partial<Bounds>, costs = cost, choice: KeyChoice = BY_POPULATION) =>
    netsOf(allocated(choice, costs, members, bounds(given)));

  test('what a cap leaves is shared by the others, and may make another reach its own', () => {
    // a would bear 600,00, b 300,00, c 90,00, d 10,00.
    expect(bounded({ cap: 40_000n })).toEqual({ a: 40_000n, b: 40_000n, c: 18_000n, d: 2_000n });
  });

  test('what a floor adds is taken from the others', () => {
    expect(bounded({ floor: 10_900n })).toEqual({ a: 52_133n, b: 26_067n, c: 10_900n, d: 10_900n });
  });

  test('both at once', () => {
    expect(bounded({ floor: 5_000n, cap: 50_000n })).toEqual({
      a: 50_000n,
      b: 34_615n,
      c: 10_385n,
      d: 5_000n,
    });
  });

  test('a member may have bounds of its own', () => {
    const byMember = new Map([['a', { floor: null, cap: 0n }]]);
    expect(bounded({ byMember, cap: 80_000n })).toEqual({ a: 0n, b: 75_000n, c: 22_500n, d: 2_500n });
  });

  test('written TTC, they hold TTC; the VAT of the cost stays whole', () => {
    const { nets, vats, grosses } = memberTotals(
      allocated(BY_POPULATION, cost, members, bounds({ basis: 'gross', cap: 40_001n })),
    );
    expect(grosses).toEqual([40_001n, 40_001n, 35_998n, 4_000n]);
    expect(nets.reduce((a, b) => a + b)).toBe(100_000n);
    expect(vats.reduce((a, b) => a + b)).toBe(20_000n);
  });

  test('over several costs, they hold on the whole', () => {
    const two = [costOf(60_000n), costOf(40_000n, { memberKeys: ['a', 'b'], vatRate: 550n })];
    // a would bear 360,00 + 266,67, b 180,00 + 133,33.
    const shares = bounded({ cap: 50_000n }, two);
    expect(shares['a']).toBe(50_000n);
    expect(Object.values(shares).reduce((x, y) => x + y)).toBe(100_000n);
  });

  test('under fixed and variable parts', () => {
    // Of what the two caps leave, 400,00, half goes equally to c and d, half by their populations.
    const choice = { key: 'fixed-variable', fixed: { share: 5_000n }, variable: BY_POPULATION } as KeyChoice;
    expect(bounded({ cap: 30_000n }, cost, choice)).toEqual({
      a: 30_000n,
      b: 30_000n,
      c: 28_000n,
      d: 12_000n,
    });
  });

  test('what cannot be is refused, with the figures', () => {
    expect(codes(BY_POPULATION, cost, members, bounds({ cap: 20_000n }))).toEqual(['caps_below_total']);
    expect(codes(BY_POPULATION, cost, members, bounds({ floor: 30_000n }))).toEqual(['floors_above_total']);
    expect(codes(BY_POPULATION, cost, members, bounds({ floor: 3n, cap: 2n }))).toEqual(['floor_above_cap']);
    expect(codes(BY_POPULATION, [costOf(-1n)], members, bounds({}))).toEqual(['negative_cost']);
    const tariff = { key: 'per-act', of: 'procedure', amount: 1n } as const;
    expect(codes(tariff, cost, members, bounds({}))).toEqual(['bounds_on_tariff']);
    const apart = [costOf(1_000n), costOf(100_000n, { memberKeys: ['a'] })];
    expect(codes(BY_POPULATION, apart, members, bounds({ cap: 60_000n }))).toEqual(['bounds_unreachable']);
  });
});

describe('prorata temporis', () => {
  const presence = { periodDays: 365n, days: new Map([['b', 73n]]) };

  test('a member that came late weighs its days, and the others bear the rest', () => {
    const result = allocated({ key: 'equal' }, [costOf(1_100n)], members.slice(0, 2), {
      ...NO_MODIFIER,
      presence,
    });
    expect(netsOf(result)).toEqual({ a: 917n, b: 183n });
    expect([presenceWords(presence, members[1]!), presenceWords(presence, members[0]!)]).toEqual([
      'présence de 73\u00a0jours sur 365',
      null,
    ]);
  });

  test('a fee is owed for its days', () => {
    const fee = { key: 'per-act', of: 'procedure', amount: 10_000n } as const;
    expect(netsOf(allocated(fee, cost, members.slice(0, 2), { ...NO_MODIFIER, presence }))).toEqual({
      a: 10_000n,
      b: 2_000n,
    });
  });

  test('more days than the period are refused', () => {
    const long = {
      ...NO_MODIFIER,
      presence: {
        ...presence,
        days: new Map([
          ['a', 366n],
          ['b', -1n],
        ]),
      },
    };
    expect(codes({ key: 'equal' }, cost, members, long)).toEqual([
      'presence_out_of_period',
      'presence_out_of_period',
    ]);
    expect(
      codes({ key: 'equal' }, cost, members, { ...NO_MODIFIER, presence: { ...presence, periodDays: 0n } }),
    ).toContain('presence_out_of_period');
  });
});

describe('indexation', () => {
  const indexation: Indexation = {
    ...{ name: 'ING', base: 1_200_000n, baseAt: 'janvier 2026' },
    ...{ current: 1_254_000n, currentAt: 'juin 2026' },
  };
  const indexed = { ...NO_MODIFIER, indexation };
  const fee = { key: 'per-act', of: 'procedure', amount: 10_001n } as const;

  test('P = P0 × I / I0, rounded once, with the index in the result', () => {
    const result = allocated(fee, cost, members.slice(0, 1), indexed);
    expect(netsOf(result)).toEqual({ a: 10_451n });
    expect(indexWords(result.modifiers.indexation!)).toBe(
      'indexé sur «\u00a0ING\u00a0»\u00a0: 125,4 (juin 2026) ÷ 120 (janvier 2026)',
    );
  });

  test('a price of the agreement may follow it, an invoice may not', () => {
    const price = [costOf(10_000n, { indexed: true }), costOf(1_000n)];
    expect(allocated({ key: 'equal' }, price, members, indexed).total.net).toBe(10_450n + 1_000n);
    expect(codes({ key: 'equal' }, cost, members, indexed)).toEqual(['index_without_price']);
    expect(codes({ key: 'equal' }, price, members)).toEqual(['index_missing']);
  });

  test('a fixed part is held to the indexed total', () => {
    const falling = { ...indexed, indexation: { ...indexation, current: 600_000n } };
    const choice = { key: 'fixed-variable', fixed: { amount: 600n }, variable: { key: 'equal' } } as const;
    expect(codes(choice, [costOf(1_000n, { indexed: true })], members, falling)).toEqual([
      'fixed_above_total',
    ]);
    expect(codes(choice, [costOf(1_000n, { indexed: true })], members, indexed)).toEqual([]);
  });

  test('both values are asked for', () => {
    const missing = { ...indexed, indexation: { ...indexation, base: 0n, current: null } };
    expect(codes(fee, cost, members, missing)).toEqual(['index_missing', 'index_missing']);
  });
});
