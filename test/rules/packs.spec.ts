import fc from 'fast-check';
import { quantityFromDecimal as quantity } from '../../src/money/amounts.js';
import { counted, lackingSentence, packsOf } from '../../src/needs/packs.rules.js';

describe('a quantity in packs', () => {
  test('113 bags of which 40 make a pack: 3 packs, and 7 bags lack', () => {
    const packs = packsOf(quantity('113'), '40')!;
    expect(packs).toEqual({ packaging: 40_000n, packs: 3n, lacking: 7_000n });
    expect(lackingSentence(packs, 'XBG')).toBe(
      'il manque 7\u00a0sacs pour un conditionnement complet de 40\u00a0sacs',
    );
  });

  test('a full pack lacks nothing; nothing takes no pack', () => {
    expect(packsOf(quantity('80'), '40')).toMatchObject({ packs: 2n, lacking: 0n });
    expect(lackingSentence(packsOf(quantity('80'), '40')!, 'sac')).toBeNull();
    expect(packsOf(0n, '40')).toMatchObject({ packs: 0n, lacking: 0n });
  });

  test('the packaging is read as the catalogue is written; what is no figure, or sold by the unit, makes no pack', () => {
    expect(packsOf(quantity('30'), '12,5')).toMatchObject({ packs: 3n, lacking: 7_500n });
    for (const text of ['', '0', '1', '-4', 'palette', '1.234'])
      expect(packsOf(quantity('30'), text)).toBeNull();
  });

  test('units are in the plural from two on, and kept as they are when they are not known', () => {
    expect(counted(quantity('1.5'), 'TNE')).toBe('1,5\u00a0tonne');
    expect(counted(quantity('1200'), 'sac')).toBe('1\u202f200\u00a0sacs');
    expect(counted(quantity('3'), 'grosse de 12')).toBe('3\u00a0grosse de 12');
  });

  test('packs hold the quantity, and one less would not', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (asked, size) => {
          fc.pre(size !== 1_000n);
          const text = `${size / 1000n},${String(size % 1000n).padStart(3, '0')}`;
          const { packs, lacking } = packsOf(asked, text)!;
          expect(packs * size - lacking).toBe(asked);
          expect(lacking >= 0n && lacking < size).toBe(true);
        },
      ),
    ));
});
