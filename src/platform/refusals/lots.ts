import type { Constraint, Refusal } from './refusal.js';

/** What is refused about lots, items and participation. */
export const LOT_REFUSALS = {} as const satisfies Record<string, Refusal>;

export const LOT_CONSTRAINTS = {
  lot_number_is_unique: ['ALREADY_EXISTS', 'Cette consultation a déjà un lot de ce numéro.'],
  lot_number_in_range: ['INCONSISTENT', 'Un numéro de lot va de 1 à 999.'],
  lot_has_a_title: ['INCONSISTENT', 'Un lot porte un intitulé.'],
  lot_cpv_code: ['INCONSISTENT', 'Ce code n’est pas dans la nomenclature CPV.'],
  item_code_is_unique: ['ALREADY_EXISTS', 'Cette consultation a déjà un article de ce code.'],
  item_unit_price_is_positive: ['INCONSISTENT', 'Un prix unitaire ne peut pas être négatif.'],
  item_vat_rate_in_range: ['INCONSISTENT', 'Un taux de TVA va de 0 à 100\u00a0%.'],
  lot_participation_pk: ['ALREADY_EXISTS', 'Ce membre participe déjà à ce lot.'],
} as const satisfies Record<string, Constraint>;
