import type { Constraint, Refusal } from './refusal.js';

/** What is refused about buyers and clusters. */
export const BUYER_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const BUYER_CONSTRAINTS = {
  buyer_siret_is_unique: ['ALREADY_EXISTS', 'Un acheteur porte déjà ce SIRET.'],
  buyer_siret_has_14_digits: ['INCONSISTENT', 'Un SIRET compte 14\u00a0chiffres.'],
  buyer_insee_code_is_well_formed: ['INCONSISTENT', 'Un code INSEE de commune compte 5\u00a0caractères.'],
  buyer_has_a_name: ['INCONSISTENT', 'Un acheteur porte un nom.'],
} as const satisfies Record<string, Constraint>;
