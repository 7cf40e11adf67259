import { readUnit } from '../items/units.rules.js';
import { QUANTITY_SCALE, type Quantity, quantityFromDecimal } from '../money/amounts.js';
import { readDecimal } from '../money/decimal.js';
import { frenchQuantity, NBSP } from '../money/french.js';

/** A quantity in whole sales packs. */
export interface Packs {
  /** Units of a pack. */
  readonly packaging: Quantity;
  /** Whole packs that hold the quantity. */
  readonly packs: bigint;
  /** What the last of them would still hold; 0 when it is full. */
  readonly lacking: Quantity;
}

/**
 * How many packs an order of that quantity takes: exact, on thousandths.
 *
 * @param packaging units of a pack, as the catalogue says it; null is returned when it is no positive figure, or 1: it is sold by the unit
 */
export function packsOf(quantity: Quantity, packaging: string): Packs | null {
  const reading = readDecimal(packaging, QUANTITY_SCALE);
  if (!reading.ok || reading.value <= 0n || reading.value === ONE) return null;
  const size = reading.value;
  const over = quantity % size;
  return {
    packaging: size,
    packs: quantity / size + (over === 0n ? 0n : 1n),
    lacking: over === 0n ? 0n : size - over,
  };
}

const ONE = quantityFromDecimal('1');
const TWO = quantityFromDecimal('2');

/** « 7 sacs », « 1,5 tonne »: French counts in the plural from two on. */
export function counted(quantity: Quantity, unit: string): string {
  const reading = readUnit(unit);
  const word = reading.ok ? (quantity >= TWO ? reading.unit.plural : reading.unit.singular) : unit;
  return `${frenchQuantity(quantity)}${NBSP}${word}`;
}

/** « il manque 7 sacs pour un conditionnement complet de 40 sacs »; null when nothing lacks. */
export const lackingSentence = ({ packaging, lacking }: Packs, unit: string): string | null =>
  lacking === 0n
    ? null
    : `il manque ${counted(lacking, unit)} pour un conditionnement complet de ${counted(packaging, unit)}`;
