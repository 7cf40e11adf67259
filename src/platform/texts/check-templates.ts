import { renderDocx } from '../docx/render-docx.js';
import { placeholderFaults } from '../markdown/placeholders.js';
import { renderMarkdown, sourcesOf } from '../markdown/render.js';
import { type Template, wholeFile } from '../markdown/template.js';
import { TemplateError, type TemplateFault } from '../markdown/template-error.js';
import type { Templates } from '../markdown/templates.js';
import { renderPdf } from '../pdf/render-pdf.js';
import { mergedExample } from './merged-example.js';
import { type TextDocument, type TextModel, valuesOf } from './text-document.js';

/** What a template is, and where it comes from. */
export interface CheckedTemplate {
  readonly name: string;
  readonly file: string;
  readonly overridden: boolean;
  /** Null when it cannot be read. */
  readonly version: string | null;
}

export interface TemplatesReport {
  readonly templates: readonly CheckedTemplate[];
  /** Everything wrong, file by file. */
  readonly faults: readonly TemplateFault[];
}

/**
 * Reads the template of every document, shipped or overridden, looks each placeholder up in the examples of its model,
 * and draws each example to PDF and DOCX, as a draft and as a final text.
 */
export async function checkTemplates(
  templates: Templates,
  documents: readonly TextDocument[],
): Promise<TemplatesReport> {
  const faults = [...templates.folderFaults()];
  const checked: CheckedTemplate[] = [];
  for (const document of documents) {
    const { file, overridden } = templates.place(document.template);
    const { template, faults: found } = await check(templates, document);
    checked.push({ name: document.template, file, overridden, version: template?.version ?? null });
    faults.push(...found);
  }
  return { templates: checked, faults };
}

async function check(
  templates: Templates,
  document: TextDocument,
): Promise<{ template?: Template; faults: readonly TemplateFault[] }> {
  let template: Template;
  try {
    template = templates.get(document.template);
  } catch (error) {
    return { faults: faultsOf(error) };
  }
  const examples = document.examples();
  const values = valuesOf(mergedExample(examples) as TextModel, true);
  const { title, body } = sourcesOf(template);
  const faults = [...placeholderFaults(title, values), ...placeholderFaults(body, values)];
  if (faults.length > 0) return { template, faults };
  try {
    for (const example of examples) await draw(template, example);
  } catch (error) {
    return {
      template,
      faults: error instanceof TemplateError ? error.faults : [drawingFault(template, error)],
    };
  }
  return { template, faults };
}

async function draw(template: Template, model: TextModel): Promise<void> {
  for (const draft of [true, false]) {
    const document = renderMarkdown(template, valuesOf(model, draft));
    const { title: subject, version, takenOn: date, sha256: fingerprint } = model;
    const running = { subject, version, date, fingerprint, draft };
    await renderPdf(document, running);
    await renderDocx(document, running);
  }
}

function faultsOf(error: unknown): readonly TemplateFault[] {
  if (error instanceof TemplateError) return error.faults;
  throw error;
}

/** Markdown that no renderer knows: a picture, a special block of an unknown name or without JSON, too many pages. */
const drawingFault = ({ file }: Template, error: unknown): TemplateFault =>
  wholeFile(file, `le texte ne peut pas être mis en page (${(error as Error).message}).`);
