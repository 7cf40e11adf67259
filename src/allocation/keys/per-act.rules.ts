import type { Cents } from '../../money/amounts.js';
import { frenchEuros } from '../../money/french.js';
import { type KeyRule, negativeFaults } from './key.rules.js';
import { countIn } from './points.rules.js';

/** A lump sum for the procedure, or for each lot joined. */
export interface PerActChoice {
  readonly key: 'per-act';
  readonly of: 'procedure' | 'lot';
  readonly amount: Cents;
}

export const PER_ACT: KeyRule<PerActChoice> = {
  nature: 'tariff',
  name: 'forfait à l’acte',
  figure: frenchEuros,
  byLot: true,
  denominator: 1n,
  faults: ({ amount }) => negativeFaults([['le forfait', amount]]),
  weigh: ({ of, amount }, member, lots) =>
    of === 'procedure' ? amount : amount * countIn(member.lots, lots),
  words: ({ of }, weight) =>
    `forfait ${of === 'procedure' ? 'de la procédure' : 'des lots rejoints'}, ${frenchEuros(weight)}`,
};
