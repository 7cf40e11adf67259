import type { Templates } from '../platform/markdown/templates.js';
import type { TextDocument } from '../platform/texts/text-document.js';
import { agreementAmendmentText } from './agreement-amendment.document.js';
import { agreementText } from './agreement.document.js';
import { allocationWorkbookDocument } from './allocation-workbook.document.js';
import { committeeSheetText } from './committee-sheet.document.js';
import { councilResolutionText } from './council-resolution.document.js';
import { delegatedDecisionText } from './delegated-decision.document.js';
import type { DocumentKind } from './document-kind.js';
import { membershipFormText } from './membership-form.document.js';
import { membersListText } from './members-list.document.js';
import { needsWorkbookDocument } from './needs-workbook.document.js';
import { priceScheduleDocument } from './price-schedule.document.js';
import { synthesisText } from './synthesis.document.js';
import { kindsOfText } from './template-document.js';
import { withdrawalActText } from './withdrawal-act.document.js';

/** What the command that reads the files of a campaign makes. */
export const CAMPAIGN_KINDS: readonly string[] = [
  ...['synthesis', 'agreement', 'needs-workbook', 'allocation-workbook', 'price-schedule'],
];

/** Every text of this room, for the control of templates. Adding one is adding a line here and one below. */
export const DOSSIER_TEXTS: readonly TextDocument[] = [
  synthesisText,
  agreementText,
  agreementAmendmentText,
  membersListText,
  membershipFormText,
  councilResolutionText,
  delegatedDecisionText,
  committeeSheetText,
  withdrawalActText,
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
    ...kindsOfText(templates, agreementAmendmentText),
    ...kindsOfText(templates, membersListText),
    ...kindsOfText(templates, membershipFormText),
    ...kindsOfText(templates, councilResolutionText),
    ...kindsOfText(templates, delegatedDecisionText),
    ...kindsOfText(templates, committeeSheetText),
    ...kindsOfText(templates, withdrawalActText),
    needsWorkbookDocument,
    allocationWorkbookDocument,
    priceScheduleDocument,
  ] as readonly DocumentKind[];
