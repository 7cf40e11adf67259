import type { Constraint, Refusal } from './refusal.js';

/** What is refused about lots, items and participation. */
export const LOT_REFUSALS = {
  CPV_UNKNOWN: {
    status: 422,
    title: 'Code CPV inconnu',
    detail: (code: string) =>
      `Le code ${code} n’est pas dans la nomenclature CPV\u00a02008\u00a0: en chercher un par mots ou par début de code (GET\u00a0/api/v1/cpv).`,
  },
  LOT_HAS_NEEDS: {
    status: 409,
    title: 'Besoins déclarés',
    detail: (lots: string) =>
      `Des besoins sont déclarés pour ${lots}\u00a0: les retirer d’abord, puis recommencer. Rien n’a été changé.`,
  },
  LOT_HAS_OUTSIDERS: {
    status: 409,
    title: 'Membres hors du pôle',
    detail: (lot: string, cluster: string, names: string) =>
      `Le ${lot} ne peut pas être réservé au pôle «\u00a0${cluster}\u00a0»\u00a0: y participent déjà, et sont hors du pôle\u00a0: ${names}. Les ajouter au pôle, ou leur faire d’abord quitter le lot.`,
  },
  LOT_IN_USE: {
    status: 409,
    title: 'Lot encore utilisé',
    detail: (lot: string) =>
      `Ce qui a été enregistré au sujet du ${lot} en dépend encore (conditions, mesures, frais)\u00a0: le retirer d’abord, puis recommencer.`,
  },
  NOT_AN_ACTIVE_MEMBER: {
    status: 409,
    title: 'Acheteur qui n’est pas membre',
    detail: () =>
      'Cet acheteur n’est pas membre du groupement, ou s’en est retiré\u00a0: seul un membre adhère aux lots. Enregistrer d’abord son adhésion au groupement.',
  },
  PARTICIPATION_REFUSED: {
    status: 422,
    title: 'Bulletin d’adhésion refusé',
    detail: (problems: string) => `Le bulletin n’est pas enregistré. ${problems}`,
  },
} as const satisfies Record<string, Refusal>;

export const LOT_CONSTRAINTS = {
  lot_number_is_unique: ['ALREADY_EXISTS', 'Cette consultation a déjà un lot de ce numéro.'],
  lot_number_in_range: ['INCONSISTENT', 'Un numéro de lot va de 1 à 999.'],
  lot_has_a_title: ['INCONSISTENT', 'Un lot porte un intitulé.'],
  lot_purchase_family_is_not_empty: ['INCONSISTENT', 'La famille d’achats d’un lot porte un nom.'],
  lot_reserved_cluster: ['INCONSISTENT', 'Le pôle de proximité auquel ce lot est réservé n’existe pas.'],
  lot_delivery_site_site: [
    'INCONSISTENT',
    'Un lieu de livraison choisi vient d’être retiré de sa fiche, ou celui qu’on retire vient d’être choisi pour un lot.',
  ],
  lot_cpv_code: ['INCONSISTENT', 'Ce code n’est pas dans la nomenclature CPV.'],
  item_code_is_unique: [
    'ALREADY_EXISTS',
    'Cette consultation a déjà un article de ce code\u00a0: les majuscules ne distinguent pas deux codes.',
  ],
  item_unit_price_is_positive: ['INCONSISTENT', 'Un prix unitaire ne peut pas être négatif.'],
  item_vat_rate_in_range: ['INCONSISTENT', 'Un taux de TVA va de 0 à 100\u00a0%.'],
  lot_participation_pk: ['ALREADY_EXISTS', 'Ce membre participe déjà à ce lot.'],
  lot_participation_lot: ['INCONSISTENT', 'Ce lot n’est pas, ou n’est plus, dans cette consultation.'],
  lot_participation_buyer: ['INCONSISTENT', 'Le membre désigné n’est pas un acheteur connu.'],
  lot_participation_signatory_name_is_not_empty: [
    'INCONSISTENT',
    'Le signataire d’un bulletin porte un nom.',
  ],
  lot_participation_signatory_capacity_is_not_empty: [
    'INCONSISTENT',
    'La qualité du signataire d’un bulletin ne peut pas être vide.',
  ],
  lot_participation_signatory_has_a_capacity: [
    'INCONSISTENT',
    'Le signataire d’un bulletin se donne avec sa qualité.',
  ],
} as const satisfies Record<string, Constraint>;
