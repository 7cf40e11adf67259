import type { Table } from '../markdown/tree.js';
import type { Canvas } from './canvas.js';
import { breakable } from './lines.js';
import type { Style, Theme } from './theme.js';

/** What a table is drawn from: a parsed one, or rows made elsewhere. */
export type TableInput = Omit<Table, 'type'>;

interface Need {
  /** Width at which no cell wraps. */
  readonly natural: number;
  /** Width at which no word breaks; for numbers, the natural one. */
  readonly least: number;
}

/** Shares the width of the page between columns: by the author's weights, else by what the cells hold. */
export function columnWidths(canvas: Canvas, table: TableInput, theme: Theme): number[] {
  const weights = table.columns.map((column) => column.weight);
  const needs = table.columns.map((_, i) => needOf(canvas, table, theme, i));
  if (weights.every((weight) => weight !== null)) return byWeight(weights, needs, canvas.width);
  const natural = needs.map((need) => need.natural);
  const spare = canvas.width - total(natural);
  if (spare >= 0) {
    // Text columns take the spare width: numbers stay near the number they are read with.
    const text = table.columns.map((column, i) => (column.align === 'left' ? natural[i]! : 0));
    const takers = total(text) > 0 ? text : natural;
    return natural.map((width, i) => width + (spare * takers[i]!) / total(takers));
  }
  const least = needs.map((need) => need.least);
  const room = canvas.width - total(least);
  if (room <= 0) return squeeze(table, least, canvas.width);
  const elastic = total(natural) - total(least);
  return needs.map((need) => need.least + ((need.natural - need.least) * room) / elastic);
}

/** Too narrow for every word: text gives way before numbers do. */
function squeeze(table: TableInput, least: readonly number[], width: number): number[] {
  const numbers = table.columns.map((column, i) => (column.align === 'right' ? least[i]! : 0));
  const left = width - total(numbers);
  const text = total(least) - total(numbers);
  if (left < width / 5 || text === 0) return least.map((each) => (each * width) / total(least));
  return least.map((each, i) => (numbers[i]! > 0 ? each : (each * left) / text));
}

function byWeight(weights: readonly number[], needs: readonly Need[], width: number): number[] {
  const fixed = new Set<number>();
  for (;;) {
    const held = total([...fixed].map((i) => needs[i]!.least));
    const free = total(weights.filter((_, i) => !fixed.has(i)));
    const widths = weights.map((weight, i) =>
      fixed.has(i) ? needs[i]!.least : ((width - held) * weight) / free,
    );
    const narrow = widths.findIndex((each, i) => !fixed.has(i) && each < needs[i]!.least);
    if (narrow < 0 || held + needs[narrow]!.least > width) return widths;
    fixed.add(narrow);
  }
}

function needOf(canvas: Canvas, table: TableInput, theme: Theme, column: number): Need {
  const { tableSize } = theme;
  const padding = 2 * theme.cellPadding.x;
  const numeric = table.columns[column]!.align === 'right';
  let natural = 0;
  let least = 0;
  const consider = (text: string, style: Style, wraps: boolean): void => {
    const width = canvas.measure(text, style, tableSize);
    if (width > natural) natural = width;
    if (!wraps) least = Math.max(least, width);
    else if (width > least)
      for (const word of breakable(text))
        least = Math.max(least, canvas.measure(word.trimEnd(), style, tableSize));
  };
  for (const row of table.rows) {
    const cell = row[column];
    if (cell && cell.text !== '') consider(cell.text, cell.bold ? 'bold' : 'regular', !numeric);
  }
  // A header may wrap even over numbers: it must not make their column wide.
  const cells = natural;
  const header = table.header[column]?.text ?? '';
  if (header !== '') consider(header, 'bold', true);
  if (numeric && cells > 0) natural = Math.max(least, cells);
  return { natural: natural + padding, least: least + padding };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
