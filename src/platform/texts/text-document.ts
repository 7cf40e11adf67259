import { createHash } from 'node:crypto';
import type { PlainDate } from '../../calendar/plain-date.js';
import { renderDocx } from '../docx/render-docx.js';
import { type Gap, gapsOf } from '../markdown/gaps.js';
import { renderMarkdown } from '../markdown/render.js';
import type { Template } from '../markdown/template.js';
import type { MarkdownDocument, Running } from '../markdown/tree.js';
import { renderPdf } from '../pdf/render-pdf.js';
import { GapsRefused } from './gaps-refused.js';

/** What every text says around its pages, beside what its own template asks for. */
export interface TextModel {
  /** What it is about, in the running words. */
  readonly title: string;
  /** Version of the data, and the day it was taken. */
  readonly version: number;
  readonly takenOn: PlainDate;
  /** SHA-256 of the data. */
  readonly sha256: string;
}

/**
 * A text that a lawyer can edit: `templates/documents/<template>.md.njk`, and the models that fill it. A room adds how a
 * snapshot of its data becomes a model, which is pure.
 */
export interface TextDocument<Model extends TextModel = TextModel> {
  readonly template: string;
  /** Whether it is made as a draft unless something else is asked. */
  readonly finish: Finish;
  /** Models that hold, between them, a value at every place: what the templates are checked against. */
  examples(): readonly Model[];
}

/** A draft says « PROJET » on every page and may hold gaps; a final text holds none. */
export type Finish = 'draft' | 'final';
export type TextFormat = 'pdf' | 'docx';

export interface RenderedText {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly templateVersion: string;
  /** What is left to write, in the order of the text; none in a final text. */
  readonly gaps: readonly Gap[];
}

const RENDERERS: Readonly<
  Record<TextFormat, (document: MarkdownDocument, running: Running) => Promise<Buffer>>
> = { pdf: renderPdf, docx: renderDocx };

/**
 * Makes a file from a template and a model: the same two, format and finish give the same bytes.
 *
 * @throws {TemplateError} when the template asks for what the model does not hold
 * @throws {GapsRefused} when a final text has gaps
 */
export async function renderText(
  template: Template,
  model: TextModel,
  format: TextFormat,
  finish: Finish,
): Promise<RenderedText> {
  const draft = finish === 'draft';
  const document = renderMarkdown(template, valuesOf(model, draft));
  const gaps = gapsOf(document);
  if (!draft && gaps.length > 0) throw new GapsRefused(document.title, gaps);
  const bytes = await RENDERERS[format](document, {
    subject: model.title,
    version: model.version,
    date: model.takenOn,
    fingerprint: model.sha256,
    draft,
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, templateVersion: template.version, gaps };
}

/** What a text leaves to write with this model. @throws {TemplateError} as `renderText` */
export const gapsIn = (template: Template, model: TextModel): readonly Gap[] =>
  gapsOf(renderMarkdown(template, valuesOf(model, false)));

/** What a template may ask for: the model, and whether this is a draft. */
export const valuesOf = (model: TextModel, draft: boolean): object => ({ ...model, draft });
