import {
  type Block,
  DRAFT,
  type MarkdownDocument,
  type Running,
  textOf,
  versionWords,
} from '../markdown/tree.js';
import { frenchTypography } from '../markdown/typography.js';
import { Canvas } from './canvas.js';
import { type BarChart, chartHeight, drawChart } from './chart.js';
import { type KeyFigure, drawFigures, figuresHeight } from './figures.js';
import { type Ledger, drawLedger } from './ledger.js';
import { type Signatory, drawSignatures, signaturesStart } from './signatures.js';
import { drawTable, tableStart } from './table.js';
import {
  type Frame,
  drawHeading,
  drawList,
  drawParagraph,
  headingHeight,
  lineHeight,
  listStart,
  paragraphHeight,
  paragraphStart,
} from './text-blocks.js';
import { COLOURS, type Theme, themeOf } from './theme.js';

/**
 * Draws a document as tagged PDF (« PDF balisé »; no conformance is claimed). The bytes depend on the arguments only.
 *
 * @throws when the document passes the number of pages that its template allows
 */
export async function renderPdf(document: MarkdownDocument, running: Running): Promise<Buffer> {
  const theme = themeOf(document.page);
  const canvas = new Canvas(
    {
      title: document.title,
      subject: running.subject,
      keywords: `${document.kind} ${document.templateVersion}; version ${running.version}; ${running.fingerprint}`,
      date: running.date,
    },
    {
      orientation: document.page.orientation,
      margins: theme.margins,
      watermark: running.draft ? DRAFT : null,
    },
  );
  new Renderer(canvas, theme, document).draw();
  const { maxPages } = document.page;
  if (maxPages !== null && canvas.pageCount > maxPages)
    throw new Error(`${document.kind}: ${canvas.pageCount} pages, ${maxPages} allowed`);
  canvas.onEachPage((page, count) => drawRunning(canvas, theme, document, running, page, count));
  return canvas.finish();
}

class Renderer {
  private readonly frame: Frame;
  private outline: PDFKit.PDFOutline[] = [];

  constructor(
    private readonly canvas: Canvas,
    private readonly theme: Theme,
    private readonly document: MarkdownDocument,
  ) {
    this.frame = { left: canvas.left, width: canvas.width, parent: canvas.root };
  }

  draw(): void {
    this.document.blocks.forEach((_, index) => {
      this.canvas.ensure(this.startHeight(index));
      this.block(this.document.blocks[index]!, index, this.frame);
    });
  }

  private block(block: Block, index: number, frame: Frame): void {
    const { canvas, theme } = this;
    switch (block.type) {
      case 'heading':
        if (this.document.page.bookmarks) this.bookmark(block.level, block.text);
        return drawHeading(canvas, block, theme);
      case 'paragraph':
        return drawParagraph(canvas, block, theme, frame);
      case 'list':
        return drawList(canvas, block, theme, frame, (child, inside) => this.block(child, index, inside));
      case 'table':
        drawTable(canvas, block, theme, frame.parent);
        canvas.y += theme.paragraphGap + 3;
        return;
      case 'page-break':
        return canvas.newPage();
      case 'special':
        return this.special(block.name, block.data, index);
    }
  }

  private special(name: string, data: unknown, index: number): void {
    const { canvas, theme } = this;
    if (name === 'figures') drawFigures(canvas, data as KeyFigure[], theme);
    else if (name === 'chart') drawChart(canvas, data as BarChart, theme);
    else if (name === 'signatures') drawSignatures(canvas, data as Signatory[], theme);
    else if (name === 'ledger') drawLedger(canvas, data as Ledger, theme, this.roomBefore(index));
    else throw new Error(`no drawing for a block named "${name}"`);
  }

  /** Height that a block must find on its page, with what it must not be parted from. */
  private startHeight(index: number): number {
    const block = this.document.blocks[index];
    const { canvas, theme } = this;
    if (!block) return 0;
    switch (block.type) {
      case 'heading':
        return headingHeight(canvas, block, theme) + this.startHeight(index + 1);
      case 'paragraph': {
        const introduces = textOf(block.runs).endsWith(':');
        if (introduces)
          return paragraphHeight(canvas, block, canvas.width, theme) + this.startHeight(index + 1);
        return paragraphStart(canvas, block, canvas.width, theme);
      }
      case 'list':
        return listStart(canvas, block, canvas.width, theme);
      case 'table':
        return tableStart(canvas, block, theme);
      case 'page-break':
        return 0;
      case 'special':
        if (block.name === 'figures') return figuresHeight(canvas, block.data as KeyFigure[], theme);
        if (block.name === 'chart') return chartHeight(block.data as BarChart, theme);
        if (block.name === 'signatures') return signaturesStart();
        return lineHeight(theme) * 4;
    }
  }

  /** What is left of the page once the paragraphs that follow have their place. */
  private roomBefore(index: number): number {
    const after = this.document.blocks.slice(index + 1);
    const kept = after.reduce(
      (total, block) =>
        block.type === 'paragraph'
          ? total + paragraphHeight(this.canvas, block, this.canvas.width, this.theme)
          : total,
      this.theme.paragraphGap + 2,
    );
    return this.canvas.remaining - kept;
  }

  /** Bookmarks follow the levels of headings. */
  private bookmark(level: number, text: string): void {
    const { doc } = this.canvas;
    const parent = this.outline[level - 2] ?? doc.outline;
    const top = Math.max(0, this.canvas.y - 8);
    const item = parent.addItem(text, { expanded: level === 1, top, left: doc.page.width } as object);
    this.outline = [...this.outline.slice(0, level - 1), item];
  }
}

function drawRunning(
  canvas: Canvas,
  theme: Theme,
  document: MarkdownDocument,
  running: Running,
  page: number,
  count: number,
): void {
  const size = theme.runningSize;
  const right = (text: string, y: number): void =>
    canvas.text(text, canvas.left + canvas.width - canvas.measure(text, 'regular', size), y);
  canvas.fill(COLOURS.quiet);
  canvas.font('regular', size);
  if (document.page.header) {
    const y = theme.margins.top - 30;
    const version = `${running.draft ? `${DRAFT} · ` : ''}${versionWords(running)}`;
    if (page > 1) canvas.text(fit(canvas, document.title, size, version), canvas.left, y);
    right(version, y);
    if (page > 1) canvas.line(canvas.left, y + 7, canvas.width);
  }
  const y = canvas.doc.page.height - theme.margins.bottom + 28;
  canvas.line(canvas.left, y - 12, canvas.width);
  canvas.fill(COLOURS.quiet);
  canvas.font('regular', size);
  const version = document.page.header ? '' : ` · ${versionWords(running)}`;
  const tail = `${version} · ${running.fingerprint.slice(0, 12)}`;
  canvas.text(`${fit(canvas, frenchTypography(running.subject), size, tail)}${tail}`, canvas.left, y);
  right(`Page ${page} / ${count}`, y);
}

/** What may be cut gives way to what is never cut, beside it on the same line. */
function fit(canvas: Canvas, text: string, size: number, beside: string): string {
  const room = canvas.width - 70 - canvas.measure(beside, 'regular', size);
  let kept = text;
  while (kept.length > 1 && canvas.measure(`${kept}…`, 'regular', size) > room) kept = kept.slice(0, -1);
  return kept === text ? text : `${kept.trimEnd()}…`;
}
