import { frenchEuros } from '../../money/french.js';
import { amountIn } from '../member.rules.js';
import { type KeyRule, NO_FAULT } from './key.rules.js';

/** T × need HT / Σ need HT, on what members declared in the lots of the cost. */
export interface NeedChoice {
  readonly key: 'need';
}

export const NEED: KeyRule<NeedChoice> = {
  nature: 'proportional',
  name: 'besoin déclaré',
  figure: frenchEuros,
  byLot: true,
  denominator: 1n,
  faults: () => NO_FAULT,
  weigh: (_, { declared }, lots) =>
    declared === null
      ? { missing: 'son besoin déclaré manque', enter: 'recueillir son besoin, ou choisir une autre clé' }
      : amountIn(declared, lots),
  words: (_, weight) => `${frenchEuros(weight)} HT de besoin déclaré`,
};
