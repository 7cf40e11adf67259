import fc from 'fast-check';
import { keptFaults } from '../../src/autonomy/kept-outside.rules.js';
import { supplierIn } from '../../src/autonomy/supplier-words.rules.js';
import { lawOn } from '../../src/law/law-on.js';
import { type FamilyAmount, familyLedger } from '../../src/needs/family-ledger.rules.js';

const LAW = lawOn('2026-11-25', []);
const bread = (net: bigint, family = 'pain'): FamilyAmount => ({ nature: 'fournitures', family, net });

describe('the ledger of families (CCP R2121-4, R2121-6)', () => {
  test.each([
    [0n, 0n, 'ok', /rien n’est conservé/],
    [90_000_00n, 0n, 'ok', /rien n’est conservé/],
    [
      40_000_00n,
      19_999_99n,
      'ok',
      /59\u202f999,99\u00a0€ par an en tout, sous le seuil de 60\u202f000,00\u00a0€/,
    ],
    [40_000_00n, 20_000_00n, 'warn', /C’est le total qui compte/],
    [
      1n,
      59_999_99n,
      'warn',
      /sous le seuil de 60\u202f000,00\u00a0€, mais la famille atteint 60\u202f000,00\u00a0€/,
    ],
    [0n, 60_000_00n, 'ok', /atteignent à eux seuls le seuil/],
    [40_000_00n, 60_000_00n, 'ok', /avec publicité et mise en concurrence/],
  ] as const)('%s through the group and %s outside: %s', (share, kept, verdict, sentence) => {
    const [entry] = familyLedger([bread(share)], [bread(kept)], LAW);
    expect(entry).toMatchObject({ share, residue: kept, total: share + kept, check: { verdict } });
    expect(entry!.check.sentence).toMatch(sentence);
    expect(entry!.check.article).toBe('CCP R2121-4 et R2121-6\u00a0; seuil\u00a0: CCP R2122-8');
  });

  test('the threshold is that of the day', () => {
    const verdict = (on: string) =>
      familyLedger([bread(30_000_00n)], [bread(10_000_00n)], lawOn(on, []))[0]!.check.verdict;
    expect([verdict('2026-03-31'), verdict('2026-04-01')]).toEqual(['warn', 'ok']);
  });

  test('works have their own threshold and never add to supplies of the same name; services do', () => {
    const of = (nature: FamilyAmount['nature']): FamilyAmount => ({
      nature,
      family: 'voirie',
      net: 35_000_00n,
    });
    const entries = familyLedger([of('fournitures'), of('travaux')], [of('services'), of('travaux')], LAW);
    expect(
      entries.map(({ works, total, threshold, check }) => [works, total, threshold, check.verdict]),
    ).toEqual([
      [false, 70_000_00n, 60_000_00n, 'warn'],
      [true, 70_000_00n, 100_000_00n, 'ok'],
    ]);
  });

  test('capitals and spaces make no other family', () => {
    const entries = familyLedger(
      [bread(1n, 'Pain  et viennoiserie')],
      [bread(2n, ' pain et Viennoiserie')],
      LAW,
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ family: 'Pain  et viennoiserie', total: 3n });
  });

  test('loses no cent, and warns exactly when the residue hides a total that reaches the threshold', () => {
    const amounts = fc.array(
      fc.record({
        nature: fc.constantFrom('fournitures' as const, 'services' as const, 'travaux' as const),
        family: fc.constantFrom('pain', 'PAIN', 'sel', 'voirie '),
        net: fc.bigInt({ min: 0n, max: 120_000_00n }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(amounts, amounts, (shares, kept) => {
        const entries = familyLedger(shares, kept, LAW);
        const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
        expect(sum(entries.map(({ total }) => total))).toBe(sum([...shares, ...kept].map(({ net }) => net)));
        for (const { residue, total, threshold, check } of entries)
          expect(check.verdict).toBe(
            residue > 0n && residue < threshold && total >= threshold ? 'warn' : 'ok',
          );
      }),
    );
  });
});

describe('words that point at a supplier', () => {
  test.each([
    ['Boulangerie Dupont SARL', 'SARL'],
    ['boulangerie dupont sarl', 'sarl'],
    ['S.A.R.L. du bourg', 'S.A.R.L'],
    ['Garage SAS Martin', 'SAS'],
    ['s.a.s. Martin', 's.a.s'],
    ['EURL\u00a0Martin', 'EURL'],
    ['gaec des Ormes', 'gaec'],
    ['SIREN 552 100 554', '552 100 554'],
    ['552100554', '552100554'],
    ['SIRET 552\u202f100\u202f554\u202f00013', '552 100 554 00013'],
    ['552.100.554-00013', '552.100.554-00013'],
    ['TVA FR40552100554', 'FR40552100554'],
    ['５５２１００５５４', '552100554'],
  ])('%s', (text, found) => {
    expect(supplierIn(text)).toBe(found);
  });

  test.each([
    'Sas d’entrée de l’école, sans nuisance',
    'Pain frais, 12 500 € par an, 53000 Laval',
    'Accueil\u00a0: 02 43 49 46 47',
    'CPV 15811100, lot 12',
    'Sarlat, Earlier, Scopitone, salsa',
    'La cantine et sa réserve',
  ])('nothing in « %s »', (text) => {
    expect(supplierIn(text)).toBeNull();
  });

  test('any SIREN is seen, wherever it stands', () => {
    const spaced = fc.constantFrom('', ' ', '.', '-', '\u00a0', '\u202f');
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 999_999_999 }), spaced, (siren, separator) => {
        const text = `chez ${String(siren).replace(/(\d{3})(?=\d)/g, `$1${separator}`)}, au bourg`;
        expect(supplierIn(text)).not.toBeNull();
      }),
    );
  });

  test('are told all at once, each at its place; something must be named', () => {
    expect(
      keptFaults({ family: 'pain', label: 'SARL Dupont', site: null, reason: 'depuis 552 100 554' }).map(
        ({ field, code }) => [field, code],
      ),
    ).toEqual([
      ['label', 'namesSupplier'],
      ['reason', 'namesSupplier'],
    ]);
    expect(keptFaults({ family: 'pain', label: null, site: null, reason: 'r' })).toMatchObject([
      { field: 'label', code: 'namesNothing' },
    ]);
    expect(keptFaults({ family: 'pain', label: null, site: 'École', reason: 'r' })).toEqual([]);
  });
});
