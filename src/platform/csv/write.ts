/** Without it, French spreadsheets show mojibake. */
export const CSV_BOM = '\ufeff';

/** How a file of values is written; lines end with CRLF and the encoding is UTF-8 in all. */
export interface CsvDialect {
  readonly separator: ';' | ',';
  readonly decimalMark: ',' | '.';
  readonly start: '' | typeof CSV_BOM;
}

/** For French spreadsheets, which open it by a double click. */
export const FRENCH_CSV: CsvDialect = { separator: ';', decimalMark: ',', start: CSV_BOM };
/** For programs: RFC 4180. */
export const STANDARD_CSV: CsvDialect = { separator: ',', decimalMark: '.', start: '' };

/** An exact decimal, "-1234.5", written with the mark of the dialect. */
export interface CsvDecimal {
  readonly decimal: string;
}

/** A text, a whole number or an exact decimal. */
export type CsvCell = string | number | bigint | CsvDecimal;

/**
 * CSV for French spreadsheets: semicolons, CRLF, UTF-8 with BOM. A text that a spreadsheet would take for a formula gets
 * an apostrophe; plain numbers stay numbers.
 */
export const writeFrenchCsv = (header: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  `${CSV_BOM}${[header, ...rows].map(frenchCsvLine).join('')}`;

/** One line of such a file, for those too long to be held whole. */
export const frenchCsvLine = (cells: readonly CsvCell[]): string => csvLine(cells, FRENCH_CSV);

/** One line of a file of a dialect, its end included. */
export const csvLine = (cells: readonly CsvCell[], dialect: CsvDialect): string =>
  `${cells.map((value) => cell(value, dialect)).join(dialect.separator)}\r\n`;

/** Characters of a piece: enough for a response not to be sent line by line. */
const PIECE = 64 * 1024;

/** A whole file in pieces, for those too long to be held: rows are asked for as the pieces are taken. */
export async function* csvPieces(
  header: readonly string[],
  rows: Iterable<readonly CsvCell[]> | AsyncIterable<readonly CsvCell[]>,
  dialect: CsvDialect,
): AsyncGenerator<string, void, undefined> {
  let piece = dialect.start + csvLine(header, dialect);
  for await (const row of rows) {
    piece += csvLine(row, dialect);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** What a spreadsheet takes for a formula, full-width signs included, or what the guard would make of one. */
const DANGEROUS = /^'*[=+\-@\t\r＝＋－＠]/;

/** The guard is the same in every dialect: whoever the file is for, a spreadsheet may open it. */
function cell(value: CsvCell, { separator, decimalMark }: CsvDialect): string {
  const text = typeof value === 'object' ? value.decimal.replace('.', decimalMark) : String(value);
  const safe = DANGEROUS.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a cell that we may have written, without the apostrophe that guards it: the reverse of the guard. */
export const withoutGuard = (text: string): string =>
  text.startsWith("'") && DANGEROUS.test(text) ? text.slice(1) : text;
