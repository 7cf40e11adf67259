import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { unescapeMarkdown } from './escape.js';
import { AROUND_GAPS } from './gaps.js';
import { type Block, type Cell, type Column, type Run, type Table, textOf } from './tree.js';
import { frenchTypography } from './typography.js';

/** Links, images and indented code have no place in these texts, and a value must not be able to make one. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'code',
  'link',
  'image',
  'reference',
  'autolink',
  'blockquote',
  'strikethrough',
]);

/** Reads Markdown into a tree of blocks. @throws on a construct that the renderers do not know */
export function parseMarkdown(source: string): readonly Block[] {
  const tokens = markdown.parse(source, {});
  return new Reader(tokens, source.split('\n')).blocks();
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly lines: readonly string[],
  ) {}

  /** Blocks until the closing token of this type, which is consumed; or until the end. */
  blocks(closing?: string): Block[] {
    const blocks: Block[] = [];
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at++]!;
      if (token.type === closing) return blocks;
      blocks.push(this.block(token));
    }
    return blocks;
  }

  private block(token: Token): Block {
    switch (token.type) {
      case 'heading_open':
        return { type: 'heading', level: Number(token.tag.slice(1)), text: textOf(this.inline()) };
      case 'paragraph_open':
        return { type: 'paragraph', runs: this.inline() };
      case 'bullet_list_open':
        return { type: 'list', start: null, items: this.items('bullet_list_close') };
      case 'ordered_list_open': {
        const start = Number(token.attrGet('start') ?? 1);
        return { type: 'list', start, items: this.items('ordered_list_close') };
      }
      case 'table_open':
        return this.table(token);
      case 'hr':
        return { type: 'page-break' };
      case 'fence':
        return { type: 'special', name: token.info.trim(), data: dataOf(token) };
      default:
        throw new Error(`Markdown: no rendering for ${token.type} (line ${(token.map?.[0] ?? -1) + 1})`);
    }
  }

  private items(closing: string): Block[][] {
    const items: Block[][] = [];
    while (this.tokens[this.at]!.type !== closing) {
      this.at += 1;
      items.push(this.blocks('list_item_close'));
    }
    this.at += 1;
    return items;
  }

  /** The runs of the inline token that comes next; its closing token is consumed too. */
  private inline(): Run[] {
    const children = this.tokens[this.at]!.children ?? [];
    this.at += 2;
    return runsOf(children);
  }

  private table(open: Token): Table {
    const header: Cell[] = [];
    const aligns: Column['align'][] = [];
    const rows: Cell[][] = [];
    while (this.tokens[this.at]!.type !== 'table_close') {
      const token = this.tokens[this.at++]!;
      if (token.type === 'tr_open') rows.push([]);
      if (token.type !== 'th_open' && token.type !== 'td_open') continue;
      if (token.type === 'th_open') aligns.push(alignOf(token));
      const runs = this.inline().filter((run) => run.text !== '');
      const cell = { text: textOf(runs), bold: runs.length > 0 && runs.every((run) => run.bold) };
      (token.type === 'th_open' ? header : rows.at(-1)!).push(cell);
    }
    this.at += 1;
    const weights = this.weights(open);
    const columns = aligns.map((align, i) => ({ align, weight: weights?.[i] ?? null }));
    return { type: 'table', columns, header, rows: rows.filter((row) => row.length > 0) };
  }

  private weights(open: Token): number[] | undefined {
    const rule = this.lines[(open.map?.[0] ?? 0) + 1] ?? '';
    const dashes = rule
      .split('|')
      .map((part) => part.replace(/[^-]/g, '').length)
      .filter((count) => count > 0);
    return dashes.every((count) => count === dashes[0]) ? undefined : dashes;
  }
}

/** The JSON of a special block, its strings decoded and dressed in French typography; its keys are left alone. */
function dataOf(token: Token): unknown {
  try {
    return JSON.parse(token.content, (_, value: unknown) =>
      typeof value === 'string' ? frenchTypography(unescapeMarkdown(value)) : value,
    );
  } catch (error) {
    throw new Error(`Markdown: the block "${token.info.trim()}" does not hold JSON`, { cause: error });
  }
}

function alignOf(token: Token): Column['align'] {
  const style = token.attrGet('style') ?? '';
  return style.includes('right') ? 'right' : style.includes('center') ? 'center' : 'left';
}

function runsOf(tokens: readonly Token[]): Run[] {
  const pieces: { text: string; bold: boolean; italic: boolean; code: boolean }[] = [];
  let bold = 0;
  let italic = 0;
  for (const token of tokens) {
    if (token.type === 'strong_open') bold += 1;
    else if (token.type === 'strong_close') bold -= 1;
    else if (token.type === 'em_open') italic += 1;
    else if (token.type === 'em_close') italic -= 1;
    else {
      const text = token.type === 'softbreak' ? ' ' : token.type === 'hardbreak' ? '\n' : token.content;
      const code = token.type === 'code_inline';
      const previous = pieces.at(-1);
      const same = previous && previous.bold === bold > 0 && previous.italic === italic > 0;
      if (same && previous.code === code) previous.text += text;
      else pieces.push({ text, bold: bold > 0, italic: italic > 0, code });
    }
  }
  return pieces.flatMap((piece) => {
    const text = piece.code ? piece.text : frenchTypography(piece.text);
    return text
      .split(AROUND_GAPS)
      .filter((part) => part !== '')
      .map((part) => ({ text: part, bold: piece.bold, italic: piece.italic, gap: AROUND_GAPS.test(part) }));
  });
}
