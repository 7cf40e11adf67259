import { HeadingLevel, Paragraph, type Table } from 'docx';
import {
  type Block,
  type List,
  type Paragraph as ParagraphBlock,
  type Run,
  textOf,
} from '../markdown/tree.js';
import { cellRuns, runsOf } from './docx-runs.js';
import { specialOf } from './docx-specials.js';
import { BULLETS, STYLES, indentOf, numbersFrom } from './docx-styles.js';
import { tableOf } from './docx-tables.js';

const HEADINGS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
];
type Inside = { readonly level: number; readonly width: number } | null;

/** Turns the tree into paragraphs and tables, in order. */
export class DocxBlocks {
  readonly children: (Paragraph | Table)[] = [];
  /** First numbers of the ordered lists met. */
  readonly starts = new Set<number>();
  private lists = 0;
  private breakBefore = false;

  constructor(private readonly width: number) {}

  add(blocks: readonly Block[], inside: Inside = null): void {
    for (const block of blocks) this.block(block, inside);
  }

  private block(block: Block, inside: Inside): void {
    switch (block.type) {
      case 'heading':
        return this.push({
          heading: HEADINGS[Math.min(block.level, HEADINGS.length) - 1]!,
          children: cellRuns(block.text, false),
        });
      case 'paragraph':
        return this.push({
          ...paragraphOptions(block),
          ...(inside ? { indent: { left: indentOf(inside.level) } } : {}),
        });
      case 'list':
        return this.list(block, inside === null ? 0 : inside.level + 1);
      case 'table':
        return this.table(tableOf(block, this.width));
      case 'special':
        return this.table(specialOf(block.name, block.data, this.width));
      case 'page-break':
        this.breakBefore = true;
    }
  }

  private push(options: ConstructorParameters<typeof Paragraph>[0] & object): void {
    this.children.push(new Paragraph({ ...options, ...(this.breakBefore ? { pageBreakBefore: true } : {}) }));
    this.breakBefore = false;
  }

  /** Word joins two tables that follow each other, and lets none end a document: an empty line stands after each. */
  private table(table: Table): void {
    if (this.breakBefore) this.push({ style: STYLES.cell });
    this.children.push(table, new Paragraph({ style: STYLES.cell }));
  }

  private list(list: List, level: number): void {
    const { start } = list;
    if (start !== null) this.starts.add(start);
    this.lists += 1;
    const instance = this.lists;
    const numbering = { reference: start === null ? BULLETS : numbersFrom(start), level, instance };
    for (const [first, ...rest] of list.items) {
      if (first?.type === 'paragraph')
        this.push({ style: 'ListParagraph', numbering, children: runsOf(first.runs) });
      else this.push({ style: 'ListParagraph', numbering });
      this.add(first === undefined || first.type === 'paragraph' ? rest : [first, ...rest], {
        level,
        width: this.width,
      });
    }
  }
}

function paragraphOptions(block: ParagraphBlock) {
  const note = isNote(block.runs);
  const keepNext = textOf(block.runs).trimEnd().endsWith(':');
  return { ...(note ? { style: STYLES.note } : {}), keepNext, children: runsOf(block.runs) };
}

/** In italics throughout, apart from gaps. */
const isNote = (runs: readonly Run[]): boolean =>
  runs.some((run) => run.italic) && runs.every((run) => run.italic || run.gap || run.text.trim() === '');
