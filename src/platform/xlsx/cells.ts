import type { PlainDate } from '../../calendar/plain-date.js';
import { isPlainDate } from '../../calendar/plain-date.js';
import {
  CENTS_SCALE,
  QUANTITY_SCALE,
  UNIT_PRICE_SCALE,
  type Cents,
  type Quantity,
  type UnitPrice,
  type VatRate,
} from '../../money/amounts.js';
import { formatDecimal } from '../../money/decimal.js';
import { columnRange } from './address.js';
import type { Format, Look } from './styles.js';

/** One cell: what is stored, how it is displayed, and its look when it is not that of its row or column. */
export interface Cell {
  readonly value: string | number | null | { readonly formula: string; readonly result: string | number };
  readonly format: Format;
  readonly look: Look | undefined;
}

/** A double holds every decimal of 15 significant digits, and not every one of 16. */
const MAX_DIGITS = 15;
const SAFE = 10n ** BigInt(MAX_DIGITS);

/**
 * The only place where an exact figure becomes a double: the nearest one, which displays the same 15 digits.
 * @throws {RangeError} beyond 15 significant digits, where a spreadsheet would silently show another figure
 */
export function toDouble(value: bigint, scale: number): number {
  // Both operands are exact, and a division rounds to the nearest double.
  if (value < SAFE && value > -SAFE) return Number(value) / 10 ** scale;
  const text = formatDecimal(value, scale);
  if (text.replace(/^-|\./g, '').replace(/0+$/, '').length > MAX_DIGITS)
    throw new RangeError(
      `${text} has more than ${MAX_DIGITS} significant digits: no spreadsheet cell can hold it`,
    );
  return Number(text);
}

const MAX_CELL_TEXT = 32_767;
/** Beyond, a cell in text format may show #### instead of its text. */
const MAX_TEXT_FORMAT = 255;
// eslint-disable-next-line no-control-regex
const UNUSUAL = /[\u0000-\u001f\u007f\ud800-\udfff\ufffe\uffff]|_x[0-9a-f]{4}_/i;

/**
 * Text that XML can hold and that a spreadsheet shows as it is: control characters and broken surrogates go,
 * and a literal "_x000D_", which a spreadsheet reads as a carriage return, is escaped.
 */
export function cleanText(text: string): string {
  if (text.length > MAX_CELL_TEXT) throw new RangeError(`a cell holds ${MAX_CELL_TEXT} characters at most`);
  if (!UNUSUAL.test(text)) return text;
  return (
    text
      .replace(/\r\n?/g, '\n')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, '')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
      .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
  );
}

/** A string stays a string, whatever it begins with; in text format, so that editing it does not make it a formula. */
export function text(value: string, look?: Look): Cell {
  const clean = cleanText(value);
  return { value: clean, format: clean.length > MAX_TEXT_FORMAT ? 'general' : 'text', look };
}

export const cents = (value: Cents, look?: Look): Cell => ({
  value: toDouble(value, CENTS_SCALE),
  format: 'euros',
  look,
});

export const unitPrice = (value: UnitPrice, look?: Look): Cell => ({
  value: toDouble(value, UNIT_PRICE_SCALE),
  format: 'unitPrice',
  look,
});

const QUANTITY_FORMATS = ['integer', 'decimals1', 'decimals2', 'decimals3'] as const;

/** Shown with the decimals it has: a format with optional ones leaves « 12, » behind. */
export function quantity(value: Quantity, look?: Look): Cell {
  const decimals = value % 1000n === 0n ? 0 : value % 100n === 0n ? 1 : value % 10n === 0n ? 2 : 3;
  return { value: toDouble(value, QUANTITY_SCALE), format: QUANTITY_FORMATS[decimals], look };
}

const RATE_FORMATS = ['percent', 'percent1', 'percent2'] as const;

/** 550n → 0.055, displayed « 5,5 % ». */
export function rate(value: VatRate, look?: Look): Cell {
  const decimals = value % 100n === 0n ? 0 : value % 10n === 0n ? 1 : 2;
  return { value: toDouble(value, 4), format: RATE_FORMATS[decimals], look };
}

export const integer = (value: bigint | number, look?: Look): Cell => ({
  value: toDouble(BigInt(value), 0),
  format: 'integer',
  look,
});

/** Days from 1970-01-01 to the day that spreadsheets number 0. */
const EPOCH = 25_569;

/** @throws {RangeError} when the day does not exist */
export function date(value: PlainDate, look?: Look): Cell {
  if (!isPlainDate(value)) throw new RangeError(`not a calendar day: ${value}`);
  return { value: Date.parse(`${value}T00:00:00Z`) / 86_400_000 + EPOCH, format: 'date', look };
}

export const blank = (look?: Look): Cell => ({ value: null, format: 'general', look });

/**
 * A formula in English notation, without its equals sign, and the cell it must evaluate to: the reader shows that
 * result until it recalculates, so a wrong one would be read and signed.
 */
export function formula(expression: string, result: Cell, look: Look | undefined = result.look): Cell {
  const value = result.value;
  if (typeof value === 'object' && value !== null) throw new TypeError('the result of a formula is a value');
  // In text format, editing the formula would show it instead of its result.
  const format = result.format === 'text' ? 'general' : result.format;
  return { value: { formula: expression, result: value ?? '' }, format, look };
}

/** The sum of a column between two rows; the bare result where there is no row, since "C5:C4" would add itself. */
export const columnSum = (column: number, first: number, last: number, result: Cell, look?: Look): Cell =>
  last < first
    ? { ...result, look: look ?? result.look }
    : formula(`SUM(${columnRange(column, first, last)})`, result, look);
