import fc from 'fast-check';
import { divideRounded, lineAmount, vatOf } from '../../src/money/amounts.js';
import { formatDecimal, parseDecimal, readDecimal } from '../../src/money/decimal.js';
import { frenchEuros, frenchQuantity, frenchRate, frenchUnitPrice } from '../../src/money/french.js';

describe('rounding: to the nearest cent, halves away from zero', () => {
  test.each([
    [5n, 10n, 1n],
    [4n, 10n, 0n],
    [-5n, 10n, -1n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
    [-25n, 10n, -3n],
  ])('%s / %s → %s', (numerator, denominator, rounded) => {
    expect(divideRounded(numerator, denominator)).toBe(rounded);
  });

  test('a denominator must be positive', () => {
    expect(() => divideRounded(1n, 0n)).toThrow(RangeError);
  });

  test('quantity × unit price: 7.16 t × 92.00 €, 0.001 × 0.0005', () => {
    expect(lineAmount(7_160n, 920_000n)).toBe(65_872n);
    expect(lineAmount(1n, 5n)).toBe(0n);
    expect(lineAmount(1_000n, 50n)).toBe(1n); // 0,005 € is rounded up
  });

  test('VAT: 20 % of 643.35 is 128.67, 5.5 % of 0.09 is 0.00', () => {
    expect(vatOf(64_335n, 2_000n)).toBe(12_867n);
    expect(vatOf(9n, 550n)).toBe(0n);
  });
});

describe('reading a number typed by a person', () => {
  test.each([
    ['12', 12_000n],
    ['12,5', 12_500n],
    ['12.5', 12_500n],
    ['1 234,5', 1_234_500n],
    ['1\u202f234,5', 1_234_500n],
    ['1\u00a0234', 1_234_000n],
    ['0', 0n],
    ['0.125', 125n],
    ['0,1250', 125n],
    ['-3', -3_000n],
    [' 7 ', 7_000n],
    ['1234.567', 1_234_567n],
    ['0001', 1_000n],
  ])('%j is %s thousandths', (text, value) => {
    expect(readDecimal(text, 3)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['1.234', 'ambiguous_thousands'],
    ['12.345.678', 'ambiguous_thousands'],
    ['999.000', 'ambiguous_thousands'],
    ['1,2345', 'too_many_decimals'],
    ['12 34', 'not_a_number'],
    ['douze', 'not_a_number'],
    ['1e3', 'not_a_number'],
    ['0x10', 'not_a_number'],
    ['1,2,3', 'not_a_number'],
    ['12 t', 'not_a_number'],
    ['NaN', 'not_a_number'],
    ['12345678901', 'too_large'],
  ])('%j is refused: %s', (text, fault) => {
    expect(readDecimal(text, 3)).toEqual({ ok: false, fault });
  });

  test('writing then reading gives the same value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.integer({ min: 0, max: 4 }),
        (value, scale) => {
          expect(parseDecimal(formatDecimal(value, scale), scale)).toBe(value);
          expect(parseDecimal(formatDecimal(value, scale, scale), scale)).toBe(value);
        },
      ),
    );
  });

  test('a canonical decimal is not rounded away', () => {
    expect(() => parseDecimal('1.005', 2)).toThrow(RangeError);
    expect(parseDecimal('1.500', 2)).toBe(150n);
  });
});

describe('French dress', () => {
  test('amounts, prices, quantities, rates', () => {
    expect(frenchEuros(123_456_789n)).toBe('1\u202f234\u202f567,89\u00a0€');
    expect(frenchEuros(-5n)).toBe('\u22120,05\u00a0€');
    expect(frenchUnitPrice(1_850n)).toBe('0,185');
    expect(frenchQuantity(7_160n)).toBe('7,16');
    expect(frenchQuantity(583_273_000n)).toBe('583\u202f273');
    expect(frenchRate(550n)).toBe('5,5\u00a0%');
  });
});
