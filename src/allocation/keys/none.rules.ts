/** The coordinator bears the costs: the default key (law.md §11, 1). */
export interface NoneChoice {
  readonly key: 'none';
}

export const NONE_NAME = 'aucune';
export const NONE_SENTENCE = 'Le coordonnateur garde les frais à sa charge. Aucun titre à émettre.';
