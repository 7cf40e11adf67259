import type { Constraint, Refusal } from './refusal.js';

const toCorrect = (count: number): string =>
  count > 1
    ? `${count}\u00a0points sont à corriger, chacun indiqué dans`
    : 'un point est à corriger, indiqué dans';
const unsound = (title: string, subject: string) => ({
  status: 422,
  title,
  detail: (count: number) => `${subject}\u00a0: ${toCorrect(count)} «\u00a0errors\u00a0».`,
});

/** What is refused about the procedure of a consultation. */
export const PROCEDURE_REFUSALS = {
  PROCEDURE_CHOICE_UNSOUND: unsound(
    'Choix de la procédure à corriger',
    'Les choix de la procédure ne tiennent pas ensemble',
  ),
  WHAT_IF_UNSOUND: unsound('Hypothèses à corriger', 'Les hypothèses ne peuvent pas être suivies ainsi'),
} as const satisfies Record<string, Refusal>;

export const PROCEDURE_CONSTRAINTS = {
  procedure_choice_pk: [
    'ALREADY_EXISTS',
    'Cette consultation a déjà ses choix de procédure\u00a0: les relire.',
  ],
  procedure_choice_ground_says_something: ['INCONSISTENT', 'Un fondement dit quelque chose.'],
  procedure_choice_urgency_says_something: ['INCONSISTENT', 'Un motif d’urgence dit quelque chose.'],
  procedure_choice_options_are_positive: ['INCONSISTENT', 'Des options ne peuvent pas être négatives.'],
  procedure_choice_premiums_are_positive: ['INCONSISTENT', 'Des primes ne peuvent pas être négatives.'],
  procedure_choice_rest_of_operation_is_positive: [
    'INCONSISTENT',
    'Les autres marchés de l’opération ne peuvent pas être négatifs.',
  ],
  procedure_choice_limits_ordered: [
    'INCONSISTENT',
    'La limite des offres vient après celle des candidatures.',
  ],
  procedure_small_lot_pk: ['ALREADY_EXISTS', 'Ce lot est déjà acheté comme petit lot\u00a0: le relire.'],
  procedure_small_lot_lot: ['INCONSISTENT', 'Ce lot n’existe plus.'],
} as const satisfies Record<string, Constraint>;
