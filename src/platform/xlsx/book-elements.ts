import { type NumberLook, numberLook, seenText } from './cell-text.rules.js';
import { ReadingStopped } from './read-sheet.js';
import { prefixed, type WorkbookParts } from './workbook-parts.js';

/** What the sheets of a workbook have in common. */
export interface Book {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly part: string }[];
  readonly from1904: boolean;
  /** Texts that cells name by their place. */
  readonly texts: readonly string[];
  /** What the styles of cells make of a number, by place. */
  readonly looks: readonly NumberLook[];
}

/** @throws {ReadingStopped} not_a_workbook */
export async function readBook(parts: WorkbookParts): Promise<Book> {
  const main = [...(await parts.relations('')).values()].find(({ type }) => type === 'officeDocument');
  if (!main) throw new ReadingStopped('not_a_workbook');
  const relations = await parts.relations(main.part);
  const sheets: { name: string; hidden: boolean; part: string }[] = [];
  let root: string | undefined;
  let from1904 = false;
  await parts.read(main.part, {
    open: (name, attributes) => {
      root ??= name;
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      const relation = relations.get(prefixed(attributes, 'id') ?? '');
      // A chart has a sheet too, and no cell.
      if (name === 'sheet' && relation?.type === 'worksheet')
        sheets.push({
          name: attributes['name'] ?? '',
          hidden: attributes['state'] !== undefined && attributes['state'] !== 'visible',
          part: relation.part,
        });
    },
  });
  if (root !== 'workbook' || sheets.length === 0) throw new ReadingStopped('not_a_workbook');
  const partOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.part;
  return {
    sheets,
    from1904,
    texts: await readTexts(parts, partOf('sharedStrings')),
    looks: await readLooks(parts, partOf('styles')),
  };
}

async function readTexts(parts: WorkbookParts, part: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (part === undefined) return texts;
  const reader = new TextReader();
  await parts.read(part, {
    open: (name) => {
      if (name === 'si') reader.start();
      else reader.open(name);
    },
    text: (text) => reader.text(text),
    close: (name) => {
      if (name === 'si') texts.push(seenText(reader.read()));
      else reader.close(name);
    },
  });
  return texts;
}

/** The text of a cell that is in pieces of several looks; how its characters are pronounced is left out. */
export class TextReader {
  private readonly pieces: string[] = [];
  private inText = false;
  private inPhonetic = false;

  start(): void {
    this.pieces.length = 0;
    this.inText = this.inPhonetic = false;
  }

  open(name: string): void {
    if (name === 'rPh') this.inPhonetic = true;
    if (name === 't') this.inText = !this.inPhonetic;
  }

  text(text: string): void {
    if (this.inText) this.pieces.push(text);
  }

  close(name: string): void {
    if (name === 'rPh') this.inPhonetic = false;
    if (name === 't') this.inText = false;
  }

  read(): string {
    return this.pieces.join('');
  }
}

async function readLooks(parts: WorkbookParts, part: string | undefined): Promise<NumberLook[]> {
  const codes = new Map<number, string>();
  const looks: NumberLook[] = [];
  if (part === undefined) return looks;
  let inCells = false;
  await parts.read(part, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells)
        looks.push(numberLook(Number(numFmtId ?? 0), codes.get(Number(numFmtId))));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return looks;
}
