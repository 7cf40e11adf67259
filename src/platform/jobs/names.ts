/** Every background job of the product, with the payload it carries. A name without a handler stops the start. */
export interface JobPayloads {
  /** Renders one document of a dossier: see `documents/documents.jobs.ts`. */
  'document.generate': { readonly documentId: string };
  /** Makes the archive of documents that were asked for together, once all are there. */
  'document.archive': { readonly setId: string };
  /** Makes one file of the counted needs: see `documents/needs-exports.jobs.ts`. */
  'needs.export': { readonly exportId: string };
  /** Writes to people what happened in a census: see `reminders/reminders.jobs.ts`. */
  'needs.tell': NeedsEvent;
  /** Reminds those that a census waits for, on that day of Paris: asked once a day. */
  'needs.remind': { readonly day: string };
  /** Draws the secret of a one-time link and mails it: see `accounts/accounts.jobs.ts`. */
  'account.mail-link': { readonly linkId: string };
  /** Sends a mail of the outbox: see `platform/mail/mail.jobs.ts`. */
  'mail.send': { readonly mailId: string };
  /** Takes a member that withdrew out of what is being prepared: see `needs/needs.jobs.ts`. The instant in ISO 8601. */
  'membership.clear-consultations': {
    readonly groupId: string;
    readonly buyerId: string;
    readonly withdrawnAt: string;
  };
}

/** What happened: in the census, or to the version of that number in a member's declaration. */
export type NeedsEvent =
  | { readonly consultationId: string; readonly event: 'opened' | 'moved' | 'closed' }
  | {
      readonly consultationId: string;
      readonly event: 'typed-for';
      readonly buyerId: string;
      readonly personId: string;
    }
  | {
      readonly consultationId: string;
      readonly event: 'transmitted' | 'decided' | 'contested';
      readonly buyerId: string;
      readonly number: number;
    };

/** Asked once a day, when the offices open. */
export const DAILY = ['needs.remind'] as const;

export type JobName = keyof JobPayloads;

/** How often a job is tried before its failure is recorded; each wait is twice the one before. */
interface Patience {
  readonly attempts: number;
  /** Milliseconds before the second try. */
  readonly delay: number;
}

export const PATIENCE: Readonly<Record<JobName, Patience>> = {
  'document.generate': { attempts: 3, delay: 500 },
  'document.archive': { attempts: 3, delay: 500 },
  'needs.export': { attempts: 3, delay: 500 },
  'membership.clear-consultations': { attempts: 8, delay: 1_000 },
  // A mail server may be away for an hour or two; an invitation is worth waiting.
  'account.mail-link': { attempts: 14, delay: 1_000 },
  'needs.tell': { attempts: 8, delay: 1_000 },
  'needs.remind': { attempts: 8, delay: 1_000 },
  'mail.send': { attempts: 14, delay: 1_000 },
};

export const JOB_NAMES = Object.keys(PATIENCE) as JobName[];
