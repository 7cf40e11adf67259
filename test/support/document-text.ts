import { renderMarkdown } from '../../src/platform/markdown/render.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { type Block, textOf } from '../../src/platform/markdown/tree.js';
import { type TextModel, valuesOf } from '../../src/platform/texts/text-document.js';

const templates = new Templates(null);

/** A document as its reader reads it: one line per paragraph, per item and per row, without its layout. */
export function documentText(template: string, model: TextModel, draft = true): string {
  const { title, blocks } = renderMarkdown(templates.get(template), valuesOf(model, draft));
  return `${[`# ${title}`, ...lines(blocks)].join('\n')}\n`;
}

function lines(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'heading':
        return ['', `${'#'.repeat(block.level)} ${block.text}`];
      case 'paragraph':
        return [textOf(block.runs)];
      case 'list':
        return block.items.flatMap((item) => lines(item).map((line) => `- ${line}`));
      case 'table':
        return [block.header, ...block.rows].map((row) => `| ${row.map(({ text }) => text).join(' | ')} |`);
      case 'special':
        return [`[${block.name}] ${JSON.stringify(block.data)}`];
      case 'page-break':
        return ['***'];
    }
  });
}
