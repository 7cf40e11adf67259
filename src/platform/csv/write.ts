/** Without it, spreadsheets show mojibake. */
export const CSV_BOM = '\ufeff';

/**
 * CSV for French spreadsheets: semicolons, CRLF, UTF-8 with BOM. A text that a spreadsheet would take for a formula gets
 * an apostrophe; plain numbers stay numbers.
 */
export const writeFrenchCsv = (
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string => `${CSV_BOM}${[header, ...rows].map(frenchCsvLine).join('')}`;

/** One line of such a file, for those too long to be held whole. */
export const frenchCsvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map(cell).join(';')}\r\n`;

/** What a spreadsheet takes for a formula, or what the guard would make of one. */
const DANGEROUS = /^'*[=+\-@\t\r]/;

function cell(value: string | number): string {
  const text = String(value);
  const safe = DANGEROUS.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell that we may have written, without the apostrophe that guards it: the reverse of the guard. */
export const withoutGuard = (text: string): string =>
  text.startsWith("'") && DANGEROUS.test(text) ? text.slice(1) : text;
