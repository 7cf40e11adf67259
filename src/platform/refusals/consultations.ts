import type { Constraint, Refusal } from './refusal.js';

/** What is refused about consultations. */
export const CONSULTATION_REFUSALS = {
  CONSULTATION_LAUNCHED: {
    status: 409,
    title: 'Consultation lancée',
    detail: () =>
      'Cette consultation est lancée\u00a0: son contenu ne change plus. La copier pour la suivante, ou la déclarer sans suite.',
  },
  CONSULTATION_CANCELLED: {
    status: 409,
    title: 'Consultation sans suite',
    detail: () =>
      'Cette consultation est déclarée sans suite\u00a0: elle ne change plus. La copier pour en préparer une autre.',
  },
  PARTICIPATION_CLOSED: {
    status: 409,
    title: 'Adhésion aux lots close',
    detail: () =>
      'Cette consultation est lancée\u00a0: les besoins devaient être définis avant (CCP L2111-1), et l’adhésion aux lots ne change plus. Le membre pourra rejoindre la prochaine consultation.',
  },
  DURATION_NEEDS_A_MOTIVE: {
    status: 422,
    title: 'Durée à motiver',
    detail: (years: number, limit: string) =>
      `La durée totale, reconductions comprises, est de ${years}\u00a0ans. Au-delà de ${limit}\u00a0ans (CCP L2125-1), écrire le motif qui la justifie, ou réduire la durée.`,
  },
} as const satisfies Record<string, Refusal>;

export const CONSULTATION_CONSTRAINTS = {
  consultation_title_is_unique: ['ALREADY_EXISTS', 'Ce groupement a déjà une consultation de ce nom.'],
  consultation_has_a_title: ['INCONSISTENT', 'Une consultation porte un nom.'],
  consultation_object_is_not_empty: ['INCONSISTENT', 'L’objet d’une consultation ne peut pas être vide.'],
  consultation_families_are_named: ['INCONSISTENT', 'Une famille d’achats porte un nom.'],
  consultation_firm_years_in_range: ['INCONSISTENT', 'La durée ferme va de 1 à 30\u00a0ans.'],
  consultation_renewals_in_range: ['INCONSISTENT', 'Les reconductions vont de 0 à 30.'],
  consultation_duration_motive_is_not_empty: ['INCONSISTENT', 'Le motif de la durée ne peut pas être vide.'],
  consultation_no_split_ground_is_known: [
    'INCONSISTENT',
    'Le motif de lot unique n’est pas l’un de ceux du code de la commande publique (L2113-10, L2113-11).',
  ],
  consultation_no_split_motive_is_not_empty: [
    'INCONSISTENT',
    'La justification du lot unique ne peut pas être vide.',
  ],
  consultation_no_split_motive_has_its_ground: [
    'INCONSISTENT',
    'La justification du lot unique s’écrit avec son motif (CCP L2113-10, L2113-11)\u00a0: le choisir.',
  ],
  consultation_cancellation_reason_is_not_empty: [
    'INCONSISTENT',
    'Le motif de la déclaration sans suite ne peut pas être vide.',
  ],
  consultation_cancellation_has_its_reason: [
    'INCONSISTENT',
    'Une consultation se déclare sans suite avec son motif.',
  ],
  consultation_group: ['INCONSISTENT', 'Le groupement désigné n’existe pas.'],
} as const satisfies Record<string, Constraint>;
