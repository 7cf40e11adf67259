import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';

type Attributes = Readonly<Record<string, string>>;

/** What is done with the elements of a part, by their names without prefix. */
export interface Elements {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** The parts of a workbook that a guard let through, read one at a time, piece by piece. */
export class WorkbookParts {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(file: Buffer): Promise<WorkbookParts> {
    const zip = await yauzl.fromBufferPromise(file);
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
    return new WorkbookParts(zip, entries);
  }

  /**
   * Hands the elements of a part; nothing happens without the part, or with one that was not looked into.
   *
   * @throws {Error} when it is no well-formed XML in UTF-8, or names an entity of its own
   */
  async read(name: string, { open, text, close }: Elements): Promise<void> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry || !/\.(?:xml|rels)$/i.test(name)) return;
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    if (open) parser.on('opentag', (tag) => open(local(tag.name), tag.attributes as Attributes));
    if (text) parser.on('text', text);
    if (text) parser.on('cdata', text);
    if (close) parser.on('closetag', (tag) => close(local(tag.name)));
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const stream: Readable = await this.zip.openReadStreamPromise(entry);
    for await (const piece of stream as AsyncIterable<Buffer>)
      parser.write(decoder.decode(piece, { stream: true }));
    parser.write(decoder.decode()).close();
  }

  /** Where the relationships of a part lead inside the workbook, by id, with their types. */
  async relations(
    part: string,
  ): Promise<ReadonlyMap<string, { readonly type: string; readonly part: string }>> {
    const cut = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, cut);
    const found = new Map<string, { type: string; part: string }>();
    await this.read(`${folder}_rels/${part.slice(cut)}.rels`, {
      open: (name, { Id, Type, Target, TargetMode }) => {
        if (name !== 'Relationship' || !Id || !Type || !Target || TargetMode === 'External') return;
        // Resolved as an address is: « ../ » never leads out of the workbook.
        const { pathname } = new URL(Target, `part:///${folder}`);
        found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), part: decodeURI(pathname).slice(1) });
      },
    });
    return found;
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An attribute whatever its prefix: « r:id » is spelt otherwise by some programs. */
export const prefixed = (attributes: Attributes, name: string): string | undefined =>
  Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];
