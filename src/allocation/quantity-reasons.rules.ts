import { QUANTITY_SCALE, type Quantity, sum } from '../money/amounts.js';
import { frenchQuantity, NBSP } from '../money/french.js';
import { counted } from '../needs/packs.rules.js';
import { fraction, frenchFraction } from './fraction.rules.js';
import type { QuantityAllocation } from './quantities.rules.js';

export type QuantityReason =
  'nothing_asked' | 'minimum_short' | 'need_short' | 'need_met' | 'surplus' | 'at_maximum';

/** Why a member gets what it gets of an item. */
export function quantityReason({ asked, shares }: QuantityAllocation, at: number): QuantityReason {
  const { need, minimum, maximum } = asked[at]!;
  const share = shares[at]!;
  if (share < (minimum ?? 0n)) return 'minimum_short';
  if (share < need) return 'need_short';
  if (share > need) return share === maximum ? 'at_maximum' : 'surplus';
  return share === 0n ? 'nothing_asked' : 'need_met';
}

/** The same in one French sentence. @param unit code or name of the unit: see items/units.rules.ts */
export function quantitySentence(allocation: QuantityAllocation, at: number, unit: string): string {
  const { name, need, minimum, maximum } = allocation.asked[at]!;
  const got = counted(allocation.shares[at]!, unit);
  const { supply, needed } = allocation;
  const shortage = `${frenchQuantity(supply)} à répartir pour ${frenchQuantity(needed)} demandés`;
  const words: Record<QuantityReason, () => string> = {
    nothing_asked: () => 'rien, aucun besoin déclaré',
    minimum_short: () =>
      `${got} pour un minimum ferme de ${frenchQuantity(minimum ?? 0n)}, ${shortage}${exactWords(allocation, at)}`,
    need_short: () =>
      `${got} pour un besoin de ${frenchQuantity(need)}, ${shortage}${exactWords(allocation, at)}`,
    need_met: () => `${got}, son besoin entier`,
    surplus: () =>
      `${got}, son besoin de ${frenchQuantity(need)} et une part du surplus${exactWords(allocation, at)}`,
    at_maximum: () =>
      `${got}, son besoin de ${frenchQuantity(need)} et du surplus jusqu’à son maximum de ${frenchQuantity(maximum ?? need)}`,
  };
  return `${name}${NBSP}: ${words[quantityReason(allocation, at)]()}.`;
}

/** The exact share of what was shared in proportion; a maximum that others met may have added to it since. */
function exactWords({ shared }: QuantityAllocation, at: number): string {
  if (shared === null || shared.amount === 0n) return '';
  const total = sum(shared.weights);
  if (total === 0n || shared.weights[at] === 0n) return '';
  const exact = fraction(shared.amount * shared.weights[at]!, total * 1_000n);
  return ` (au prorata ${frenchFraction(exact, QUANTITY_SCALE)}, puis au plus fort reste)`;
}

/** « 5 conditionnements pleins de 1,3 kilogramme ; il manque 0,7 kilogramme pour un de plus »; null when not sold by packs. */
export function packsSentence({ packs, lacking, terms }: QuantityAllocation, unit: string): string | null {
  if (packs === null || terms.pack === null) return null;
  const many = packs > 1n ? 's' : '';
  const full = `${packs}${NBSP}conditionnement${many} plein${many} de ${counted(terms.pack, unit)}`;
  return lacking === 0n ? `${full}.` : `${full}${NBSP}; il manque ${counted(lacking, unit)} pour un de plus.`;
}

/** What is left once all are served; null when nothing is. */
export const unallocatedSentence = ({ unallocated }: QuantityAllocation, unit: string): string | null =>
  unallocated === 0n
    ? null
    : `${remaining(unallocated, unit)} au-delà des maximums, ou trop peu pour être remis.`;

const remaining = (quantity: Quantity, unit: string): string => `Reste ${counted(quantity, unit)}`;
