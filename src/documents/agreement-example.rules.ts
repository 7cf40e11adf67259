import { type Cents, divideRounded } from '../money/amounts.js';
import { formatDecimal } from '../money/decimal.js';
import { frenchNumber } from '../money/french.js';
import { splitAmount } from '../money/split.js';

/** How one cost is shared: equally, by weight, or a fixed part (in ten-thousandths) equally and the rest by weight. */
export type ExampleBasis = 'equal' | 'weight' | { readonly fixedShare: bigint };

export interface ExampleShare {
  /** Before rounding, in euros: « 24,9123… »; without the dots when it is exact. */
  readonly exact: string;
  readonly rounded: Cents;
  /** Cents received because rounding down left some over. */
  readonly spare: Cents;
}

/** Two decimals of a cent are enough to see which shares lost most. */
const DECIMALS = 4;
const PER_CENT = 100n;

/**
 * Shares one amount and keeps the working: exact share, rounded share, and who gets the spare cents.
 * Under a fixed part, the two parts are shared one after the other, so that a member may get two spare cents.
 *
 * @param weights one per member, ignored when the basis is equal
 * @param tieKeys INSEE code, or SIRET where there is none
 * @throws {SplitError} when the weights cannot be shared by
 */
export function exampleShares(
  amount: Cents,
  basis: ExampleBasis,
  weights: readonly bigint[],
  tieKeys: readonly string[],
): ExampleShare[] {
  const ones = weights.map(() => 1n);
  if (basis === 'equal') return partOf(amount, ones, tieKeys).map(shareOf);
  if (basis === 'weight') return partOf(amount, weights, tieKeys).map(shareOf);
  const fixed = divideRounded(amount * basis.fixedShare, 10_000n);
  const variable = partOf(amount - fixed, weights, tieKeys);
  return partOf(fixed, ones, tieKeys).map((part, i) => {
    const other = variable[i]!;
    return shareOf({
      numerator: part.numerator * other.denominator + other.numerator * part.denominator,
      denominator: part.denominator * other.denominator,
      rounded: part.rounded + other.rounded,
      down: part.down + other.down,
    });
  });
}

interface Part {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly rounded: Cents;
  readonly down: Cents;
}

function partOf(amount: Cents, weights: readonly bigint[], tieKeys: readonly string[]): Part[] {
  const rounded = splitAmount(amount, weights, tieKeys);
  const denominator = weights.reduce((total, weight) => total + weight, 0n);
  return weights.map((weight, i) => {
    const numerator = amount * weight;
    return { numerator, denominator, rounded: rounded[i]!, down: numerator / denominator };
  });
}

function shareOf({ numerator, denominator, rounded, down }: Part): ExampleShare {
  const scaled = (numerator * PER_CENT) / denominator;
  const isExact = scaled * denominator === numerator * PER_CENT;
  const exact = frenchNumber(formatDecimal(scaled, DECIMALS, isExact ? 2 : DECIMALS));
  return { exact: isExact ? exact : `${exact}…`, rounded, spare: rounded - down };
}
