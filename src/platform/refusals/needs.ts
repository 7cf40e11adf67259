import type { Constraint, Refusal } from './refusal.js';

/** What is refused about declared needs and the sharing of costs. */
export const NEED_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const NEED_CONSTRAINTS = {
  need_line_pk: ['ALREADY_EXISTS', 'Ce besoin est déjà déclaré.'],
  need_line_participation: [
    'INCONSISTENT',
    'Un membre ne déclare de besoins que sur les lots auxquels il participe.',
  ],
  need_line_quantity_is_positive: ['INCONSISTENT', 'Une quantité ne peut pas être négative.'],
  need_line_quantity_ordered: [
    'INCONSISTENT',
    'La quantité estimée se tient entre le minimum et le maximum.',
  ],
  cost_sharing_fixed_share_in_range: ['INCONSISTENT', 'La part fixe va de 0 à 1.'],
} as const satisfies Record<string, Constraint>;
