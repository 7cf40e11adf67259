import type { Constraint, Refusal } from './refusal.js';

/** What is refused about protection levers. */
export const PROTECTION_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const PROTECTION_CONSTRAINTS = {} as const satisfies Record<string, Constraint>;
