/**
 * CSV for French spreadsheets: semicolons, CRLF, UTF-8 with BOM (without it they show mojibake). A text that a
 * spreadsheet would take for a formula gets an apostrophe; plain numbers stay numbers.
 */
export function writeFrenchCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return `\ufeff${[header, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
