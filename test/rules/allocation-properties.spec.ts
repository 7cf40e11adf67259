import fc from 'fast-check';
import { allocate } from '../../src/allocation/engine.rules.js';
import type { KeyChoice } from '../../src/allocation/keys/registry.rules.js';
import type { AllocationCost, AllocationMember } from '../../src/allocation/member.rules.js';
import { type Modifiers, NO_MODIFIER } from '../../src/allocation/modifiers/modifiers.rules.js';
import { type AllocationResult, memberTotals, totalsByRate } from '../../src/allocation/result.rules.js';
import {
  allocated,
  anyCosts,
  anyMembers,
  costOf,
  KEYS,
  memberOf,
  SHARING_KEYS,
} from '../support/allocation.js';

/** What every key and every modifier must keep, whatever it is given (« Quality » of the room). */
const sum = (list: readonly bigint[]): bigint => list.reduce((a, b) => a + b, 0n);
const shares = (result: AllocationResult): [string, bigint, bigint][] =>
  result.members.map(({ key }, at) => [key, memberTotals(result).nets[at]!, memberTotals(result).vats[at]!]);

const MODIFIERS: readonly (readonly [string, (members: readonly AllocationMember[]) => Modifiers])[] = [
  ['nothing', () => NO_MODIFIER],
  ['the whole group', () => ({ ...NO_MODIFIER, scope: 'group' })],
  [
    'one exempt',
    (members) => ({ ...NO_MODIFIER, exempt: new Set(members.length > 1 ? [members[0]!.key] : []) }),
  ],
  [
    'prorata',
    (members) => ({
      ...NO_MODIFIER,
      presence: {
        periodDays: 365n,
        days: new Map(members.map(({ key }, i) => [key, BigInt(1 + ((i * 97) % 365))])),
      },
    }),
  ],
];
const CASES = KEYS.flatMap(([name, choice]) =>
  MODIFIERS.map(([how, modify]) => ({ name, how, choice, modify })),
);
const ask = (run: (members: AllocationMember[], costs: AllocationCost[]) => void, numRuns = 25) =>
  fc.assert(fc.property(anyMembers, anyCosts, run), { numRuns });

describe.each(CASES)('$name, $how', ({ choice, modify }) => {
  test('shares and what is kept add up, HT and TVA, per rate and in TTC; none is negative', () =>
    ask((members, costs) => {
      const result = allocated(choice, costs, members, modify(members));
      const { nets, vats, grosses } = memberTotals(result);
      expect(sum(grosses) + result.kept).toBe(result.total.net + result.total.vat);
      for (const { net, vat, members: of } of totalsByRate(result).values())
        expect([sum(of.nets), sum(of.vats)]).toEqual([net, vat]);
      for (const line of result.lines) expect([sum(line.nets), sum(line.vats)]).toEqual([line.net, line.vat]);
      expect([...nets, ...vats].every((share) => share >= 0n)).toBe(true);
    }));

  test('the order of members changes nothing', () =>
    ask((members, costs) => {
      const modifiers = modify(members);
      const turned = [...members.slice(1).reverse(), members[0]!];
      expect(shares(allocated(choice, costs, turned, modifiers))).toEqual(
        shares(allocated(choice, costs, members, modifiers)),
      );
    }));

  test('a member of no lot changes nothing', () =>
    ask((members, costs) => {
      const modifiers = { ...modify(members), scope: 'lots' as const };
      const idle = memberOf('00000', 1, { lots: new Set() });
      const [first, ...others] = shares(allocated(choice, costs, [...members, idle], modifiers));
      expect(first).toEqual(['00000', 0n, 0n]);
      expect(others).toEqual(shares(allocated(choice, costs, members, modifiers)));
    }));
});

const doubled = (member: AllocationMember): AllocationMember => ({
  ...member,
  populations: member.populations.map((figure) => ({ ...figure, value: figure.value * 2 })),
  declared: new Map([...member.declared!].map(([lot, amount]) => [lot, 2n * amount])),
  realised: new Map([...member.realised!].map(([lot, amount]) => [lot, 2n * amount])),
  sites: member.sites! * 2,
  meters: member.meters! * 2,
});
const WEIGHTED: readonly KeyChoice[] = SHARING_KEYS.map(([, choice]) => choice).filter(
  // Lots joined cannot be doubled; a tariff with a floor in a mixed key does not double.
  (choice) => choice.key !== 'mixed' && !(choice.key === 'points' && choice.of === 'lots'),
);

test.each(WEIGHTED)('doubling every weight changes nothing: $key', (choice) =>
  ask((members, costs) => {
    expect(shares(allocated(choice, costs, members.map(doubled)))).toEqual(
      shares(allocated(choice, costs, members)),
    );
  }),
);

test.each(
  WEIGHTED.filter(
    ({ key }) => key === 'population' || key === 'need' || key === 'realised' || key === 'points',
  ),
)('a member that weighs zero bears nothing and changes nothing, even under a floor: $key', (choice) =>
  ask((members, costs) => {
    const zero = memberOf('00000', 0, { declared: new Map(), realised: new Map(), sites: 0, meters: 0 });
    for (const floor of [null, 1n]) {
      const modifiers = {
        ...NO_MODIFIER,
        bounds: { basis: 'net', floor, cap: null, byMember: new Map() } as const,
      };
      const [first, ...others] = shares(allocated(choice, costs, [...members, zero], modifiers));
      expect(first).toEqual(['00000', 0n, 0n]);
      expect(others).toEqual(shares(allocated(choice, costs, members, modifiers)));
    }
  }),
);

describe.each(SHARING_KEYS)('caps and floors on %s', (_, choice) => {
  const bound = fc.option(fc.bigInt({ min: 0n, max: 2n * 10n ** 9n }), { freq: 3 });
  const basis = fc.constantFrom('net' as const, 'gross' as const);
  const anyBounds = fc.record({ basis, floor: bound, cap: bound });

  test('hold or are refused, and the total stays whole, in any order of members', () =>
    fc.assert(
      fc.property(anyMembers, anyCosts, anyBounds, (members, costs, { basis, floor, cap }) => {
        const per = (value: bigint | null) => (value === null ? null : value / BigInt(members.length));
        const bounds = { basis, floor: per(floor), cap: per(cap), byMember: new Map() };
        const modifiers = { ...NO_MODIFIER, bounds };
        const found = allocate(choice, costs, members, modifiers);
        const turned = allocate(choice, costs, [...members].reverse(), modifiers);
        if (!found.ok) {
          expect(turned).toEqual(found);
          const possible = [
            'caps_below_total',
            'floors_above_total',
            'floor_above_cap',
            'bounds_unreachable',
            'fixed_above_total',
          ];
          expect(found.refusals.filter(({ code }) => !possible.includes(code))).toEqual([]);
          return;
        }
        const { nets, vats, grosses } = memberTotals(found.result);
        expect([sum(nets), sum(vats)]).toEqual([found.result.total.net, found.result.total.vat]);
        for (const share of basis === 'net' ? nets : grosses) {
          expect(share >= (bounds.floor ?? 0n)).toBe(true);
          expect(bounds.cap === null || share <= bounds.cap).toBe(true);
        }
        expect([...nets, ...vats].every((share) => share >= 0n)).toBe(true);
        if (turned.ok) expect(shares(turned.result)).toEqual(shares(found.result));
        else expect(turned).toBe(found);
      }),
      { numRuns: 60 },
    ));

  test('of one cost hold only those that would cross them at the rate of the others', () =>
    fc.assert(
      fc.property(
        anyMembers,
        fc.bigInt({ min: 100n, max: 10n ** 7n }),
        anyBounds,
        (members, net, { floor, cap }) => {
          const per = (value: bigint | null, top: bigint) =>
            value === null ? null : (value % top) / BigInt(members.length);
          const bounds = {
            basis: 'net' as const,
            floor: per(floor, net),
            cap: per(cap, 4n * net),
            byMember: new Map(),
          };
          const found = allocate(choice, [costOf(net)], members, { ...NO_MODIFIER, bounds });
          const [part, ...others] = found.ok ? found.result.lines[0]!.pool.parts : [];
          // Several parts are each shared in proportion: there is no one rate to look at.
          if (!found.ok || others.length > 0) return;
          const { frozen, residual } = found.result.lines[0]!.bounded!;
          const weightOfFree = sum(part!.weights.filter((_, place) => frozen[place] === null));
          if (weightOfFree === 0n) return;
          for (const [place, weight] of part!.weights.entries()) {
            if (frozen[place] === 'cap')
              expect(residual * weight > (bounds.cap! - 1n) * weightOfFree).toBe(true);
            if (frozen[place] === 'floor')
              expect(residual * weight < (bounds.floor! + 1n) * weightOfFree).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    ));

  test('of one cost are refused only when nothing could satisfy them', () =>
    fc.assert(
      fc.property(
        anyMembers,
        fc.bigInt({ min: 100n, max: 10n ** 7n }),
        fc.nat(150),
        fc.nat(150),
        (members, net, low, high) => {
          const bounds = {
            basis: 'net' as const,
            floor: (net * BigInt(low)) / (100n * BigInt(members.length)),
            cap: (net * BigInt(100 + high)) / (100n * BigInt(members.length)),
            byMember: new Map(),
          };
          const found = allocate(choice, [costOf(net)], members, { ...NO_MODIFIER, bounds });
          const count = BigInt(members.length);
          expect(found.ok).toBe(
            bounds.floor <= bounds.cap && bounds.floor * count <= net && net <= bounds.cap * count,
          );
        },
      ),
      { numRuns: 60 },
    ));
});
