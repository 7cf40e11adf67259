import type { Constraint, Refusal } from './refusal.js';

const erreurs = (count: number): string => `${count}\u00a0${count > 1 ? 'erreurs' : 'erreur'}`;

/** What is refused about declared needs and the sharing of costs. */
export const NEED_REFUSALS = {
  NEEDS_NOT_OPEN: {
    status: 409,
    title: 'Recensement non ouvert',
    detail: () =>
      'Le recensement des besoins de cette consultation n’est pas ouvert. L’acheteur du coordonnateur l’ouvre, avec son échéance.',
  },
  NEEDS_ALREADY_OPEN: {
    status: 409,
    title: 'Recensement déjà ouvert',
    detail: () =>
      'Le recensement des besoins de cette consultation est déjà ouvert\u00a0: en déplacer l’échéance s’il le faut.',
  },
  NEEDS_ALREADY_COUNTED: {
    status: 409,
    title: 'Besoins déjà donnés par fichiers',
    detail: () =>
      'Des besoins de cette consultation ont été enregistrés d’après des fichiers. Les retirer de la campagne avant d’ouvrir un recensement.',
  },
  NOTHING_TO_DECLARE: {
    status: 409,
    title: 'Rien à déclarer',
    detail: () =>
      'Aucun membre n’a rejoint un lot qui contient des articles. Compléter le bordereau et enregistrer les bulletins d’adhésion, puis ouvrir le recensement.',
  },
  NEEDS_CLOSED: {
    status: 409,
    title: 'Recensement clos',
    detail: () => 'Le recensement de cette consultation est clos.',
  },
  DEADLINE_REFUSED: { status: 422, title: 'Échéance refusée', detail: (sentence: string) => sentence },
  DEADLINE_TO_COME: {
    status: 409,
    title: 'Échéance à venir',
    detail: (deadline: string) =>
      `L’échéance du recensement n’est pas passée\u00a0: elle est le ${deadline}.`,
  },
  NEEDS_PENDING: {
    status: 409,
    title: 'Déclarations en attente',
    detail: (names: string) =>
      `Des déclarations transmises attendent une validation ou une décision\u00a0: ${names}. Les accepter ou les refuser, puis clore.`,
  },
  NO_LOT_JOINED: {
    status: 409,
    title: 'Aucun lot rejoint',
    detail: () =>
      'Ce membre n’a rejoint aucun lot de cette consultation\u00a0: enregistrer d’abord son bulletin d’adhésion.',
  },
  NEEDS_LOCKED: {
    status: 409,
    title: 'Échéance passée',
    detail: (deadline: string) =>
      `L’échéance est passée depuis le ${deadline}\u00a0: la déclaration est verrouillée. Ouvrir une déclaration rectifiée, en disant pourquoi\u00a0; le coordonnateur l’acceptera ou non.`,
  },
  NEED_LINES_REFUSED: {
    status: 422,
    title: 'Lignes à corriger',
    detail: (count: number) => `Rien n’a été enregistré\u00a0: ${erreurs(count)} à corriger dans les lignes.`,
  },
  NEED_LINES_CONFLICT: {
    status: 409,
    title: 'Lignes modifiées entre-temps',
    detail: (count: number) =>
      `Quelqu’un d’autre a modifié ${count > 1 ? `${count}\u00a0de ces lignes` : 'cette ligne'} pendant votre saisie\u00a0: rien n’a été écrasé, ni enregistré. Comparer les valeurs, puis enregistrer de nouveau.`,
  },
  NO_NEED_BESIDE_QUANTITIES: {
    status: 409,
    title: 'Deux réponses contraires',
    detail: (lots: string) =>
      `Des quantités sont saisies pour ${lots}\u00a0: les effacer avant de répondre «\u00a0aucun besoin\u00a0».`,
  },
  NOT_ATTESTED: {
    status: 422,
    title: 'Accord à attester',
    detail: () => 'Cocher «\u00a0J’atteste avoir l’accord du maire\u00a0» pour transmettre.',
  },
  NEEDS_SILENT: { status: 422, title: 'Lots sans réponse', detail: (sentences: string) => sentences },
  ALREADY_TRANSMITTED: {
    status: 409,
    title: 'Déjà transmise',
    detail: (receipt: string) =>
      `Cette déclaration est déjà transmise sous le numéro ${receipt}, et rien n’y a changé depuis.`,
  },
  RECTIFICATION_ALREADY_OPEN: {
    status: 409,
    title: 'Rectification déjà ouverte',
    detail: () => 'Une déclaration rectifiée est déjà ouverte\u00a0: la compléter, puis la transmettre.',
  },
  VERSION_NOT_WAITING: {
    status: 409,
    title: 'Rien à décider',
    detail: () => 'Cette version de la déclaration n’attend pas cette décision.',
  },
  VERSION_SUPERSEDED: {
    status: 409,
    title: 'Version dépassée',
    detail: (latest: number) =>
      `Une version plus récente a été transmise\u00a0: se prononcer sur la version ${latest}.`,
  },
  REFUSAL_WITHOUT_REASON: {
    status: 422,
    title: 'Raison attendue',
    detail: () => 'Dire pourquoi cette déclaration n’est pas acceptée\u00a0: la commune le lira.',
  },
  ALREADY_CONTESTED: {
    status: 409,
    title: 'Déjà contestée',
    detail: () => 'Cette version est déjà contestée\u00a0: elle ne compte plus.',
  },
  COMMENT_ON_UNKNOWN_ITEM: {
    status: 422,
    title: 'Article inconnu',
    detail: () =>
      'Cet article n’est d’aucun lot que ce membre a rejoint\u00a0: commenter la déclaration entière, ou une autre ligne.',
  },
  COMMENT_NOT_INTERNAL: {
    status: 403,
    title: 'Commentaire interne',
    detail: () =>
      'Seuls ceux qui mènent le recensement écrivent un commentaire interne\u00a0: choisir «\u00a0commune\u00a0».',
  },
} as const satisfies Record<string, Refusal>;

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
  need_campaign_pk: ['ALREADY_EXISTS', 'Le recensement des besoins de cette consultation est déjà ouvert.'],
  need_entry_item: [
    'INCONSISTENT',
    'Des membres ont saisi des besoins pour cet article\u00a0: il ne peut pas être supprimé.',
  ],
  need_entry_quantity_is_positive: ['INCONSISTENT', 'Une quantité ne peut pas être négative.'],
  need_entry_quantity_ordered: [
    'INCONSISTENT',
    'La quantité estimée se tient entre le minimum et le maximum.',
  ],
  need_version_number_is_unique: [
    'ALREADY_EXISTS',
    'Une version vient d’être transmise\u00a0: relire la déclaration.',
  ],
  need_version_is_kept: ['FROZEN', 'Une version transmise est conservée telle quelle.'],
  cost_sharing_fixed_share_in_range: ['INCONSISTENT', 'La part fixe va de 0 à 1.'],
} as const satisfies Record<string, Constraint>;
