import { fillMarkdown, fillPlain } from './fill.js';
import { parseMarkdown } from './parse.js';
import type { Template } from './template.js';
import type { MarkdownDocument } from './tree.js';
import { frenchTypography } from './typography.js';

/**
 * A template and a model give a document; the same two always give the same one.
 *
 * @throws {PlaceholderError} when the template asks for what the model does not hold
 */
export function renderMarkdown(template: Template, model: object): MarkdownDocument {
  return {
    title: frenchTypography(fillPlain(template.name, template.title, model)),
    kind: template.kind,
    templateVersion: template.version,
    page: template.page,
    blocks: parseMarkdown(fillMarkdown(template.name, template.body, model)),
  };
}
