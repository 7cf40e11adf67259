import type { Constraint, Refusal } from './refusal.js';

/** What is refused about suppliers and sourcing. */
export const SOURCING_REFUSALS = {
  SUPPLIER_ALREADY_LISTED: {
    status: 409,
    title: 'Fournisseur déjà inscrit',
    detail: (siret: string) =>
      `L’annuaire a déjà un fournisseur au SIRET ${siret}\u00a0: modifiez sa fiche plutôt que d’en créer une autre.`,
  },
  SUPPLIER_WAS_MET: {
    status: 409,
    title: 'Fournisseur déjà rencontré',
    detail: () =>
      'Un registre de sourçage dit que ce fournisseur a été rencontré\u00a0: sa fiche reste. ' +
      'S’il demande l’effacement de ses données, adressez-vous à l’administrateur.',
  },
  SUPPLIER_FILE_REFUSED: {
    status: 422,
    title: 'Fichier de fournisseurs refusé',
    detail: (count: number) =>
      `Rien n’a été enregistré\u00a0: le fichier contient ${
        count > 1 ? `${count}\u00a0erreurs, indiquées` : 'une erreur, indiquée'
      } dans «\u00a0errors\u00a0» avec ${count > 1 ? 'leur ligne et leur colonne' : 'sa ligne et sa colonne'}.`,
  },
  SUPPLIER_UNKNOWN: {
    status: 422,
    title: 'Fournisseur inconnu',
    detail: () => 'Le fournisseur désigné n’est pas dans l’annuaire\u00a0: l’y inscrire d’abord.',
  },
  CONTACT_LOT_UNKNOWN: {
    status: 422,
    title: 'Lot inconnu',
    detail: (number: number) =>
      `La consultation n’a pas de lot\u00a0${number}\u00a0: donner le numéro d’un de ses lots, ou aucun quand l’échange porte sur toute la consultation.`,
  },
  CONTACT_IN_FUTURE: {
    status: 422,
    title: 'Contact à venir',
    detail: () => 'Un contact se consigne une fois qu’il a eu lieu\u00a0: sa date ne peut pas être à venir.',
  },
  CONTACT_AFTER_LAUNCH: {
    status: 409,
    title: 'Consultation déjà lancée',
    detail: () =>
      'Le sourçage précède le lancement. Après, toute question passe par le profil d’acheteur, et sa réponse va à tous.',
  },
  CONTACT_ALREADY_CORRECTED: {
    status: 409,
    title: 'Ligne déjà corrigée',
    detail: () => 'Cette ligne a déjà été corrigée\u00a0: corrigez celle qui la remplace.',
  },
  CONTACT_STRUCK_OUT: {
    status: 409,
    title: 'Ligne barrée',
    detail: () => 'Cette ligne a été barrée, elle ne se corrige plus\u00a0: consignez un nouveau contact.',
  },
} as const satisfies Record<string, Refusal>;

export const SOURCING_CONSTRAINTS = {
  supplier_siret_is_unique: ['ALREADY_EXISTS', 'L’annuaire a déjà un fournisseur à ce SIRET.'],
  supplier_activity_cpv_code: ['INCONSISTENT', 'Ce code n’est pas dans la nomenclature CPV.'],
  supplier_status_dates_ordered: ['INCONSISTENT', 'Une preuve n’expire pas avant sa date.'],
  sourcing_contact_supplier: [
    'INCONSISTENT',
    'Ce fournisseur n’est pas dans l’annuaire, ou un registre de sourçage le cite.',
  ],
  sourcing_contact_is_corrected_once: ['ALREADY_EXISTS', 'Cette ligne a déjà été corrigée.'],
} as const satisfies Record<string, Constraint>;
