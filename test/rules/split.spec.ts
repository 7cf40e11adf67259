import { join } from 'node:path';
import fc from 'fast-check';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { splitAmount, SplitError } from '../../src/money/split.js';

const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 40 });
const positiveWeights = weights.filter((list) => list.some((weight) => weight > 0n));
const total = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const sum = (list: readonly bigint[]): bigint => list.reduce((a, b) => a + b, 0n);
const abs = (value: bigint): bigint => (value < 0n ? -value : value);

describe('splitAmount, largest remainder', () => {
  test('is built where programs outside the product look for it', async () => {
    const built = (await import(join(PROJECT_ROOT, 'dist/money/split.js'))) as {
      splitAmount: typeof splitAmount;
    };
    expect(built.splitAmount(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
  });

  test.each<[string, bigint, bigint[], bigint[]]>([
    ['1 000.00 / 3', 100_000n, [1n, 1n, 1n], [33_334n, 33_333n, 33_333n]],
    [
      '1 234.57 on populations',
      123_457n,
      [50_479n, 4_200n, 1_800n, 900n],
      [108_611n, 9_037n, 3_873n, 1_936n],
    ],
    ['100 by 1, 1, 1', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    ['101 by 3, 7', 101n, [3n, 7n], [30n, 71n]],
    ['14, 28, 7, 35 into 12', 12n, [14n, 28n, 7n, 35n], [2n, 4n, 1n, 5n]],
    ['nothing to split', 0n, [1n, 2n], [0n, 0n]],
    ['one unit, many members', 1n, [1n, 1n, 1n], [1n, 0n, 0n]],
  ])('worked figures: %s', (_, amount, list, shares) => {
    expect(splitAmount(amount, list)).toEqual(shares);
  });

  test('ties go to the lowest key, then to the first position', () => {
    expect(splitAmount(100n, [1n, 1n, 1n], ['53201', '53130', '53007'])).toEqual([33n, 33n, 34n]);
    expect(splitAmount(2n, [1n, 1n, 1n], ['b', 'a', 'a'])).toEqual([0n, 1n, 1n]);
  });

  test('the shares always add up to the total, and each is within one unit of the exact one', () => {
    fc.assert(
      fc.property(total, positiveWeights, (amount, list) => {
        const shares = splitAmount(amount, list);
        expect(sum(shares)).toBe(amount);
        const whole = sum(list);
        shares.forEach((share, i) => {
          expect(abs(share * whole - amount * list[i]!)).toBeLessThan(whole);
        });
      }),
    );
  });

  test('a zero weight gets zero, and a negative total mirrors a positive one', () => {
    fc.assert(
      fc.property(total, positiveWeights, (amount, list) => {
        const shares = splitAmount(amount, list);
        list.forEach((weight, i) => {
          if (weight === 0n) expect(shares[i]).toBe(0n);
        });
        expect(splitAmount(-amount, list)).toEqual(shares.map((share) => -share));
      }),
    );
  });

  test('with distinct keys, the order of the members changes nothing', () => {
    fc.assert(
      fc.property(total, positiveWeights, fc.infiniteStream(fc.nat()), (amount, list, random) => {
        const members = list.map((weight, i) => ({ weight, key: String(10_000 + i) }));
        const order = new Map(members.map((member) => [member.key, random.next().value as number]));
        const shuffled = [...members].sort((a, b) => order.get(a.key)! - order.get(b.key)!);
        const shareOf = (group: typeof members): Map<string, bigint> => {
          const shares = splitAmount(
            amount,
            group.map((member) => member.weight),
            group.map((member) => member.key),
          );
          return new Map(group.map((member, i) => [member.key, shares[i]!]));
        };
        const [before, after] = [shareOf(members), shareOf(shuffled)];
        for (const [key, share] of before) expect(after.get(key)).toBe(share);
      }),
    );
  });

  test.each<[string, () => unknown]>([
    ['NO_WEIGHT', () => splitAmount(1n, [])],
    ['ALL_WEIGHTS_ZERO', () => splitAmount(1n, [0n, 0n])],
    ['NEGATIVE_WEIGHT', () => splitAmount(1n, [2n, -1n])],
    ['TIE_KEYS_MISMATCH', () => splitAmount(1n, [1n, 1n], ['a'])],
  ])('refuses with %s', (code, split) => {
    expect(split).toThrow(SplitError);
    expect(split).toThrow(expect.objectContaining({ code }) as Error);
  });
});
