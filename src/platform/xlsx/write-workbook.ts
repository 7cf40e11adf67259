import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { cleanText } from './cells.js';
import { columnLetters, range } from './address.js';
import { ALARM, styleOf, WRAPPING } from './styles.js';
import { headerRow, widthOf, type Row, type Sheet, type Workbook } from './workbook.js';

/** What exceljs has and does not declare. */
interface ZipInternals {
  append(source: unknown, entry: { name: string; date?: Date }): unknown;
}
interface SheetInternals {
  conditionalFormatting: unknown[];
  dataValidations: { add(range: string, validation: unknown): void };
  protect(password: string, options: Record<string, boolean>): Promise<void>;
  _write(xml: string): void;
  _writeCloseSheetData(): void;
  _writeSheetProtection(): void;
  _writeRowBreaks(): void;
}
type SheetWriter = ExcelJS.Worksheet & SheetInternals;

/** exceljs dates the parts of the file with the clock, and begins to write them in its constructor. */
class DatedWorkbookWriter extends ExcelJS.stream.xlsx.WorkbookWriter {
  override addThemes(): Promise<void> {
    const { zip, created } = this as unknown as { zip: ZipInternals; created: Date };
    const append = zip.append.bind(zip);
    zip.append = (source, entry) => append(source, { ...entry, date: created });
    return super.addThemes();
  }
}

const A4 = 9;
const MARGINS = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.25, footer: 0.3 };
/** Rows between two pauses: a long sheet must not hold the other requests of its process. */
const ROWS_PER_TURN = 2_000;
const MAX_FOOTER = 255;

/** Writes a workbook: the same workbook gives the same bytes. @throws {RangeError} on a figure no cell can hold */
export async function writeWorkbook(workbook: Workbook): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await streamWorkbook(workbook, out);
  return Buffer.concat(chunks);
}

/** Writes a workbook to a stream, for those too long to be held; resolves when the stream has taken it all. */
export async function streamWorkbook(workbook: Workbook, out: Writable): Promise<void> {
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // Listened to from the start: exceljs only does so at the end, and an early error would stop the process.
  out.on('error', (error: Error) => fail(error));
  failed.catch(() => undefined);
  try {
    await Promise.race([writeAll(workbook, out), failed]);
  } catch (error) {
    out.destroy();
    throw error;
  }
}

async function writeAll(workbook: Workbook, out: Writable): Promise<void> {
  const created = new Date(`${workbook.createdOn}T00:00:00Z`);
  const writer = new DatedWorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
    created,
    modified: created,
    creator: cleanText(workbook.creator),
    lastModifiedBy: cleanText(workbook.creator),
  } as Partial<ExcelJS.stream.xlsx.WorkbookStreamWriterOptions>);
  Object.assign(writer, { title: cleanText(workbook.title), language: 'fr-FR' });
  writer.views = [
    { x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: 'visible' },
  ];
  for (const sheet of workbook.sheets) await writeSheet(writer, sheet);
  await writer.commit();
}

async function writeSheet(writer: DatedWorkbookWriter, sheet: Sheet): Promise<void> {
  const header = headerRow(sheet);
  const target = writer.addWorksheet(sheet.name, {
    properties: { defaultRowHeight: 15 },
    ...(sheet.hidden && { state: 'veryHidden' }),
    views: [view(sheet, header)],
    pageSetup: pageSetup(sheet, header),
    headerFooter: { oddFooter: footer(sheet.footer) },
  }) as unknown as SheetWriter;
  target.columns = sheet.columns.map((column) => ({ width: column.width }));
  inSchemaOrder(target);
  let number = 0;
  for (const row of sheet.banner ?? []) writeRow(target, sheet, row, (number += 1));
  if (header !== undefined) writeHeader(target, sheet, (number += 1));
  for (const row of sheet.rows) {
    writeRow(target, sheet, row, (number += 1));
    if (number % ROWS_PER_TURN === 0) await nextTurn();
  }
  for await (const row of sheet.streamed ?? []) writeRow(target, sheet, row, (number += 1));

  if (header !== undefined && sheet.filterToRow !== undefined)
    target.autoFilter = range(1, header, sheet.columns.length, Math.max(header, sheet.filterToRow));
  for (const { range: cells, formula, ...messages } of sheet.validations ?? [])
    target.dataValidations.add(cells, {
      ...(typeof formula === 'string'
        ? { type: 'custom', formulae: [formula] }
        : { type: 'decimal', operator: 'greaterThanOrEqual', formulae: [formula.atLeast] }),
      allowBlank: true,
      showInputMessage: true,
      showErrorMessage: true,
      errorStyle: 'stop',
      ...messages,
    });
  sheet.alarms?.forEach(({ range: ref, formula }, index) =>
    target.addConditionalFormatting({
      ref,
      rules: [{ type: 'expression', formulae: [formula], style: ALARM, priority: index + 1 }],
    }),
  );
  if (sheet.locked)
    await target.protect('', {
      formatColumns: true,
      formatRows: true,
      autoFilter: true,
      ...(sheet.sortable && { sort: true }),
    });
  target.commit();
}

function writeHeader(target: SheetWriter, sheet: Sheet, number: number): void {
  const row = target.getRow(number);
  if (sheet.headerHeight !== undefined) row.height = sheet.headerHeight;
  sheet.columns.forEach((column, index) => {
    const cell = row.getCell(index + 1);
    cell.value = cleanText(column.header ?? '');
    cell.style = styleOf(column.headerLook ?? 'header', 'text');
  });
  row.commit();
}

function writeRow(target: SheetWriter, sheet: Sheet, row: Row, number: number): void {
  const { cells } = row;
  const merged = row.merged === true ? ([1, sheet.columns.length] as const) : row.merged;
  const out = target.getRow(number);
  let lines = 1;
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index];
    if (cell === undefined) continue;
    const { value } = cell;
    const column = sheet.columns[index];
    const look = cell.look ?? row.look ?? column?.look ?? 'body';
    const written = out.getCell(index + 1);
    if (value !== null) written.value = value;
    written.style = styleOf(look, cell.format);
    const width = merged ? widthOf(sheet.columns.slice(merged[0] - 1, merged[1])) : (column?.width ?? 10);
    if (
      typeof value === 'string' &&
      (value.length >= width - 1 || value.includes('\n')) &&
      WRAPPING.has(look)
    )
      lines = Math.max(lines, lineCount(value, width));
  }
  if (merged && merged[0] < merged[1]) target.mergeCells(number, merged[0], number, merged[1]);
  if (row.height !== undefined) out.height = row.height;
  else if (lines > 1 || merged) out.height = lines * LINE_HEIGHT + 3;
  out.commit();
}

const LINE_HEIGHT = 15;

/** Readers do not all fit rows to wrapped text, none to merged cells: lines are estimated. */
function lineCount(text: string, width: number): number {
  const perLine = Math.max(1, Math.floor(width * 1.05) - 1);
  return text
    .split('\n')
    .reduce((total, paragraph) => total + Math.max(1, Math.ceil(paragraph.length / perLine)), 0);
}

function view(sheet: Sheet, header: number | undefined): Partial<ExcelJS.WorksheetView> {
  if (header === undefined && sheet.frozenColumns === undefined) return { showGridLines: false };
  const xSplit = sheet.frozenColumns ?? 0;
  const ySplit = header ?? 0;
  return {
    state: 'frozen',
    xSplit,
    ySplit,
    topLeftCell: `${columnLetters(xSplit + 1)}${ySplit + 1}`,
    showGridLines: false,
  };
}

function pageSetup(sheet: Sheet, header: number | undefined): Partial<ExcelJS.PageSetup> {
  return {
    paperSize: A4,
    orientation: sheet.landscape ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: sheet.pagesWide ?? 1,
    fitToHeight: 0,
    margins: MARGINS,
    ...(header === undefined ? {} : { printTitlesRow: `${header - (sheet.repeatedBanner ?? 0)}:${header}` }),
    ...(sheet.frozenColumns === undefined || (sheet.pagesWide ?? 1) === 1
      ? {}
      : { printTitlesColumn: `A:${columnLetters(sheet.frozenColumns)}` }),
  };
}

/** « & » announces a code in a footer, and a digit after a size would be read as part of it. */
function footer(left: string): string {
  const around = '&L&8&"Calibri,Regular"';
  const right = '&R&8&"Calibri,Regular"Page &P / &N';
  const room = MAX_FOOTER - around.length - right.length;
  let text = cleanText(left).replace(/\s+/g, ' ');
  while (text.replaceAll('&', '&&').length > room) text = `${text.slice(0, -2).trimEnd()}…`;
  return `${around}${text.replaceAll('&', '&&')}${right}`;
}

/**
 * The stream writer puts the protection after the validations, where the schema of the format wants it right after
 * the data. And codes stored as text are told to be so on purpose, which spares a green mark on each.
 */
function inSchemaOrder(target: SheetWriter): void {
  const closeData = target._writeCloseSheetData.bind(target);
  const protection = target._writeSheetProtection.bind(target);
  const rowBreaks = target._writeRowBreaks.bind(target);
  target._writeCloseSheetData = () => {
    closeData();
    protection();
  };
  target._writeSheetProtection = () => undefined;
  target._writeRowBreaks = () => {
    rowBreaks();
    target._write(
      '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>',
    );
  };
}
