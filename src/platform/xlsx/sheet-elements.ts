import { type Book, TextReader } from './book-elements.js';
import { dayOf, numberText, placeOf, seenText } from './cell-text.rules.js';
import { type MergedRange, type ReadCell, ReadingStopped, wired, type WiredCell } from './read-sheet.js';
import { MAX_MERGES, type WorkbookLimits } from './workbook-faults.js';
import type { WorkbookParts } from './workbook-parts.js';

/** What all the sheets together may give: a text of many characters may be named by many cells. */
const MAX_CELLS = 500_000;
const MAX_CHARACTERS = 32 * 1024 * 1024;
/** Cells of merged ranges that are looked at. */
const MAX_MERGED_CELLS = 1_000_000;

export interface WiredRow {
  readonly line: number;
  readonly cells: WiredCell[];
}

/** Reads the sheets of a workbook, one at a time, and counts what they give. */
export class SheetsReader {
  private cellCount = 0;
  private characters = 0;

  constructor(
    private readonly parts: WorkbookParts,
    private readonly book: Book,
    private readonly limits: WorkbookLimits,
  ) {}

  /** @throws {ReadingStopped} too_long, too_large, too_many_merges or damaged, as soon as it is known */
  async read(part: string): Promise<{ rows: readonly WiredRow[]; merges: readonly MergedRange[] }> {
    const rows: WiredRow[] = [];
    const merges: MergedRange[] = [];
    const inline = new TextReader();
    let [line, column] = [0, 0];
    let cells: WiredCell[] = [];
    let attributes: Readonly<Record<string, string>> | undefined;
    let [formula, inValue] = [false, false];
    let value: string[] | undefined;
    let inData = false;

    await this.parts.read(part, {
      open: (name, given) => {
        if (name === 'sheetData') inData = true;
        else if (name === 'mergeCell') merges.push(mergedRange(given['ref'] ?? ''));
        if (merges.length > MAX_MERGES) throw new ReadingStopped('too_many_merges');
        if (!inData) return;
        if (name === 'row') {
          const place = given['r'] === undefined ? line + 1 : placeOf(`A${given['r']}`)?.[1];
          if (place === undefined || place <= line) throw new ReadingStopped('damaged');
          [line, column, cells] = [place, 0, []];
        } else if (name === 'c') {
          const place = given['r'] === undefined ? column + 1 : placeOf(given['r'])?.[0];
          if (place === undefined || place <= column) throw new ReadingStopped('damaged');
          [column, attributes, formula, value] = [place, given, false, undefined];
          inline.start();
        } else if (attributes) {
          if (name === 'f') formula = true;
          else if (name === 'v') [inValue, value] = [true, []];
          else inline.open(name);
        }
      },
      text: (text) => {
        if (!attributes) return;
        if (inValue) value!.push(text);
        else inline.text(text);
      },
      close: (name) => {
        if (name === 'sheetData') inData = false;
        else if (name === 'v') inValue = false;
        else if (name === 'row' && inData) {
          if (cells.some(seen)) rows.push({ line, cells });
          if (rows.length > this.limits.rows) throw new ReadingStopped('too_long');
        } else if (name === 'c' && attributes) {
          const stored = attributes['t'] === 'inlineStr' ? inline.read() : value?.join('');
          const cell = this.cellOf(attributes, stored, formula);
          this.place(cells, column, wired(cell));
          attributes = undefined;
        } else inline.close(name);
      },
    });
    blankMerged(rows, merges);
    return { rows, merges };
  }

  private place(cells: WiredCell[], column: number, cell: WiredCell): void {
    if (cell === '') return;
    if (column > this.limits.columns) {
      if (seen(cell)) throw new ReadingStopped('too_long');
      return;
    }
    this.cellCount += 1;
    this.characters += cell.length;
    if (this.cellCount > MAX_CELLS) throw new ReadingStopped('too_long');
    if (this.characters > MAX_CHARACTERS) throw new ReadingStopped('too_large');
    while (cells.length < column - 1) cells.push('');
    cells[column - 1] = cell;
  }

  /** @param stored what the cell holds, undefined when it holds nothing at all */
  private cellOf(
    { t: type = 'n', s: style }: Readonly<Record<string, string>>,
    stored: string | undefined,
    formula: boolean,
  ): ReadCell {
    if (stored === undefined) return { text: '', kind: 'blank', formula };
    switch (type) {
      case 's': {
        const text = this.book.texts[Number(stored)];
        if (text === undefined) throw new ReadingStopped('damaged');
        return { text, kind: text === '' ? 'blank' : 'text', formula };
      }
      case 'b':
        return { text: stored.trim() === '1' ? 'VRAI' : 'FAUX', kind: 'boolean', formula };
      case 'e':
        return { text: stored.trim(), kind: 'error', formula };
      case 'd':
        return { text: stored.trim().slice(0, 10), kind: 'date', formula };
      case 'n':
        return this.numberCell(stored, Number(style ?? 0), formula);
      default: {
        const text = seenText(stored);
        // A formula may well give an empty text: its result is known.
        return { text, kind: text === '' && !formula ? 'blank' : 'text', formula };
      }
    }
  }

  private numberCell(stored: string, style: number, formula: boolean): ReadCell {
    if (stored.trim() === '') return { text: '', kind: 'blank', formula };
    const look = this.book.looks[style] ?? 'number';
    const day = look === 'date' ? dayOf(stored, this.book.from1904) : null;
    return day === null
      ? { text: numberText(stored, look), kind: 'number', formula }
      : { text: day, kind: 'date', formula };
  }
}

/** Something to see, or that should have been: a formula without its result. */
const seen = (cell: WiredCell): boolean => cell.length > 1 || cell === 'B';

function mergedRange(reference: string): MergedRange {
  const [from, to = from] = reference.split(':').map(placeOf);
  if (!from || !to) throw new ReadingStopped('damaged');
  const [fromColumn, fromRow] = from;
  const [toColumn, toRow] = to;
  return { fromRow, fromColumn, toRow, toColumn };
}

/** What a merged range hides is not there: only its first cell counts. */
function blankMerged(rows: readonly WiredRow[], merges: readonly MergedRange[]): void {
  let looked = 0;
  for (const { fromRow, fromColumn, toRow, toColumn } of merges) {
    // Rows are in order, and a range is of a few: found by halves rather than from the top each time.
    for (let place = firstAt(rows, fromRow); place < rows.length; place += 1) {
      const { line, cells } = rows[place]!;
      if (line > toRow) break;
      const first = line === fromRow ? fromColumn : fromColumn - 1;
      const last = Math.min(toColumn, cells.length);
      for (let at = first; at < last; at += 1) cells[at] = '';
      looked += 1 + Math.max(0, last - first);
      if (looked > MAX_MERGED_CELLS) throw new ReadingStopped('too_many_merges');
    }
  }
}

function firstAt(rows: readonly WiredRow[], line: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
