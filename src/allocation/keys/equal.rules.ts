import { frenchCount, NBSP } from '../../money/french.js';
import { type KeyRule, NO_FAULT } from './key.rules.js';

/** T / n. */
export interface EqualChoice {
  readonly key: 'equal';
}

export const EQUAL: KeyRule<EqualChoice> = {
  nature: 'proportional',
  name: 'parts égales',
  byLot: false,
  denominator: 1n,
  faults: () => NO_FAULT,
  figure: frenchCount,
  weigh: () => 1n,
  words: (_, weight) => `${frenchCount(weight)}${NBSP}part${weight > 1n ? 's' : ''}`,
};
