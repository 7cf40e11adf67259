import type { Canvas, StructureElement } from './canvas.js';
import { COLOURS, type Style, type Theme } from './theme.js';

/**
 * ```` ```ledger ````: one line per member, in columns side by side, sized to what is left of the page. One table for
 * who reads the structure: its header is there once, the header of the second column is decoration.
 */
export interface Ledger {
  readonly sides: number;
  readonly header: readonly string[];
  readonly rows: readonly {
    readonly cells: readonly string[];
    /** `quiet`: the second cell is a word in the place of a figure. */
    readonly tone: 'plain' | 'quiet' | 'total';
  }[];
}

type Row = Ledger['rows'][number];

const GUTTER = 22;
const PADDING = 4.2;
const HEADER = 15;
const TALLEST = 16.2;
const LARGEST_TEXT = 8.2;
const SMALLEST_TEXT = 5;
/** Text size as a share of the height of a row. */
const TEXT_SHARE = 0.66;

interface Side {
  readonly left: number;
  readonly width: number;
  /** Right edges of the columns of numbers. */
  readonly edges: readonly number[];
  readonly size: number;
}

/** @param room height that the ledger may take */
export function drawLedger(canvas: Canvas, ledger: Ledger, theme: Theme, room: number): void {
  const perSide = Math.ceil(ledger.rows.length / ledger.sides);
  const height = Math.min(TALLEST, (room - HEADER) / perSide);
  const size = Math.min(LARGEST_TEXT, height * TEXT_SHARE);
  const width = (canvas.width - GUTTER * (ledger.sides - 1)) / ledger.sides;
  const offsets = rightOffsets(canvas, ledger, size);
  const sides = Array.from({ length: ledger.sides }, (_, i): Side => {
    const left = canvas.left + i * (width + GUTTER);
    return { left, width, edges: offsets.map((offset) => left + width - offset), size };
  });
  const top = canvas.y;
  const rowsOf = (side: number): readonly Row[] => ledger.rows.slice(side * perSide, (side + 1) * perSide);

  canvas.artifact(() => sides.forEach((side, s) => drawRules(canvas, side, rowsOf(s), top + HEADER, height)));
  const table = canvas.element('Table', canvas.root);
  const head = canvas.element('THead', table);
  const body = canvas.element('TBody', table);
  sides.forEach((side, s) => {
    const baseline = top + HEADER - 4.5;
    if (s === 0) drawCells(canvas, side, ledger.header, baseline, 'TH', 'plain', head);
    else canvas.artifact(() => drawCells(canvas, side, ledger.header, baseline, 'TH', 'plain', null));
    rowsOf(s).forEach((row, i) => {
      const y = top + HEADER + i * height + height / 2 + size * 0.35;
      drawCells(canvas, side, row.cells, y, 'TD', row.tone, body);
    });
  });
  table.end();
  canvas.y = top + HEADER + perSide * height + theme.paragraphGap + 2;
}

/** How far from the right edge each column of numbers ends. */
function rightOffsets(canvas: Canvas, ledger: Ledger, size: number): number[] {
  const widths = ledger.header.map((title, i) =>
    Math.max(
      canvas.measure(title, 'bold', size),
      ...ledger.rows.map((row) => canvas.measure(row.cells[i] ?? '', styleOf(row.tone, i), size)),
    ),
  );
  const offsets: number[] = [];
  let used = PADDING / 2;
  for (let i = widths.length - 1; i >= 1; i -= 1) {
    offsets[i] = used;
    used += widths[i]! + PADDING * 2;
  }
  offsets[0] = used;
  return offsets;
}

const styleOf = (tone: Row['tone'], column: number): Style =>
  tone === 'total' ? 'bold' : tone === 'quiet' && column === 1 ? 'italic' : 'regular';

function drawRules(canvas: Canvas, side: Side, rows: readonly Row[], top: number, height: number): void {
  rows.forEach((row, i) => {
    if (row.tone === 'total') canvas.rectangle(side.left, top + i * height, side.width, height, COLOURS.tint);
  });
  canvas.fill(COLOURS.rule);
  rows.forEach((_, i) => canvas.doc.rect(side.left, top + (i + 1) * height - 0.2, side.width, 0.4));
  if (rows.length > 0) canvas.doc.fill();
  canvas.line(side.left, top, side.width, COLOURS.accent, 0.9);
}

function drawCells(
  canvas: Canvas,
  side: Side,
  cells: readonly string[],
  baseline: number,
  type: 'TH' | 'TD',
  tone: Row['tone'],
  parent: StructureElement | null,
): void {
  const elements: StructureElement[] = [];
  cells.forEach((text, i) => {
    const style: Style = type === 'TH' ? 'bold' : styleOf(tone, i);
    const content = parent ? [canvas.doc.markStructureContent(type)] : [];
    canvas.fill(type === 'TH' || (tone === 'quiet' && i === 1) ? COLOURS.accent : COLOURS.ink);
    if (i === 0) drawName(canvas, text, style, side, baseline);
    else {
      canvas.font(style, side.size);
      canvas.text(text, side.edges[i]! - canvas.measure(text, style, side.size), baseline);
    }
    if (parent) {
      canvas.doc.endMarkedContent();
      elements.push(canvas.doc.struct(type, (type === 'TH' ? { scope: 'Column' } : {}) as object, content));
    }
  });
  if (parent) parent.add(canvas.doc.struct('TR', {}, elements));
}

/** A long name is drawn smaller rather than cut; one that no size fits ends with « … ». */
function drawName(canvas: Canvas, name: string, style: Style, side: Side, baseline: number): void {
  const room = side.edges[0]! - side.left - PADDING / 2;
  const size = Math.min(side.size, (side.size * room) / canvas.measure(name, style, side.size));
  let text = name;
  if (size < SMALLEST_TEXT)
    while (text.length > 1 && canvas.measure(`${text}…`, style, SMALLEST_TEXT) > room)
      text = text.slice(0, -1).trimEnd();
  canvas.font(style, Math.max(size, SMALLEST_TEXT));
  canvas.text(text === name ? name : `${text}…`, side.left + PADDING / 2, baseline);
}
