import type { Constraint, Refusal } from './refusal.js';

/** What is refused about contract terms, criteria and clauses. */
export const TERMS_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const TERMS_CONSTRAINTS = {} as const satisfies Record<string, Constraint>;
