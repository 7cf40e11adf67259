import type { PlainDate } from '../calendar/plain-date.js';
import { quantityFromDecimal, vatRateFromDecimal, type Quantity, type VatRate } from '../money/amounts.js';
import type { DossierVersion } from './dossier.js';

/**
 * What bidders fill in for a lot. The buyers' own estimated prices are not in this model, so that no rendering of it
 * can ever show them to a bidder.
 */
export interface PriceScheduleModel {
  readonly title: string;
  readonly coordinator: string;
  readonly version: number;
  readonly takenOn: PlainDate;
  readonly lot: { readonly number: number; readonly title: string; readonly cpv: string };
  readonly items: readonly PriceScheduleItem[];
  /** Rates of the items, ascending. */
  readonly vatRates: readonly VatRate[];
}

export interface PriceScheduleItem {
  readonly code: string;
  readonly designation: string;
  readonly unitLabel: string;
  readonly packaging: string;
  readonly vatRate: VatRate;
  /** Σ of the members' estimates, per year. */
  readonly quantity: Quantity;
}

/** @throws {RangeError} when the dossier has no such lot */
export function priceScheduleModel(
  { content, number, takenOn }: DossierVersion,
  subject: string,
): PriceScheduleModel {
  const lot = content.lots.find((one) => String(one.number) === subject);
  if (lot === undefined) throw new RangeError(`the dossier has no lot ${subject}`);
  const quantities = new Map(content.quantities.map((total) => [total.itemCode, total.estimate]));
  const items = lot.items.map((item) => ({
    code: item.code,
    designation: item.designation,
    unitLabel: item.unitLabel,
    packaging: item.packaging,
    vatRate: vatRateFromDecimal(item.vatRate),
    quantity: quantityFromDecimal(quantities.get(item.code) ?? '0'),
  }));
  return {
    title: content.title,
    coordinator: content.coordinator.name,
    version: number,
    takenOn,
    lot: { number: lot.number, title: lot.title, cpv: lot.cpv },
    items,
    vatRates: [...new Set(items.map((item) => item.vatRate))].sort((a, b) => (a < b ? -1 : 1)),
  };
}
