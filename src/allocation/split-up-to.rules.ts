import { splitAmount } from '../money/split.js';

/**
 * Splits a total by largest remainder, nobody above its cap: what a cap leaves goes to the others, by the same weights.
 * All that cross theirs are held together, so that the order changes nothing. What is above all caps is not shared.
 *
 * @param total, weights, caps not negative; ties go to the first position
 */
export function splitUpTo(total: bigint, weights: readonly bigint[], caps: readonly bigint[]): bigint[] {
  const held = weights.map(() => 0n);
  const free = weights.map((weight, i) => (caps[i]! > 0n ? weight : 0n));
  let left = total;
  while (left > 0n && free.some((weight) => weight > 0n)) {
    const shares = splitAmount(left, free);
    let crossed = false;
    for (const [i, share] of shares.entries())
      if (share > caps[i]!) {
        [crossed, held[i], free[i]] = [true, caps[i]!, 0n];
        left -= caps[i]!;
      }
    if (!crossed) return shares.map((share, i) => share + held[i]!);
  }
  return held;
}
