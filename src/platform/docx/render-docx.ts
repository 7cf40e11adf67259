import {
  AlignmentType,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Tab,
  TabStopType,
  TextRun,
} from 'docx';
import { DRAFT, type MarkdownDocument, type Running, versionWords } from '../markdown/tree.js';
import { frenchTypography } from '../markdown/typography.js';
import { undateEntries } from '../files/undate-zip.js';
import { coreProperties } from './dated-package.js';
import { DocxBlocks } from './docx-blocks.js';
import { runOf } from './docx-runs.js';
import { A4, STYLES, type Sheet, numberingOf, sheetOf, stylesOf } from './docx-styles.js';

/**
 * Writes a document as DOCX, to be edited further in Word or LibreOffice: named styles, headings, numbered lists, tables
 * with repeated header rows, page numbers, French. The bytes depend on the arguments only.
 */
export async function renderDocx(document: MarkdownDocument, running: Running): Promise<Buffer> {
  const sheet = sheetOf(document.page);
  const blocks = new DocxBlocks(sheet.width);
  blocks.add(document.blocks);
  const file = new Document({
    creator: 'Halle',
    styles: stylesOf(document.page.density),
    numbering: numberingOf(blocks.starts),
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: {
              width: A4.short,
              height: A4.long,
              orientation: sheet.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { left: sheet.margin, right: sheet.margin, top: sheet.margin, bottom: sheet.margin },
          },
        },
        headers: document.page.header
          ? { first: header('', running, sheet), default: header(document.title, running, sheet) }
          : {},
        footers: { first: footer(running, sheet), default: footer(running, sheet) },
        children: blocks.children,
      },
    ],
  });
  const keywords = `${document.kind} ${document.templateVersion}; version ${running.version}; ${running.fingerprint}`;
  const bytes = await Packer.toBuffer(file, undefined, [
    { path: 'docProps/core.xml', data: coreProperties(document.title, keywords, running) },
  ]);
  return undateEntries(Buffer.from(bytes));
}

/** A draft says so on every page, in words that no printer loses. */
function header(title: string, running: Running, sheet: Sheet): Header {
  const version = new TextRun(versionWords(running));
  const mark = running.draft ? [runOf({ text: `${DRAFT} · `, bold: true }), version] : [version];
  return new Header({ children: [edges([new TextRun(title)], mark, sheet)] });
}

function footer({ subject, fingerprint }: Running, sheet: Sheet): Footer {
  const pages = new TextRun({ children: ['Page ', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] });
  const about = new TextRun(`${frenchTypography(subject)} · ${fingerprint.slice(0, 12)}`);
  return new Footer({ children: [edges([about], [pages], sheet)] });
}

/** Words at both edges of one line. */
const edges = (left: TextRun[], right: TextRun[], { width }: Sheet): Paragraph =>
  new Paragraph({
    style: STYLES.running,
    alignment: AlignmentType.LEFT,
    tabStops: [{ type: TabStopType.RIGHT, position: width }],
    children: [...left, new TextRun({ children: [new Tab()] }), ...right],
  });
