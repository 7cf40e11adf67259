import { CsvError, parse } from 'csv-parse/sync';
import { withoutUnseen } from '../../words/visible.js';
import { decodeText } from './decode.js';
import type { Fault } from './fault.js';
import { withoutGuard } from './write.js';

export interface TableRow {
  /** Physical line where the row starts, header = 1. */
  readonly line: number;
  /** False when the row does not have as many cells as the header: `cells` is then as read, in file order. */
  readonly complete: boolean;
  readonly cells: readonly string[];
  /** Trimmed text under a header name; empty when missing. */
  get(column: string): string;
}

export interface Table {
  readonly file: string;
  /** False when the file as a whole could not be read: nothing can be said about what it does not hold. */
  readonly readable: boolean;
  readonly rows: readonly TableRow[];
  /** Names in the header, in file order; empty when it could not be read. */
  readonly columns: readonly string[];
  readonly faults: readonly Fault[];
}

const MAX_BYTES = 200 * 1024 * 1024;

/** What a CSV file may be: its separator is found. */
export type CsvShape = Omit<TableShape, 'delimiter'>;

/**
 * Reads a CSV file given by a person: `;`, `,` or tab, any usual encoding, CRLF or LF, columns in any order.
 * Blank rows are passed over. Every fault of form is collected; faults of meaning are the caller's. The apostrophe that
 * guards our own exports against formulas is taken off.
 *
 * @param optional columns that the file may lack: they are then empty on every row
 */
export const readTable = (
  file: string,
  bytes: Uint8Array | null,
  columns: readonly string[],
  optional: readonly string[] = [],
): Table => readCsv(file, bytes, { columns, optional });

/** The same, where columns of other names may be ignored. */
export function readCsv(file: string, bytes: Uint8Array | null, shape: CsvShape): Table {
  const opened = openCsv(file, bytes, shape);
  if ('faults' in opened) return opened;
  const { content, delimiter, above } = opened;
  const placed = recordsOf(content, delimiter, above);
  return Array.isArray(placed)
    ? tableOf(file, placed, { ...shape, delimiter })
    : unclosedQuote(file, placed.unclosedAt);
}

/** A quote is opened at that line, and never closed. */
export const unclosedQuote = (file: string, line: number): Table =>
  unreadableTable(file, {
    line,
    value: '',
    problem: 'un guillemet est ouvert et n’est jamais fermé',
    correction: 'fermer le guillemet, ou doubler ceux du texte ("")',
  });

/** The text of a CSV file, its line ends being `\n`, what separates its cells, and how many lines were above it. */
export interface OpenedCsv {
  readonly content: string;
  readonly delimiter: string;
  readonly above: number;
}

/** The text of such a file, ready to be cut into rows; or the fault of the whole file. */
export function openCsv(
  file: string,
  bytes: Uint8Array | null,
  { columns, optional }: CsvShape,
): OpenedCsv | Table {
  const unreadable = (line: number | null, value: string, problem: string, correction: string): Table =>
    unreadableTable(file, { line, value, problem, correction });
  if (bytes === null)
    return unreadable(
      null,
      '',
      'fichier absent du dossier',
      `ajouter ${file}, avec l’en-tête ${columns.join(';')}`,
    );
  if (bytes.length > MAX_BYTES)
    return unreadable(
      null,
      `${bytes.length} octets`,
      'fichier trop volumineux',
      'rester en dessous de 200 Mo',
    );
  const text = decodeText(bytes);
  if (text === null)
    return unreadable(
      1,
      '',
      'ce fichier n’est pas du texte CSV (classeur, PDF ou fichier endommagé)',
      'l’enregistrer au format « CSV UTF-8 (délimité par des points-virgules) »',
    );
  // One kind of line end: the parser counts CRLF inside quotes twice.
  const whole = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  // Spreadsheets may announce the separator on a line of its own, which they do not show.
  const announced = /^sep=[;,\t]\n/i.exec(whole)?.[0] ?? '';
  const content = whole.slice(announced.length);
  const above = announced === '' ? 0 : 1;
  const [firstLine = ''] = content.split('\n', 1);
  if (firstLine.trim() === '')
    return unreadable(1 + above, '', 'la première ligne est vide', `y mettre l’en-tête ${columns.join(';')}`);
  return { content, delimiter: likelyDelimiter(firstLine, [...columns, ...optional]), above };
}

/**
 * The rows of a text, its line ends being `\n`.
 *
 * @param above lines of the file before it
 * @returns or the line where a quote is opened that is never closed
 */
export function recordsOf(
  content: string,
  delimiter: string,
  above = 0,
): PlacedRecord[] | { readonly unclosedAt: number } {
  let records: { raw: string; record: string[]; info: { lines: number } }[];
  try {
    records = parse(content, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      raw: true,
      info: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { unclosedAt: lineWhereItStarts(content, error) + above };
  }
  let previousEnd = above;
  return records.map(({ record, raw, info }): PlacedRecord => {
    // A quoted cell may hold line breaks: the row starts where the one before ended.
    const line = previousEnd + 1;
    previousEnd = Math.max(line, info.lines + above);
    return { line, raw, cells: record.map((cell) => withoutGuard(withoutUnseen(cell))) };
  });
}

/** A row as it was read, header included. */
export interface PlacedRecord {
  /** Physical line, or row of the sheet. */
  readonly line: number;
  readonly raw: string;
  readonly cells: readonly string[];
}

export interface TableShape {
  readonly columns: readonly string[];
  readonly optional: readonly string[];
  /** Columns of other names refuse the table, unless they are ignored: people add some to a file they fill. */
  readonly others?: 'refused' | 'ignored';
  /** What stands between two cells; null in a workbook, where rows have no number of cells of their own. */
  readonly delimiter: string | null;
}

/** A table of which nothing could be read, with the reason. */
export const unreadableTable = (file: string, why: Omit<Fault, 'file' | 'column'>): Table => ({
  file,
  readable: false,
  rows: [],
  columns: [],
  faults: [{ file, column: '', ...why }],
});

/** Rows under their header, whatever the file was. The first record is the header. */
export function tableOf(
  file: string,
  [header, ...body]: readonly PlacedRecord[],
  { columns, optional, others = 'refused', delimiter }: TableShape,
): Table {
  const names = header?.cells.map(columnName) ?? [];
  const known = new Set([...columns, ...optional]);
  const judged = others === 'ignored' ? names.filter((name) => known.has(name)) : names;
  const headerFault = checkHeader(judged, columns, optional);
  if (headerFault)
    return unreadableTable(file, {
      line: header?.line ?? 1,
      value: header?.raw.split('\n', 1)[0]!.trimEnd() ?? '',
      problem: headerFault,
      correction: `mettre l’en-tête ${columns.join(delimiter ?? ' | ')}`,
    });

  const positions = new Map(names.map((name, position) => [name, position]));
  const faults: Fault[] = [];
  const rows: TableRow[] = [];
  for (const { line, raw, cells } of body) {
    if (cells.every((cell) => cell === '')) continue;
    const complete = delimiter === null || cells.length === names.length;
    if (!complete)
      faults.push({
        file,
        line,
        column: '',
        value: raw.trimEnd(),
        problem: `${cells.length} colonnes au lieu de ${names.length}`,
        correction: `garder ${names.length} colonnes séparées par ${delimiter === '\t' ? 'des tabulations' : `« ${delimiter} »`}, entre guillemets si le texte en contient`,
      });
    rows.push({
      line,
      complete,
      cells,
      get: (column) => (complete ? (cells[positions.get(column) ?? -1] ?? '') : ''),
    });
  }
  return { file, readable: true, rows, columns: names, faults };
}

function likelyDelimiter(firstLine: string, columns: readonly string[]): string {
  const score = (delimiter: string): number =>
    firstLine.split(delimiter).filter((name) => columns.includes(columnName(name))).length;
  return [';', ',', '\t'].reduce((best, candidate) => (score(candidate) > score(best) ? candidate : best));
}

/** The parser gives the end of the file; the text it could not close tells where the quote was opened. */
function lineWhereItStarts(content: string, error: CsvError): number {
  const unclosed = (error as { raw?: unknown }).raw;
  const lines = (text: string): number => text.split('\n').length;
  return typeof unclosed === 'string' ? lines(content) - lines(unclosed) + 1 : 1;
}

/** « Quantité estimée » is understood as quantite_estimee. */
export const columnName = (name: string): string =>
  name
    .trim()
    .replace(/^"|"$/g, '')
    .trim()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();

function checkHeader(
  names: readonly string[],
  columns: readonly string[],
  optional: readonly string[],
): string | null {
  const quoted = (list: readonly string[]): string => list.map((name) => `« ${name} »`).join(', ');
  const missing = columns.filter((column) => !names.includes(column));
  const unknown = names.filter((name) => !columns.includes(name) && !optional.includes(name));
  const repeated = names.filter((name, position) => names.indexOf(name) !== position);
  const faults = [
    missing.length > 0 ? `colonnes absentes : ${quoted(missing)}` : '',
    unknown.length > 0 ? `colonnes inconnues : ${quoted(unknown)}` : '',
    repeated.length > 0 ? `colonnes répétées : ${quoted([...new Set(repeated)])}` : '',
  ].filter((fault) => fault !== '');
  return faults.length === 0 ? null : `en-tête inattendu (${faults.join(' ; ')})`;
}
