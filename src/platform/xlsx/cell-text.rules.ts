import { withoutUnseen } from '../../words/visible.js';

/** Digits that a spreadsheet shows; those that a sum of binary figures adds beyond are not what people see. */
const SHOWN_DIGITS = 15;
const NUMBER = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** Beyond, a figure would be a line of zeros: it is left as it is stored. */
const MAX_POINT = 30;

/**
 * A number as it is stored, "1.2E3", as a plain decimal of 15 significant digits at most, "1200": its digits are those of
 * the file, it never becomes a double.
 *
 * @param shift places by which the point moves to the right: 2 for a rate
 * @returns null when it is no number
 */
export function plainDecimal(stored: string, shift = 0): string | null {
  const match = NUMBER.exec(stored.trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  let digits = `${whole}${fraction}`;
  /** How many of the digits are before the point. */
  let point = whole.length + Number(exponent) + shift;
  const leading = /^0*/.exec(digits)![0].length;
  digits = digits.slice(leading);
  point -= leading;
  if (digits.length > SHOWN_DIGITS) {
    const kept = BigInt(digits.slice(0, SHOWN_DIGITS)) + (digits[SHOWN_DIGITS]! >= '5' ? 1n : 0n);
    // 999…9 rounds to one digit more.
    point += String(kept).length - SHOWN_DIGITS;
    digits = String(kept);
  }
  digits = digits.replace(/0+$/, '');
  if (digits === '') return '0';
  if (point > MAX_POINT || point < -MAX_POINT) return null;
  const integer = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const decimals = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  return `${sign === '-' ? '-' : ''}${integer}${decimals === '' ? '' : `.${decimals}`}`;
}

/** What a number format makes of a number. */
export type NumberLook = 'number' | 'percent' | 'date';

/** Those of the standard that show a day (ECMA-376, 18.8.30), and the two that show a rate. */
const BUILT_IN: Readonly<Record<number, NumberLook>> = {
  9: 'percent',
  10: 'percent',
  14: 'date',
  15: 'date',
  16: 'date',
  17: 'date',
  22: 'date',
};

/** @param code of the formats of the workbook; undefined for one of the standard */
export function numberLook(id: number, code: string | undefined): NumberLook {
  if (code === undefined) return BUILT_IN[id] ?? 'number';
  const bare = code
    .split(';', 1)[0]!
    .replace(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, '')
    .toLowerCase();
  if (/^(general|standard)$/.test(bare)) return 'number';
  // A month without an hour: « mm » is also the minutes.
  if (/[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare))) return 'date';
  return bare.includes('%') ? 'percent' : 'number';
}

/** Days from 1970-01-01 to the day that spreadsheets number 0, and what those that count from 1904 have less. */
const EPOCH = 25_569;
const FROM_1904 = 1_462;
const LAST_DAY = 2_958_465;

/** A day as a spreadsheet counts it, hour dropped, as `YYYY-MM-DD`; null out of the days it can show. */
export function dayOf(stored: string, from1904: boolean): string | null {
  const decimal = plainDecimal(stored);
  if (decimal === null || decimal.startsWith('-')) return null;
  const count = Number(decimal.split('.', 1)[0]) + (from1904 ? FROM_1904 : 0);
  if (count < 1 || count > LAST_DAY) return null;
  // Spreadsheets believe in a 29 February 1900.
  const days = count - EPOCH + (count < 60 ? 1 : 0);
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** A text as people see it: escapes undone, line ends alike, nothing unseen. */
export const seenText = (stored: string): string =>
  withoutUnseen(
    stored
      .replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
      .replace(/\r\n?/g, '\n'),
  );

/** A number as a French hand writes it: the comma tells that the point of thousands is not meant. */
export function numberText(stored: string, look: NumberLook): string {
  const decimal = plainDecimal(stored, look === 'percent' ? 2 : 0);
  if (decimal === null) return stored.trim().replace('.', ',');
  return `${decimal.replace('.', ',')}${look === 'percent' ? '\u00a0%' : ''}`;
}

/** ("B", "12") of "B12" as numbers, [2, 12]; null when it is no address of a sheet. */
export function placeOf(reference: string): readonly [column: number, row: number] | null {
  const match = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(reference);
  if (!match) return null;
  const column = [...match[1]!].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
  return column <= 16_384 && Number(match[2]) <= 1_048_576 ? [column, Number(match[2])] : null;
}
