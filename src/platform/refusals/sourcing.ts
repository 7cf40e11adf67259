import type { Constraint, Refusal } from './refusal.js';

/** What is refused about suppliers and sourcing. */
export const SOURCING_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const SOURCING_CONSTRAINTS = {} as const satisfies Record<string, Constraint>;
