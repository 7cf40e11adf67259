import { Paragraph, type Table } from 'docx';
import type { BarChart } from '../pdf/chart.js';
import type { KeyFigure } from '../pdf/figures.js';
import type { Ledger } from '../pdf/ledger.js';
import type { Signatory } from '../pdf/signatures.js';
import { cellRuns, runOf } from './docx-runs.js';
import { ACCENT, STYLES } from './docx-styles.js';
import { gridOf, tableOf } from './docx-tables.js';

const SIGNATURES_A_ROW = 3;
/** White left for the hand and the seal, in twentieths of a point. */
const ROOM_TO_SIGN = 1700;
const left = { align: 'left', weight: null } as const;
const right = { align: 'right', weight: null } as const;

/** What the PDF draws, as tables that an officer can go on editing. @throws on a block of an unknown name */
export function specialOf(name: string, data: unknown, width: number): Table {
  switch (name) {
    case 'signatures':
      return signatures(data as Signatory[], width);
    case 'figures':
      return figures(data as KeyFigure[], width);
    case 'chart':
      return chart(data as BarChart, width);
    case 'ledger':
      return ledger(data as Ledger, width);
    default:
      throw new Error(`no rendering for a block named "${name}"`);
  }
}

const small = (text: string, bold = false): Paragraph =>
  new Paragraph({ style: STYLES.cell, keepNext: true, children: cellRuns(text, bold) });

function signatures(signatories: readonly Signatory[], width: number): Table {
  const cells = signatories.map(({ name, lines }) => [
    small(name, true),
    ...lines.map((line) => small(line)),
  ]);
  return gridOf(inRows(cells, SIGNATURES_A_ROW), SIGNATURES_A_ROW, width, ROOM_TO_SIGN);
}

function figures(given: readonly KeyFigure[], width: number): Table {
  const cells = given.map(({ value, label, detail }) => [
    new Paragraph({
      style: STYLES.cell,
      children: [runOf({ text: value, bold: true, size: 28, color: ACCENT })],
    }),
    small(label, true),
    ...(detail === '' ? [] : [small(detail)]),
  ]);
  return gridOf([cells], Math.max(cells.length, 1), width, 0);
}

const chart = ({ bars }: BarChart, width: number): Table =>
  tableOf(
    {
      columns: [left, right],
      header: [],
      rows: bars.map(({ label, value }) => [
        { text: label, bold: false },
        { text: value, bold: false },
      ]),
    },
    width,
  );

const ledger = ({ header, rows }: Ledger, width: number): Table =>
  tableOf(
    {
      columns: header.map((_, i) => (i === 0 ? left : right)),
      header: header.map((text) => ({ text, bold: true })),
      rows: rows.map(({ cells, tone }) => cells.map((text) => ({ text, bold: tone === 'total' }))),
    },
    width,
  );

function inRows<T>(cells: readonly T[], size: number): T[][] {
  const rows: T[][] = [];
  for (let first = 0; first < cells.length; first += size) rows.push(cells.slice(first, first + size));
  return rows;
}
