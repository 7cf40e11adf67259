import type { Constraint, Refusal } from './refusal.js';

/** What is refused about groups, their agreement and their members. */
export const GROUP_REFUSALS = {
  MISSION_HOLDER_NOT_MEMBER: {
    status: 422,
    title: 'Mission confiée hors du groupement',
    detail: () =>
      'Une mission se confie au coordonnateur ou à un acheteur qui a adhéré au groupement (CCP L2113-7)\u00a0: ' +
      'chaque endroit à corriger est indiqué dans «\u00a0errors\u00a0».',
  },
  SUPPLIER_NAMED: {
    status: 422,
    title: 'Fournisseur désigné',
    detail: () =>
      'Un achat conservé hors groupement se décrit sans son fournisseur\u00a0: ni raison sociale, ni forme de société, ' +
      'ni SIREN ou SIRET. Chaque endroit à corriger est indiqué dans «\u00a0errors\u00a0».',
  },
} as const satisfies Record<string, Refusal>;

export const GROUP_CONSTRAINTS = {
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
  group_mission_buyer: ['INCONSISTENT', 'La mission est confiée à un acheteur inconnu.'],
  group_mission_is_known: [
    'INCONSISTENT',
    'Les missions sont la passation, la signature, la notification, l’exécution et le paiement.',
  ],
  group_committee_kind_is_known: [
    'INCONSISTENT',
    'La commission d’appel d’offres est celle du coordonnateur, ou propre au groupement.',
  ],
  kept_outside_buyer: ['INCONSISTENT', 'L’achat est conservé par un acheteur inconnu.'],
  kept_outside_nature_is_known: [
    'INCONSISTENT',
    'Un achat conservé est de fournitures, de services ou de travaux.',
  ],
  kept_outside_has_a_family: ['INCONSISTENT', 'Un achat conservé dit sa famille d’achats.'],
  kept_outside_amount_is_positive: ['INCONSISTENT', 'Le montant annuel conservé ne peut pas être négatif.'],
  kept_outside_has_a_reason: ['INCONSISTENT', 'Un achat conservé dit son motif.'],
  kept_outside_names_an_item_or_a_site: [
    'INCONSISTENT',
    'Un achat conservé dit l’article ou le site qu’il concerne.',
  ],
  kept_outside_holds_no_siren: [
    'INCONSISTENT',
    'Un achat conservé hors groupement ne porte ni SIREN ni SIRET\u00a0: son fournisseur ne se dit pas ici.',
  ],
} as const satisfies Record<string, Constraint>;
