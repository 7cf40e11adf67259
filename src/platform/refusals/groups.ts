import type { Constraint, Refusal } from './refusal.js';

/** What is refused about groups, their agreement and their members. */
export const GROUP_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const GROUP_CONSTRAINTS = {
  purchasing_group_title_is_unique: [
    'ALREADY_EXISTS',
    'Ce coordonnateur a déjà un groupement de commandes de ce nom.',
  ],
  purchasing_group_has_a_title: ['INCONSISTENT', 'Un groupement de commandes porte un nom.'],
  purchasing_group_coordinator: ['INCONSISTENT', 'Le coordonnateur désigné n’est pas un acheteur connu.'],
  membership_pk: ['ALREADY_EXISTS', 'Cet acheteur a déjà répondu à l’invitation de ce groupement.'],
  membership_buyer: ['INCONSISTENT', 'Le membre désigné n’est pas un acheteur connu.'],
  membership_is_joined_or_declined: ['INCONSISTENT', 'Un membre adhère ou décline, et pas les deux.'],
  membership_population_is_positive: ['INCONSISTENT', 'Une population ne peut pas être négative.'],
  membership_population_has_a_source: ['INCONSISTENT', 'Une population se donne avec sa source.'],
} as const satisfies Record<string, Constraint>;
