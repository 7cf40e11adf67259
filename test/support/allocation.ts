import fc from 'fast-check';
import { allocate, type Allocation } from '../../src/allocation/engine.rules.js';
import { fraction } from '../../src/allocation/fraction.rules.js';
import type { KeyChoice } from '../../src/allocation/keys/registry.rules.js';
import type { AllocationCost, AllocationMember } from '../../src/allocation/member.rules.js';
import { type AllocationResult, memberTotals } from '../../src/allocation/result.rules.js';

/** A member of lot 1 with a population of 2023, and what else a test says of it. */
export const memberOf = (
  key: string,
  population: number,
  more: Partial<AllocationMember> = {},
): AllocationMember => ({
  key,
  name: `Commune ${key}`,
  populations: [{ kind: 'municipale', vintage: 2023, value: population }],
  lots: new Set([1]),
  declared: new Map(),
  realised: null,
  consumption: null,
  energyBill: null,
  sites: null,
  meters: null,
  ...more,
});

export const costOf = (net: bigint, more: Partial<AllocationCost> = {}): AllocationCost => ({
  label: 'Publicité',
  net,
  vatRate: 20_00n,
  vat: null,
  indexed: false,
  lots: [],
  memberKeys: [],
  ...more,
});

export const BY_POPULATION: KeyChoice = { key: 'population', kind: 'municipale', vintage: 2023 };

/** The result, or a failure of the test that tells why it was refused. */
export function resultOf(allocation: Allocation): AllocationResult {
  if (!allocation.ok)
    throw new Error(allocation.refusals.map(({ code, problem }) => `${code}: ${problem}`).join('; '));
  return allocation.result;
}

export const allocated = (...given: Parameters<typeof allocate>): AllocationResult =>
  resultOf(allocate(...given));

export const netsOf = (result: AllocationResult): Record<string, bigint> =>
  Object.fromEntries(memberTotals(result).nets.map((net, at) => [result.members[at]!.key, net]));

const POPULATION = { kind: 'municipale', vintage: 2023 } as const;
const NO_BOUND = { fixed: null, floor: null, cap: null };

/** Every key, with parameters of all kinds. */
export const KEYS: readonly (readonly [string, KeyChoice])[] = (
  [
    { key: 'none' },
    { key: 'equal' },
    BY_POPULATION,
    { key: 'need' },
    { key: 'realised' },
    { key: 'points', of: 'sites' },
    { key: 'points', of: 'meters' },
    { key: 'points', of: 'lots' },
    { key: 'fixed-variable', fixed: { share: 3_000n }, variable: { key: 'need' } },
    { key: 'fixed-variable', fixed: { amount: 100n }, variable: { key: 'points', of: 'sites' } },
    {
      key: 'strata',
      ...POPULATION,
      strata: [0, 500, 3_500].map((from, i) => ({ from, tariff: 5_000n * BigInt(i) })),
    },
    { key: 'per-inhabitant', ...POPULATION, rate: 1_550n, floor: 5_000n, cap: 90_000n },
    {
      key: 'energy',
      on: { base: 'consumption', ratePerMwh: 12_345n },
      fixed: 1_000n,
      floor: null,
      cap: 500_000n,
    },
    { key: 'energy', on: { base: 'bill', share: 125n }, ...NO_BOUND },
    { key: 'per-act', of: 'procedure', amount: 12_000n },
    { key: 'per-act', of: 'lot', amount: 4_000n },
    {
      key: 'mixed',
      parts: [
        { alpha: fraction(1n, 3n), choice: { key: 'equal' } },
        { alpha: fraction(1n, 2n), choice: { key: 'need' } },
        {
          alpha: fraction(1n, 6n),
          choice: { key: 'per-inhabitant', ...POPULATION, rate: 100n, floor: 7n, cap: null },
        },
      ],
    },
  ] satisfies KeyChoice[]
).map((choice, i) => [`${choice.key} (${i})`, choice] as const);

/** Keys that share the costs in proportion to weights. */
export const SHARING_KEYS = KEYS.filter(
  ([, { key }]) => !['none', 'strata', 'per-inhabitant', 'energy', 'per-act'].includes(key),
);

const amount = fc.bigInt({ min: 1n, max: 10n ** 9n });
const count = fc.integer({ min: 1, max: 5_000 });

/** One to twenty members of lot 1, some of lot 2 too, with a base for every key. */
export const anyMembers = fc
  .uniqueArray(
    fc.record({
      key: fc.integer({ min: 10_000, max: 99_999 }).map(String),
      population: fc.integer({ min: 1, max: 100_000 }),
      ...{
        first: amount,
        second: fc.option(amount),
        realised: amount,
        energy: amount,
        sites: count,
        meters: count,
      },
    }),
    { minLength: 1, maxLength: 20, selector: ({ key }) => key },
  )
  .map((entries) =>
    entries.map(({ key, population, first, second, realised, energy, sites, meters }) =>
      memberOf(key, population, {
        lots: new Set(second === null ? [1] : [1, 2]),
        declared: new Map([[1, first] as const, ...(second === null ? [] : [[2, second] as const])]),
        realised: new Map([[1, realised] as const, ...(second === null ? [] : [[2, first] as const])]),
        ...{ consumption: energy, energyBill: realised, sites, meters },
      }),
    ),
  );

/** One to five costs of several rates, of lot 1 or of all. */
export const anyCosts = fc
  .array(
    fc.record({
      net: fc.bigInt({ min: 100n, max: 10n ** 9n }),
      vatRate: fc.constantFrom(0n, 550n, 2_000n),
      lots: fc.constantFrom<(readonly number[])[]>([], [1]),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((costs) => costs.map(({ net, ...more }, i) => costOf(net, { label: `Frais ${i}`, ...more })));
