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

function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
