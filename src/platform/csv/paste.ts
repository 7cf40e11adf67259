import { columnName, recordsOf, type Table, tableOf, type TableShape, unreadableTable } from './table.js';

/** What a paste may be. */
export interface PastedShape extends Omit<TableShape, 'delimiter'> {
  /** Columns in the order of the cells, where no header was pasted; without it, a header is needed. */
  readonly order?: readonly string[];
  /** Rows that may be pasted, header included. */
  readonly longest: number;
}

/** What the place of a fault is called: people pasted, and gave no file. */
export const PASTED = 'collage';

/**
 * Reads cells copied from a spreadsheet: tabs between them, quotes around those that hold a line break, a tab or a quote.
 * Rows short of their last cells are completed with blanks, which a field of a page may have cut. Line 1 is the first
 * pasted, be it a header or not.
 */
export function readPasted(text: string, { order, longest, ...shape }: PastedShape): Table {
  const unreadable = (line: number | null, problem: string, correction: string): Table =>
    unreadableTable(PASTED, { line, value: '', problem, correction });
  const content = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  if (content.trim() === '')
    return unreadable(null, 'rien n’a été collé', 'copier les cellules dans le tableur, puis les coller ici');
  const records = recordsOf(content, '\t');
  if (!Array.isArray(records))
    return unreadable(
      records.unclosedAt,
      'un guillemet est ouvert et n’est jamais fermé',
      'copier de nouveau les cellules depuis le tableur',
    );
  const rows = records.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length > longest)
    return unreadable(
      null,
      `${rows.length}\u00a0lignes ont été collées, et ${longest} au plus peuvent l’être`,
      'coller moins de lignes à la fois, ou envoyer le fichier',
    );
  const known = [...shape.columns, ...shape.optional];
  const [first] = rows;
  const named = first?.cells.filter((cell) => known.includes(columnName(cell))).length ?? 0;
  const headed = order === undefined || named * 2 >= shape.columns.length;
  const header = headed ? first! : { line: 0, raw: order.join('\t'), cells: order };
  const width = header.cells.length;
  const body = (headed ? rows.slice(1) : rows).map((row) => ({
    ...row,
    cells: trimmed([...row.cells, ...Array<string>(Math.max(0, width - row.cells.length)).fill('')], width),
  }));
  return tableOf(PASTED, [header, ...body], { ...shape, delimiter: '\t' });
}

/** Blank cells selected on the right of the table are no column of it. */
function trimmed(cells: readonly string[], width: number): readonly string[] {
  let end = cells.length;
  while (end > width && cells[end - 1] === '') end -= 1;
  return cells.slice(0, end);
}
