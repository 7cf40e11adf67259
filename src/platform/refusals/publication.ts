import type { Constraint, Refusal } from './refusal.js';

/** What is refused about publishing, and afterwards. */
export const PUBLICATION_REFUSALS = {
  PUBLICATION_BLOCKED: {
    status: 409,
    title: 'Publication empêchée',
    detail: (count: number) =>
      `Le contrôle avant publication ne passe pas (causes\u00a0: ${count})\u00a0: chacune est dans «\u00a0errors\u00a0», avec son article et ce qu’il faut faire. Rien n’est publié.`,
  },
} as const satisfies Record<string, Refusal>;

export const PUBLICATION_CONSTRAINTS = {
  publication_pk: ['ALREADY_EXISTS', 'Cette consultation est déjà publiée.'],
  publication_is_append_only: ['FROZEN', 'Une publication ne se modifie ni ne s’efface.'],
  consultation_is_frozen: [
    'FROZEN',
    'Cette consultation est lancée\u00a0: ses lots, ses membres, ses besoins et ses conditions ne changent plus. La copier pour la suivante, ou la déclarer sans suite.',
  ],
  launch_is_kept: [
    'FROZEN',
    'Un lancement ne se modifie ni ne s’efface\u00a0: il prend fin, une seule fois.',
  ],
  launch_members_are_kept: [
    'FROZEN',
    'Les membres avec lesquels une consultation est publiée ne changent plus (CCP L2111-1, R2162-6)\u00a0: un membre peut y renoncer pour un motif d’intérêt général.',
  ],
  launched_membership_is_kept: [
    'FROZEN',
    'Une consultation est lancée avec ce membre\u00a0: son adhésion ne s’efface pas. Il peut renoncer à la consultation, puis se retirer du groupement.',
  ],
  launched_decision_is_kept: [
    'FROZEN',
    'Une consultation est lancée avec ce membre\u00a0: sa décision d’adhérer, sa transmission et sa date exécutoire ne changent plus (CGCT L2131-1).',
  ],
  launched_agreement_is_kept: [
    'FROZEN',
    'Une consultation est lancée avec cette version de la convention\u00a0: elle ne se modifie ni ne s’efface. Enregistrer un avenant, nouvelle version.',
  ],
  launched_signature_is_kept: [
    'FROZEN',
    'Une consultation est lancée avec cette signature de la convention\u00a0: elle ne se modifie ni ne s’efface (CCP L2113-7).',
  ],
  launched_coordinator_is_kept: [
    'FROZEN',
    'Ce groupement a lancé une consultation\u00a0: son coordonnateur ne change plus (CCP L2113-7). Ouvrir un autre groupement pour la suite.',
  ],
} as const satisfies Record<string, Constraint>;
