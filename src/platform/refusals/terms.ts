import type { Constraint, Refusal } from './refusal.js';

const toCorrect = (count: number): string =>
  count > 1
    ? `${count}\u00a0points sont à corriger, chacun indiqué dans`
    : 'un point est à corriger, indiqué dans';
const unsound = (title: string, subject: string) => ({
  status: 422,
  title,
  detail: (count: number) => `${subject}\u00a0: ${toCorrect(count)} «\u00a0errors\u00a0».`,
});

/** What is refused about contract terms, criteria and clauses. */
export const TERMS_REFUSALS = {
  LOT_TERMS_UNSOUND: unsound(
    'Conditions du lot à corriger',
    'Les conditions du lot ne tiennent pas ensemble',
  ),
  MEMBER_LIMITS_UNSOUND: unsound(
    'Limites des membres à corriger',
    'Les limites des membres ne tiennent pas dans le lot',
  ),
  LOT_CRITERIA_UNSOUND: unsound(
    'Critères à corriger',
    'Les critères d’attribution ne peuvent pas servir ainsi',
  ),
  CONSULTATION_TERMS_UNSOUND: unsound(
    'Conditions de la consultation à corriger',
    'Les limites de lots par candidat ne tiennent pas ensemble',
  ),
} as const satisfies Record<string, Refusal>;

export const TERMS_CONSTRAINTS = {
  consultation_terms_pk: ['ALREADY_EXISTS', 'Cette consultation a déjà ses conditions\u00a0: les relire.'],
  consultation_terms_bid_cap_in_range: ['INCONSISTENT', 'Un nombre de lots va de 1 à 999.'],
  consultation_terms_award_cap_in_range: ['INCONSISTENT', 'Un nombre de lots va de 1 à 999.'],
  consultation_terms_tie_rule_says_something: ['INCONSISTENT', 'Une règle de départage dit quelque chose.'],
  consultation_terms_spending_is_positive: ['INCONSISTENT', 'Des dépenses ne peuvent pas être négatives.'],
  consultation_terms_caps_ordered: ['INCONSISTENT', 'On ne gagne pas plus de lots qu’on n’en demande.'],
  consultation_terms_cap_has_a_tie_rule: [
    'INCONSISTENT',
    'Une limite de lots attribués a sa règle de départage (CCP R2113-1).',
  ],
  lot_terms_pk: ['ALREADY_EXISTS', 'Ce lot a déjà ses conditions\u00a0: les relire.'],
  lot_terms_lot: ['INCONSISTENT', 'Ce lot n’existe plus.'],
  lot_terms_maximum_is_positive: ['INCONSISTENT', 'Un maximum est supérieur à 0\u00a0€.'],
  lot_terms_minimum_is_positive: ['INCONSISTENT', 'Un minimum est supérieur à 0\u00a0€.'],
  lot_terms_amounts_ordered: ['INCONSISTENT', 'Le minimum du lot ne dépasse pas son maximum.'],
  lot_terms_holder_count_in_range: ['INCONSISTENT', 'Plusieurs titulaires\u00a0: de 2 à 99.'],
  lot_terms_cascade_delay_in_range: ['INCONSISTENT', 'Le délai de la cascade va de 1 à 720\u00a0heures.'],
  lot_terms_orders_are_shared_by_several: ['INCONSISTENT', 'Un seul titulaire ne partage pas ses commandes.'],
  lot_terms_cascade_has_a_delay: ['INCONSISTENT', 'Une cascade, et elle seule, a un délai.'],
  lot_terms_shares_make_100: ['INCONSISTENT', 'Les parts des titulaires font 100\u00a0% exactement.'],
  lot_terms_advance_rate_in_range: ['INCONSISTENT', 'Un taux va de 0 à 100\u00a0%.'],
  lot_terms_advance_rate_sme_in_range: ['INCONSISTENT', 'Un taux va de 0 à 100\u00a0%.'],
  lot_terms_retention_rate_in_range: ['INCONSISTENT', 'Un taux va de 0 à 100\u00a0%.'],
  lot_terms_retention_rate_sme_in_range: ['INCONSISTENT', 'Un taux va de 0 à 100\u00a0%.'],
  lot_terms_social_exemption_has_a_motive: [
    'INCONSISTENT',
    'Une dispense de clause sociale se donne avec son cas et son motif.',
  ],
  lot_limits_pk: ['ALREADY_EXISTS', 'Les limites de ce lot existent déjà\u00a0: les relire.'],
  lot_limits_lot: ['INCONSISTENT', 'Ce lot n’existe plus.'],
  lot_member_limit_pk: ['ALREADY_EXISTS', 'Ce membre a déjà ses limites dans ce lot.'],
  lot_member_limit_participation: ['INCONSISTENT', 'Seul un membre du lot y a des limites.'],
  lot_member_limit_minimum_is_positive: ['INCONSISTENT', 'Un minimum ne peut pas être négatif.'],
  lot_member_limit_maximum_is_positive: ['INCONSISTENT', 'Un maximum ne peut pas être négatif.'],
  lot_member_limit_amounts_ordered: ['INCONSISTENT', 'Le minimum d’un membre ne dépasse pas son maximum.'],
  lot_member_limit_says_something: ['INCONSISTENT', 'Une limite a un minimum ou un maximum.'],
  lot_member_limits_fit_the_lot: [
    'INCONSISTENT',
    'Les limites des membres, en tout, se tiennent dans le minimum et le maximum du lot.',
  ],
  lot_criteria_pk: ['ALREADY_EXISTS', 'Ce lot a déjà ses critères\u00a0: les relire.'],
  lot_criteria_lot: ['INCONSISTENT', 'Ce lot n’existe plus.'],
  lot_criterion_label_is_unique: ['ALREADY_EXISTS', 'Ce lot a déjà un critère de ce nom.'],
  lot_criterion_position_is_unique: ['ALREADY_EXISTS', 'Deux critères ont le même rang.'],
  lot_criterion_position_in_range: ['INCONSISTENT', 'Un lot a de 1 à 20\u00a0critères.'],
  lot_criterion_has_a_label: ['INCONSISTENT', 'Un critère porte un nom.'],
  lot_criterion_weight_in_range: ['INCONSISTENT', 'Un critère pèse plus de 0\u00a0%, et 100\u00a0% au plus.'],
  lot_criterion_place_motive_is_signed: ['INCONSISTENT', 'Un motif se donne avec qui l’inscrit, et quand.'],
  lot_criterion_weights_make_100: [
    'INCONSISTENT',
    'Les pondérations des critères d’un lot font 100\u00a0% exactement.',
  ],
} as const satisfies Record<string, Constraint>;
