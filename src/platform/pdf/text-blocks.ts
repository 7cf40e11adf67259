import type { Block, Heading, List, Paragraph, Run } from '../markdown/tree.js';
import type { Canvas, StructureElement } from './canvas.js';
import { type Line, breakLines } from './lines.js';
import { COLOURS, type Style, type Theme } from './theme.js';

/** Where a block is drawn: lists narrow it. */
export interface Frame {
  readonly left: number;
  readonly width: number;
  readonly parent: StructureElement;
}

interface Ink {
  readonly style: Style;
  readonly colour: string;
}

const PLAIN: Ink = { style: 'regular', colour: COLOURS.ink };
const BOLD: Ink = { style: 'bold', colour: COLOURS.ink };
const ITALIC: Ink = { style: 'italic', colour: COLOURS.quiet };
/** What its author must still write stands out, and stays readable in black and white by its brackets. */
const GAP: Ink = { style: 'medium', colour: COLOURS.accent };
const inkOf = (run: Run): Ink => (run.gap ? GAP : run.bold ? BOLD : run.italic ? ITALIC : PLAIN);

/** Lines of a paragraph that stay together at either end of a page. */
const TOGETHER = 2;
/** Where the baseline stands in its line, as a share of the line. */
const BASELINE = 0.74;

export const lineHeight = (theme: Theme): number => theme.size * theme.leading;

/** A paragraph in italics throughout is a note: smaller. Gaps left in it do not make it another thing. */
const NOTE = 0.86;
const sizeOf = (block: Paragraph, theme: Theme): number =>
  block.runs.some((run) => run.italic) &&
  block.runs.every((run) => run.italic || run.gap || run.text.trim() === '')
    ? theme.size * NOTE
    : theme.size;

interface Typeset {
  readonly lines: readonly Line<Ink>[];
  readonly size: number;
  readonly step: number;
}

function typeset(canvas: Canvas, block: Paragraph, width: number, theme: Theme): Typeset {
  const size = sizeOf(block, theme);
  const pieces = block.runs.map((run) => ({ text: run.text, style: inkOf(run) }));
  const lines = breakLines(pieces, width, (text, ink) => canvas.measure(text, ink.style, size));
  return { lines, size, step: size * theme.leading };
}

export function paragraphHeight(canvas: Canvas, block: Paragraph, width: number, theme: Theme): number {
  const { lines, step } = typeset(canvas, block, width, theme);
  return lines.length * step + theme.paragraphGap;
}

/** What a paragraph needs to start on a page: all of it up to three lines, then two lines. */
export function paragraphStart(canvas: Canvas, block: Paragraph, width: number, theme: Theme): number {
  const { lines, step } = typeset(canvas, block, width, theme);
  return (lines.length <= TOGETHER + 1 ? lines.length : TOGETHER) * step;
}

export function drawParagraph(
  canvas: Canvas,
  block: Paragraph,
  theme: Theme,
  frame: Frame,
  gap = theme.paragraphGap,
): void {
  const element = canvas.element('P', frame.parent);
  drawLines(canvas, typeset(canvas, block, frame.width, theme), frame, element);
  element.end();
  canvas.y += gap;
}

/** Draws lines over the pages they need, never fewer than two on either side of a break. */
function drawLines(
  canvas: Canvas,
  { lines, size, step }: Typeset,
  frame: Frame,
  element: StructureElement,
): void {
  let rest = lines;
  while (rest.length > 0) {
    let count = Math.min(rest.length, Math.floor((canvas.remaining + 0.01) / step));
    if (count < rest.length) {
      if (rest.length - count < TOGETHER) count = rest.length - TOGETHER;
      if (count < TOGETHER) count = 0;
    }
    if (count === 0 && canvas.y > canvas.top) {
      canvas.newPage();
      continue;
    }
    const here = rest.slice(0, Math.max(count, 1));
    canvas.mark(element, 'P', () => {
      for (const line of here) {
        drawLine(canvas, line, frame.left, canvas.y + step * BASELINE, size);
        canvas.y += step;
      }
    });
    rest = rest.slice(here.length);
    if (rest.length > 0) canvas.newPage();
  }
}

function drawLine(canvas: Canvas, line: Line<Ink>, left: number, baseline: number, size: number): void {
  let x = left;
  for (const { text, style } of line.pieces) {
    canvas.font(style.style, size);
    canvas.fill(style.colour);
    canvas.text(text, x, baseline);
    x += canvas.measure(text, style.style, size);
  }
}

const headingStyle = (block: Heading, theme: Theme) => theme.headings[Math.min(block.level, 3) - 1]!;
const HEADING_LEADING = 1.22;

function headingLines(canvas: Canvas, block: Heading, theme: Theme): string[] {
  const { size, style } = headingStyle(block, theme);
  return canvas.wrap(block.text, style, size, canvas.width);
}

export function headingHeight(canvas: Canvas, block: Heading, theme: Theme): number {
  const { size, before, after } = headingStyle(block, theme);
  return before + headingLines(canvas, block, theme).length * size * HEADING_LEADING + after;
}

export function drawHeading(canvas: Canvas, block: Heading, theme: Theme): void {
  const { size, before, after, style, colour } = headingStyle(block, theme);
  if (canvas.y > canvas.top) canvas.y += before;
  const type = `H${block.level}`;
  const element = canvas.element(type, canvas.root);
  canvas.mark(element, type, () => {
    canvas.font(style, size);
    canvas.fill(colour);
    for (const line of headingLines(canvas, block, theme)) {
      canvas.text(line, canvas.left, canvas.y + size);
      canvas.y += size * HEADING_LEADING;
    }
  });
  element.end();
  canvas.y += after;
}

/** Draws a list and the lists inside it; `drawOther` draws what an item holds beside text and lists. */
export function drawList(
  canvas: Canvas,
  block: List,
  theme: Theme,
  frame: Frame,
  drawOther: (block: Block, frame: Frame) => void,
): void {
  const list = canvas.element('L', frame.parent);
  block.items.forEach((item, index) => {
    const [first] = item;
    if (first?.type === 'paragraph')
      canvas.ensure(paragraphStart(canvas, first, frame.width - theme.indent, theme));
    const entry = canvas.element('LI', list);
    const label = canvas.element('Lbl', entry);
    const text = block.start === null ? '–' : `${block.start + index}.`;
    canvas.mark(label, 'Lbl', () => {
      canvas.font('medium', theme.size);
      canvas.fill(COLOURS.accent);
      canvas.text(text, frame.left + 1, canvas.y + lineHeight(theme) * BASELINE);
    });
    const body = canvas.element('LBody', entry);
    const inside = {
      left: frame.left + theme.indent,
      width: frame.width - theme.indent,
      parent: body,
    };
    for (const child of item)
      if (child.type === 'paragraph') drawParagraph(canvas, child, theme, inside, theme.itemGap);
      else if (child.type === 'list') drawList(canvas, child, theme, inside, drawOther);
      else drawOther(child, inside);
    entry.end();
  });
  list.end();
  canvas.y += theme.paragraphGap - theme.itemGap;
}

/** What a list needs to start on a page: its first item. */
export function listStart(canvas: Canvas, block: List, width: number, theme: Theme): number {
  const first = block.items[0]?.[0];
  return first?.type === 'paragraph'
    ? paragraphStart(canvas, first, width - theme.indent, theme)
    : lineHeight(theme);
}
