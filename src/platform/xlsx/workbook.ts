import type { PlainDate } from '../../calendar/plain-date.js';
import type { Cell } from './cells.js';
import type { Look } from './styles.js';

/** A workbook as data: nothing here knows how it is written. */
export interface Workbook {
  readonly title: string;
  readonly creator: string;
  /** Written as the date of the workbook and of its parts: the clock of the machine never is. */
  readonly createdOn: PlainDate;
  readonly sheets: readonly Sheet[];
}

export interface Sheet {
  /** Made by `sheetName`. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Rows above the header: title, version, notices. */
  readonly banner?: readonly Row[];
  /** How many of the last banner rows are repeated on each page with the header. */
  readonly repeatedBanner?: number;
  /** Height of the header row, in points, when its titles are turned or long. */
  readonly headerHeight?: number;
  /** Read once, and in order: a generator keeps a long sheet out of memory. */
  readonly rows: Iterable<Row>;
  /** Rows that follow these, read as they come: for what a database sends by pieces. */
  readonly streamed?: AsyncIterable<Row>;
  /** How many columns stay in sight, and are repeated on pages that are not the first from the left. */
  readonly frozenColumns?: number;
  /** Object, version and date, printed at the foot of each page before « Page n / N ». */
  readonly footer: string;
  readonly landscape?: boolean;
  /** How many pages wide it prints: 1 unless told. */
  readonly pagesWide?: number;
  /** Adds filter buttons to the header, down to this row. */
  readonly filterToRow?: number;
  /** Locks every cell but those of look `input`, with no password: against slips, not against people. */
  readonly locked?: boolean;
  /** With `locked`: rows may be sorted, where a spreadsheet allows it (Excel, when all the cells sorted are inputs). */
  readonly sortable?: boolean;
  /** Not shown, and not offered by the menus either: what a program reads back. It comes after the sheets that are shown. */
  readonly hidden?: boolean;
  readonly validations?: readonly Validation[];
  /** Cells shown as alarms when the formula, written for the first of them, is true. */
  readonly alarms?: readonly { readonly range: string; readonly formula: string }[];
}

export interface Column {
  /** Title of the column; a sheet with no titled column has no header row. */
  readonly header?: string;
  readonly headerLook?: Look;
  /** In digits of the default font. */
  readonly width: number;
  readonly look?: Look;
}

export interface Row {
  readonly cells: readonly (Cell | undefined)[];
  /** Look of the cells that have none of their own. */
  readonly look?: Look;
  /** In points; by default the reader fits the row to its content. */
  readonly height?: number;
  /** The first cell runs over all the columns, or over those from one to another: for notices, never for data. */
  readonly merged?: boolean | readonly [from: number, to: number];
}

/** A rule on what may be typed in a range, with its French messages. */
export interface Validation {
  readonly range: string;
  /** What must be true, written for the first cell of the range; or the least decimal number that may be typed. */
  readonly formula: string | { readonly atLeast: string };
  readonly promptTitle: string;
  readonly prompt: string;
  readonly errorTitle: string;
  readonly error: string;
}

export const widthOf = (columns: readonly Column[]): number =>
  columns.reduce((total, { width }) => total + width, 0);

/**
 * What the width of an A4 page in landscape holds at 7 points, in digits of the default font, where Calibri is missing and
 * a wider font stands for it. With Calibri the same columns print at 8 points.
 */
const PAGE_WIDTH = 195;

/** How many pages wide a sheet in landscape must print, its first columns repeated on each, to stay at 7 points or more. */
export function pagesWide(columns: readonly Column[], repeated: number): number {
  const again = widthOf(columns.slice(0, repeated));
  let [pages, filled] = [1, again];
  for (const { width } of columns.slice(repeated)) {
    if (filled + width > PAGE_WIDTH) [pages, filled] = [pages + 1, again];
    filled += width;
  }
  return pages;
}

const hasHeader = (sheet: Pick<Sheet, 'columns'>): boolean =>
  sheet.columns.some((column) => column.header !== undefined);

/** Number of the header row, or undefined where no column has a title. */
export const headerRow = (sheet: Pick<Sheet, 'banner' | 'columns'>): number | undefined =>
  hasHeader(sheet) ? (sheet.banner?.length ?? 0) + 1 : undefined;

/** Number of the first row under the header: where the addresses of formulas begin. */
export const firstRow = (sheet: Pick<Sheet, 'banner' | 'columns'>): number =>
  (sheet.banner?.length ?? 0) + (hasHeader(sheet) ? 2 : 1);
