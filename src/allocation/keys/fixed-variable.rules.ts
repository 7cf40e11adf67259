import { type Cents, divideRounded } from '../../money/amounts.js';
import { splitAmount } from '../../money/split.js';
import { type Fraction, fraction } from '../fraction.rules.js';
import { negativeFaults, NO_FAULT, type ParameterFault } from './key.rules.js';

/** F / n + (T − F) × w / Σ w. The two parts are shared one after the other: a member may get two spare cents. */
export interface FixedVariableChoice<Variable> {
  readonly key: 'fixed-variable';
  readonly fixed:
    /** Ten-thousandths of each cost: 3000n is 30 %. */
    | { readonly share: bigint }
    /** Of all the costs together, in cents HT: each cost bears it in proportion to its amount. */
    | { readonly amount: Cents };
  readonly variable: Variable;
}

export const FIXED_VARIABLE_NAME = 'part fixe et part variable';
const WHOLE = 10_000n;

export function fixedVariableFaults({
  fixed,
}: Pick<FixedVariableChoice<unknown>, 'fixed'>): readonly ParameterFault[] {
  if ('amount' in fixed) return negativeFaults([['la part fixe', fixed.amount]]);
  return fixed.share >= 0n && fixed.share <= WHOLE
    ? NO_FAULT
    : [
        {
          code: 'fixed_share_out_of_range',
          problem: 'la part fixe n’est pas entre 0 et 100\u00a0%',
          enter: 'entrer un pourcentage entre 0 et 100',
        },
      ];
}

/**
 * Which part of each cost is fixed.
 *
 * @param nets of the costs, none negative when the fixed part is an amount, and which then reach it
 */
export function fixedParts(
  { fixed }: Pick<FixedVariableChoice<unknown>, 'fixed'>,
  nets: readonly Cents[],
): Fraction[] {
  if ('share' in fixed) return nets.map(() => fraction(fixed.share, WHOLE));
  if (nets.every((net) => net === 0n)) return nets.map(() => fraction(0n));
  return splitAmount(fixed.amount, nets).map((amount, i) =>
    nets[i] === 0n ? fraction(0n) : fraction(amount, nets[i]),
  );
}

/** The fixed part of an amount of the cost (HT or VAT), rounded once, then the rest. */
export function fixedThenRest(amount: Cents, part: Fraction): [fixed: Cents, rest: Cents] {
  const fixed = divideRounded(amount * part.numerator, part.denominator);
  return [fixed, amount - fixed];
}
