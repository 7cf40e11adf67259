import ExcelJS from 'exceljs';
import { type PlacedRecord, type Table, tableOf, unreadableTable } from '../csv/table.js';
import { frenchCount } from '../../money/french.js';
import { formatDecimal, parseDecimal } from '../../money/decimal.js';
import { withoutUnseen } from '../../words/visible.js';
import { zipFault } from './zip-guard.js';

/** What the parts of a workbook may hold once inflated, in bytes. */
const MAX_INFLATED = 24 * 1024 * 1024;
const MAX_COLUMNS = 100;
/** How far down the header is looked for: people put a title above it. */
const HEADER_ROWS = 20;

/** What people may put in a workbook beside its cells; several would be unfolded cell by cell over whole sheets. */
const IGNORED_NODES = [
  ...['cols', 'mergeCells', 'dataValidations', 'conditionalFormatting', 'hyperlinks', 'autoFilter'],
  ...[
    'drawing',
    'legacyDrawing',
    'picture',
    'tableParts',
    'extLst',
    'rowBreaks',
    'headerFooter',
    'sheetViews',
  ],
];

/**
 * Reads a table of a workbook given by a person, from the first sheet that holds its header. Figures become texts as a
 * French hand writes them; a formula is its last result; dates are `YYYY-MM-DD`.
 *
 * @param optional columns that the sheet may lack
 * @param longest rows that it may have below its header
 */
export async function readWorkbookTable(
  file: string,
  bytes: Buffer,
  columns: readonly string[],
  optional: readonly string[],
  longest: number,
): Promise<Table> {
  const fault = zipFault(bytes, MAX_INFLATED);
  if (fault !== null) return unreadableTable(file, faultsOf(longest)[fault]);
  let sheets: PlacedRecord[][];
  try {
    sheets = await readSheets(bytes, longest + HEADER_ROWS);
  } catch (error) {
    const tooMany = error instanceof Error && /^Max (row|column) count/.test(error.message);
    return unreadableTable(file, faultsOf(longest)[tooMany ? 'too_large' : 'not_a_workbook']);
  }
  const found = sheets
    .map((rows) => rows.slice(rows.slice(0, HEADER_ROWS).findIndex((row) => looksLike(row, columns))))
    .find((rows) => rows[0] !== undefined && looksLike(rows[0], columns));
  return tableOf(file, found ?? sheets.find((rows) => rows.length > 0) ?? [], {
    columns,
    optional,
    delimiter: null,
  });
}

const faultsOf = (longest: number) => ({
  not_a_workbook: {
    line: null,
    value: '',
    problem:
      'ce fichier n’est pas un classeur XLSX lisible (autre format, endommagé, ou protégé par un mot de passe)',
    correction: 'l’enregistrer de nouveau au format « Classeur Excel (.xlsx) », sans mot de passe, ou en CSV',
  },
  too_large: {
    line: null,
    value: '',
    problem: `ce classeur contient trop de données (plus de ${frenchCount(longest)} lignes, de ${MAX_COLUMNS} colonnes ou de 24 Mo)`,
    correction: 'ne garder que la feuille du bordereau, sans images, ou l’enregistrer en CSV',
  },
});

const clean = (text: string): string =>
  text
    .trim()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();

/** A header, even a faulty one: at least half of the columns are there. */
const looksLike = ({ cells }: PlacedRecord, columns: readonly string[]): boolean =>
  cells.filter((cell) => columns.includes(clean(cell))).length * 2 >= columns.length;

async function readSheets(bytes: Buffer, maxRows: number): Promise<PlacedRecord[][]> {
  const workbook = new ExcelJS.Workbook();
  // Names given to ranges would be unfolded cell by cell: they are set on this instead, and forgotten.
  Object.assign(workbook, { _definedNames: { model: [] } });
  await workbook.xlsx.load(
    bytes as never,
    {
      ignoreNodes: IGNORED_NODES,
      maxRows,
      maxCols: MAX_COLUMNS,
    } as Partial<ExcelJS.XlsxReadOptions>,
  );
  return workbook.worksheets
    .filter((sheet) => sheet.state === 'visible')
    .map((sheet) => {
      const rows: PlacedRecord[] = [];
      sheet.eachRow((row, line) => {
        if (line > maxRows) throw new Error('Max row count exceeded');
        const cells: string[] = [];
        row.eachCell((cell, column) => {
          if (column > MAX_COLUMNS) throw new Error('Max column count exceeded');
          cells[column - 1] = textOf(cell);
        });
        const texts = Array.from(cells, (cell: string | undefined) => cell ?? '');
        rows.push({ line, raw: texts.join(' | '), cells: texts });
      });
      return rows;
    });
}

function textOf({ value, numFmt }: ExcelJS.Cell): string {
  return withoutUnseen(textOfValue(value, numFmt));
}

function textOfValue(value: ExcelJS.CellValue, format: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n');
  if (typeof value === 'number') return textOfNumber(value, format ?? '');
  if (typeof value === 'boolean') return value ? 'VRAI' : 'FAUX';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return textOfValue(value.text, format);
  if ('error' in value) return value.error;
  return textOfValue(value.result ?? null, format);
}

/** « 1234,5 »: the comma tells that the point of thousands is not meant. A rate of 0.2 shown as 20 % is « 20 % ». */
function textOfNumber(value: number, format: string): string {
  // What a sum of binary figures adds beyond the fifteenth digit is not what people see.
  const shown = String(Number(value.toPrecision(15)));
  if (!/^-?\d+(\.\d{1,12})?$/.test(shown)) return shown.replace('.', ',');
  const exact = parseDecimal(shown, 12);
  return format.includes('%')
    ? `${formatDecimal(exact, 10).replace('.', ',')} %`
    : formatDecimal(exact, 12).replace('.', ',');
}
