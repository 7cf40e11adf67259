import fc from 'fast-check';
import {
  type LotSupplier,
  nextByShares,
  nextInCascade,
  nextInTurn,
  type PastOrder,
  sharesFault,
} from '../../src/allocation/lot-suppliers.rules.js';

const supplier = (
  key: string,
  rank: number,
  share: bigint | null = null,
  maximum: bigint | null = null,
): LotSupplier => ({
  ...{ key, name: `Titulaire ${key}`, rank, share, maximum },
});
const order = (net: bigint, ...unavailable: string[]) => ({ net, unavailable: new Set(unavailable) });
const past = (supplierKey: string, net = 100n, declined = false): PastOrder => ({
  supplierKey,
  net,
  declined,
});
const spaced = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const THREE = [supplier('B', 2, 3_000n), supplier('A', 1, 5_000n, 1_000n), supplier('C', 3, 2_000n)];

describe('several suppliers of one lot', () => {
  test('cascade: the first by rank that can serve the order, within its maximum', () => {
    expect(nextInCascade(THREE, [], order(10n)).supplier!.key).toBe('A');
    const next = nextInCascade(THREE, [past('A', 950n)], order(100n, 'B'));
    expect([next.supplier!.key, next.passed.map(({ why }) => why)]).toEqual([
      'C',
      ['maximum_reached', 'unavailable'],
    ]);
    expect(spaced(next.sentence)).toBe(
      'Titulaire C : premier de la cascade à pouvoir la servir (rang 3) ; Titulaire A : son maximum serait dépassé ; Titulaire B : ne la sert pas.',
    );
    expect(nextInCascade(THREE, [past('A', 950n, true)], order(100n)).supplier!.key).toBe('A');
    expect(nextInCascade([], [], order(1n))).toMatchObject({
      supplier: null,
      sentence: 'Aucun titulaire ne peut servir la commande.',
    });
  });

  test('tour de rôle: whoever follows the last offered, declined or not, round the ranks', () => {
    const next = (history: PastOrder[], ...unavailable: string[]) =>
      nextInTurn(THREE, history, order(10n, ...unavailable)).supplier?.key;
    expect([next([]), next([past('A')]), next([past('A'), past('B', 5n, true)]), next([past('C')])]).toEqual([
      'A',
      'B',
      'C',
      'A',
    ]);
    expect([next([past('A')], 'B'), next([past('gone')]), next([], 'A', 'B', 'C')]).toEqual([
      'C',
      'A',
      undefined,
    ]);
  });

  test('shares in %: the one farthest below its share, the new order counted', () => {
    const next = (...history: PastOrder[]) => nextByShares(THREE, history, order(100n)).supplier!.key;
    expect([next(), next(past('A')), next(past('A'), past('B'))]).toEqual(['A', 'B', 'C']);
    expect(next(past('A', 300n), past('B', 300n), past('C', 900n, true))).toBe('C');
    expect(spaced(nextByShares(THREE, [past('A')], order(100n)).sentence)).toBe(
      'Titulaire B : le plus loin de sa part de 30 %, ayant reçu 0,00 € HT.',
    );
  });

  test('percentages that do not make 100 % are told before, and refused after', () => {
    expect(sharesFault(THREE)).toBeNull();
    expect(spaced(sharesFault(THREE.slice(0, 2))!)).toBe(
      'Les pourcentages des titulaires font 80 %. Les corriger pour qu’ils fassent 100 %.',
    );
    expect(spaced(sharesFault([supplier('A', 1)])!)).toBe('Pourcentage à entrer pour : Titulaire A.');
    expect(() => nextByShares(THREE.slice(1), [], order(1n))).toThrow(RangeError);
  });

  test('over many equal orders, each comes within one order of its share; the order given changes nothing', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.bigInt({ min: 1n, max: 9_999n }), (count, first) => {
        const two = [supplier('A', 1, first), supplier('B', 2, 10_000n - first)];
        const history: PastOrder[] = [];
        for (let i = 0; i < count; i++) {
          const chosen = nextByShares(two, history, order(100n)).supplier!.key;
          expect(nextByShares([...two].reverse(), history, order(100n)).supplier!.key).toBe(chosen);
          history.push(past(chosen));
        }
        const got = BigInt(history.filter(({ supplierKey }) => supplierKey === 'A').length);
        const gap = got * 10_000n - BigInt(count) * first;
        expect(gap < 10_000n && gap > -10_000n).toBe(true);
      }),
    ));
});
