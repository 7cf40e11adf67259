import fc from 'fast-check';
import { FIGURE_UNITS } from '../../src/law/figure.js';
import { readValue, VALUE_SENTENCES, valueText } from '../../src/lawbook/figure-value.rules.js';

describe('the value of a figure, as a text', () => {
  test.each([
    ['euros', 60_000_00n, '60000.00'],
    ['euros', 5n, '0.05'],
    ['euros', 50_000_000_00n, '50000000.00'],
    ['percent', 2_000n, '20.00'],
    ['percent', 550n, '5.50'],
    ['days', 30n, '30'],
    ['months', 2n, '2'],
    ['years', 4n, '4'],
    ['inhabitants', 3_500n, '3500'],
    ['duty', 1n, '1'],
    ['duty', 0n, '0'],
  ] as const)('%s: %s is %s, and back', (unit, value, text) => {
    expect(valueText(unit, value)).toBe(text);
    expect(readValue({ unit }, text)).toBe(value);
  });

  test.each([
    ['euros', '60000', 60_000_00n],
    ['euros', '60000.5', 60_000_50n],
    ['percent', '20', 2_000n],
  ] as const)('%s: %s is read too', (unit, text, value) => {
    expect(readValue({ unit }, text)).toBe(value);
  });

  test.each([
    ...[
      '',
      ' 1',
      '60 000',
      '60000,00',
      '60000.001',
      '-1',
      '+1',
      '0',
      '0.00',
      '1e5',
      '007',
      '12345678901',
    ].map((text) => ['euros', text] as const),
    ...['30.0', '0', '030', '-3', '1234567890', '٣'].map((text) => ['days', text] as const),
    ...['100.01', '120'].map((text) => ['percent', text] as const),
    ...['3661', '99999'].map((text) => ['days', text] as const),
    ...['2', '1.00', '00', 'true'].map((text) => ['duty', text] as const),
  ])('%s: « %s » is no value', (unit, text) => {
    expect(readValue({ unit }, text)).toBeNull();
  });

  test('what is shown is read back, in each unit', () => {
    const unit = fc.constantFrom(...FIGURE_UNITS);
    fc.assert(
      fc.property(unit, fc.bigInt({ min: 1n, max: 999_999_999n }), (given, value) => {
        fc.pre(value <= (given === 'duty' ? 1n : 100n));
        expect(readValue({ unit: given }, valueText(given, value))).toBe(value);
      }),
    );
  });

  test('each unit says what to write', () => {
    for (const unit of FIGURE_UNITS) expect(VALUE_SENTENCES[unit]).toMatch(/^(Un|Ce code) .*"\d.*[.]$/u);
  });
});
