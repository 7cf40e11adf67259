import type { Constraint, Refusal } from './refusal.js';

const NO_SIRET = (names: string): string =>
  `Le SIRET du siège manque pour ${names}\u00a0: le référentiel national ne donne que le SIREN. Le compléter sur la fiche de l’acheteur.`;

/** What is refused about buyers and clusters. */
export const BUYER_REFUSALS = {
  SIRET_TAKEN: {
    status: 409,
    title: 'SIRET déjà porté',
    detail: (siret: string, buyer: string) =>
      `Le SIRET ${siret} désigne déjà «\u00a0${buyer}\u00a0», ou l’un de ses budgets\u00a0: un SIRET ne désigne qu’un acheteur.`,
  },
  INSEE_CODE_TAKEN: {
    status: 409,
    title: 'Code INSEE déjà porté',
    detail: (inseeCode: string, buyer: string) =>
      `Le code INSEE ${inseeCode} est déjà celui de la commune «\u00a0${buyer}\u00a0»\u00a0: compléter sa fiche, ou corriger le code.`,
  },
  BUYER_KNOWN_BY_SIREN: {
    status: 409,
    title: 'Acheteur déjà enregistré',
    detail: (buyer: string) =>
      `${buyer} est déjà enregistré sous ce SIREN\u00a0: compléter sa fiche plutôt que d’en créer une seconde.`,
  },
  SIREN_DIFFERS: {
    status: 422,
    title: 'SIRET d’un autre',
    detail: (siren: string) =>
      `Cet acheteur a le SIREN ${siren}\u00a0: le SIRET de son siège commence par lui. Une autre personne morale s’enregistre à part.`,
  },
  SIRET_STAYS: {
    status: 422,
    title: 'SIRET déjà connu',
    detail: () => 'Le SIRET du siège est connu\u00a0: il se corrige, il ne s’efface pas.',
  },
  SIRET_MISSING: { status: 422, title: 'SIRET manquant', detail: NO_SIRET },
  EPCI_UNKNOWN: {
    status: 422,
    title: 'EPCI inconnu',
    detail: (siren: string, edition: number) =>
      `Aucun EPCI à fiscalité propre n’a le SIREN ${siren} au référentiel national ${edition}\u00a0: le chercher par son nom.`,
  },
  REFERENCE_UNKNOWN: {
    status: 422,
    title: 'SIREN inconnus du référentiel',
    detail: (sirens: string, edition: number) =>
      `Le référentiel national ${edition} des communes et EPCI ne connaît pas\u00a0: ${sirens}. Enregistrer ces acheteurs par leur fiche.`,
  },
  IMPORT_OF_NOTHING: {
    status: 422,
    title: 'Rien à reprendre',
    detail: () =>
      'Indiquer un EPCI, dont les communes sont reprises, ou une liste de SIREN, et pas les deux.',
  },
  CLUSTER_LEAD_IS_NO_COMMUNE: {
    status: 422,
    title: 'Pôle sans commune de tête',
    detail: (buyer: string) =>
      `Un pôle de proximité est conduit par une commune, ce que ${buyer} n’est pas sur sa fiche\u00a0: en choisir une, ou corriger la fiche.`,
  },
  CLUSTER_LEAD_STAYS: {
    status: 422,
    title: 'Commune de tête retirée',
    detail: (buyer: string) =>
      `${buyer} conduit ce pôle\u00a0: désigner d’abord une autre commune de tête, ou la garder parmi les membres.`,
  },
  BUYERS_UNKNOWN: {
    status: 422,
    title: 'Acheteurs inconnus',
    detail: (ids: string) => `Aucun acheteur n’a ces identifiants\u00a0: ${ids}.`,
  },
  DELIVERY_SITE_UNKNOWN: {
    status: 422,
    title: 'Lieu de livraison inconnu',
    detail: (ids: string) =>
      `Ces lieux de livraison ne sont pas de cette fiche, ou sont donnés deux fois\u00a0: ${ids}. Un nouveau lieu s’envoie sans identifiant.`,
  },
  DELIVERY_SITE_IN_USE: {
    status: 409,
    title: 'Lieu de livraison utilisé',
    detail: (uses: string) =>
      `Des lots en préparation se font livrer là\u00a0: ${uses}. L’en retirer d’abord\u00a0; pour changer son nom ou son adresse, le renvoyer avec son identifiant.`,
  },
} as const satisfies Record<string, Refusal>;

const SAME_SIREN = 'Les établissements d’un acheteur portent tous son SIREN.';

export const BUYER_CONSTRAINTS = {
  buyer_siret_is_unique: ['ALREADY_EXISTS', 'Un acheteur porte déjà ce SIRET.'],
  buyer_siret_has_14_digits: ['INCONSISTENT', 'Un SIRET compte 14\u00a0chiffres.'],
  buyer_siren_alone_is_unique: ['ALREADY_EXISTS', 'Un acheteur porte déjà ce SIREN.'],
  buyer_siren_has_9_digits: ['INCONSISTENT', 'Un SIREN compte 9\u00a0chiffres.'],
  buyer_has_a_siret_or_a_siren: ['INCONSISTENT', 'Un acheteur a un SIRET, ou à défaut un SIREN.'],
  buyer_insee_code_is_well_formed: ['INCONSISTENT', 'Un code INSEE de commune compte 5\u00a0caractères.'],
  buyer_has_a_name: ['INCONSISTENT', 'Un acheteur porte un nom.'],
  buyer_kind_is_known: ['INCONSISTENT', 'La nature de cet acheteur n’est pas connue.'],
  buyer_commune_has_its_insee_code: ['INCONSISTENT', 'Une commune a un code INSEE.'],
  buyer_insee_code_is_of_a_commune: ['INCONSISTENT', 'Seule une commune a un code INSEE.'],
  buyer_private_applies_the_code: [
    'INCONSISTENT',
    'Une personne privée n’entre dans un groupement que si elle applique le code de la commande publique (L2113-6).',
  ],
  buyer_establishment_pk: ['ALREADY_EXISTS', 'Ce SIRET est déjà celui d’un budget.'],
  buyer_establishment_siret_has_14_digits: ['INCONSISTENT', 'Un SIRET compte 14\u00a0chiffres.'],
  buyer_establishment_has_a_label: ['INCONSISTENT', 'Un budget porte un nom.'],
  buyer_establishment_service_code_is_not_empty: [
    'INCONSISTENT',
    'Un code de service Chorus Pro ne peut pas être vide.',
  ],
  buyer_establishment_has_the_siren_of_its_buyer: ['INCONSISTENT', SAME_SIREN],
  buyer_population_is_given_once: [
    'ALREADY_EXISTS',
    'Cette population est déjà enregistrée pour ce millésime.',
  ],
  buyer_population_kind_is_known: ['INCONSISTENT', 'Une population est municipale ou totale.'],
  buyer_population_is_not_negative: ['INCONSISTENT', 'Une population ne peut pas être négative.'],
  buyer_population_vintage_is_a_year: ['INCONSISTENT', 'Un millésime est une année, depuis 1962.'],
  buyer_population_has_a_source: ['INCONSISTENT', 'Une population se donne avec sa source.'],
  buyer_population_comes_into_force_after_its_census: [
    'INCONSISTENT',
    'Une population entre en vigueur après l’année de son recensement.',
  ],
  buyer_code_history_is_well_formed: ['INCONSISTENT', 'Un code INSEE de commune compte 5\u00a0caractères.'],
  cluster_name_is_unique: ['ALREADY_EXISTS', 'Un pôle de proximité porte déjà ce nom.'],
  cluster_has_a_name: ['INCONSISTENT', 'Un pôle de proximité porte un nom.'],
  cluster_lead: ['INCONSISTENT', 'La commune de tête désignée n’est pas un acheteur connu.'],
  cluster_lead_is_a_member: ['INCONSISTENT', 'La commune de tête est membre de son pôle.'],
  cluster_member_pk: ['ALREADY_EXISTS', 'Cet acheteur est déjà membre du pôle.'],
  cluster_member_buyer: ['INCONSISTENT', 'Le membre désigné n’est pas un acheteur connu.'],
  cluster_member_cluster: ['INCONSISTENT', 'Ce pôle de proximité n’existe pas.'],
  delivery_site_label_is_unique: [
    'ALREADY_EXISTS',
    'Un lieu de livraison porte déjà ce nom sur cette fiche.',
  ],
  delivery_site_has_a_label: ['INCONSISTENT', 'Un lieu de livraison porte un nom.'],
  delivery_site_has_an_address: ['INCONSISTENT', 'Un lieu de livraison a une adresse.'],
  delivery_site_has_one_owner: [
    'INCONSISTENT',
    'Un lieu de livraison est à un acheteur ou à un pôle, et pas aux deux.',
  ],
  delivery_site_buyer: ['INCONSISTENT', 'L’acheteur de ce lieu de livraison n’existe pas.'],
  council_session_is_given_once: ['ALREADY_EXISTS', 'Cette séance est déjà donnée pour ce conseil.'],
  council_session_buyer: ['INCONSISTENT', 'L’acheteur de cette séance n’existe pas.'],
  delivery_site_cluster: ['INCONSISTENT', 'Le pôle de ce lieu de livraison n’existe pas.'],
} as const satisfies Record<string, Constraint>;
