import { formatDecimal } from '../money/decimal.js';
import { frenchNumber } from '../money/french.js';

/** An exact quotient; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const fraction = (numerator: bigint, denominator = 1n): Fraction => ({ numerator, denominator });

/** The sum, over the product of the denominators: not reduced, compare it with {@link isOne}. */
export function addFractions(values: readonly Fraction[]): Fraction {
  return values.reduce(
    (total, { numerator, denominator }) => ({
      numerator: total.numerator * denominator + numerator * total.denominator,
      denominator: total.denominator * denominator,
    }),
    fraction(0n),
  );
}

export const isOne = ({ numerator, denominator }: Fraction): boolean => numerator === denominator;

/** Integers in the same proportions as the fractions. */
export function integersLike(values: readonly Fraction[]): bigint[] {
  const denominator = values.reduce((product, value) => product * value.denominator, 1n);
  return values.map((value) => (value.numerator * denominator) / value.denominator);
}

/** Divided by their greatest common divisor, so that an explanation can be read. */
export function reduced({ numerator, denominator }: Fraction): Fraction {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? fraction(0n) : { numerator: numerator / a, denominator: denominator / a };
}

/**
 * « 90,3676… » for a fraction of the unit, cut and never rounded; without the dots when it is exact.
 *
 * @param decimals kept when it is not exact
 */
export function frenchFraction(value: Fraction, decimals: number, minDecimals = 0): string {
  const power = 10n ** BigInt(decimals);
  const scaled = (value.numerator * power) / value.denominator;
  const isExact = scaled * value.denominator === value.numerator * power;
  const text = frenchNumber(formatDecimal(scaled, decimals, isExact ? minDecimals : decimals));
  return isExact ? text : `${text}…`;
}
