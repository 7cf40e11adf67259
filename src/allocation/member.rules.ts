import type { PopulationKind } from '../buyers/buyer.rules.js';
import type { Cents, Quantity, VatRate } from '../money/amounts.js';

/** What the keys may ask of a member. What is null has not been entered, which is not the same as zero. */
export interface AllocationMember {
  /** INSEE code, or SIRET where there is none: decides ties. */
  readonly key: string;
  readonly name: string;
  readonly populations: readonly PopulationFigure[];
  /** Lots that it joined, or in which it has a valid positive need. */
  readonly lots: ReadonlySet<number>;
  /** € HT a year of valid need, by lot number. */
  readonly declared: ReadonlyMap<number, Cents> | null;
  /** € HT ordered over the period, by lot number. */
  readonly realised: ReadonlyMap<number, Cents> | null;
  /** MWh over the period, in thousandths. */
  readonly consumption: Quantity | null;
  /** € of the energy bill over the period. */
  readonly energyBill: Cents | null;
  readonly sites: number | null;
  readonly meters: number | null;
}

export interface PopulationFigure {
  readonly kind: PopulationKind;
  /** Census year (millésime). */
  readonly vintage: number | null;
  readonly value: number;
}

/** One cost of the procedure. The contract itself is never one: each member pays what it orders (law.md §11, 1). */
export interface AllocationCost {
  readonly label: string;
  readonly net: Cents;
  /** Null: not entered yet. */
  readonly vatRate: VatRate | null;
  /** The VAT that the invoice says; null: computed on the line, rounded once (law.md §11, 16). */
  readonly vat: Cents | null;
  /** A price of the agreement that follows an index, at its base date: never an invoice. */
  readonly indexed: boolean;
  /** Lot numbers; empty: all lots. */
  readonly lots: readonly number[];
  /** Keys of the only members concerned; empty: all members. */
  readonly memberKeys: readonly string[];
}

/** Ascending order of plain code units: the order of ties. */
export const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;

/** € of a member in some lots; in all of them when none is named. */
export function amountIn(amounts: ReadonlyMap<number, Cents>, lots: readonly number[]): Cents {
  let total = 0n;
  for (const [lot, amount] of amounts) if (lots.length === 0 || lots.includes(lot)) total += amount;
  return total;
}
