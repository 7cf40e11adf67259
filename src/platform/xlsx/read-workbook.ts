import {
  columnName,
  type PlacedRecord,
  type Table,
  tableOf,
  type TableShape,
  unreadableTable,
} from '../csv/table.js';
import { archiveFault, firstBytesFault } from './archive-guard.js';
import { readApart } from './read-apart.js';
import type { ReadSheet } from './read-sheet.js';
import { Turns } from './turns.js';
import { type WorkbookFault, workbookFault, type WorkbookLimits } from './workbook-faults.js';

const MAX_COLUMNS = 100;
/** How far down the header is looked for: people put a title above it. */
const HEADER_ROWS = 20;

/** Readers at once in a process, and files that wait for one. */
const TURNS = new Turns(2, 20);

/** A workbook as it was given, or why it is not read. */
export type WorkbookReading =
  | { readonly sheets: readonly ReadSheet[]; readonly fault: null }
  | { readonly sheets: readonly []; readonly fault: WorkbookFault };

/**
 * Reads a workbook given by a person, whoever that is. What it inflates to is counted first, then a process apart parses it:
 * nothing that a file holds takes the memory or the time of the caller's process.
 *
 * @throws {Refused} FILES_BUSY (503) when too many files wait to be read
 */
export async function readWorkbook(bytes: Buffer, limits: WorkbookLimits): Promise<WorkbookReading> {
  // Told without waiting for a turn.
  const first = firstBytesFault(bytes);
  if (first !== null) return { sheets: [], fault: first };
  return TURNS.run(async () => {
    const fault = await archiveFault(bytes);
    if (fault !== null) return { sheets: [], fault };
    const read = await readApart(bytes, limits);
    return typeof read === 'string' ? { sheets: [], fault: read } : { sheets: read, fault: null };
  });
}

/**
 * Reads a table of a workbook given by a person, from the first shown sheet that holds its header. Figures become texts as a
 * French hand writes them; a formula is its last result; dates are `YYYY-MM-DD`.
 *
 * @param optional columns that the sheet may lack
 * @param longest rows that it may have below its header
 * @throws {Refused} FILES_BUSY (503) when too many files wait to be read
 */
export async function readWorkbookTable(
  file: string,
  bytes: Buffer,
  columns: readonly string[],
  optional: readonly string[],
  longest: number,
): Promise<Table> {
  const limits = { rows: longest + HEADER_ROWS, columns: MAX_COLUMNS };
  const { sheets, fault } = await readWorkbook(bytes, limits);
  if (fault !== null)
    return unreadableTable(file, workbookFault(fault, { rows: longest, columns: MAX_COLUMNS }));
  return tableOfSheets(file, sheets, { columns, optional });
}

/** The table of the first shown sheet that holds its header, whatever the sheet is called and the order of its columns. */
export function tableOfSheets(
  file: string,
  sheets: readonly ReadSheet[],
  shape: Omit<TableShape, 'delimiter'>,
): Table {
  const shown = sheets
    .filter(({ hidden }) => !hidden)
    .map(({ rows }) =>
      rows.map(({ line, cells }): PlacedRecord => {
        const texts = cells.map(({ text }) => text);
        return { line, raw: texts.join(' | '), cells: texts };
      }),
    );
  const found = shown
    .map((rows) => rows.slice(rows.slice(0, HEADER_ROWS).findIndex((row) => looksLike(row, shape.columns))))
    .find((rows) => rows[0] !== undefined && looksLike(rows[0], shape.columns));
  const table = found ?? shown.find((rows) => rows.length > 0) ?? [];
  return tableOf(file, table, { ...shape, delimiter: null });
}

/** A header, even a faulty one: at least half of the columns are there. */
const looksLike = ({ cells }: PlacedRecord, columns: readonly string[]): boolean =>
  cells.filter((cell) => columns.includes(columnName(cell))).length * 2 >= columns.length;
