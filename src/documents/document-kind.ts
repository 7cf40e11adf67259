import type { Gap } from '../platform/markdown/gaps.js';
import type { Finish } from '../platform/texts/text-document.js';
import type { DossierVersion } from './dossier.js';

/** What people ask for together, and get as one archive. */
export const PARTS = ['group', 'needs', 'notice', 'dce', 'internal', 'editable'] as const;
export type DocumentPart = (typeof PARTS)[number];

export const PART_WORDS: Readonly<Record<DocumentPart, string>> = {
  group: 'groupement',
  needs: 'besoins',
  notice: 'avis de publicité',
  dce: 'dossier de consultation des entreprises',
  internal: 'documents internes',
  editable: 'textes modifiables',
};

/**
 * One document of the product: a pure model taken from a dossier, and its rendering to bytes.
 * The same dossier version, template version and finish give the same bytes.
 */
export interface DocumentKind<Model = unknown> {
  /** Stable name, kept with each file: "price-schedule". */
  readonly kind: string;
  readonly part: DocumentPart;
  /** Changes whenever the same dossier would give another content. */
  readonly templateVersion: string;
  readonly mediaType: string;
  /** What it is made as unless something else is asked; a workbook is the same either way. */
  readonly finish: Finish;
  /** What there is one file for: [''] for one per consultation, lot numbers for one per lot. */
  subjects(dossier: DossierVersion): readonly string[];
  /** Path below the output folder: "dce/lot-01-bpu-dqe.xlsx". */
  fileName(subject: string): string;
  model(dossier: DossierVersion, subject: string): Model;
  /**
   * @param finish its own unless another is asked
   * @throws {GapsRefused} when a final text has gaps
   */
  render(model: Model, finish?: Finish): Promise<Buffer>;
  /** What is left to write in it; none in a workbook. */
  gaps(model: Model): readonly Gap[];
}

/** What a workbook says of itself as a document: the same, draft or final, and nothing to complete. */
export const WORKBOOK = { finish: 'final', gaps: () => [] } as const;

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const PDF = 'application/pdf';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
