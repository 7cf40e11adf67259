import { frenchEuros } from '../../money/french.js';
import { amountIn } from '../member.rules.js';
import { type KeyRule, NO_FAULT } from './key.rules.js';

/** T × ordered HT / Σ ordered HT, once orders are known. */
export interface RealisedChoice {
  readonly key: 'realised';
}

export const REALISED: KeyRule<RealisedChoice> = {
  nature: 'proportional',
  name: 'commandes réalisées',
  figure: frenchEuros,
  byLot: true,
  denominator: 1n,
  faults: () => NO_FAULT,
  weigh: (_, { realised }, lots) =>
    realised === null
      ? {
          missing: 'le montant de ses commandes manque',
          enter: 'entrer le montant commandé (0,00 s’il est nul)',
        }
      : amountIn(realised, lots),
  words: (_, weight) => `${frenchEuros(weight)} HT de commandes`,
};
