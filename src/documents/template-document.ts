import type { PlainDate } from '../calendar/plain-date.js';
import { renderMarkdown } from '../platform/markdown/render.js';
import { loadTemplate } from '../platform/markdown/template.js';
import { renderPdf } from '../platform/pdf/render-pdf.js';
import { type DocumentKind, PDF } from './document-kind.js';
import type { DossierVersion } from './dossier.js';

/** What every text says at the foot of its pages, beside what its own template asks for. */
export interface TemplateModel {
  readonly title: string;
  readonly version: number;
  readonly takenOn: PlainDate;
  readonly sha256: string;
}

/** A PDF made from `templates/documents/<name>.md.njk`: one per consultation. */
export function templateDocument<Model extends TemplateModel>(
  name: string,
  fileName: string,
  model: (dossier: DossierVersion) => Model,
): DocumentKind<Model> {
  const template = loadTemplate(name);
  return {
    kind: template.kind,
    templateVersion: template.version,
    mediaType: PDF,
    subjects: () => [''],
    fileName: () => fileName,
    model,
    render: (content) =>
      renderPdf(renderMarkdown(template, content), {
        subject: content.title,
        version: content.version,
        date: content.takenOn,
        fingerprint: content.sha256,
      }),
  };
}
