import { ACCOUNT_CONSTRAINTS } from './accounts.js';
import { BUYER_CONSTRAINTS } from './buyers.js';
import { CONSULTATION_CONSTRAINTS } from './consultations.js';
import { GROUP_CONSTRAINTS } from './groups.js';
import { ITEM_CONSTRAINTS } from './items.js';
import { LAW_CONSTRAINTS } from './law.js';
import { LOT_CONSTRAINTS } from './lots.js';
import { NEED_CONSTRAINTS } from './needs.js';
import { PROCEDURE_CONSTRAINTS } from './procedure.js';
import { PROTECTION_CONSTRAINTS } from './protection.js';
import { PUBLICATION_CONSTRAINTS } from './publication.js';
import { SIGNAL_CONSTRAINTS } from './signals.js';
import { SOURCING_CONSTRAINTS } from './sourcing.js';
import { TERMS_CONSTRAINTS } from './terms.js';
import type { Constraint } from './refusal.js';

/**
 * What to say when the database, the last lock, refuses a row: constraint → code and French sentence. Services check
 * first; this speaks for two requests that raced. A constraint that is not here can be broken only by our own mistake:
 * it answers 500 and is logged.
 */
export const CONSTRAINTS: Readonly<Record<string, Constraint>> = {
  ...BUYER_CONSTRAINTS,
  ...ACCOUNT_CONSTRAINTS,
  ...LAW_CONSTRAINTS,
  ...GROUP_CONSTRAINTS,
  ...CONSULTATION_CONSTRAINTS,
  ...PUBLICATION_CONSTRAINTS,
  ...SOURCING_CONSTRAINTS,
  ...LOT_CONSTRAINTS,
  ...ITEM_CONSTRAINTS,
  ...TERMS_CONSTRAINTS,
  ...PROTECTION_CONSTRAINTS,
  ...NEED_CONSTRAINTS,
  ...SIGNAL_CONSTRAINTS,
  ...PROCEDURE_CONSTRAINTS,
};
