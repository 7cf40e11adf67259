/** What a refusal is, in one line that can be read aloud: HTTP status, short title, full sentence. */
interface Refusal {
  readonly status: number;
  readonly title: string;
  detail(...words: never[]): string;
}

/**
 * Every refusal of the product, by its stable code: one table for the statuses, one catalogue for the French sentences.
 * A code that is missing here does not compile where it is thrown.
 */
export const REFUSALS = {
  NOT_FOUND: {
    status: 404,
    title: 'Introuvable',
    detail: () => 'Il n’y a rien à cette adresse, ou rien que vous puissiez voir.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'Action non permise',
    detail: () =>
      'Votre rôle ne permet pas cette action. Demandez-la à une personne habilitée, ou faites compléter vos rôles.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'Identification nécessaire',
    detail: () => 'Ouvrez une session, ou joignez un jeton valide (Authorization: Bearer …).',
  },
  FOREIGN_ORIGIN: {
    status: 403,
    title: 'Demande venue d’un autre site',
    detail: () => 'Cette demande vient d’un autre site que Halle : elle n’est pas suivie.',
  },
  LINK_ALREADY_USED: {
    status: 410,
    title: 'Lien déjà utilisé',
    detail: () => 'Ce lien a déjà servi : il ne vaut qu’une fois. Demandez-en un nouveau.',
  },
  LINK_EXPIRED: {
    status: 410,
    title: 'Lien expiré',
    detail: () => 'Ce lien n’est plus valable : sa durée est passée. Demandez-en un nouveau.',
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
      'Ce lien de premier démarrage ne sert plus : un administrateur existe. Demandez-lui une invitation.',
  },
  LINK_NEEDS_A_NAME: {
    status: 422,
    title: 'Nom manquant',
    detail: () => 'Indiquez votre nom : le compte n’existe pas encore.',
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
      'Cette installation n’envoie pas de courriels : l’exploitant doit régler SMTP_URL, ou créer le lien avec « halle user invite ».',
  },
  ROLE_NOT_INVITABLE: {
    status: 422,
    title: 'Rôle qui ne se donne pas ainsi',
    detail: (role: string, possible: string) =>
      `Le rôle « ${role} » ne se donne pas par cette invitation. Rôles possibles : ${possible}.`,
  },
  ROLE_ALREADY_HELD: {
    status: 409,
    title: 'Rôle déjà tenu',
    detail: (role: string) => `Cette personne tient déjà le rôle « ${role} » ici : rien à faire.`,
  },
  ROLE_NEEDS_A_PLACE: {
    status: 422,
    title: 'Rôle sans objet',
    detail: (role: string, places: string) => `Le rôle « ${role} » se tient sur ${places} : indiquer lequel.`,
  },
  MEMBER_HAS_ITS_VALIDATOR: {
    status: 409,
    title: 'La commune invite elle-même',
    detail: (buyer: string) =>
      `${buyer} a déjà une personne qui valide en son nom : c’est à elle d’inviter les suivantes.`,
  },
  BUYER_NOT_IN_GROUP: {
    status: 422,
    title: 'Acheteur hors du groupement',
    detail: () => 'Cet acheteur n’a pas été invité dans le groupement : l’y inviter d’abord.',
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    title: 'Dernier administrateur',
    detail: () => 'C’est le dernier administrateur : en inviter un autre avant.',
  },
  PERSON_UNKNOWN: {
    status: 422,
    title: 'Personne inconnue',
    detail: (email: string) => `Aucun compte ouvert à l’adresse ${email} : inviter d’abord la personne.`,
  },
  MANDATE_DATES_DISORDERED: {
    status: 422,
    title: 'Dates du mandat',
    detail: () => 'Le mandat finit avant de commencer, ou est déjà fini : corriger ses dates.',
  },
  MANDATE_ALREADY_CONTESTED: {
    status: 409,
    title: 'Mandat déjà contesté',
    detail: () => 'Ce mandat est déjà contesté ou retiré : il ne donne plus aucun droit.',
  },
  TOKEN_RIGHT_NOT_HELD: {
    status: 422,
    title: 'Droits que vous n’avez pas',
    detail: (keys: string) => `Un jeton ne donne pas plus que vos droits. À retirer : ${keys}.`,
  },
  TOKEN_RIGHT_PERSONAL: {
    status: 422,
    title: 'Droits réservés aux personnes',
    detail: (keys: string) => `Ces droits demandent une session, jamais un jeton. À retirer : ${keys}.`,
  },
  WRONG_PASSWORD: {
    status: 401,
    title: 'Adresse ou mot de passe faux',
    detail: () =>
      'L’adresse ou le mot de passe est faux, ou ce compte n’a pas de mot de passe : demandez alors un lien par courriel.',
  },
  PASSWORD_TOO_WEAK: {
    status: 422,
    title: 'Mot de passe trop faible',
    detail: () =>
      'Choisissez au moins 12 caractères, qui ne soient ni votre adresse ni un seul signe répété.',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;
