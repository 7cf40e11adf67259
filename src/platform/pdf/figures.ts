import type { Canvas } from './canvas.js';
import { COLOURS, type Theme } from './theme.js';

/** ```` ```figures ````: a few numbers to remember, side by side. */
export interface KeyFigure {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

const GUTTER = 13;
const VALUE = 16.5;
const LABEL = 8;
const DETAIL = 7.3;
const LEAST_WIDTH = 70;
const BEFORE = 5;

interface Card {
  readonly x: number;
  readonly value: string;
  readonly label: readonly string[];
  readonly detail: readonly string[];
}

function layOut(canvas: Canvas, figures: readonly KeyFigure[]) {
  const room = canvas.width - GUTTER * (figures.length - 1);
  const wanted = figures.map((figure) => Math.max(canvas.measure(figure.value, 'bold', VALUE), LEAST_WIDTH));
  const total = wanted.reduce((sum, width) => sum + width, 0);
  const size = VALUE * Math.min(1, room / total);
  const spare = Math.max(0, room - total) / figures.length;
  let x = canvas.left;
  const cards = figures.map((figure, i): Card => {
    const width = wanted[i]! * Math.min(1, room / total) + spare;
    const card = {
      x,
      value: figure.value,
      label: canvas.wrap(`${figure.label} `, 'medium', LABEL, width),
      detail: figure.detail === '' ? [] : canvas.wrap(figure.detail, 'regular', DETAIL, width),
    };
    x += width + GUTTER;
    return card;
  });
  const widths = cards.map((card, i) => (cards[i + 1]?.x ?? x) - GUTTER - card.x);
  const tallest = Math.max(
    ...cards.map((card) => card.label.length * LABEL * 1.25 + card.detail.length * DETAIL * 1.3),
  );
  return { cards, widths, size, height: 9 + size * 1.2 + tallest + 4 };
}

export const figuresHeight = (canvas: Canvas, figures: readonly KeyFigure[], theme: Theme): number =>
  BEFORE + layOut(canvas, figures).height + theme.paragraphGap;

export function drawFigures(canvas: Canvas, figures: readonly KeyFigure[], theme: Theme): void {
  const { cards, widths, size, height } = layOut(canvas, figures);
  canvas.ensure(height);
  const top = canvas.y + BEFORE;
  canvas.artifact(() =>
    cards.forEach((card, i) => canvas.line(card.x, top + 1, widths[i]!, COLOURS.accent, 1.6)),
  );
  for (const card of cards) {
    const element = canvas.element('P', canvas.root);
    canvas.mark(element, 'P', () => {
      let y = top + 9 + size * 0.86;
      canvas.font('bold', size);
      canvas.fill(COLOURS.accent);
      canvas.text(`${card.value} `, card.x, y);
      y += size * 0.34 + LABEL;
      canvas.font('medium', LABEL);
      canvas.fill(COLOURS.ink);
      for (const line of card.label) {
        canvas.text(line, card.x, y);
        y += LABEL * 1.25;
      }
      y += DETAIL - LABEL + 1;
      canvas.font('regular', DETAIL);
      canvas.fill(COLOURS.quiet);
      for (const line of card.detail) {
        canvas.text(line, card.x, y);
        y += DETAIL * 1.3;
      }
    });
    element.end();
  }
  canvas.y = top + height + theme.paragraphGap;
}
