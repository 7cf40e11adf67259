import { QUANTITY_SCALE, UNIT_PRICE_SCALE } from '../money/amounts.js';
import { formatDecimal, parseDecimal, readDecimal } from '../money/decimal.js';
import type { LotFamily } from '../lots/lots.rules.js';
import { suggestNature } from './m57.rules.js';
import { unitLabel } from './units.rules.js';

interface StoredItem {
  readonly id: string;
  readonly lotId: string;
  readonly lotNumber: number;
  readonly lotFamily: LotFamily;
  readonly lotPurchaseFamily: string | null;
  readonly position: number;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly unitCode: string | null;
  readonly packaging: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly cpvCode: string | null;
  readonly purchaseFamily: string | null;
  readonly m57Nature: string;
  readonly reuseShare: string | null;
  readonly version: number;
}

/** What tells two codes apart: neither capitals nor the way an accent is written. `item_code_key` computes it in SQL. */
export const itemCodeKey = (code: string): string => code.normalize('NFC').toLowerCase();

/** Items that a consultation may hold, by whichever way they come: a catalogue that leaves as a file can come back. */
export const CATALOGUE_LIMIT = 20_000;

/** An item as programs read it: decimal texts with a point, the unit's name, the account that its family suggests. */
export const describeItem = (item: StoredItem) => ({
  id: item.id,
  lotId: item.lotId,
  lotNumber: item.lotNumber,
  position: item.position,
  code: item.code,
  designation: item.designation,
  unit: item.unit,
  unitCode: item.unitCode,
  unitLabel: unitLabel(item.unit),
  packaging: packagingToDecimal(item.packaging),
  unitPrice: formatDecimal(parseDecimal(item.unitPrice, UNIT_PRICE_SCALE), UNIT_PRICE_SCALE, 2),
  vatRate: item.vatRate,
  cpvCode: item.cpvCode,
  purchaseFamily: item.purchaseFamily,
  m57Nature: item.m57Nature,
  m57Suggested: suggestNature(item.purchaseFamily ?? item.lotPurchaseFamily, item.lotFamily),
  reuseShare: item.reuseShare,
  version: item.version,
});

/** Packaging is kept as people wrote it: « 12,5 » is 12.5. A text that is no figure is given as it is. */
function packagingToDecimal(text: string): string {
  const reading = readDecimal(text, QUANTITY_SCALE);
  return reading.ok ? formatDecimal(reading.value, QUANTITY_SCALE) : text;
}

/** "12.5" → « 12,5 », as it is printed. */
export const packagingFromDecimal = (text: string): string => text.replace('.', ',');
