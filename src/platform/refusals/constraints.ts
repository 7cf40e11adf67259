import type { RefusalCode } from './catalogue.js';

/** The refusals that a constraint of the database may stand for: their sentence is the constraint's. */
export type ConstraintCode = Extract<RefusalCode, 'ALREADY_EXISTS' | 'INCONSISTENT'>;

/**
 * What to say when the database, the last lock, refuses a row: constraint → code and French sentence. Services check
 * first; this speaks for two requests that raced. A constraint that is not here can be broken only by our own mistake:
 * it answers 500 and is logged.
 */
export const CONSTRAINTS: Readonly<Record<string, readonly [ConstraintCode, string]>> = {
  buyer_siret_is_unique: ['ALREADY_EXISTS', 'Un acheteur porte déjà ce SIRET.'],
  buyer_siret_has_14_digits: ['INCONSISTENT', 'Un SIRET compte 14\u00a0chiffres.'],
  buyer_insee_code_is_well_formed: ['INCONSISTENT', 'Un code INSEE de commune compte 5\u00a0caractères.'],
  buyer_has_a_name: ['INCONSISTENT', 'Un acheteur porte un nom.'],
  person_email_is_unique: ['ALREADY_EXISTS', 'Un compte existe déjà à cette adresse.'],
  role_grant_is_held_once: ['ALREADY_EXISTS', 'Cette personne tient déjà ce rôle ici.'],
  role_grant_mandate_dates_ordered: ['INCONSISTENT', 'Un mandat ne finit pas avant de commencer.'],
  api_token_is_narrowed_once: [
    'INCONSISTENT',
    'Un jeton se restreint à un groupement ou à un acheteur, et pas aux deux.',
  ],
  api_token_group: ['INCONSISTENT', 'Le groupement désigné n’existe pas.'],
  api_token_buyer: ['INCONSISTENT', 'L’acheteur désigné n’existe pas.'],
  one_time_link_buyer: ['INCONSISTENT', 'L’acheteur désigné n’existe pas.'],
  one_time_link_group: ['INCONSISTENT', 'Le groupement désigné n’existe pas.'],
  role_grant_buyer: ['INCONSISTENT', 'L’acheteur désigné n’existe pas.'],
  role_grant_group: ['INCONSISTENT', 'Le groupement désigné n’existe pas.'],
  purchasing_group_title_is_unique: [
    'ALREADY_EXISTS',
    'Ce coordonnateur a déjà un groupement de commandes de ce nom.',
  ],
  purchasing_group_has_a_title: ['INCONSISTENT', 'Un groupement de commandes porte un nom.'],
  purchasing_group_coordinator: ['INCONSISTENT', 'Le coordonnateur désigné n’est pas un acheteur connu.'],
  membership_pk: ['ALREADY_EXISTS', 'Cet acheteur a déjà répondu à l’invitation de ce groupement.'],
  membership_buyer: ['INCONSISTENT', 'Le membre désigné n’est pas un acheteur connu.'],
  membership_is_joined_or_declined: ['INCONSISTENT', 'Un membre adhère ou décline, et pas les deux.'],
  membership_population_is_positive: ['INCONSISTENT', 'Une population ne peut pas être négative.'],
  membership_population_has_a_source: ['INCONSISTENT', 'Une population se donne avec sa source.'],
  consultation_title_is_unique: ['ALREADY_EXISTS', 'Ce groupement a déjà une consultation de ce nom.'],
  consultation_has_a_title: ['INCONSISTENT', 'Une consultation porte un nom.'],
  consultation_firm_years_in_range: ['INCONSISTENT', 'La durée ferme va de 1 à 30\u00a0ans.'],
  consultation_renewals_in_range: ['INCONSISTENT', 'Les reconductions vont de 0 à 30.'],
  lot_number_is_unique: ['ALREADY_EXISTS', 'Cette consultation a déjà un lot de ce numéro.'],
  lot_number_in_range: ['INCONSISTENT', 'Un numéro de lot va de 1 à 999.'],
  lot_has_a_title: ['INCONSISTENT', 'Un lot porte un intitulé.'],
  lot_cpv_code: ['INCONSISTENT', 'Ce code n’est pas dans la nomenclature CPV.'],
  item_code_is_unique: ['ALREADY_EXISTS', 'Cette consultation a déjà un article de ce code.'],
  item_unit_price_is_positive: ['INCONSISTENT', 'Un prix unitaire ne peut pas être négatif.'],
  item_vat_rate_in_range: ['INCONSISTENT', 'Un taux de TVA va de 0 à 100\u00a0%.'],
  lot_participation_pk: ['ALREADY_EXISTS', 'Ce membre participe déjà à ce lot.'],
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
  cost_sharing_fixed_share_in_range: ['INCONSISTENT', 'La part fixe va de 0 à 1.'],
};
