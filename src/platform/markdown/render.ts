import { fillMarkdown, fillPlain } from './fill.js';
import { parseMarkdown } from './parse.js';
import type { Source } from './placeholders.js';
import type { Template } from './template.js';
import type { MarkdownDocument } from './tree.js';
import { frenchTypography } from './typography.js';

/**
 * A template and a model give a document; the same two always give the same one.
 *
 * @throws {TemplateError} when the template asks for what the model does not hold
 */
export function renderMarkdown(template: Template, model: object): MarkdownDocument {
  const { title, body } = sourcesOf(template);
  return {
    title: frenchTypography(fillPlain(title, model)),
    kind: template.kind,
    templateVersion: template.version,
    page: template.page,
    blocks: parseMarkdown(fillMarkdown(body, model)),
  };
}

/** The two texts of a template that hold placeholders. */
export const sourcesOf = ({ file, ...template }: Template): { title: Source; body: Source } => ({
  title: { file, text: template.title, line: template.titleLine },
  body: { file, text: template.body, line: template.bodyLine },
});
