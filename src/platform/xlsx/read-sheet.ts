import type { WorkbookFault } from './workbook-faults.js';

/** A sheet as it was given. Rows with nothing to see are left out. */
export interface ReadSheet {
  readonly name: string;
  /** Hidden by a person or by the program that wrote it. */
  readonly hidden: boolean;
  readonly rows: readonly ReadRow[];
  /** Only the first cell of a merged range is kept, the others are blank; ranges are in the order of the file. */
  readonly merges: readonly MergedRange[];
}

export interface ReadRow {
  /** Number of the row in the sheet, from 1. */
  readonly line: number;
  /** From the first column on; shorter than the sheet is wide when the row ends with blanks. */
  readonly cells: readonly ReadCell[];
}

export interface ReadCell {
  /** As a French hand writes it: « 1234,5 », « 20 % », `2027-03-01`, « VRAI »; line ends are `\n`. */
  readonly text: string;
  /** What is stored. An error is « #N/A » and the like; a formula whose result was never worked out is `blank`. */
  readonly kind: CellKind;
  /** The text is then the last result, which may be older than the figures it was made from. */
  readonly formula: boolean;
}

export type CellKind = 'blank' | 'text' | 'number' | 'date' | 'boolean' | 'error';

export interface MergedRange {
  readonly fromRow: number;
  readonly fromColumn: number;
  readonly toRow: number;
  readonly toColumn: number;
}

/** The reading stopped because of what the file holds. */
export class ReadingStopped extends Error {
  constructor(readonly fault: WorkbookFault) {
    super(fault);
  }
}

/** A cell as it crosses from the reader: a letter for its kind, in capitals for a formula, then its text. */
export type WiredCell = string;

/** One line of what the reader says, in order: a sheet, its rows, then the next sheet; `end` when nothing was lost. */
export type WiredLine =
  | { readonly sheet: Omit<ReadSheet, 'rows'> }
  | { readonly line: number; readonly cells: readonly WiredCell[] }
  | { readonly fault: WorkbookFault }
  | { readonly end: true };

const LETTERS = { blank: 'b', text: 't', number: 'n', date: 'd', boolean: 'v', error: 'e' } as const;
const KINDS = new Map<string, CellKind>(
  Object.entries(LETTERS).map(([kind, letter]) => [letter, kind as CellKind]),
);

export const BLANK: ReadCell = Object.freeze({ text: '', kind: 'blank', formula: false });

export function wired({ text, kind, formula }: ReadCell): WiredCell {
  if (kind === 'blank' && !formula) return '';
  const letter = LETTERS[kind];
  return (formula ? letter.toUpperCase() : letter) + text;
}

export function unwired(cell: WiredCell): ReadCell {
  if (cell === '') return BLANK;
  const letter = cell.charAt(0).toLowerCase();
  return { text: cell.slice(1), kind: KINDS.get(letter)!, formula: cell.charAt(0) !== letter };
}
