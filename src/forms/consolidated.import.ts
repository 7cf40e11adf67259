import { readSiret } from '../buyers/siret.rules.js';
import { QUANTITY_SCALE } from '../money/amounts.js';
import { formatDecimal } from '../money/decimal.js';
import type { Fault } from '../platform/csv/fault.js';
import { csvBatches } from '../platform/csv/table-batches.js';
import { RowReader } from '../platform/csv/row-reader.js';
import { type Table, type TableRow, unreadableTable } from '../platform/csv/table.js';
import { CSV_TYPE } from '../platform/http/file-body.js';
import { readWorkbook, tableOfSheets } from '../platform/xlsx/read-workbook.js';
import { workbookFault } from '../platform/xlsx/workbook-faults.js';
import type { RejectedRow } from './form.rules.js';

/** What a file of several members holds, and how its columns are called. */
export interface ConsolidatedShape {
  readonly quantity: 'quantite_estimee' | 'quantite';
  readonly what: string;
  /** Minimum and maximum may be told too. */
  readonly bounds: boolean;
}

/** A row read, whose buyer and item are still words. */
export interface ConsolidatedRow {
  readonly line: number;
  /** The SIRET or the INSEE code, as the file gives it. */
  readonly buyer: string;
  readonly code: string;
  readonly estimate: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
}

/** Some rows of a file, in order. */
export interface ConsolidatedBatch {
  readonly rows: readonly ConsolidatedRow[];
  readonly rejected: readonly RejectedRow[];
  readonly hasMinimum: boolean;
  readonly hasMaximum: boolean;
  /** What is wrong with the file as a whole. */
  readonly fault: Fault | null;
}

/** Rows of a workbook; beyond, the file is sent in CSV, which is read as it comes. */
const LONGEST = 20_000;
const LIMITS = { rows: LONGEST + 20, columns: 100 };

const shapeOf = ({ quantity, bounds }: ConsolidatedShape) =>
  ({
    columns: ['code_article', quantity],
    optional: ['siret', 'code_insee', ...(bounds ? ['quantite_min', 'quantite_max'] : [])],
    others: 'ignored',
  }) as const;

/** Tables that hold the rows of a file, in order: a CSV file is never held whole, a workbook is. */
export type Tables = AsyncIterable<Table> | Iterable<Table>;

/**
 * Opens a file of several members.
 *
 * @throws {Refused} FILES_BUSY (503) when too many workbooks wait to be read
 */
export async function openConsolidated(
  { bytes, type }: { readonly bytes: Buffer; readonly type: string },
  shape: ConsolidatedShape,
): Promise<Tables> {
  if (type === CSV_TYPE) return csvBatches('besoins.csv', bytes, shapeOf(shape));
  const { sheets, fault } = await readWorkbook(bytes, LIMITS);
  return [
    fault === null
      ? tableOfSheets('besoins.xlsx', sheets, shapeOf(shape))
      : unreadableTable('besoins.xlsx', workbookFault(fault, { rows: LONGEST, columns: LIMITS.columns })),
  ];
}

/** Reads the rows of a table: numbers are judged here, buyers and items where they are known. */
export function readConsolidated(table: Table, shape: ConsolidatedShape): ConsolidatedBatch {
  const { columns, readable } = table;
  const has = { hasMinimum: columns.includes('quantite_min'), hasMaximum: columns.includes('quantite_max') };
  const fault = readable ? noBuyerColumn(table) : table.faults[0]!;
  if (fault) return { rows: [], rejected: [], fault, ...has };
  const faults: Fault[] = [...table.faults];
  const rows: ConsolidatedRow[] = [];
  for (const row of table.rows) {
    if (!row.complete) continue;
    const read = readRow(new RowReader(table, row, faults), row, shape);
    if (read) rows.push(read);
  }
  const codes = new Map(table.rows.map((row) => [row.line, row.get('code_article')]));
  const rejected = faults.map(({ line, value, problem, correction }) => ({
    ...{ line: line!, code: codes.get(line!) ?? '', value: value.slice(0, 200), problem, correction },
  }));
  return { rows, rejected, fault: null, ...has };
}

const noBuyerColumn = ({ file, columns }: Table): Fault | null =>
  columns.includes('siret') || columns.includes('code_insee')
    ? null
    : {
        ...{ file, line: 1, column: '', value: columns.join(' ').slice(0, 200) },
        problem: 'aucune colonne ne dit de quel acheteur est chaque ligne',
        correction: 'ajouter une colonne siret, ou code_insee',
      };

function readRow(
  reader: RowReader,
  row: TableRow,
  { quantity, what, bounds }: ConsolidatedShape,
): ConsolidatedRow | null {
  const buyer = buyerOf(reader, row);
  const code = reader.text('code_article', 'le code de l’article');
  const number = (column: string, name: string): string | null | undefined => {
    const value = reader.decimal(column, { scale: QUANTITY_SCALE, what: name, optional: true });
    return typeof value === 'bigint' ? formatDecimal(value, QUANTITY_SCALE) : value;
  };
  const estimate = number(quantity, what);
  const minimum = bounds ? number('quantite_min', 'la quantité minimale') : null;
  const maximum = bounds ? number('quantite_max', 'la quantité maximale') : null;
  if (buyer === undefined || code === undefined) return null;
  if (estimate === undefined || minimum === undefined || maximum === undefined) return null;
  return { line: row.line, buyer, code, estimate, minimum, maximum };
}

/** The SIRET when the row has one, else the INSEE code, its first zero given back where a spreadsheet took it. */
function buyerOf(reader: RowReader, row: TableRow): string | undefined {
  const siret = row.get('siret');
  if (siret !== '') return readSiret(siret).siret;
  const insee = row.get('code_insee').toUpperCase();
  if (/^\d[\dAB]\d{2,3}$/.test(insee)) return insee.padStart(5, '0');
  return reader.refuse(
    row.get('code_insee') === '' ? 'siret' : 'code_insee',
    insee === '' ? 'la ligne ne dit pas de quel acheteur elle est' : 'ce code INSEE n’a pas 5 caractères',
    'écrire le SIRET de l’acheteur, ou le code INSEE de la commune',
    insee,
  );
}
