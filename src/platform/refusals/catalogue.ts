/** What a refusal is, in one line that can be read aloud: HTTP status, short title, full sentence. */
interface Refusal {
  readonly status: number;
  readonly title: string;
  detail(...words: never[]): string;
}

/** « 1 erreur », « 3 erreurs ». */
const faults = (count: number): string => `${count}\u00a0${count > 1 ? 'erreurs' : 'erreur'}`;
const seconds = (count: number): string => `${count}\u00a0${count > 1 ? 'secondes' : 'seconde'}`;

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
    detail: () => 'Cette demande vient d’un autre site que Halle\u00a0: elle n’est pas suivie.',
  },
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
  MALFORMED_CURSOR: {
    status: 400,
    title: 'Curseur inconnu',
    detail: () =>
      'Ce curseur n’est pas l’un de ceux que Halle donne ici\u00a0: reprenez le lien «\u00a0next\u00a0» de la page.',
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
  MALFORMED_REQUEST: {
    status: 400,
    title: 'Demande mal formée',
    detail: () => 'La demande ne peut pas être lue. Vérifiez son adresse, ses en-têtes et son contenu.',
  },
  MALFORMED_JSON: {
    status: 400,
    title: 'JSON illisible',
    detail: () => 'Le corps de la demande n’est pas du JSON valide (RFC\u00a08259).',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Méthode non permise',
    detail: () => 'Cette adresse n’accepte pas cette méthode HTTP.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'Demande trop volumineuse',
    detail: () => 'Le corps de la demande dépasse la taille permise. Découpez l’envoi.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'Type de contenu non pris en charge',
    detail: () => 'Le corps d’une demande s’envoie en JSON (Content-Type: application/json).',
  },
  VALIDATION: {
    status: 422,
    title: 'Données refusées',
    detail: (count: number) =>
      `La demande contient ${faults(count)}\u00a0: chaque endroit à corriger est indiqué dans «\u00a0errors\u00a0».`,
  },

  ALREADY_EXISTS: {
    status: 409,
    title: 'Existe déjà',
    detail: (sentence: string) => sentence,
  },
  INCONSISTENT: {
    status: 422,
    title: 'Données incohérentes',
    detail: (sentence: string) => sentence,
  },

  VERSION_REQUIRED: {
    status: 428,
    title: 'Version nécessaire',
    detail: () =>
      'Indiquez la version que vous modifiez, dans l’en-tête If-Match\u00a0: c’est l’ETag de la dernière lecture.',
  },
  MALFORMED_VERSION: {
    status: 400,
    title: 'Version illisible',
    detail: () =>
      'L’en-tête If-Match attend un seul ETag fort, tel que reçu\u00a0: If-Match: "3". ' +
      'Ni «\u00a0*\u00a0», ni liste, ni ETag faible (W/…).',
  },
  STALE_VERSION: {
    status: 412,
    title: 'Modifié entre-temps',
    detail: () =>
      'Cet élément a été modifié depuis votre lecture. Son état actuel est joint\u00a0: ' +
      'reprenez votre modification à partir de lui.',
  },

  MALFORMED_IDEMPOTENCY_KEY: {
    status: 400,
    title: 'Clé d’idempotence illisible',
    detail: () =>
      'L’en-tête Idempotency-Key attend de 8 à 255 caractères ASCII imprimables, sans espace, un UUID par exemple.',
  },
  IDEMPOTENCY_MISMATCH: {
    status: 422,
    title: 'Clé d’idempotence déjà employée',
    detail: () =>
      'Cette clé d’idempotence a déjà servi à une autre demande. Employez une nouvelle clé pour chaque demande.',
  },

  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'Trop de demandes',
    detail: (wait: number) => `La limite est atteinte. Recommencez dans ${seconds(wait)}.`,
  },
  BUSY: {
    status: 503,
    title: 'Données momentanément occupées',
    detail: () =>
      'D’autres modifications étaient en cours sur les mêmes données\u00a0: rien n’a été enregistré. Recommencez.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'Service momentanément indisponible',
    detail: () =>
      'Un service dont Halle a besoin ne répond pas. Rien n’a été enregistré. Recommencez plus tard.',
  },
  INTERNAL: {
    status: 500,
    title: 'Erreur interne',
    detail: () =>
      'Halle a rencontré une erreur, qui a été consignée. Si elle persiste, transmettez le numéro de demande (requestId).',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;
