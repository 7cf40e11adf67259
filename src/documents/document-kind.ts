import type { DossierVersion } from './dossier.js';

/**
 * One document of the product: a pure model taken from a dossier, and its rendering to bytes.
 * The same dossier version and the same template version give the same bytes.
 */
export interface DocumentKind<Model = unknown> {
  /** Stable name, kept with each file: "price-schedule". */
  readonly kind: string;
  /** Changes whenever the same dossier would give another content. */
  readonly templateVersion: string;
  readonly mediaType: string;
  /** What there is one file for: [''] for one per consultation, lot numbers for one per lot. */
  subjects(dossier: DossierVersion): readonly string[];
  /** Path below the output folder: "dce/lot-01-bpu-dqe.xlsx". */
  fileName(subject: string): string;
  model(dossier: DossierVersion, subject: string): Model;
  render(model: Model): Promise<Buffer>;
}

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const PDF = 'application/pdf';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
