import type { Cents } from '../../money/amounts.js';
import { NBSP } from '../../money/french.js';
import { splitAmount } from '../../money/split.js';
import { addFractions, type Fraction, frenchFraction, integersLike, isOne } from '../fraction.rules.js';
import type { ParameterFault } from './key.rules.js';

/**
 * Σ α × key, Σ α = 1. Each part α of a cost is shared in full by its own key: there, a tariff counts as a scale, each
 * member weighing what the tariff would ask of it.
 */
export interface MixedChoice<Part> {
  readonly key: 'mixed';
  readonly parts: readonly { readonly alpha: Fraction; readonly choice: Part }[];
}

export const MIXED_NAME = 'clé mixte';
const ENTER = 'entrer des coefficients positifs, et retirer les clés qui n’en ont pas';

export function mixedFaults({ parts }: MixedChoice<unknown>): readonly ParameterFault[] {
  const faults: ParameterFault[] = [];
  // A denominator of zero would stop the sum below.
  if (parts.some(({ alpha }) => alpha.denominator <= 0n))
    return [
      {
        code: 'alpha_not_positive',
        problem: 'un coefficient de la clé mixte n’est pas un nombre',
        enter: ENTER,
      },
    ];
  if (parts.some(({ alpha }) => alpha.numerator <= 0n))
    faults.push({
      code: 'alpha_not_positive',
      problem: 'un coefficient de la clé mixte est nul ou négatif',
      enter: ENTER,
    });
  const total = addFractions(parts.map(({ alpha }) => alpha));
  if (!isOne(total))
    faults.push({
      code: 'alphas_not_one',
      problem: `les coefficients de la clé mixte font ${frenchFraction(
        { numerator: total.numerator * 100n, denominator: total.denominator },
        4,
      )}${NBSP}%`,
      enter: `les corriger pour qu’ils fassent exactement 100${NBSP}%`,
    });
  return faults;
}

/** An amount of the cost (HT or VAT) cut into the parts, by largest remainder, ties to the first part. */
export const mixedParts = (amount: Cents, { parts }: MixedChoice<unknown>): bigint[] =>
  splitAmount(amount, integersLike(parts.map(({ alpha }) => alpha)));
