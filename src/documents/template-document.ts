import type { Templates } from '../platform/markdown/templates.js';
import {
  type TextDocument,
  type TextFormat,
  type TextModel,
  gapsIn,
  renderText,
} from '../platform/texts/text-document.js';
import { DOCX, type DocumentKind, type DocumentPart, PDF } from './document-kind.js';
import type { DossierVersion } from './dossier.js';
import { EXAMPLE_DOSSIERS } from './example-dossier.js';

/** A file made of a text: what it is asked for with, and its path below the output folder. */
export interface TextFile {
  readonly part: DocumentPart;
  readonly name: (subject: string) => string;
}

/** A text made from a dossier version: which files, and the pure way from one to its model. */
export interface DossierText<Model extends TextModel> extends Pick<TextDocument, 'template' | 'finish'> {
  readonly files: Readonly<Partial<Record<TextFormat, TextFile>>>;
  /** What there is one file for: [''] for one per consultation, keys of members for one per member. */
  subjects(dossier: DossierVersion): readonly string[];
  model(dossier: DossierVersion, subject: string): Model;
}

/** Lots and members of the examples differ by turns of four; the last member has decided nothing. */
const fewOf = (subjects: readonly string[]): readonly string[] =>
  subjects.filter((_, at) => at < 4 || at === subjects.length - 1);

/** Joins the models that the examples of dossiers give. */
export const dossierText = <Model extends TextModel>(
  text: DossierText<Model>,
): DossierText<Model> & TextDocument<Model> => ({
  ...text,
  examples: () =>
    EXAMPLE_DOSSIERS.flatMap((dossier) =>
      fewOf(text.subjects(dossier)).map((subject) => text.model(dossier, subject)),
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
    part: text.files[format]!.part,
    templateVersion: template.version,
    mediaType: MEDIA[format],
    finish: text.finish,
    subjects: (dossier) => text.subjects(dossier),
    fileName: (subject) => text.files[format]!.name(subject),
    model: (dossier, subject) => text.model(dossier, subject),
    render: async (model, finish = text.finish) => (await renderText(template, model, format, finish)).bytes,
    gaps: (model) => gapsIn(template, model),
  }));
}

/** For a text of which there is one per consultation. */
export const ONE_PER_CONSULTATION = (): readonly string[] => [''];
/** The same, for a text that speaks of the purchase: an older dossier does not know it. */
export const ONE_PER_PURCHASE = ({ content }: DossierVersion): readonly string[] =>
  content.purchase ? [''] : [];
/** Numbers of the lots, for a text that speaks of the purchase. */
export const ONE_PER_LOT = ({ content }: DossierVersion): readonly string[] =>
  content.purchase ? content.lots.map(({ number }) => String(number)) : [];
/** Keys of the members, for a text that speaks of the purchase. */
export const ONE_PER_MEMBER = ({ content }: DossierVersion): readonly string[] =>
  content.purchase ? content.members.map(({ key }) => key) : [];
/** "03": so that files stand in the order of the lots. */
export const two = (lot: string): string => lot.padStart(2, '0');
