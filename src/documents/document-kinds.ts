import { contractNoticeText } from './contract-notice.document.js';
import { interestNoteText } from './interest-note.document.js';
import { censusSheetText } from './census-sheet.document.js';
import { consolidatedNeedsText } from './consolidated-needs.document.js';
import { lumpSumBreakdownDocument } from './lump-sum-breakdown.document.js';
import { commitmentText } from './commitment.document.js';
import { technicalMemoText } from './technical-memo.document.js';
import { membersAnnexText } from './members-annex.document.js';
import { particularTermsText } from './particular-terms.document.js';
import { technicalTermsText } from './technical-terms.document.js';
import type { Templates } from '../platform/markdown/templates.js';
import type { TextDocument } from '../platform/texts/text-document.js';
import { agreementText } from './agreement.document.js';
import { allocationWorkbookDocument } from './allocation-workbook.document.js';
import { consultationRulesText } from './consultation-rules.document.js';
import { councilResolutionText } from './council-resolution.document.js';
import type { DocumentKind } from './document-kind.js';
import { needsWorkbookDocument } from './needs-workbook.document.js';
import { priceScheduleDocument } from './price-schedule.document.js';
import { synthesisText } from './synthesis.document.js';
import { kindsOfText } from './template-document.js';

/** What the command that reads the files of a campaign makes. */
export const CAMPAIGN_KINDS: readonly string[] = [
  ...['synthesis', 'agreement', 'needs-workbook', 'allocation-workbook', 'price-schedule'],
];

/** Every text of this room, for the control of templates. Adding one is adding a line here and one below. */
export const DOSSIER_TEXTS: readonly TextDocument[] = [
  ...[synthesisText, agreementText, councilResolutionText],
  consultationRulesText,
  particularTermsText,
  technicalTermsText,
  commitmentText,
  technicalMemoText,
  membersAnnexText,
  contractNoticeText,
  interestNoteText,
  censusSheetText,
  consolidatedNeedsText,
];

/**
 * Every document that a dossier gives, in the order people list them.
 *
 * @throws {TemplateError} when the front matter of a template is wrong
 */
export const documentKinds = (templates: Templates): readonly DocumentKind[] =>
  [
    ...kindsOfText(templates, synthesisText),
    ...kindsOfText(templates, agreementText),
    ...kindsOfText(templates, councilResolutionText),
    ...kindsOfText(templates, consultationRulesText),
    ...kindsOfText(templates, particularTermsText),
    ...kindsOfText(templates, technicalTermsText),
    ...kindsOfText(templates, commitmentText),
    ...kindsOfText(templates, technicalMemoText),
    ...kindsOfText(templates, membersAnnexText),
    ...kindsOfText(templates, contractNoticeText),
    ...kindsOfText(templates, interestNoteText),
    ...kindsOfText(templates, censusSheetText),
    ...kindsOfText(templates, consolidatedNeedsText),
    needsWorkbookDocument,
    allocationWorkbookDocument,
    priceScheduleDocument,
    lumpSumBreakdownDocument,
  ] as readonly DocumentKind[];
