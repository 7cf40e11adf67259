/** 1 → "A", 27 → "AA". */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** (3, 7) → "C7". */
export const address = (column: number, row: number): string => `${columnLetters(column)}${row}`;

/** (3, 7, 5, 9) → "C7:E9". */
export const range = (fromColumn: number, fromRow: number, toColumn: number, toRow: number): string =>
  `${address(fromColumn, fromRow)}:${address(toColumn, toRow)}`;

/** One column, from a row to another: (3, 7, 9) → "C7:C9". */
export const columnRange = (column: number, fromRow: number, toRow: number): string =>
  range(column, fromRow, column, toRow);

/** ("Lot 1", "C7") → "'Lot 1'!C7". Always quoted: a name with an accent or a space needs it. */
export const on = (sheet: string, reference: string): string =>
  `'${sheet.replaceAll("'", "''")}'!${reference}`;

const MAX_SHEET_NAME = 31;

/**
 * A name that a spreadsheet accepts and that no other sheet bears (names differ by more than case).
 * Straight apostrophes become typographic ones: print titles are written without escaping them.
 */
export function sheetName(wanted: string, taken: Iterable<string> = []): string {
  const used = new Set([...taken].map((name) => name.toLowerCase()));
  const clean =
    wanted
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f[\]:*?/\\]+/g, ' ')
      .replaceAll("'", '\u2019')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, MAX_SHEET_NAME)
      .trim() || 'Feuille';
  // « History » is reserved by Excel for shared workbooks.
  for (let rank = clean.toLowerCase() === 'history' ? 2 : 1; ; rank += 1) {
    const suffix = rank === 1 ? '' : ` (${rank})`;
    const name = `${clean.slice(0, MAX_SHEET_NAME - suffix.length).trim()}${suffix}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}
