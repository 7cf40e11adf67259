import fc from 'fast-check';
import type { Figure, FigureRule } from '../../src/law/figure.js';
import { FIGURE_CODES, type FigureCode, FIGURES } from '../../src/law/figures.js';
import {
  dutySince,
  figureOf,
  holds,
  lawOn,
  LawUnknown,
  requiredValue,
  valueOf,
} from '../../src/law/law-on.js';

const recorded = (
  code: FigureCode,
  value: bigint,
  validFrom: string,
  validTo: string | null = null,
): Figure<FigureCode> => {
  const { label, unit, article }: FigureRule = FIGURES[code];
  return {
    ...{ code, label, unit, article, value, validFrom, validTo },
    ...{ source: 'JORF', checkedOn: '2027-12-30', verified: true },
  };
};
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the figures that Halle ships', () => {
  test.each(FIGURE_CODES)('%s: intervals follow one another and each ends after it begins', (code) => {
    const { values }: FigureRule = FIGURES[code];
    expect(values.length).toBeGreaterThan(0);
    values.forEach(([from, to], i) => {
      if (from !== null && to !== null) expect(from < to).toBe(true);
      if (i > 0) expect(from).toBe(values[i - 1]![1]);
    });
  });

  test('hold at least the codes that the public page promises', () => {
    expect(FIGURE_CODES).toEqual(
      expect.arrayContaining([
        ...['dispense_fs', 'dispense_travaux', 'publicite_boamp_jal', 'profil_acheteur', 'formalisee_fs'],
        ...['formalisee_travaux', 'decp', 'petit_lot_fs', 'petit_lot_travaux', 'petits_lots_part'],
        ...['avance_seuil', 'ecrit'],
      ]),
    );
  });
});

describe('the law of a day', () => {
  test.each([
    ['dispense_fs', '2026-03-31', 40_000_00n],
    ['dispense_fs', '2026-04-01', 60_000_00n],
    ['profil_acheteur', '2026-03-31', 40_000_00n],
    ['profil_acheteur', '2026-04-01', 60_000_00n],
    ['formalisee_fs', '2025-12-31', 221_000_00n],
    ['formalisee_fs', '2026-01-01', 216_000_00n],
    ['formalisee_travaux', '2025-12-31', 5_538_000_00n],
    ['formalisee_travaux', '2026-01-01', 5_404_000_00n],
  ] as const)('%s on %s', (code, on, value) => {
    expect(requiredValue(lawOn(on, []), code)).toBe(value);
  });

  test('tells the first day of a duty, as recorded or as shipped', () => {
    const shipped = { day: '2026-08-21', verified: false };
    for (const on of ['2026-08-20', '2026-08-21'])
      expect(dutySince(lawOn(on, []), 'critere_environnemental')).toEqual(shipped);
    const earlier = [recorded('critere_environnemental', 1n, '2026-08-01')];
    expect(dutySince(lawOn('2026-08-02', earlier), 'critere_environnemental')).toEqual({
      ...{ day: '2026-08-01', verified: true },
    });
    expect(dutySince(lawOn('2026-08-02', []), 'pneus_rechapes')).toEqual({ day: null, verified: true });
  });

  test('knows when a duty begins', () => {
    expect(holds(lawOn('2026-08-20', []), 'critere_environnemental')).toBe(false);
    expect(holds(lawOn('2026-08-21', []), 'critere_environnemental')).toBe(true);
  });

  test('refuses a day whose figure nobody knows, and says what to do', () => {
    const law = lawOn('2028-01-01', []);
    expect(valueOf(law, 'formalisee_fs')).toBeUndefined();
    expect(() => figureOf(law, 'formalisee_fs')).toThrow(LawUnknown);
    expect(new LawUnknown('formalisee_fs', '2028-01-01').sentence).toBe(
      'Aucun chiffre n’est connu au 1er\u00a0janvier\u00a02028 pour «\u00a0Procédure formalisée, fournitures et services\u00a0» (CCP L2124-1)\u00a0: l’ajouter au droit daté, ou choisir une autre date.',
    );
  });

  test('takes what was recorded since, on the days that it covers and on no other', () => {
    const added = [recorded('formalisee_fs', 140_000_00n, '2028-01-01', '2030-01-01')];
    expect(requiredValue(lawOn('2027-12-31', added), 'formalisee_fs')).toBe(216_000_00n);
    expect(requiredValue(lawOn('2028-01-01', added), 'formalisee_fs')).toBe(140_000_00n);
    expect(valueOf(lawOn('2030-01-01', added), 'formalisee_fs')).toBeUndefined();
  });

  test('lets a text repeal a duty, and says so no day earlier', () => {
    const repealed = [recorded('clause_sociale', 0n, '2029-01-01')];
    expect(holds(lawOn('2028-12-31', repealed), 'clause_sociale')).toBe(true);
    expect(figureOf(lawOn('2028-12-31', repealed), 'clause_sociale').validTo).toBe('2029-01-01');
    const after = lawOn('2029-01-01', repealed);
    expect([holds(after, 'clause_sociale'), dutySince(after, 'clause_sociale').day]).toEqual([false, null]);
    const again = [...repealed, recorded('clause_sociale', 1n, '2030-01-01')];
    expect(holds(lawOn('2030-01-01', again), 'clause_sociale')).toBe(true);
  });

  test('lets the last record prevail, and tells that it cuts the others short', () => {
    const added = [
      recorded('dispense_fs', 70_000_00n, '2027-06-01'),
      recorded('dispense_fs', 80_000_00n, '2027-01-01', '2027-03-01'),
    ];
    expect(figureOf(lawOn('2026-12-31', added), 'dispense_fs')).toMatchObject({
      value: 60_000_00n,
      validTo: '2027-01-01',
    });
    expect(requiredValue(lawOn('2027-02-28', added), 'dispense_fs')).toBe(80_000_00n);
    expect(figureOf(lawOn('2027-03-01', added), 'dispense_fs')).toMatchObject({
      value: 60_000_00n,
      validTo: '2027-06-01',
    });
    expect(requiredValue(lawOn('2027-06-01', added), 'dispense_fs')).toBe(70_000_00n);
  });

  test('is the same for every day until the end that it tells', () => {
    const records = fc.array(
      fc
        .record({
          code: fc.constantFrom<FigureCode>('dispense_fs', 'formalisee_fs', 'critere_environnemental'),
          value: fc.bigInt({ min: 1n, max: 10n ** 9n }),
          from: day,
          to: fc.option(day, { nil: null }),
        })
        .filter(({ from, to }) => to === null || from < to)
        .map(({ code, value, from, to }) => recorded(code, value, from, to)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(records, day, day, (added, on, later) => {
        fc.pre(on <= later);
        for (const [code, figure] of lawOn(on, added).figures)
          if (figure.validTo === null || later < figure.validTo)
            expect(valueOf(lawOn(later, added), code)).toBe(figure.value);
      }),
    );
  });
});
