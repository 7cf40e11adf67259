export type SplitFault = 'NO_WEIGHT' | 'NEGATIVE_WEIGHT' | 'ALL_WEIGHTS_ZERO' | 'TIE_KEYS_MISMATCH';

/** A total that cannot be split as asked; `code` tells which rule was broken. */
export class SplitError extends Error {
  constructor(
    readonly code: SplitFault,
    message: string,
  ) {
    super(message);
    this.name = 'SplitError';
  }
}

/**
 * Splits an integer total (cents, units, packs) in proportion to weights, by largest remainder:
 * each share is the exact one rounded down, then the missing units go to the largest remainders.
 * Ties go to the lowest key (plain code-unit order: INSEE code, or SIRET where there is none), then to the first
 * position. The shares always add up to the total; a zero weight gets zero; a negative total mirrors a positive one.
 *
 * @param total   integer to share, of any sign
 * @param weights non-negative integers, at least one positive
 * @param tieKeys one key per weight
 * @returns one share per weight, in the order given
 * @throws {SplitError} no weight, a negative weight, all weights zero, or not one key per weight
 */
export function splitAmount(
  total: bigint,
  weights: readonly bigint[],
  tieKeys?: readonly string[],
): bigint[] {
  if (weights.length === 0) throw new SplitError('NO_WEIGHT', 'there is no weight to split over');
  if (tieKeys !== undefined && tieKeys.length !== weights.length)
    throw new SplitError('TIE_KEYS_MISMATCH', `${tieKeys.length} keys for ${weights.length} weights`);
  if (weights.some((weight) => weight < 0n)) throw new SplitError('NEGATIVE_WEIGHT', 'a weight is negative');
  let totalWeight = 0n;
  for (const weight of weights) totalWeight += weight;
  if (totalWeight === 0n) throw new SplitError('ALL_WEIGHTS_ZERO', 'all weights are zero');
  if (total < 0n) return splitAmount(-total, weights, tieKeys).map((share) => -share);

  const remainders: bigint[] = [];
  let missing = total;
  const shares = weights.map((weight) => {
    const product = total * weight;
    const share = product / totalWeight;
    remainders.push(product - share * totalWeight);
    missing -= share;
    return share;
  });
  if (missing === 0n) return shares;

  const order = weights.map((_, position) => position);
  order.sort((a, b) => {
    const left = remainders[a]!;
    const right = remainders[b]!;
    if (left !== right) return left > right ? -1 : 1;
    const leftKey = tieKeys?.[a] ?? '';
    const rightKey = tieKeys?.[b] ?? '';
    if (leftKey !== rightKey) return leftKey < rightKey ? -1 : 1;
    return a - b;
  });
  for (const position of order.slice(0, Number(missing))) shares[position]! += 1n;
  return shares;
}
