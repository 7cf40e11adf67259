import { CENTS_SCALE, type Cents, type Quantity, type UnitPrice, type VatRate } from './amounts.js';
import { QUANTITY_SCALE, UNIT_PRICE_SCALE, VAT_RATE_SCALE } from './amounts.js';
import { formatDecimal } from './decimal.js';

/** Narrow no-break space, between thousands. */
const THOUSANDS = '\u202f';
/** No-break space, before a unit or a high punctuation mark. */
export const NBSP = '\u00a0';

/** A canonical decimal string in French dress: "-1234.5" → « −1 234,5 ». */
export function frenchNumber(canonical: string): string {
  const [integer = '', fraction] = canonical.replace('-', '').split('.');
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, THOUSANDS);
  const sign = canonical.startsWith('-') ? '\u2212' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `,${fraction}`}`;
}

/** 123456n → « 1 234,56 € ». */
export const frenchEuros = (value: Cents): string => `${frenchAmount(value)}${NBSP}€`;
/** 123456n → « 1 234,56 », for columns whose heading bears the unit. */
export const frenchAmount = (value: Cents): string =>
  frenchNumber(formatDecimal(value, CENTS_SCALE, CENTS_SCALE));
/** 1850n → « 0,185 ». */
export const frenchUnitPrice = (value: UnitPrice): string =>
  frenchNumber(formatDecimal(value, UNIT_PRICE_SCALE, 2));
/** 7160n → « 7,16 ». */
export const frenchQuantity = (value: Quantity): string => frenchNumber(formatDecimal(value, QUANTITY_SCALE));
/** 550n → « 5,5 % ». */
export const frenchRate = (value: VatRate): string =>
  `${frenchNumber(formatDecimal(value, VAT_RATE_SCALE))}${NBSP}%`;
/** 34 → « 34 », 1250 → « 1 250 ». */
export const frenchCount = (value: number | bigint): string => frenchNumber(value.toString());
