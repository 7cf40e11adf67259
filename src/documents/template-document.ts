import type { Templates } from '../platform/markdown/templates.js';
import {
  type TextDocument,
  type TextFormat,
  type TextModel,
  renderText,
} from '../platform/texts/text-document.js';
import { DOCX, type DocumentKind, PDF } from './document-kind.js';
import type { DossierVersion } from './dossier.js';
import { EXAMPLE_DOSSIERS } from './example-dossier.js';

/** A text made from a dossier version: which files, and the pure way from one to its model. */
export interface DossierText<Model extends TextModel> extends Pick<TextDocument, 'template' | 'finish'> {
  /** Path below the output folder, for each format that is made. */
  readonly files: Readonly<Partial<Record<TextFormat, (subject: string) => string>>>;
  /** What there is one file for: [''] for one per consultation, keys of members for one per member. */
  subjects(dossier: DossierVersion): readonly string[];
  model(dossier: DossierVersion, subject: string): Model;
}

/** Joins the models that the examples of dossiers give. */
export const dossierText = <Model extends TextModel>(
  text: DossierText<Model>,
): DossierText<Model> & TextDocument<Model> => ({
  ...text,
  examples: () =>
    EXAMPLE_DOSSIERS.flatMap((dossier) =>
      text.subjects(dossier).map((subject) => text.model(dossier, subject)),
    ),
});

const MEDIA: Readonly<Record<TextFormat, string>> = { pdf: PDF, docx: DOCX };
/** The PDF bears the name of its template: it was there first. */
const ENDINGS: Readonly<Record<TextFormat, string>> = { pdf: '', docx: '-docx' };

/** One document kind per format of a text. @throws {TemplateError} when the front matter of its template is wrong */
export function kindsOfText<Model extends TextModel>(
  templates: Templates,
  text: DossierText<Model>,
): DocumentKind<Model>[] {
  const template = templates.get(text.template);
  const formats = Object.keys(text.files) as TextFormat[];
  return formats.map((format) => ({
    kind: `${template.kind}${ENDINGS[format]}`,
    templateVersion: template.version,
    mediaType: MEDIA[format],
    subjects: (dossier) => text.subjects(dossier),
    fileName: (subject) => text.files[format]!(subject),
    model: (dossier, subject) => text.model(dossier, subject),
    render: async (model) => (await renderText(template, model, format, text.finish)).bytes,
  }));
}

/** For a text of which there is one per consultation. */
export const ONE_PER_CONSULTATION = (): readonly string[] => [''];
