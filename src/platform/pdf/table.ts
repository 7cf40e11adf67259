import type { Cell, Column } from '../markdown/tree.js';
import type { Canvas, StructureElement } from './canvas.js';
import { type TableInput, columnWidths } from './table-widths.js';
import { COLOURS, type Style, type Theme } from './theme.js';

/** A row cut into lines and measured, before anything is drawn. */
interface Row {
  readonly cells: readonly (readonly string[])[];
  readonly bold: readonly boolean[];
  readonly height: number;
  /** A total: its first cell is bold. */
  readonly total: boolean;
}

interface Layout {
  readonly theme: Theme;
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  /** Left edge of each column. */
  readonly edges: readonly number[];
  readonly header: Row;
  readonly rows: readonly Row[];
}

/** Rows that never stay alone with the header at the foot of a page, nor alone at the head of the next. */
const TOGETHER = 2;
/** A table of at most this many rows and points of height is never cut. */
const SHORT = 14;
const KEPT_WHOLE = 200;

/**
 * Draws a table from the current position, over as many pages as it needs: no row is cut, the header is repeated on
 * each page (as an artifact: the structure holds it once), and numbers, aligned right, are never wrapped.
 */
export function drawTable(
  canvas: Canvas,
  table: TableInput,
  theme: Theme,
  parent: StructureElement = canvas.root,
): void {
  const layout = layOut(canvas, table, theme);
  canvas.ensure(startHeight(layout));
  const element = canvas.element('Table', parent);
  const head = canvas.element('THead', element);
  const body = canvas.element('TBody', element);
  let first = 0;
  do {
    const count = rowsThatFit(layout, first, canvas.remaining - layout.header.height);
    const rows = layout.rows.slice(first, first + count);
    const top = canvas.y;
    canvas.artifact(() => drawRules(canvas, layout, rows, top));
    if (first === 0) drawRow(canvas, layout, layout.header, top, 'TH', head);
    else canvas.artifact(() => drawRow(canvas, layout, layout.header, top, 'TH', null), 'Pagination');
    let y = top + layout.header.height;
    for (const row of rows) {
      drawRow(canvas, layout, row, y, 'TD', body);
      y += row.height;
    }
    canvas.y = y;
    first += count;
    if (first < layout.rows.length) canvas.newPage();
  } while (first < layout.rows.length);
  element.end();
}

/** What must be left on the page for a table to start there. */
export const tableStart = (canvas: Canvas, table: TableInput, theme: Theme): number =>
  startHeight(layOut(canvas, table, theme));

function startHeight({ header, rows }: Layout): number {
  const heightOf = (some: readonly Row[]): number => some.reduce((total, row) => total + row.height, 0);
  const whole = rows.length <= SHORT ? heightOf(rows) : Infinity;
  return header.height + (whole <= KEPT_WHOLE ? whole : heightOf(rows.slice(0, TOGETHER)));
}

/** Laid out once, though asked twice: to know whether the table may start here, then to draw it. */
const layouts = new WeakMap<Canvas, WeakMap<TableInput, Layout>>();

function layOut(canvas: Canvas, table: TableInput, theme: Theme): Layout {
  const known = layouts.get(canvas) ?? new WeakMap<TableInput, Layout>();
  layouts.set(canvas, known);
  const layout = known.get(table) ?? measureTable(canvas, table, theme);
  known.set(table, layout);
  return layout;
}

function measureTable(canvas: Canvas, table: TableInput, theme: Theme): Layout {
  const widths = columnWidths(canvas, table, theme);
  const edges: number[] = [];
  let x = canvas.left;
  for (const width of widths) {
    edges.push(x);
    x += width;
  }
  const { columns } = table;
  const cut = (cells: readonly Cell[], header: boolean): Row => {
    let lines = 1;
    const bold = columns.map((_, i) => header || (cells[i]?.bold ?? false));
    const cutCells = columns.map((_, i) => {
      const text = cells[i]?.text ?? '';
      if (text === '') return [];
      const style: Style = bold[i]! ? 'bold' : 'regular';
      const room = widths[i]! - 2 * theme.cellPadding.x;
      // A tenth of a point: widths computed two ways differ in their last digits.
      if (canvas.measure(text, style, theme.tableSize) <= room + 0.1 && !text.includes('\n')) return [text];
      const broken = canvas.wrap(text, style, theme.tableSize, room);
      lines = Math.max(lines, broken.length);
      return broken;
    });
    const height = lines * lineHeight(theme) + 2 * theme.cellPadding.y;
    return { cells: cutCells, bold, height, total: !header && (cells[0]?.bold ?? false) };
  };
  const header = cut(table.header, true);
  return { theme, columns, widths, edges, header, rows: table.rows.map((row) => cut(row, false)) };
}

const lineHeight = (theme: Theme): number => theme.tableSize * 1.28;

function rowsThatFit({ rows }: Layout, first: number, room: number): number {
  let count = 0;
  let used = 0;
  while (first + count < rows.length && used + rows[first + count]!.height <= room + 0.01) {
    used += rows[first + count]!.height;
    count += 1;
  }
  const left = rows.length - first - count;
  if (left > 0 && left < TOGETHER && count > TOGETHER) count -= TOGETHER - left;
  // A row taller than a page is drawn all the same: better beyond the margin than never.
  return Math.max(count, rows.length > first ? 1 : 0);
}

function drawRules(canvas: Canvas, layout: Layout, rows: readonly Row[], top: number): void {
  let y = top + layout.header.height;
  const head = y;
  const light: number[] = [];
  for (const row of rows) {
    if (row.total) canvas.rectangle(canvas.left, y, canvas.width, row.height, COLOURS.tint);
    y += row.height;
    light.push(y);
  }
  canvas.fill(COLOURS.rule);
  for (const at of light) canvas.doc.rect(canvas.left, at - 0.2, canvas.width, 0.4);
  if (light.length > 0) canvas.doc.fill();
  canvas.line(canvas.left, head, canvas.width, COLOURS.accent, 0.9);
}

/** Without a parent, the row is drawn inside an artifact and leaves no structure. */
function drawRow(
  canvas: Canvas,
  layout: Layout,
  row: Row,
  top: number,
  type: 'TH' | 'TD',
  parent: StructureElement | null,
): void {
  const { doc } = canvas;
  const { theme, columns, widths, edges } = layout;
  const elements: StructureElement[] = [];
  canvas.fill(type === 'TH' ? COLOURS.accent : COLOURS.ink);
  const step = lineHeight(theme);
  const baseline = top + theme.cellPadding.y + theme.tableSize * 0.98;
  for (let i = 0; i < columns.length; i += 1) {
    const lines = row.cells[i]!;
    const style: Style = row.bold[i]! ? 'bold' : 'regular';
    const content = parent && lines.length > 0 ? [doc.markStructureContent(type)] : [];
    canvas.font(style, theme.tableSize);
    // Header cells stand on their rule: a short one beside a long one ends where it ends.
    let y = baseline;
    if (type === 'TH')
      y = top + row.height - theme.cellPadding.y - lines.length * step + theme.tableSize * 0.98;
    for (const line of lines) {
      canvas.text(line, lineStart(canvas, columns[i]!, line, style, edges[i]!, widths[i]!, theme), y);
      y += step;
    }
    if (content.length > 0) doc.endMarkedContent();
    if (parent) elements.push(doc.struct(type, type === 'TH' ? COLUMN_SCOPE : {}, content));
  }
  if (parent) parent.add(doc.struct('TR', {}, elements));
}

const COLUMN_SCOPE = { scope: 'Column' } as object;

function lineStart(
  canvas: Canvas,
  column: Column,
  line: string,
  style: Style,
  edge: number,
  width: number,
  theme: Theme,
): number {
  if (column.align === 'left') return edge + theme.cellPadding.x;
  const free = width - theme.cellPadding.x - canvas.measure(line.trimEnd(), style, theme.tableSize);
  return column.align === 'right' ? edge + free : edge + (free + theme.cellPadding.x) / 2;
}
