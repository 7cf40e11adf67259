import PDFDocument from 'pdfkit';
import { breakLines } from './lines.js';
import { COLOURS, FONTS, type Style } from './theme.js';
import { drawWatermark } from './watermark.js';

export type Doc = PDFKit.PDFDocument;
export type StructureElement = PDFKit.PDFStructureElement;

/** What a file says about itself. */
export interface PdfProperties {
  readonly title: string;
  readonly subject: string;
  readonly keywords: string;
  /** Calendar day of the content: the file bears noon of that day (UTC), so that its bytes depend on nothing else. */
  readonly date: string;
}

export interface PageFormat {
  readonly orientation: 'portrait' | 'landscape';
  readonly margins: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
  /** A word across each page, under its text; null: none. */
  readonly watermark: string | null;
}

/**
 * pdfkit pastes these strings into XMP without escaping them: `toString` gives that reader XML, `valueOf` gives the
 * others the text.
 */
class XmlSafe extends String {
  override toString(): string {
    return this.valueOf().replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  }
}

/**
 * The narrow no-break space of this typeface is an eighth of an em, too little to part thousands in a column of
 * amounts: between digits the ordinary no-break space is drawn.
 */
const wideThousands = (text: string): string =>
  text.includes('\u202f') ? text.replace(/(?<=\d)\u202f(?=\d)/g, '\u00a0') : text;

const NO_BREAK = { lineBreak: false, baseline: 'alphabetic' } as const;

/**
 * A tagged PDF being drawn: fonts, colours, measures and structure. It changes fonts and colours only when they change,
 * and measures a string once: this is what keeps long tables as fast as bare pdfkit.
 */
export class Canvas {
  readonly doc: Doc;
  readonly root: StructureElement;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly bottom: number;
  y: number;
  private readonly watermark: string | null;
  private style: Style = 'regular';
  private size = 10;
  private colour = '';
  /** Width of each string measured, per point of size. */
  private readonly widths: Record<Style, Map<string, number>> = {
    regular: new Map(),
    italic: new Map(),
    medium: new Map(),
    bold: new Map(),
  };

  constructor(properties: PdfProperties, format: PageFormat) {
    const created = new Date(`${properties.date}T12:00:00Z`);
    const text = (value: string): string => new XmlSafe(value) as unknown as string;
    this.doc = new PDFDocument({
      size: 'A4',
      layout: format.orientation,
      margins: format.margins,
      pdfVersion: '1.7',
      tagged: true,
      lang: 'fr-FR',
      displayTitle: true,
      bufferPages: true,
      autoFirstPage: false,
      font: FONTS.regular,
      info: {
        Title: text(properties.title),
        Subject: text(properties.subject),
        Keywords: text(properties.keywords),
        Creator: 'Halle',
        Producer: 'Halle, pdfkit',
        CreationDate: created,
        ModDate: created,
      },
    });
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
    this.left = format.margins.left;
    this.watermark = format.watermark;
    this.top = format.margins.top;
    this.newPage();
    this.width = this.doc.page.width - format.margins.left - format.margins.right;
    this.bottom = this.doc.page.height - format.margins.bottom;
    this.y = this.top;
  }

  newPage(): void {
    this.doc.addPage();
    this.colour = '';
    this.y = this.top;
    const { watermark } = this;
    if (watermark === null) return;
    this.font('bold', this.size);
    this.artifact(() => drawWatermark(this.doc, watermark), 'Pagination');
  }

  get remaining(): number {
    return this.bottom - this.y;
  }

  /** Starts a page unless this height is left on this one. */
  ensure(height: number): void {
    if (height > this.remaining && this.y > this.top) this.newPage();
  }

  measure(text: string, style: Style, size: number): number {
    const known = this.widths[style];
    let width = known.get(text);
    if (width === undefined) {
      this.font(style, size);
      width = this.doc.widthOfString(wideThousands(text)) / size;
      known.set(text, width);
    }
    return width * size;
  }

  /** Lines of one style; all but the last end with the space they were broken at. */
  wrap(text: string, style: Style, size: number, width: number): string[] {
    return breakLines([{ text, style }], width, (part) => this.measure(part, style, size)).map((line) =>
      line.pieces.map((piece) => piece.text).join(''),
    );
  }

  font(style: Style, size: number): void {
    if (style === this.style && size === this.size) return;
    this.doc.font(FONTS[style], size);
    this.style = style;
    this.size = size;
  }

  fill(colour: string): void {
    if (colour === this.colour) return;
    this.doc.fillColor(colour);
    this.colour = colour;
  }

  /** One line, its baseline at `y`: never wrapped, never moved to another page. */
  text(text: string, x: number, y: number): void {
    this.doc.text(wideThousands(text), x, y, NO_BREAK);
  }

  rectangle(x: number, y: number, width: number, height: number, colour: string): void {
    this.fill(colour);
    this.doc.rect(x, y, width, height).fill();
  }

  /** A horizontal hairline, drawn as a filled rectangle: it needs no stroke state. */
  line(x: number, y: number, width: number, colour: string = COLOURS.rule, thickness = 0.5): void {
    this.rectangle(x, y - thickness / 2, width, thickness, colour);
  }

  /** What draws here says nothing: rules, backgrounds, running heads, repeated headers. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.doc.markContent('Artifact', { type });
    draw();
    this.doc.endMarkedContent();
  }

  element(
    type: string,
    parent: StructureElement,
    options?: { alt?: string; scope?: 'Column' },
  ): StructureElement {
    const element = this.doc.struct(type, options);
    parent.add(element);
    return element;
  }

  /** Draws the content of an element on this page; called again, it adds what follows on another page. */
  mark(element: StructureElement, type: string, draw: () => void): void {
    element.add(this.doc.markStructureContent(type));
    draw();
    this.doc.endMarkedContent();
  }

  /** Draws on every page, once their number is known. */
  onEachPage(draw: (page: number, count: number) => void): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(start + page);
      this.colour = '';
      this.artifact(() => draw(page + 1, count), 'Pagination');
    }
  }

  get pageCount(): number {
    return this.doc.bufferedPageRange().count;
  }

  async finish(): Promise<Buffer> {
    this.root.end();
    const chunks: Buffer[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.doc.on('end', resolve);
      this.doc.on('error', reject);
    });
    this.doc.end();
    await done;
    return Buffer.concat(chunks);
  }
}
