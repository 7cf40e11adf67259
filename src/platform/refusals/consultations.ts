import type { Constraint, Refusal } from './refusal.js';

/** What is refused about consultations. */
export const CONSULTATION_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const CONSULTATION_CONSTRAINTS = {
  consultation_title_is_unique: ['ALREADY_EXISTS', 'Ce groupement a déjà une consultation de ce nom.'],
  consultation_has_a_title: ['INCONSISTENT', 'Une consultation porte un nom.'],
  consultation_firm_years_in_range: ['INCONSISTENT', 'La durée ferme va de 1 à 30\u00a0ans.'],
  consultation_renewals_in_range: ['INCONSISTENT', 'Les reconductions vont de 0 à 30.'],
} as const satisfies Record<string, Constraint>;
