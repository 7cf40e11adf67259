import type { Block, Cell, MarkdownDocument, Table } from './tree.js';
import { textOf } from './tree.js';

/** A passage that the data does not fill: « [À compléter : siège du tribunal] ». */
export interface Gap {
  /** The heading above it; null before the first one. */
  readonly section: string | null;
  /** What is missing: « siège du tribunal »; in a cell that says no more, its column and its row. */
  readonly what: string;
}

const GAPS = /\[À compléter\s*:?\s*([^\]]*)\]/gu;
/** Cuts a text around its gaps, which it keeps. */
export const AROUND_GAPS = /(\[À compléter[^\]]*\])/;

/** Everything left to write in a document, in the order of its text; the same thing twice in a section counts twice. */
export function gapsOf(document: Pick<MarkdownDocument, 'title' | 'blocks'>): Gap[] {
  const gaps: Gap[] = [];
  let section: string | null = null;
  const tell = (text: string, otherwise = 'passage entre crochets'): void => {
    for (const match of text.matchAll(GAPS)) gaps.push({ section, what: match[1]!.trim() || otherwise });
  };
  const visit = (block: Block): void => {
    switch (block.type) {
      case 'heading':
        section = block.text;
        return tell(block.text);
      case 'paragraph':
        return tell(textOf(block.runs));
      case 'list':
        return block.items.forEach((item) => item.forEach(visit));
      case 'table':
        return tableGaps(block, tell);
      case 'special':
        return textsIn(block.data).forEach((text) => tell(text));
      case 'page-break':
    }
  };
  tell(document.title);
  document.blocks.forEach(visit);
  return gaps;
}

function tableGaps(table: Table, tell: (text: string, otherwise?: string) => void): void {
  const name = (cell: Cell | undefined): string => cell?.text ?? '';
  table.header.forEach((cell) => tell(cell.text));
  for (const row of table.rows)
    row.forEach((cell, i) => {
      const line = i === 0 ? '' : `, ligne «\u00a0${name(row[0])}\u00a0»`;
      tell(cell.text, `${name(table.header[i]) || `colonne\u00a0${i + 1}`}${line}`);
    });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
