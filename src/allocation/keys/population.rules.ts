import type { PopulationKind } from '../../buyers/buyer.rules.js';
import { frenchCount, NBSP } from '../../money/french.js';
import type { AllocationMember } from '../member.rules.js';
import { type KeyRule, type MissingBase, NO_FAULT } from './key.rules.js';

/** The population that the agreement names: without its vintage, the shares would move with each census. */
export interface PopulationBase {
  readonly kind: PopulationKind;
  /** Census year (millésime). */
  readonly vintage: number;
}

/** T × pop / Σ pop. */
export interface PopulationChoice extends PopulationBase {
  readonly key: 'population';
}

export const populationWords = ({ kind, vintage }: PopulationBase): string =>
  `population ${kind}, millésime${NBSP}${vintage}`;

/** A figure of another kind or vintage never stands in for the one that the agreement names. */
export function populationOf(base: PopulationBase, member: AllocationMember): bigint | MissingBase {
  for (const figure of member.populations)
    if (figure.kind === base.kind && figure.vintage === base.vintage) return BigInt(figure.value);
  return {
    missing: `sa population ${base.kind} du millésime${NBSP}${base.vintage} manque`,
    enter: 'la renseigner, ou choisir un autre millésime ou une autre clé',
  };
}

export const inhabitants = (count: bigint): string =>
  `${frenchCount(count)}${NBSP}habitant${count > 1n ? 's' : ''}`;

export const POPULATION: KeyRule<PopulationChoice> = {
  nature: 'proportional',
  name: 'population',
  byLot: false,
  denominator: 1n,
  faults: () => NO_FAULT,
  figure: frenchCount,
  weigh: populationOf,
  words: (choice, weight) => `${inhabitants(weight)} (${populationWords(choice)})`,
};
