import type { Constraint, Refusal } from './refusal.js';

/** What is refused about quantities to check. */
export const SIGNAL_REFUSALS = {
  SIGNALS_CHANGED: {
    status: 409,
    title: 'Liste à relire',
    detail: (count: number) =>
      `Rien n’a été enregistré\u00a0: ${
        count > 1
          ? `${count}\u00a0points à vérifier ont changé depuis votre lecture, ou ont disparu`
          : 'un point à vérifier a changé depuis votre lecture, ou a disparu'
      }. Relire la liste, puis confirmer.`,
  },
} as const satisfies Record<string, Refusal>;

export const SIGNAL_CONSTRAINTS = {
  need_signal_confirmation_is_unique: [
    'ALREADY_EXISTS',
    'Ce point à vérifier vient d’être confirmé\u00a0: relire la liste.',
  ],
} as const satisfies Record<string, Constraint>;
