import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  type IBorderOptions,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import type { Cell, Column, Table as TableBlock } from '../markdown/tree.js';
import { cellRuns } from './docx-runs.js';
import { ACCENT, RULE, STYLES, TINT } from './docx-styles.js';

const NONE: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const HAIRLINE: IBorderOptions = { style: BorderStyle.SINGLE, size: 4, color: RULE };
const STRONG: IBorderOptions = { style: BorderStyle.SINGLE, size: 8, color: ACCENT };
const SIDES = { left: NONE, right: NONE, insideVertical: NONE };
const ALIGN = {
  left: AlignmentType.LEFT,
  right: AlignmentType.RIGHT,
  center: AlignmentType.CENTER,
} as const;
const PADDING = { left: 90, right: 90, top: 0, bottom: 0, marginUnitType: WidthType.DXA };

/** A table with a header row that Word repeats on each page; no row is cut between two pages. */
export function tableOf(table: Omit<TableBlock, 'type'>, width: number): Table {
  const widths = columnWidths(table, width);
  const head = table.header.some((cell) => cell.text !== '')
    ? [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: table.columns.map((column, i) =>
            cell(table.header[i], column, widths[i]!, STYLES.head, { bottom: STRONG }),
          ),
        }),
      ]
    : [];
  const rows = table.rows.map((row, at) => {
    const total = row[0]?.bold ?? false;
    const last = at >= table.rows.length - 2;
    return new TableRow({
      cantSplit: true,
      children: table.columns.map((column, i) =>
        cell(row[i], column, widths[i]!, STYLES.cell, {}, total, last && at < table.rows.length - 1),
      ),
    });
  });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: NONE, bottom: HAIRLINE, insideHorizontal: HAIRLINE, ...SIDES },
    rows: [...head, ...rows],
  });
}

function cell(
  { text, bold }: Cell = { text: '', bold: false },
  column: Column,
  width: number,
  style: string,
  borders: { bottom?: IBorderOptions },
  total = false,
  keepNext = false,
): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: PADDING,
    borders,
    ...(total ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: TINT } } : {}),
    children: [
      new Paragraph({
        style,
        alignment: ALIGN[column.align],
        keepNext: keepNext || style === STYLES.head,
        children: cellRuns(text, bold),
      }),
    ],
  });
}

/** Characters of the longest text that counts for the width of a column; what is longer wraps. */
const LONGEST = 42;
const SHORTEST = 5;

/** Shares of the width: by the author’s weights, never less than the longest word, else by what the cells hold. */
export function columnWidths(table: Omit<TableBlock, 'type'>, width: number): number[] {
  const needs = table.columns.map((column, i) => {
    const texts = [table.header[i]?.text ?? '', ...table.rows.map((row) => row[i]?.text ?? '')];
    const longest = Math.max(...texts.map((text) => text.length));
    const word = Math.max(...texts.map(column.align === 'right' ? (text) => text.length : longestWord));
    return {
      least: Math.max(word, SHORTEST) + 2,
      natural: Math.min(Math.max(longest, SHORTEST), LONGEST) + 2,
    };
  });
  const weights = table.columns.map((column, i) => column.weight ?? needs[i]!.natural);
  const total = sumOf(weights);
  /** A character of a cell takes about 95 twentieths of a point. */
  const least = needs.map((need) => need.least * 95);
  const wanted = weights.map((weight, i) => Math.max((weight / total) * width, least[i]!));
  const excess = sumOf(wanted) - width;
  const spare = wanted.map((each, i) => each - least[i]!);
  const room = sumOf(spare);
  const fitted =
    excess <= 0 || room <= excess
      ? wanted.map((each) => (each / sumOf(wanted)) * width)
      : wanted.map((each, i) => each - (spare[i]! / room) * excess);
  const whole = fitted.map(Math.floor);
  return whole.map((each, i) => (i === whole.length - 1 ? each + Math.floor(width) - sumOf(whole) : each));
}

const longestWord = (text: string): number => Math.max(...text.split(/[ \n]/).map((word) => word.length));
const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Cells side by side that are no table of figures: no header, white left under each to write in. */
export function gridOf(
  rows: readonly (readonly Paragraph[][])[],
  columns: number,
  width: number,
  least: number,
): Table {
  const each = Math.floor(width / columns);
  return new Table({
    width: { size: each * columns, type: WidthType.DXA },
    columnWidths: Array.from({ length: columns }, () => each),
    layout: TableLayoutType.FIXED,
    borders: { top: NONE, bottom: NONE, insideHorizontal: NONE, ...SIDES },
    rows: rows.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          height: { value: least, rule: HeightRule.ATLEAST },
          children: Array.from(
            { length: columns },
            (_, i) =>
              new TableCell({
                width: { size: each, type: WidthType.DXA },
                margins: PADDING,
                borders: row[i] ? { top: HAIRLINE } : {},
                children: row[i] ?? [new Paragraph({ style: STYLES.cell })],
              }),
          ),
        }),
    ),
  });
}
