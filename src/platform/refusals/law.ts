import type { Constraint, Refusal } from './refusal.js';

/** What is refused about the law of a day. */
export const LAW_REFUSALS = {
  LAW_UNKNOWN: {
    status: 409,
    title: 'Droit inconnu à cette date',
    detail: (sentence: string) => sentence,
  },
} as const satisfies Record<string, Refusal>;

export const LAW_CONSTRAINTS = {
  law_figure_value_is_not_negative: ['INCONSISTENT', 'Un chiffre du droit n’est pas négatif.'],
  law_figure_ends_after_it_begins: [
    'INCONSISTENT',
    'Le premier jour hors vigueur vient après le premier jour en vigueur\u00a0: corriger l’un ou l’autre.',
  ],
  law_figure_has_a_source: ['INCONSISTENT', 'Un chiffre du droit dit où il a été lu.'],
} as const satisfies Record<string, Constraint>;
