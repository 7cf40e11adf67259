import fc from 'fast-check';
import {
  allocateQuantity,
  type QuantityAllocation,
  type QuantityAsked,
  type QuantityTerms,
} from '../../src/allocation/quantities.rules.js';
import {
  packsSentence,
  quantityReason,
  quantitySentence,
  unallocatedSentence,
} from '../../src/allocation/quantity-reasons.rules.js';
import { splitUpTo } from '../../src/allocation/split-up-to.rules.js';
import { quantityFromDecimal as quantity } from '../../src/money/amounts.js';

const spaced = (text: string | null) => text?.replaceAll(/[\u00a0\u202f]/g, ' ');
const sum = (list: readonly bigint[]) => list.reduce((a, b) => a + b, 0n);
const ask = (
  need: string,
  maximum: string | null = null,
  minimum: string | null = null,
  at = 0,
): QuantityAsked => ({
  key: `5300${at}`,
  name: `Commune ${at}`,
  need: quantity(need),
  minimum: minimum === null ? null : quantity(minimum),
  maximum: maximum === null ? null : quantity(maximum),
});
const asks = (...given: [need: string, maximum?: string | null, minimum?: string | null][]) =>
  given.map(([need, maximum, minimum], at) => ask(need, maximum, minimum, at));
const UNITS: QuantityTerms = { available: null, pack: null, rounding: 'up', step: 1_000n };
const done = (asked: readonly QuantityAsked[], terms: Partial<QuantityTerms>): QuantityAllocation => {
  const outcome = allocateQuantity(asked, { ...UNITS, ...terms });
  if (!outcome.ok) throw new Error(outcome.refusals.map(({ sentence }) => sentence).join(' '));
  return outcome.allocation;
};
const shares = (...given: Parameters<typeof done>) =>
  done(...given).shares.map((share) => Number(share) / 1_000);

describe('worked cases', () => {
  test('4 units over 3/1/1 → 2, 1, 1', () => {
    expect(shares(asks(['3'], ['1'], ['1']), { available: 4_000n })).toEqual([2, 1, 1]);
  });

  test('6 over 3/1/1 with maxima 5/2/1 → 4, 1, 1', () => {
    expect(shares(asks(['3', '5'], ['1', '2'], ['1', '1']), { available: 6_000n })).toEqual([4, 1, 1]);
  });

  test('packs of 4 for a firm need of 5 and a tolerance of 3 → 2 packs', () => {
    const found = done(asks(['5', '8', '5']), { pack: 4_000n });
    expect([found.packs, found.lacking, found.shares]).toEqual([2n, 0n, [8_000n]]);
    expect(done(asks(['5', '7', '5']), { pack: 4_000n })).toMatchObject({
      packs: 1n,
      lacking: 3_000n,
      shares: [4_000n],
    });
  });

  test('30 + 41 units of 0,1 kg in bags of 1,3 kg → 5 full bags, 0,7 kg missing to the sixth', () => {
    const found = done(asks(['3'], ['4.1']), { pack: 1_300n, step: 100n });
    expect([found.packs, found.supply, found.lacking]).toEqual([5n, 6_500n, 700n]);
    expect(found.shares).toEqual([2_700n, 3_800n]);
    expect(spaced(packsSentence(found, 'kg'))).toBe(
      '5 conditionnements pleins de 1,3 kilogramme ; il manque 0,7 kilogramme pour un de plus.',
    );
  });

  test('91 units of 0,1 kg → 7 bags, nothing missing: binary floats fail here', () => {
    const found = done(asks(['3'], ['6.1']), { pack: 1_300n, step: 100n });
    expect([found.packs, found.lacking, found.unallocated, found.shares]).toEqual([
      7n,
      0n,
      0n,
      [3_000n, 6_100n],
    ]);
    expect(spaced(packsSentence(found, 'kg'))).toBe('7 conditionnements pleins de 1,3 kilogramme.');
  });
});

describe('a quantity that is not what was asked', () => {
  test('firm minimums first, then what is left of the needs', () => {
    const asked = asks(['10', null, '2'], ['10', null, '8']);
    expect(shares(asked, { available: 12_000n })).toEqual([4, 8]);
    expect(shares(asked, { available: 16_000n })).toEqual([7, 9]);
    expect(shares(asked, { available: 5_000n })).toEqual([1, 4]);
  });

  test('what a maximum leaves goes to the others; what all leave stays', () => {
    expect(shares(asks(['8', '9'], ['1', '10'], ['1', '10']), { available: 20_000n })).toEqual([9, 6, 5]);
    const found = done(asks(['3', '4'], ['1']), { available: 9_000n });
    expect([found.shares, found.unallocated]).toEqual([[4_000n, 1_000n], 4_000n]);
    expect(spaced(unallocatedSentence(found, 'sac'))).toBe(
      'Reste 4 sacs au-delà des maximums, ou trop peu pour être remis.',
    );
  });

  test('one that needs nothing but accepts some comes last', () => {
    expect(shares(asks(['2', '3'], ['0', '5']), { available: 4_000n })).toEqual([3, 1]);
  });

  test('in whole packs, each member within its maximum', () => {
    const asked = asks(['5', '8'], ['3', '4'], ['8']);
    // 4 packs for 16 units: 1,25, 0,75 and 2 packs.
    expect(shares(asked, { pack: 4_000n, step: 4_000n })).toEqual([4, 4, 8]);
    const more = asks(['5', '8'], ['4', '4'], ['8']);
    expect(shares(more, { pack: 4_000n, step: 4_000n })).toEqual([8, 4, 8]);
    expect(shares(more, { pack: 4_000n, step: 4_000n, rounding: 'down' })).toEqual([4, 4, 8]);
    expect(shares(asked, { available: 23_000n, pack: 4_000n, step: 4_000n })).toEqual([8, 4, 8]);
  });

  test('ties go to the lowest code, whatever the order given', () => {
    const asked = asks(['1'], ['1'], ['1']);
    expect(done([...asked].reverse(), { available: 2_000n }).shares).toEqual([1_000n, 1_000n, 0n]);
  });

  test('each line has its reason', () => {
    const reasons = (...given: Parameters<typeof done>) => {
      const found = done(...given);
      return found.asked.map((_, at) => [
        quantityReason(found, at),
        spaced(quantitySentence(found, at, 'sac')),
      ]);
    };
    expect(reasons(asks(['3'], ['1'], ['0']), { available: 3_000n })).toEqual([
      [
        'need_short',
        'Commune 0 : 2 sacs pour un besoin de 3, 3 à répartir pour 4 demandés (au prorata 2,25, puis au plus fort reste).',
      ],
      ['need_met', 'Commune 1 : 1 sac, son besoin entier.'],
      ['nothing_asked', 'Commune 2 : rien, aucun besoin déclaré.'],
    ]);
    expect(reasons(asks(['3', '5'], ['1', '1'], ['2', '9']), { available: 9_000n })).toEqual([
      ['at_maximum', 'Commune 0 : 5 sacs, son besoin de 3 et du surplus jusqu’à son maximum de 5.'],
      ['need_met', 'Commune 1 : 1 sac, son besoin entier.'],
      [
        'surplus',
        'Commune 2 : 3 sacs, son besoin de 2 et une part du surplus (au prorata 1, puis au plus fort reste).',
      ],
    ]);
    expect(reasons(asks(['5', null, '4'], ['3', null, '3']), { available: 1_000n })[0]).toEqual([
      'minimum_short',
      'Commune 0 : 1 sac pour un minimum ferme de 4, 1 à répartir pour 8 demandés (au prorata 0,571…, puis au plus fort reste).',
    ]);
  });

  test('what cannot be is refused, member by member', () => {
    const codes = (asked: readonly QuantityAsked[], terms: Partial<QuantityTerms> = {}) => {
      const outcome = allocateQuantity(asked, { ...UNITS, ...terms });
      return outcome.ok ? [] : outcome.refusals.map(({ code, memberKey }) => [code, memberKey]);
    };
    expect(codes([], { step: 0n, pack: 0n, available: -1n })).toEqual([
      ['nobody_asks', null],
      ['step_not_positive', null],
      ['pack_not_positive', null],
      ['negative_quantity', null],
    ]);
    expect(codes(asks(['2', '1'], ['1', '1', '2'], ['-1']))).toEqual([
      ['maximum_below_need', '53000'],
      ['maximum_below_minimum', '53001'],
      ['negative_quantity', '53002'],
    ]);
  });
});

describe('properties', () => {
  const steps = fc.bigInt({ min: 0n, max: 1_000n });
  const step = fc.constantFrom(100n, 1_000n, 1_300n);
  const anyAsked = fc
    .uniqueArray(
      fc.record({ key: fc.integer({ min: 10_000, max: 99_999 }), minimum: steps, more: steps, room: steps }),
      {
        ...{ minLength: 1, maxLength: 20, selector: ({ key }: { key: number }) => key },
      },
    )
    .map((list) =>
      list.map(({ key, minimum, more, room }) => ({
        ...{
          key: String(key),
          name: `Commune ${key}`,
          minimum,
          need: minimum + more,
          maximum: minimum + more + room,
        },
      })),
    );
  const scaled = (asked: readonly QuantityAsked[], by: bigint): QuantityAsked[] =>
    asked.map((one) => ({
      ...one,
      need: one.need * by,
      minimum: one.minimum! * by,
      maximum: one.maximum! * by,
    }));

  test('nothing is lost nor exceeded, minimums and needs come first, and the order changes nothing', () =>
    fc.assert(
      fc.property(anyAsked, step, fc.bigInt({ min: 0n, max: 30_000n }), (asked, size, available) => {
        const terms = { available: available * size, step: size };
        const found = done(scaled(asked, size), terms);
        expect(sum(found.shares) + found.unallocated).toBe(found.supply);
        const total = (of: 'minimum' | 'need' | 'maximum') => sum(found.asked.map((one) => one[of]!));
        const [minimums, needs, maxima] = [total('minimum'), total('need'), total('maximum')];
        for (const [at, { minimum, need, maximum }] of found.asked.entries()) {
          const share = found.shares[at]!;
          expect(share >= 0n && share <= maximum! && share % size === 0n).toBe(true);
          if (found.supply >= minimums) expect(share >= minimum!).toBe(true);
          if (found.supply >= needs) expect(share >= need).toBe(true);
          if (found.supply <= minimums) expect(share <= minimum!).toBe(true);
          if (found.supply <= needs) expect(share <= need).toBe(true);
        }
        expect(found.unallocated).toBe(found.supply > maxima ? found.supply - maxima : 0n);
        expect(done(scaled(asked, size).reverse(), terms).shares).toEqual(found.shares);
      }),
    ));

  test('packs: full ones, that hold the needs where the maxima allow it', () =>
    fc.assert(
      fc.property(
        anyAsked,
        fc.bigInt({ min: 1n, max: 5_000n }),
        fc.constantFrom('up' as const, 'down' as const),
        (asked, pack, rounding) => {
          const found = done(asked, { pack, rounding, step: 1n });
          const [need, most] = [sum(asked.map((one) => one.need)), sum(asked.map((one) => one.maximum))];
          expect(found.supply).toBe(found.packs! * pack);
          expect(sum(found.shares)).toBe(found.supply);
          const up = ((need + pack - 1n) / pack) * pack;
          expect(found.supply).toBe(rounding === 'up' && up <= most ? up : (need / pack) * pack);
          expect(found.lacking).toBe(found.supply < need ? up - need : 0n);
        },
      ),
    ));

  test('splitting up to caps keeps them, and shares all that they take', () => {
    const list = fc.array(fc.tuple(steps, steps), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 20_000n }), list, (total, pairs) => {
        const [weights, caps] = [pairs.map(([weight]) => weight), pairs.map(([, cap]) => cap)];
        const parts = splitUpTo(total, weights, caps);
        const room = sum(caps.filter((_, i) => weights[i]! > 0n));
        expect(sum(parts)).toBe(total < room ? total : room);
        parts.forEach((part, i) => expect(part >= 0n && part <= caps[i]!).toBe(true));
      }),
    );
  });
});
