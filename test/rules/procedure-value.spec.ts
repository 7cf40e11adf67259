import fc from 'fast-check';
import { CONTRACT_FORMS, LOT_FAMILIES } from '../../src/lots/lots.rules.js';
import {
  estimatedValue,
  type LotToValue,
  maximaCheck,
  ofFrenchValue,
  type ToValue,
  valueCheck,
} from '../../src/procedure/estimated-value.rules.js';
import { mainObject, mainObjectCheck } from '../../src/procedure/main-object.rules.js';

const lot = (number: number, more: Partial<LotToValue> = {}): LotToValue => ({
  ...{ number, family: 'fournitures', form: 'ordinaire', maximum: null, yearlyNeeds: [] },
  ...more,
});
const framework = (number: number, maximum: bigint | null, yearlyNeeds: bigint[] = []): LotToValue =>
  lot(number, { form: 'bons_de_commande', maximum, yearlyNeeds });
const given = (lots: LotToValue[], more: Partial<ToValue> = {}): ToValue => ({
  ...{ lots, firmYears: 1, renewals: 0, options: 0n, premiums: 0n, restOfOperation: 0n },
  ...more,
});
const valueOf = (lots: LotToValue[], more: Partial<ToValue> = {}) => estimatedValue(given(lots, more));

describe('the estimated value (CCP R2121-1 to R2121-8)', () => {
  test('R2121-1: a plain contract counts the need of every member, every year, renewals, options and premiums', () => {
    const value = valueOf([lot(1, { yearlyNeeds: [10_000_00n, 5_000_00n] }), lot(2, { yearlyNeeds: [1n] })], {
      ...{ firmYears: 2, renewals: 2, options: 3_000_00n, premiums: 500_00n },
    });
    expect([value.net, value.complete, value.years]).toEqual([63_500_04n, true, 4]);
    expect(value.lots.map(({ net }) => net)).toEqual([60_000_00n, 4n]);
  });

  test('R2121-8: an accord-cadre counts its maximum over its whole duration, whatever its members need', () => {
    const value = valueOf([framework(1, 150_000_00n, [10_000_00n])], { firmYears: 1, renewals: 3 });
    expect(value.net).toBe(150_000_00n);
    expect(value.lots[0]!.needs).toBe(40_000_00n);
  });

  test('R2121-5: works count the whole operation', () => {
    const works = lot(1, { family: 'travaux', yearlyNeeds: [90_000_00n] });
    expect(valueOf([works], { restOfOperation: 20_000_00n }).net).toBe(110_000_00n);
  });

  test('a lot whose amount nobody said makes it incomplete, and is told', () => {
    const value = valueOf([
      framework(1, null),
      lot(2),
      lot(3, { yearlyNeeds: [5n] }),
      lot(4, { yearlyNeeds: [0n] }),
    ]);
    expect([value.net, value.complete, value.lots.map(({ net }) => net)]).toEqual([
      5n,
      false,
      [null, null, 5n, null],
    ]);
    const check = valueCheck(value);
    expect([check.verdict, check.sentence]).toEqual([
      'warn',
      'La valeur estimée est incomplète, au moins 0,05\u00a0€ HT\u00a0: des lots n’ont pas de montant et ne comptent pas pour zéro. Lot 1\u00a0: indiquer le maximum\u00a0; lots 2 et 4\u00a0: recueillir les besoins.',
    ]);
    expect(valueCheck(valueOf([]))).toMatchObject({
      verdict: 'warn',
      figures: { 'valeur estimée': 'au moins 0,00\u00a0€ HT' },
    });
  });

  test('R2121-8: until an accord-cadre has a maximum, what its members need is a floor, and is told', () => {
    const value = valueOf([framework(1, null, [30_000_00n, 5_000_00n]), framework(2, null)], { renewals: 3 });
    expect([value.net, value.complete, value.lots.map(({ net, known }) => [net, known])]).toEqual([
      ...[140_000_00n, false],
      [
        [null, 140_000_00n],
        [null, 0n],
      ],
    ]);
    const check = valueCheck(value);
    expect(check.figures).toMatchObject({
      'valeur estimée': 'au moins 140\u202f000,00\u00a0€ HT',
      'besoins des accords-cadres sans maximum HT': '140\u202f000,00\u00a0€',
    });
    expect([check.verdict, check.sentence]).toEqual([
      'warn',
      'La valeur estimée est incomplète, au moins 140\u202f000,00\u00a0€ HT\u00a0: des lots n’ont pas de montant et ne comptent pas pour zéro. Lots 1 et 2\u00a0: indiquer le maximum. Sans maximum, les besoins comptent au moins (lot 1).',
    ]);
    const maxima = maximaCheck(value);
    expect(maxima).toMatchObject({
      verdict: 'not_applicable_yet',
      figures: { 'besoins des accords-cadres sans maximum HT': '140\u202f000,00\u00a0€' },
    });
    expect(maxima.sentence).toContain('(lot 1)');
    expect(ofFrenchValue(value)).toBe('d’au moins 140\u202f000,00\u00a0€ HT');
    expect(ofFrenchValue({ net: 5n, complete: true })).toBe('de 0,05\u00a0€ HT');
  });

  const aLot = fc.record({
    number: fc.integer({ min: 1, max: 999 }),
    family: fc.constantFrom(...LOT_FAMILIES),
    form: fc.constantFrom(...CONTRACT_FORMS),
    maximum: fc.option(fc.bigInt({ min: 1n, max: 10n ** 12n }), { nil: null }),
    yearlyNeeds: fc.array(fc.bigInt({ min: 0n, max: 10n ** 11n }), { maxLength: 5 }),
  });
  const consultation = fc.record({
    lots: fc.array(aLot, { maxLength: 6 }),
    firmYears: fc.integer({ min: 1, max: 4 }),
    renewals: fc.integer({ min: 0, max: 4 }),
    options: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    premiums: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    restOfOperation: fc.bigInt({ min: 0n, max: 10n ** 9n }),
  });
  const amount = fc.bigInt({ min: 0n, max: 10n ** 11n });

  test('never falls when a member, a lot or a renewal is added', () => {
    fc.assert(
      fc.property(consultation, aLot, amount, fc.nat(), (before, added, need, place) => {
        const { net } = estimatedValue(before);
        expect(estimatedValue({ ...before, lots: [...before.lots, added] }).net >= net).toBe(true);
        expect(estimatedValue({ ...before, renewals: before.renewals + 1 }).net >= net).toBe(true);
        const joined = before.lots.map((one, i) =>
          i === place % before.lots.length ? { ...one, yearlyNeeds: [...one.yearlyNeeds, need] } : one,
        );
        expect(estimatedValue({ ...before, lots: joined }).net >= net).toBe(true);
      }),
    );
  });

  test('is the sum of its parts, and complete only when every lot says its amount', () => {
    fc.assert(
      fc.property(consultation, (one) => {
        const value = estimatedValue(one);
        const parts = value.lots.map(({ net }) => net);
        expect(value.net).toBe(
          value.lots.reduce<bigint>((total, { net, needs }) => total + (net ?? needs), 0n) +
            one.options +
            one.premiums +
            one.restOfOperation,
        );
        expect(value.complete).toBe(parts.length > 0 && !parts.includes(null));
      }),
    );
  });
});

describe('the maxima of accords-cadres (R2121-8)', () => {
  const verdict = (maximum: bigint, yearly: bigint[]) =>
    maximaCheck(valueOf([framework(1, maximum, yearly)], { firmYears: 2 })).verdict;
  test.each([
    ['below the needs, by one cent', 19_999_99n, 'warn'],
    ['exactly the needs', 20_000_00n, 'ok'],
    ['exactly 1.3 times the needs', 26_000_00n, 'ok'],
    ['one cent more', 26_000_01n, 'warn'],
  ])('%s', (_, maximum, expected) => {
    expect(verdict(maximum, [6_000_00n, 4_000_00n])).toBe(expected);
  });
  test('one lot that falls short is told, though the whole is large enough', () => {
    const check = maximaCheck(valueOf([framework(1, 100_00n, [90_00n]), framework(2, 10_00n, [11_00n])]));
    expect(check).toMatchObject({ rule: 'FRAMEWORK_MAXIMA', article: 'CCP R2121-8, R2162-4' });
    expect(check).toMatchObject({ verdict: 'warn' });
    expect(check.sentence).toContain('(lot 2)');
  });
  test('wait for needs', () => {
    expect(verdict(5n, [])).toBe('not_applicable_yet');
    expect(maximaCheck(valueOf([lot(1)])).verdict).toBe('not_applicable_yet');
  });
});

describe('the main object of lots of both kinds (L1111-5)', () => {
  const both = valueOf([
    lot(1, { family: 'travaux', yearlyNeeds: [50n] }),
    lot(2, { family: 'services', yearlyNeeds: [50n] }),
  ]);
  test('is what people say, else the greater amount, and of equal ones the lower threshold', () => {
    expect(mainObject(both, null)).toMatchObject({ is: 'supplies_services', decidedBy: 'amount' });
    expect(mainObject(both, 'works')).toMatchObject({ is: 'works', decidedBy: 'chosen' });
    expect(mainObjectCheck(mainObject(both, null))).toMatchObject({
      ...{ rule: 'MAIN_OBJECT', article: 'CCP L1111-5', verdict: 'warn' },
    });
    expect(mainObjectCheck(mainObject(both, 'works')).verdict).toBe('ok');
    const works = valueOf([
      lot(1, { family: 'travaux', yearlyNeeds: [51n] }),
      lot(2, { yearlyNeeds: [50n] }),
    ]);
    expect(mainObject(works, null)).toMatchObject({ is: 'works', decidedBy: 'amount' });
  });
  test('needs no choice when all lots are of one kind', () => {
    expect(mainObject(valueOf([lot(1)]), 'works')).toMatchObject({
      is: 'supplies_services',
      decidedBy: 'only',
    });
  });
});
