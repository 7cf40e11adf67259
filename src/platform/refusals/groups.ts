import type { Constraint, Refusal } from './refusal.js';

/** What is refused about groups, their agreement and their members. */
export const GROUP_REFUSALS = {
  BUYER_NOT_INVITED: {
    status: 409,
    title: 'Acheteur non invité',
    detail: () => 'Cet acheteur n’a pas été invité dans ce groupement\u00a0: l’inviter d’abord.',
  },
  ALREADY_A_MEMBER: {
    status: 409,
    title: 'Déjà membre',
    detail: () =>
      'Cet acheteur a déjà adhéré\u00a0: corriger sa décision, s’il y a lieu, sans adhérer de nouveau.',
  },
  ALREADY_DECLINED: {
    status: 409,
    title: 'Déjà répondu',
    detail: () => 'Cet acheteur a déjà répondu qu’il n’adhère pas\u00a0: rien à faire.',
  },
  HAS_DECLINED: {
    status: 409,
    title: 'Acheteur qui n’adhère pas',
    detail: () =>
      'Cet acheteur a répondu qu’il n’adhère pas. S’il change d’avis, le coordonnateur l’invite de nouveau.',
  },
  HAS_WITHDRAWN: {
    status: 409,
    title: 'Acheteur retiré',
    detail: () =>
      'Cet acheteur s’est retiré du groupement. S’il veut y revenir, le coordonnateur l’invite de nouveau.',
  },
  NOT_A_MEMBER: {
    status: 409,
    title: 'Acheteur qui n’a pas adhéré',
    detail: () =>
      'Cet acheteur est invité et n’a pas adhéré\u00a0: enregistrer d’abord son adhésion, avec sa délibération.',
  },
  MEMBER_WITHDRAWS: {
    status: 409,
    title: 'Déjà membre',
    detail: () => 'Cet acheteur a adhéré\u00a0: un membre ne décline plus, il se retire.',
  },
  MEMBER_OF_A_LAUNCH: {
    status: 409,
    title: 'Consultation lancée',
    detail: (names: string) =>
      `Une consultation est lancée avec ${names}\u00a0: le retrait n’est plus libre. Renoncer d’abord à cette consultation, ` +
      'pour un motif d’intérêt général et par délibération.',
  },
  GROUP_IS_OVER: {
    status: 409,
    title: 'Groupement terminé',
    detail: () => 'Ce groupement est terminé\u00a0: prolonger sa durée, ou en ouvrir un autre.',
  },
  GROUP_LAUNCHED: {
    status: 409,
    title: 'Groupement ponctuel déjà lancé',
    detail: () =>
      'Ce groupement ponctuel a lancé sa consultation\u00a0: adhérer maintenant ne donnerait rien. ' +
      'Adhérer au prochain, ou faire de celui-ci un groupement permanent, par avenant.',
  },
  GROUP_DATES_DISORDERED: {
    status: 422,
    title: 'Dates du groupement',
    detail: () => 'Le groupement finit avant de commencer\u00a0: corriger ses dates.',
  },
  NOBODY_TO_INVITE: {
    status: 422,
    title: 'Personne à inviter',
    detail: () => 'Indiquez au moins un acheteur, par son identifiant ou son SIRET, ou un pôle de proximité.',
  },
  AGREEMENT_VERSION_UNKNOWN: {
    status: 404,
    title: 'Version inconnue',
    detail: (number: number) =>
      `La convention constitutive de ce groupement n’a pas de version ${number}\u00a0: l’enregistrer d’abord.`,
  },
  AGREEMENT_DISORDERED: {
    status: 422,
    title: 'Dates de la convention',
    detail: (date: string) =>
      `Un avenant ne précède pas la version qu’il modifie, adoptée le ${date}\u00a0: corriger sa date.`,
  },
  AGREEMENT_SIGNED: {
    status: 409,
    title: 'Convention signée',
    detail: (bound: string, signatories: number, label: string) =>
      `${signatories > 1 ? `${signatories}\u00a0membres ont` : 'Un membre a'} signé la dernière version de la convention («\u00a0${label}\u00a0»)\u00a0: ${bound} que par avenant (CCP L2113-7). ` +
      'Enregistrer d’abord l’avenant, nouvelle version de la convention, puis recommencer avant sa première signature.',
  },
  ALREADY_SIGNED: {
    status: 409,
    title: 'Déjà signée',
    detail: () => 'La signature de ce membre est déjà enregistrée pour cette version\u00a0: rien à faire.',
  },
  ALREADY_LAUNCHED: {
    status: 409,
    title: 'Déjà lancée',
    detail: () => 'Cette consultation est déjà lancée\u00a0: ses membres ne changent plus.',
  },
  LAUNCH_WITHOUT_MEMBERS: {
    status: 422,
    title: 'Lancement sans membres',
    detail: () => 'Une consultation se lance avec au moins un membre du groupement.',
  },
  LAUNCH_BY_NON_MEMBERS: {
    status: 409,
    title: 'Non-membres',
    detail: (names: string) =>
      `Ne sont pas membres du groupement\u00a0: ${names}. Enregistrer leur adhésion, ou lancer sans eux.`,
  },
  NOT_IN_THE_LAUNCH: {
    status: 409,
    title: 'Consultation non lancée avec ce membre',
    detail: () => 'Cette consultation n’a pas été lancée avec ce membre\u00a0: il n’a rien à quoi renoncer.',
  },
  LAUNCH_IS_OVER: {
    status: 409,
    title: 'Consultation terminée',
    detail: () => 'Cette consultation est terminée\u00a0: elle n’engage plus personne.',
  },
  ALREADY_RENOUNCED: {
    status: 409,
    title: 'Déjà renoncé',
    detail: () => 'Ce membre a déjà renoncé à cette consultation\u00a0: rien à faire.',
  },
  MISSION_HOLDER_NOT_MEMBER: {
    status: 422,
    title: 'Mission confiée hors du groupement',
    detail: () =>
      'Une mission se confie au coordonnateur ou à un acheteur qui a adhéré au groupement (CCP L2113-7)\u00a0: ' +
      'chaque endroit à corriger est indiqué dans «\u00a0errors\u00a0».',
  },
  AWARD_PROCEDURE_UNASSIGNED: {
    status: 422,
    title: 'Passation confiée à personne',
    detail: () =>
      'La répartition ne dit pas qui assure la passation\u00a0: la confier au coordonnateur, ou à un ou plusieurs membres (CCP L2113-7). ' +
      'Les autres missions, si rien n’en est dit, restent à chaque membre.',
  },
  MISSION_HOLDER_CANNOT_WITHDRAW: {
    status: 409,
    title: 'Mission en cours',
    detail: (holders: string) =>
      `${holders}\u00a0: confier d’abord chaque mission à un autre membre (CCP L2113-7), par un avenant si la convention est signée, puis enregistrer le retrait.`,
  },
  BUYER_OUTSIDE_CLUSTER: {
    status: 409,
    title: 'Acheteur hors du pôle',
    detail: (cluster: string, names: string) =>
      `Ce groupement est réservé au pôle «\u00a0${cluster}\u00a0», dont ne sont pas membres\u00a0: ${names}. Les ajouter au pôle, ou ouvrir le groupement à tous.`,
  },
  GROUP_HAS_OUTSIDERS: {
    status: 409,
    title: 'Acheteurs hors du pôle',
    detail: (cluster: string, names: string) =>
      `Le groupement ne peut pas être réservé au pôle «\u00a0${cluster}\u00a0»\u00a0: sont déjà invités ou membres, et hors du pôle\u00a0: ${names}.`,
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
  purchasing_group_reserved_cluster: [
    'INCONSISTENT',
    'Le pôle de proximité auquel ce groupement est réservé n’existe pas.',
  ],
  purchasing_group_coordinator: ['INCONSISTENT', 'Le coordonnateur désigné n’est pas un acheteur connu.'],
  membership_pk: ['ALREADY_EXISTS', 'Cet acheteur a déjà répondu à l’invitation de ce groupement.'],
  membership_buyer: ['INCONSISTENT', 'Le membre désigné n’est pas un acheteur connu.'],
  membership_began: ['INCONSISTENT', 'Un acheteur est invité avant de répondre.'],
  membership_is_not_joined_and_declined: ['INCONSISTENT', 'Un membre adhère ou décline, et pas les deux.'],
  membership_withdraws_once_joined: [
    'INCONSISTENT',
    'On ne se retire que d’un groupement auquel on a adhéré.',
  ],
  membership_declines_for_a_reason: [
    'INCONSISTENT',
    'Un motif accompagne une réponse «\u00a0n’adhère pas\u00a0».',
  ],
  membership_withdraws_for_a_reason: ['INCONSISTENT', 'Un motif de retrait accompagne un retrait.'],
  membership_decision_kind_is_known: [
    'INCONSISTENT',
    'Une décision est une délibération, ou prise par délégation.',
  ],
  membership_decision_has_a_date: ['INCONSISTENT', 'Une décision porte une date.'],
  membership_is_sent_once_decided: [
    'INCONSISTENT',
    'La transmission en préfecture ne peut pas précéder la décision.',
  ],
  membership_is_enforceable_once_decided: [
    'INCONSISTENT',
    'Une décision ne peut pas être exécutoire avant sa date.',
  ],
  purchasing_group_kind_is_known: ['INCONSISTENT', 'Un groupement est permanent ou ponctuel.'],
  purchasing_group_object_is_not_empty: ['INCONSISTENT', 'L’objet du groupement ne peut pas être vide.'],
  purchasing_group_families_are_named: ['INCONSISTENT', 'Chaque famille d’achats porte un nom.'],
  purchasing_group_ends_after_it_starts: ['INCONSISTENT', 'Le groupement finit avant de commencer.'],
  agreement_version_pk: ['ALREADY_EXISTS', 'Cette version de la convention est déjà enregistrée.'],
  agreement_version_has_a_label: ['INCONSISTENT', 'Une version de la convention porte un intitulé.'],
  agreement_signature_pk: ['ALREADY_EXISTS', 'Ce membre a déjà signé cette version de la convention.'],
  agreement_signature_version: ['INCONSISTENT', 'Cette version de la convention n’existe pas.'],
  agreement_signature_buyer: ['INCONSISTENT', 'Le signataire désigné n’est pas un acheteur connu.'],
  agreement_signature_has_a_signatory: ['INCONSISTENT', 'Une signature porte le nom de qui signe.'],
  agreement_signature_has_a_capacity: ['INCONSISTENT', 'Une signature dit à quel titre on signe.'],
  group_launch_pk: ['ALREADY_EXISTS', 'Cette consultation est déjà lancée.'],
  group_launch_consultation: ['INCONSISTENT', 'La consultation désignée n’existe pas.'],
  group_launch_member_pk: ['ALREADY_EXISTS', 'Ce membre est déjà de cette consultation.'],
  group_launch_member_buyer: ['INCONSISTENT', 'Le membre désigné n’est pas un acheteur connu.'],
  renunciation_pk: ['ALREADY_EXISTS', 'Ce membre a déjà renoncé à cette consultation.'],
  renunciation_launch_member: ['INCONSISTENT', 'Cette consultation n’a pas été lancée avec ce membre.'],
  renunciation_has_a_reason: ['INCONSISTENT', 'Une renonciation porte un motif d’intérêt général.'],
  renunciation_has_a_resolution: ['INCONSISTENT', 'Une renonciation porte le numéro de la délibération.'],
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
  group_free_of_charge_agent_time_is_positive: [
    'INCONSISTENT',
    'Ce qui est demandé aux membres pour le temps d’agents ne peut pas être négatif.',
  ],
  group_free_of_charge_disbursements_are_positive: [
    'INCONSISTENT',
    'Ce qui est demandé aux membres pour les débours ne peut pas être négatif.',
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
