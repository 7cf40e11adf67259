import fc from 'fast-check';
import {
  shareCosts,
  SHARING_KEYS,
  type SharingMember,
  SharingRefused,
} from '../../src/allocation/sharing.rules.js';

const member = (key: string, population: number, needs: Record<number, bigint>): SharingMember => ({
  key,
  population,
  needs: new Map(Object.entries(needs).map(([lot, amount]) => [Number(lot), amount])),
});
const MEMBERS = [
  member('53007', 2_908, { 1: 100n, 2: 300n }),
  member('53130', 49_474, { 1: 900n }),
  member('20008339200015', 0, { 2: 100n }),
  member('53201', 7_384, {}),
];
const cost = (net: bigint, lots: number[] = []) => ({ label: 'Frais', net, vatRate: 2_000n, lots });

describe('sharing procedure costs', () => {
  test('none: the coordinator bears them, nobody gets a share', () => {
    expect(shareCosts('none', null, [cost(100n)], MEMBERS)[0]!.shares).toEqual([]);
  });

  test('only members with a need in the line’s lots share it', () => {
    const keys = (lots: number[]) =>
      shareCosts('equal', null, [cost(100n, lots)], MEMBERS)[0]!.shares.map((share) => share.memberKey);
    expect(keys([])).toEqual(['53007', '53130', '20008339200015']);
    expect(keys([1])).toEqual(['53007', '53130']);
  });

  test('need counts only the lots of the line', () => {
    const [line] = shareCosts('need', null, [cost(1_000n, [2])], MEMBERS);
    expect(line!.shares.map((share) => share.net)).toEqual([750n, 250n]);
  });

  test('fixed-variable: 30 % equally, the rest by population', () => {
    const [line] = shareCosts('fixed-variable', 3_000n, [cost(1_000n, [1])], MEMBERS);
    expect(line!.shares.map((share) => share.net)).toEqual([150n + 39n, 150n + 661n]);
  });

  test('whatever the key, HT and VAT shares add up, and the order of members changes nothing', () => {
    const members = fc.uniqueArray(
      fc.record({
        key: fc.integer({ min: 10_000, max: 99_999 }).map(String),
        population: fc.integer({ min: 1, max: 100_000 }),
        need: fc.bigInt({ min: 1n, max: 10n ** 9n }),
      }),
      { minLength: 1, maxLength: 30, selector: (entry) => entry.key },
    );
    fc.assert(
      fc.property(members, fc.bigInt({ min: 0n, max: 10n ** 9n }), (entries, net) => {
        const group = entries.map((entry) => member(entry.key, entry.population, { 1: entry.need }));
        for (const key of SHARING_KEYS.filter((name) => name !== 'none')) {
          const [line] = shareCosts(key, 3_000n, [cost(net)], group);
          const total = (pick: 'net' | 'vat') => line!.shares.reduce((sum, share) => sum + share[pick], 0n);
          expect(total('net')).toBe(net);
          expect(total('vat')).toBe(line!.vat);
          const [mirrored] = shareCosts(key, 3_000n, [cost(net)], [...group].reverse());
          expect([...mirrored!.shares].reverse()).toEqual(line!.shares);
        }
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['nobody_concerned', 'equal', cost(100n, [9]), MEMBERS],
    ['no_population', 'population', cost(100n), [member('x', 0, { 1: 1n })]],
    ['population_missing', 'population', cost(100n), [{ ...MEMBERS[0]!, population: null }]],
    ['no_need_amount', 'need', cost(100n), [member('x', 5, { 1: 0n })]],
  ] as const)('refuses with %s', (fault, key, line, members) => {
    expect(() => shareCosts(key, null, [line], members)).toThrow(SharingRefused);
    expect(() => shareCosts(key, null, [line], members)).toThrow(expect.objectContaining({ fault }) as Error);
  });
});
