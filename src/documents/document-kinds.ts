import { agreementDocument } from './agreement.document.js';
import { allocationWorkbookDocument } from './allocation-workbook.document.js';
import type { DocumentKind } from './document-kind.js';
import { needsWorkbookDocument } from './needs-workbook.document.js';
import { priceScheduleDocument } from './price-schedule.document.js';
import { synthesisDocument } from './synthesis.document.js';

/** Every document that a dossier gives, in the order people list them. Adding one is adding a line here. */
export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  synthesisDocument,
  agreementDocument,
  needsWorkbookDocument,
  allocationWorkbookDocument,
  priceScheduleDocument,
] as readonly DocumentKind[];
