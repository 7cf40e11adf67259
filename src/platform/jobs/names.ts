/** Every background job of the product, with the payload it carries. A name without a handler stops the start. */
export interface JobPayloads {
  /** Renders one document of a dossier: see `documents/documents.jobs.ts`. */
  'document.generate': { readonly documentId: string };
  /** Draws the secret of a one-time link and mails it: see `accounts/accounts.jobs.ts`. */
  'account.mail-link': { readonly linkId: string };
}

export type JobName = keyof JobPayloads;

const NAMES: Record<JobName, true> = { 'document.generate': true, 'account.mail-link': true };

export const JOB_NAMES = Object.keys(NAMES) as JobName[];
