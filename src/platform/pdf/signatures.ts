import type { Canvas } from './canvas.js';
import { COLOURS, type Theme } from './theme.js';

/** ```` ```signatures ````: a grid of places to sign. */
export interface Signatory {
  readonly name: string;
  /** What is written under the name: who signs, on what day. */
  readonly lines: readonly string[];
}

const COLUMNS = 3;
const GUTTER = 18;
const NAME = 8.4;
const SMALL = 7.4;
const BEFORE = 6;
/** White left for the hand and the seal. */
const ROOM_TO_SIGN = 38;

export function drawSignatures(canvas: Canvas, signatories: readonly Signatory[], theme: Theme): void {
  const width = (canvas.width - GUTTER * (COLUMNS - 1)) / COLUMNS;
  for (let first = 0; first < signatories.length; first += COLUMNS) {
    const row = signatories.slice(first, first + COLUMNS).map((signatory) => ({
      name: canvas.wrap(`${signatory.name} `, 'bold', NAME, width),
      lines: signatory.lines.flatMap((line) => canvas.wrap(`${line} `, 'regular', SMALL, width)),
    }));
    const height =
      Math.max(...row.map((cell) => cell.name.length * NAME * 1.25 + cell.lines.length * SMALL * 1.35)) +
      ROOM_TO_SIGN +
      8;
    canvas.ensure(height + BEFORE);
    if (first === 0) canvas.y += BEFORE;
    const top = canvas.y;
    canvas.artifact(() =>
      row.forEach((_, i) => canvas.line(canvas.left + i * (width + GUTTER), top, width, COLOURS.rule, 0.7)),
    );
    row.forEach((cell, i) => {
      const x = canvas.left + i * (width + GUTTER);
      const element = canvas.element('P', canvas.root);
      canvas.mark(element, 'P', () => {
        let y = top + 6 + NAME;
        canvas.fill(COLOURS.ink);
        canvas.font('bold', NAME);
        for (const line of cell.name) {
          canvas.text(line, x, y);
          y += NAME * 1.25;
        }
        canvas.font('regular', SMALL);
        canvas.fill(COLOURS.quiet);
        for (const line of cell.lines) {
          canvas.text(line, x, y);
          y += SMALL * 1.35;
        }
      });
      element.end();
    });
    canvas.y = top + height;
  }
  canvas.y += theme.paragraphGap;
}

/** What a grid of signatures needs to start on a page: one row of it, with names of two lines. */
export const signaturesStart = (): number => ROOM_TO_SIGN + 60;
