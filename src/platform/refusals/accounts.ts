import type { Constraint, Refusal } from './refusal.js';

/** What is refused about accounts, links, roles, mandates and tokens. */
export const ACCOUNT_REFUSALS = {
  LINK_ALREADY_USED: {
    status: 410,
    title: 'Lien déjà utilisé',
    detail: () => 'Ce lien a déjà servi\u00a0: il ne vaut qu’une fois. Demandez-en un nouveau.',
  },
  LINK_EXPIRED: {
    status: 410,
    title: 'Lien expiré',
    detail: () => 'Ce lien n’est plus valable\u00a0: sa durée est passée. Demandez-en un nouveau.',
  },
  LINK_REVOKED: {
    status: 410,
    title: 'Lien révoqué',
    detail: () => 'Ce lien a été révoqué par la personne qui l’avait émis. Demandez-lui ce qu’il en est.',
  },
  ADMINISTRATOR_EXISTS: {
    status: 410,
    title: 'Un administrateur existe déjà',
    detail: () =>
      'Ce lien de premier démarrage ne sert plus\u00a0: un administrateur existe. Demandez-lui une invitation.',
  },
  LINK_NEEDS_A_NAME: {
    status: 422,
    title: 'Nom manquant',
    detail: () => 'Indiquez votre nom\u00a0: le compte n’existe pas encore.',
  },
  LINK_NEEDS_AN_ADDRESS: {
    status: 422,
    title: 'Adresse manquante',
    detail: () => 'Indiquez l’adresse électronique du premier administrateur.',
  },
  ACCOUNT_CLOSED: {
    status: 409,
    title: 'Compte fermé',
    detail: () => 'Ce compte est fermé. Un administrateur peut inviter la personne à une autre adresse.',
  },
  ADDRESS_TAKEN: {
    status: 409,
    title: 'Adresse déjà utilisée',
    detail: () => 'Un compte existe déjà à cette adresse.',
  },
  MAIL_NOT_CONFIGURED: {
    status: 503,
    title: 'Aucun envoi de courriels',
    detail: () =>
      'Cette installation n’envoie pas de courriels\u00a0: l’exploitant doit régler SMTP_URL, ou créer le lien avec «\u00a0halle user invite\u00a0».',
  },
  ROLE_NOT_INVITABLE: {
    status: 422,
    title: 'Rôle qui ne se donne pas ainsi',
    detail: (role: string, possible: string) =>
      `Le rôle «\u00a0${role}\u00a0» ne se donne pas par cette invitation. Rôles possibles\u00a0: ${possible}.`,
  },
  ROLE_ALREADY_HELD: {
    status: 409,
    title: 'Rôle déjà tenu',
    detail: (role: string) =>
      `Cette personne tient déjà le rôle «\u00a0${role}\u00a0» ici\u00a0: rien à faire.`,
  },
  ROLE_NEEDS_A_PLACE: {
    status: 422,
    title: 'Rôle sans objet',
    detail: (role: string, places: string) =>
      `Le rôle «\u00a0${role}\u00a0» se tient sur ${places}\u00a0: indiquer lequel.`,
  },
  MEMBER_HAS_ITS_VALIDATOR: {
    status: 409,
    title: 'La commune invite elle-même',
    detail: (buyer: string) =>
      `${buyer} a déjà une personne qui valide en son nom\u00a0: c’est à elle d’inviter les suivantes.`,
  },
  BUYER_NOT_IN_GROUP: {
    status: 422,
    title: 'Acheteur hors du groupement',
    detail: () => 'Cet acheteur n’a pas été invité dans le groupement\u00a0: l’y inviter d’abord.',
  },
  BUYER_DECLINED: {
    status: 409,
    title: 'Acheteur qui n’adhère pas',
    detail: () =>
      'Cet acheteur a répondu qu’il n’adhère pas\u00a0: le groupement n’invite personne en son nom.',
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    title: 'Dernier administrateur',
    detail: () => 'C’est le dernier administrateur\u00a0: en inviter un autre avant.',
  },
  PERSON_UNKNOWN: {
    status: 422,
    title: 'Personne inconnue',
    detail: (email: string) => `Aucun compte ouvert à l’adresse ${email}\u00a0: inviter d’abord la personne.`,
  },
  MANDATE_DATES_DISORDERED: {
    status: 422,
    title: 'Dates du mandat',
    detail: () => 'Le mandat finit avant de commencer, ou est déjà fini\u00a0: corriger ses dates.',
  },
  MANDATE_ALREADY_GIVEN: {
    status: 409,
    title: 'Mandat déjà donné',
    detail: () =>
      'Cette personne a déjà un mandat de cet acheteur à ces dates\u00a0: le retirer d’abord, ou choisir d’autres dates.',
  },
  MANDATE_TO_ONESELF: {
    status: 422,
    title: 'Mandat à soi-même',
    detail: () => 'On ne se donne pas mandat à soi-même\u00a0: vos rôles suffisent.',
  },
  LAST_VALIDATOR: {
    status: 409,
    title: 'Dernière personne qui valide',
    detail: (buyer: string) =>
      `C’est la dernière personne qui valide au nom de ${buyer}\u00a0: en inviter une autre avant.`,
  },
  MANDATE_ALREADY_CONTESTED: {
    status: 409,
    title: 'Mandat déjà contesté',
    detail: () => 'Ce mandat est déjà contesté ou retiré\u00a0: il ne donne plus aucun droit.',
  },
  TOKEN_RIGHT_NOT_HELD: {
    status: 422,
    title: 'Droits que vous n’avez pas',
    detail: (keys: string) => `Un jeton ne donne pas plus que vos droits. À retirer\u00a0: ${keys}.`,
  },
  TOKEN_NARROWED_TWICE: {
    status: 422,
    title: 'Jeton restreint deux fois',
    detail: () => 'Un jeton se restreint à un groupement ou à un acheteur, et pas aux deux\u00a0: choisir.',
  },
  PLACE_UNKNOWN: {
    status: 422,
    title: 'Groupement ou acheteur inconnu',
    detail: () => 'Le groupement ou l’acheteur désigné n’existe pas\u00a0: vérifier son identifiant.',
  },
  TOKEN_RIGHT_PERSONAL: {
    status: 422,
    title: 'Droits réservés aux personnes',
    detail: (keys: string) => `Ces droits demandent une session, jamais un jeton. À retirer\u00a0: ${keys}.`,
  },
  WRONG_PASSWORD: {
    status: 401,
    title: 'Adresse ou mot de passe faux',
    detail: () =>
      'L’adresse ou le mot de passe est faux, ou ce compte n’a pas de mot de passe\u00a0: demandez alors un lien par courriel.',
  },
  PASSWORD_TOO_WEAK: {
    status: 422,
    title: 'Mot de passe trop faible',
    detail: () =>
      'Choisissez au moins 12 caractères, qui ne soient ni votre adresse ni un seul signe répété.',
  },
} as const satisfies Record<string, Refusal>;

export const ACCOUNT_CONSTRAINTS = {
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
} as const satisfies Record<string, Constraint>;
