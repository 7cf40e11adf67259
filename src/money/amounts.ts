import { formatDecimal, parseDecimal } from './decimal.js';

/** An amount in euro cents: 12,34 € is 1234n. */
export type Cents = bigint;
/** A unit price in ten-thousandths of a euro: 0,1850 € is 1850n. */
export type UnitPrice = bigint;
/** A quantity in thousandths of its unit: 7,16 t is 7160n. */
export type Quantity = bigint;
/** A VAT rate in hundredths of a percent: 5,5 % is 550n. */
export type VatRate = bigint;

export const CENTS_SCALE = 2;
export const UNIT_PRICE_SCALE = 4;
export const QUANTITY_SCALE = 3;
export const VAT_RATE_SCALE = 2;

/**
 * The only rounding of the product: to the nearest integer, halves away from zero.
 * The SQL function `line_amount` (migrations) is its twin, and a test holds them together.
 *
 * @throws {RangeError} when the denominator is not positive
 */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** Quantity × unit price, rounded once to the cent. */
export function lineAmount(quantity: Quantity, unitPrice: UnitPrice): Cents {
  return divideRounded(quantity * unitPrice, 100_000n);
}

/** VAT of an amount at one rate, rounded once: ask it of a line or of a rate's total, never of a share. */
export function vatOf(net: Cents, rate: VatRate): Cents {
  return divideRounded(net * rate, 10_000n);
}

export const centsFromDecimal = (text: string): Cents => parseDecimal(text, CENTS_SCALE);
export const unitPriceFromDecimal = (text: string): UnitPrice => parseDecimal(text, UNIT_PRICE_SCALE);
export const quantityFromDecimal = (text: string): Quantity => parseDecimal(text, QUANTITY_SCALE);
export const vatRateFromDecimal = (text: string): VatRate => parseDecimal(text, VAT_RATE_SCALE);

/** "1234.50": always two decimals. */
export const centsToDecimal = (value: Cents): string => formatDecimal(value, CENTS_SCALE, CENTS_SCALE);
/** "92.00", "0.185": at least two decimals. */
export const unitPriceToDecimal = (value: UnitPrice): string => formatDecimal(value, UNIT_PRICE_SCALE, 2);
/** "7.16", "12": no trailing zero. */
export const quantityToDecimal = (value: Quantity): string => formatDecimal(value, QUANTITY_SCALE);
/** "20", "5.5": no trailing zero. */
export const vatRateToDecimal = (value: VatRate): string => formatDecimal(value, VAT_RATE_SCALE);

export function sum(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}
