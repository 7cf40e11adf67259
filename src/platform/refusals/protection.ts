import type { Constraint, Refusal } from './refusal.js';

/** What is refused about protection levers. */
export const PROTECTION_REFUSALS = {
  PROTECTION_UNSOUND: {
    status: 422,
    title: 'Mesures d’accès refusées',
    detail: (count: number) =>
      `Les mesures d’accès des TPE-PME de ce lot ont ${count}\u00a0${count > 1 ? 'défauts' : 'défaut'}\u00a0: ` +
      'chacun est indiqué dans «\u00a0errors\u00a0», avec ce qu’il faut faire.',
  },
} as const satisfies Record<string, Refusal>;

export const PROTECTION_CONSTRAINTS = {
  lot_protection_pk: ['ALREADY_EXISTS', 'Ce lot a déjà ses mesures d’accès des TPE-PME\u00a0: les relire.'],
  lot_protection_lot: [
    'INCONSISTENT',
    'Ce lot porte des mesures d’accès des TPE-PME\u00a0: les retirer avant de supprimer le lot.',
  ],
  lot_protection_justification_is_told: [
    'INCONSISTENT',
    'La justification des mesures d’accès compte de 20 à 4000\u00a0caractères.',
  ],
  lot_protection_has_a_lever: [
    'INCONSISTENT',
    'Un lot signalé porte au moins une mesure d’accès\u00a0: en choisir une, ou retirer le signalement.',
  ],
  lot_lever_protection: ['INCONSISTENT', 'Une mesure d’accès se choisit avec la justification du lot.'],
  lot_lever_pk: ['ALREADY_EXISTS', 'Cette mesure est déjà choisie pour ce lot.'],
} as const satisfies Record<string, Constraint>;
