import type { Quantity } from '../money/amounts.js';

/** Only valid lines count; late and draft ones are kept and named: nobody is counted by silence. */
export const STANDINGS = ['valid', 'late', 'draft'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface NeedQuantities {
  readonly minimum: Quantity | null;
  readonly estimate: Quantity;
  readonly maximum: Quantity | null;
}

export type NeedFault = 'negative_quantity' | 'minimum_above_estimate' | 'estimate_above_maximum';

/** What is wrong with the quantities of a need line, all of it; an absent minimum or maximum constrains nothing. */
export function needFaults({ minimum, estimate, maximum }: NeedQuantities): NeedFault[] {
  const faults: NeedFault[] = [];
  if (estimate < 0n || (minimum ?? 0n) < 0n || (maximum ?? 0n) < 0n) faults.push('negative_quantity');
  if (minimum !== null && minimum > estimate) faults.push('minimum_above_estimate');
  if (maximum !== null && estimate > maximum) faults.push('estimate_above_maximum');
  return faults;
}
