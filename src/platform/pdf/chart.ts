import type { Canvas } from './canvas.js';
import { COLOURS, type Theme } from './theme.js';

/** ```` ```chart ````: horizontal bars, each with its value at its end: nothing to look up on an axis. */
export interface BarChart {
  /** The same information in words, for who does not see the bars. */
  readonly alt: string;
  readonly bars: readonly {
    readonly label: string;
    /** As printed. */
    readonly value: string;
    /** Canonical decimal, to scale the bar. */
    readonly size: string;
  }[];
}

const TEXT = 8;
const ROW = 15.6;
const BAR = 9;
const GAP = 8;
/** Share of the width that labels may take. */
const LABELS = 0.46;

export const chartHeight = (chart: BarChart, theme: Theme): number =>
  chart.bars.length * ROW + theme.paragraphGap;

export function drawChart(canvas: Canvas, chart: BarChart, theme: Theme): void {
  canvas.ensure(chart.bars.length * ROW);
  const labels = chart.bars.map((bar) => shorten(canvas, bar.label, canvas.width * LABELS));
  const start = canvas.left + widest(canvas, labels, 'regular') + GAP;
  const room = canvas.left + canvas.width - start - widest(canvas, values(chart), 'medium') - GAP;
  // The only binary floats made of amounts: lengths on paper.
  const sizes = chart.bars.map((bar) => Number(bar.size));
  const largest = Math.max(...sizes, Number.MIN_VALUE);
  const figure = canvas.element('Figure', canvas.root, { alt: chart.alt });
  canvas.mark(figure, 'Figure', () => {
    const top = canvas.y;
    const ends = sizes.map((size) => start + Math.max(0.6, (room * size) / largest));
    const baseline = (i: number): number => top + i * ROW + ROW / 2 + TEXT * 0.35;
    ends.forEach((end, i) =>
      canvas.rectangle(start, top + i * ROW + (ROW - BAR) / 2, end - start, BAR, COLOURS.accent),
    );
    canvas.fill(COLOURS.ink);
    canvas.font('regular', TEXT);
    labels.forEach((label, i) => canvas.text(label, canvas.left, baseline(i)));
    canvas.font('medium', TEXT);
    chart.bars.forEach((bar, i) => canvas.text(bar.value, ends[i]! + 5, baseline(i)));
  });
  figure.end();
  canvas.y += chart.bars.length * ROW + theme.paragraphGap;
}

const values = (chart: BarChart): string[] => chart.bars.map((bar) => bar.value);

const widest = (canvas: Canvas, texts: readonly string[], style: 'regular' | 'medium'): number =>
  Math.max(0, ...texts.map((text) => canvas.measure(text, style, TEXT)));

function shorten(canvas: Canvas, text: string, width: number): string {
  if (canvas.measure(text, 'regular', TEXT) <= width) return text;
  let kept = text;
  while (kept.length > 1 && canvas.measure(`${kept}…`, 'regular', TEXT) > width)
    kept = kept.slice(0, -1).trimEnd();
  return `${kept}…`;
}
