import { frenchCount } from '../../money/french.js';
import type { Constraint, Refusal } from './refusal.js';

/** What is refused about items and the files that hold them. */
export const ITEM_REFUSALS = {
  ITEM_CODE_TAKEN: {
    status: 409,
    title: 'Code déjà utilisé',
    detail: (code: string, lot: number) =>
      `L’article ${code} existe déjà dans cette consultation, au lot ${lot}\u00a0: choisir un autre code, qui en diffère par autre chose que des majuscules, ou modifier cet article.`,
  },
  CATALOGUE_FULL: {
    status: 409,
    title: 'Bordereau plein',
    detail: (limit: number) =>
      `Cette consultation compte déjà ${frenchCount(limit)}\u00a0articles, autant qu’un bordereau peut en avoir\u00a0: répartir l’achat entre plusieurs consultations.`,
  },
  ITEM_CPV_UNKNOWN: {
    status: 422,
    title: 'Code CPV inconnu',
    detail: (code: string) =>
      `Le code ${code} n’est pas dans la nomenclature CPV 2008\u00a0: le vérifier, ou le laisser vide pour garder celui du lot.`,
  },
  CATALOGUE_REFUSED: {
    status: 422,
    title: 'Bordereau refusé',
    detail: (count: number) =>
      `Rien n’a été enregistré\u00a0: ${count}\u00a0${count > 1 ? 'erreurs sont indiquées' : 'erreur est indiquée'} dans «\u00a0errors\u00a0», avec la ligne, la colonne, la valeur lue et ce qu’il faut écrire.`,
  },
  FILE_EMPTY: {
    status: 400,
    title: 'Fichier absent',
    detail: () => 'Joindre le fichier comme corps de la demande\u00a0: il est absent ou vide.',
  },
  FILE_TYPE_UNSUPPORTED: {
    status: 415,
    title: 'Type de fichier non pris en charge',
    detail: () =>
      'Ce fichier s’envoie en CSV (Content-Type: text/csv) ou en classeur XLSX ' +
      '(application/vnd.openxmlformats-officedocument.spreadsheetml.sheet).',
  },
} as const satisfies Record<string, Refusal>;

export const ITEM_CONSTRAINTS = {
  item_has_a_code: ['INCONSISTENT', 'Un article porte un code.'],
  item_has_a_designation: ['INCONSISTENT', 'Un article porte une désignation.'],
  item_has_a_unit: ['INCONSISTENT', 'Un article a une unité.'],
  item_unit_code_is_well_formed: ['INCONSISTENT', 'Un code d’unité a deux ou trois lettres ou chiffres.'],
  item_cpv_code: ['INCONSISTENT', 'Ce code n’est pas dans la nomenclature CPV.'],
  item_purchase_family_is_not_empty: ['INCONSISTENT', 'Une famille d’achat porte un nom.'],
  item_reuse_share_in_range: ['INCONSISTENT', 'Une part de réemploi va de 0 à 100\u00a0%.'],
  item_m57_nature_is_an_account: [
    'INCONSISTENT',
    'Une nature M57 est un numéro de compte de 8\u00a0chiffres au plus.',
  ],
  item_lot: ['INCONSISTENT', 'Ce lot n’est pas, ou n’est plus, dans cette consultation.'],
  need_line_item: [
    'INCONSISTENT',
    'Des besoins sont déclarés sur un article qui serait supprimé ou changé de lot\u00a0: les retirer d’abord, ou garder l’article.',
  ],
  lot_new_tyres_has_a_reference: ['INCONSISTENT', 'Le motif d’achat de pneus neufs renvoie à une pièce.'],
} as const satisfies Record<string, Constraint>;
