import type { Fault as FileFault } from '../platform/csv/fault.js';
import { PASTED, readPasted } from '../platform/csv/paste.js';
import { readCsv, type Table, type TableRow, unreadableTable } from '../platform/csv/table.js';
import { CSV_TYPE, PASTE_TYPE } from '../platform/http/file-body.js';
import { identityIn } from '../platform/xlsx/fillable.js';
import type { MergedRange, ReadCell, ReadSheet } from '../platform/xlsx/read-sheet.js';
import { readWorkbook, tableOfSheets } from '../platform/xlsx/read-workbook.js';
import { workbookFault } from '../platform/xlsx/workbook-faults.js';
import type { FormRow, RejectedRow } from './form.rules.js';

/** As the headings of the workbook are read: « Code article », « Quantité estimée »… */
export const FORM_SHAPE = {
  columns: ['code_article', 'quantite_estimee'],
  optional: ['quantite_min', 'quantite_max', 'unite'],
  others: 'ignored',
} as const;

/** The hidden sheet that tells what a workbook was made for. */
export const IDENTITY_SHEET = 'halle';
export const IDENTITY_FACTS = [
  'consultation',
  'acheteur',
  'bordereau',
  'nom_acheteur',
  'nom_consultation',
] as const;
export type IdentityFact = (typeof IDENTITY_FACTS)[number];

/** Rows of a file of one member: a catalogue has 20 000 items at most. */
const LONGEST = 20_000;
const LIMITS = { rows: LONGEST + 20, columns: 100 };

/** A file of a member as it was read. */
export interface FormReading {
  readonly rows: readonly FormRow[];
  /** Rows that cannot be read at all. */
  readonly unread: readonly RejectedRow[];
  /** What the workbook says that it was made for; null: a file that says nothing of it. */
  readonly identity: ReadonlyMap<string, string> | null;
  /** What is wrong with the file as a whole: nothing of it is read then. */
  readonly fault: FileFault | null;
}

/**
 * Reads the file of a member: the workbook that was made for it, a CSV file, or cells pasted, whose header may be missing
 * when they are a code then a quantity.
 *
 * @throws {Refused} FILES_BUSY (503) when too many workbooks wait to be read
 */
export async function readForm({
  bytes,
  type,
}: {
  readonly bytes: Buffer;
  readonly type: string;
}): Promise<FormReading> {
  if (type === CSV_TYPE) return readingOf(readCsv('besoins.csv', bytes, FORM_SHAPE));
  if (type === PASTE_TYPE) return readingOf(pasted(bytes));
  const { sheets, fault } = await readWorkbook(bytes, LIMITS);
  if (fault !== null)
    return readingOf(
      unreadableTable('besoins.xlsx', workbookFault(fault, { rows: LONGEST, columns: LIMITS.columns })),
    );
  const [table, sheet] = tableAmong(sheets);
  return { ...readingOf(table, sheet), identity: identityIn(sheets, IDENTITY_SHEET, IDENTITY_FACTS) };
}

function pasted(bytes: Buffer): Table {
  const text = decoded(bytes);
  return text === null
    ? unreadableTable(PASTED, {
        line: null,
        value: '',
        problem: 'ce qui a été collé n’est pas du texte en UTF-8',
        correction: 'copier les cellules dans le tableur, puis les coller ici',
      })
    : readPasted(text, { ...FORM_SHAPE, order: ['code_article', 'quantite_estimee'], longest: LONGEST });
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // what is looked for: bytes that are no text
  }
}

/** The first shown sheet with the columns of a form, whatever it is called. */
function tableAmong(sheets: readonly ReadSheet[]): readonly [Table, ReadSheet | undefined] {
  for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
    const table = tableOfSheets('besoins.xlsx', [sheet], FORM_SHAPE);
    if (table.readable) return [table, sheet];
  }
  return [tableOfSheets('besoins.xlsx', sheets, FORM_SHAPE), undefined];
}

function readingOf(table: Table, sheet?: ReadSheet): FormReading {
  const [fault = null] = table.readable ? [] : table.faults;
  const unread = table.readable
    ? table.faults.map(({ line, value, problem, correction }) => ({
        ...{ line: line ?? 1, code: '', value: value.slice(0, 200), problem, correction },
      }))
    : [];
  const seen = cellsOf(sheet, table);
  const rows = table.rows.filter(({ complete }) => complete).map((row) => rowOf(row, table, seen));
  return { rows, unread, identity: null, fault };
}

interface SeenCells {
  quantity(line: number): ReadCell | undefined;
  merged(line: number): boolean;
}

function rowOf(row: TableRow, { columns }: Table, seen: SeenCells): FormRow {
  const optional = (column: string): string | null => (columns.includes(column) ? row.get(column) : null);
  return {
    line: row.line,
    code: row.get('code_article'),
    estimate: row.get('quantite_estimee'),
    minimum: optional('quantite_min'),
    maximum: optional('quantite_max'),
    unit: row.get('unite'),
    formula: seen.quantity(row.line)?.formula ?? false,
    merged: seen.merged(row.line),
  };
}

/** What a table does not tell of the cells of a workbook: formulas, and ranges that were merged. */
function cellsOf(sheet: ReadSheet | undefined, { columns }: Table): SeenCells {
  if (!sheet) return { quantity: () => undefined, merged: () => false };
  const rows = new Map(sheet.rows.map((row) => [row.line, row.cells]));
  const own = ['code_article', ...columns.filter((name) => name.startsWith('quantite_'))].map(
    (name) => columns.indexOf(name) + 1,
  );
  const merges = sheet.merges.filter((range) => own.some((column) => spoils(range, column)));
  return {
    quantity: (line) => rows.get(line)?.[columns.indexOf('quantite_estimee')],
    merged: (line) => merges.some(({ fromRow, toRow }) => fromRow <= line && line <= toRow),
  };
}

/** Whether a range takes a cell of a column away, or makes it that of several rows. */
const spoils = ({ fromRow, toRow, fromColumn, toColumn }: MergedRange, column: number): boolean =>
  fromColumn <= column && column <= toColumn && (toRow > fromRow || fromColumn !== column);
