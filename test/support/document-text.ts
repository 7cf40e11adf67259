import type { DossierVersion } from '../../src/documents/dossier.js';
import type { DossierText } from '../../src/documents/template-document.js';
import { gapsOf } from '../../src/platform/markdown/gaps.js';
import { renderMarkdown } from '../../src/platform/markdown/render.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { type Block, type MarkdownDocument, textOf } from '../../src/platform/markdown/tree.js';
import { type TextModel, valuesOf } from '../../src/platform/texts/text-document.js';

const TEMPLATES = new Templates(null);

/** One document, flattened: a line per paragraph, item or row, and ordinary spaces only. */
export interface FlatText {
  readonly text: string;
  readonly gaps: readonly string[];
}

/** The text that people read, without drawing its pages. @param subject the first one unless said */
export function flatText<Model extends TextModel>(
  document: DossierText<Model>,
  dossier: DossierVersion,
  { subject = document.subjects(dossier)[0], draft = true }: { subject?: string; draft?: boolean } = {},
): FlatText {
  if (subject === undefined) throw new Error(`${document.template}: no subject in this dossier`);
  const tree = renderMarkdown(
    TEMPLATES.get(document.template),
    valuesOf(document.model(dossier, subject), draft),
  );
  return { text: ordinary(flattened(tree)), gaps: gapsOf(tree).map(({ what }) => ordinary(what)) };
}

/** A document as its reader reads it, with the spaces that it has: what a golden text keeps. */
export const documentText = (template: string, model: TextModel, draft = true): string =>
  `${flattened(renderMarkdown(TEMPLATES.get(template), valuesOf(model, draft)))}\n`;

/** A boolean: when it fails, what is missing is in the name of the test, and the text is long. */
export const says = ({ text }: FlatText, sentence: string): boolean => text.includes(sentence);

const ordinary = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

const flattened = ({ title, blocks }: MarkdownDocument): string =>
  [title, ...blocks.flatMap((block) => linesOf(block))].join('\n');

function linesOf(block: Block, mark = ''): string[] {
  switch (block.type) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${block.text}`];
    case 'paragraph':
      return [`${mark}${textOf(block.runs)}`];
    case 'list':
      return block.items.flatMap((item, i) => {
        const sign = block.start === null ? '– ' : `${block.start + i}. `;
        return item.flatMap((inner) => linesOf(inner, sign));
      });
    case 'table':
      return [block.header, ...block.rows].map((row) => `| ${row.map(({ text }) => text).join(' | ')} |`);
    case 'special':
      return [`[${block.name}] ${stringsIn(block.data).join(' | ')}`];
    case 'page-break':
      return ['***'];
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
