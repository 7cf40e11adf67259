import type { Templates } from '../platform/markdown/templates.js';
import type { TextDocument, TextModel } from '../platform/texts/text-document.js';
import { agreementAmendmentText } from './agreement-amendment.document.js';
import { agreementText } from './agreement.document.js';
import { allocationWorkbookDocument } from './allocation-workbook.document.js';
import { censusSheetText } from './census-sheet.document.js';
import { commitmentText } from './commitment.document.js';
import { committeeSheetText } from './committee-sheet.document.js';
import { consolidatedNeedsText } from './consolidated-needs.document.js';
import { consultationRulesText } from './consultation-rules.document.js';
import { contractNoticeText } from './contract-notice.document.js';
import { councilResolutionText } from './council-resolution.document.js';
import { delegatedDecisionText } from './delegated-decision.document.js';
import type { DocumentKind } from './document-kind.js';
import { interestNoteText } from './interest-note.document.js';
import { lumpSumBreakdownDocument } from './lump-sum-breakdown.document.js';
import { membersAnnexText } from './members-annex.document.js';
import { membersListText } from './members-list.document.js';
import { membershipFormText } from './membership-form.document.js';
import { needsWorkbookDocument } from './needs-workbook.document.js';
import { particularTermsText } from './particular-terms.document.js';
import { priceScheduleDocument } from './price-schedule.document.js';
import { synthesisText } from './synthesis.document.js';
import { technicalMemoText } from './technical-memo.document.js';
import { technicalTermsText } from './technical-terms.document.js';
import { type DossierText, kindsOfText } from './template-document.js';
import { withdrawalActText } from './withdrawal-act.document.js';

/** What the command that reads the files of a campaign makes. */
export const CAMPAIGN_KINDS: readonly string[] = [
  ...['synthesis', 'agreement', 'needs-workbook', 'allocation-workbook', 'price-schedule'],
];

/**
 * Every text of this room, in the order people list them. Adding one is adding a line here, its template and its model:
 * docs/adding-a-document.md.
 */
export const DOSSIER_TEXTS: readonly (DossierText<TextModel> & TextDocument)[] = [
  synthesisText,
  agreementText,
  agreementAmendmentText,
  membersListText,
  membershipFormText,
  councilResolutionText,
  delegatedDecisionText,
  committeeSheetText,
  withdrawalActText,
  censusSheetText,
  consolidatedNeedsText,
  interestNoteText,
  contractNoticeText,
  consultationRulesText,
  particularTermsText,
  technicalTermsText,
  commitmentText,
  technicalMemoText,
  membersAnnexText,
];

const WORKBOOKS = [
  needsWorkbookDocument,
  allocationWorkbookDocument,
  priceScheduleDocument,
  lumpSumBreakdownDocument,
] as readonly DocumentKind[];

/**
 * Every document that a dossier gives, in the order people list them.
 *
 * @throws {TemplateError} when the front matter of a template is wrong
 */
export const documentKinds = (templates: Templates): readonly DocumentKind[] => [
  ...(DOSSIER_TEXTS.flatMap((text) => kindsOfText(templates, text)) as DocumentKind[]),
  ...WORKBOOKS,
];
