import { ACCOUNT_REFUSALS } from './accounts.js';
import { BUYER_REFUSALS } from './buyers.js';
import { CONSULTATION_REFUSALS } from './consultations.js';
import { DOCUMENT_REFUSALS } from './documents.js';
import { FORM_REFUSALS } from './forms.js';
import { GROUP_REFUSALS } from './groups.js';
import { ITEM_REFUSALS } from './items.js';
import { LAW_REFUSALS } from './law.js';
import { LOT_REFUSALS } from './lots.js';
import { NEEDS_EXPORT_REFUSALS } from './needs-exports.js';
import { NEED_REFUSALS } from './needs.js';
import { PROCEDURE_REFUSALS } from './procedure.js';
import { PROTECTION_REFUSALS } from './protection.js';
import { PUBLICATION_REFUSALS } from './publication.js';
import { SIGNAL_REFUSALS } from './signals.js';
import { SOURCING_REFUSALS } from './sourcing.js';
import { TERMS_REFUSALS } from './terms.js';
import type { Refusal } from './refusal.js';

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
  BODY_TOO_DEEP: {
    status: 400,
    title: 'Demande trop imbriquée',
    detail: () =>
      'La demande imbrique trop de listes ou d’objets les uns dans les autres\u00a0: la simplifier.',
  },
  MALFORMED_CURSOR: {
    status: 400,
    title: 'Curseur inconnu',
    detail: () =>
      'Ce curseur n’est pas l’un de ceux que Halle donne ici\u00a0: reprenez le lien «\u00a0next\u00a0» de la page.',
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
  MALFORMED_UTF8: {
    status: 400,
    title: 'Texte mal encodé',
    detail: () =>
      'Le corps de la demande contient des octets qui ne sont pas de l’UTF-8\u00a0: rien n’a été enregistré. L’encoder en UTF-8 (RFC\u00a08259), puis recommencer.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Méthode non permise',
    detail: () => 'Cette adresse n’accepte pas cette méthode HTTP.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'Demande trop volumineuse',
    detail: () =>
      'Le corps de la demande dépasse la taille permise. Allégez le fichier (mise en forme, images, colonnes inutiles)\u00a0; ' +
      'ne coupez pas un bordereau en deux, la seconde partie remplacerait la première.',
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
  FROZEN: {
    status: 409,
    title: 'Contenu figé',
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
  FILES_BUSY: {
    status: 503,
    title: 'Trop de classeurs à lire',
    detail: () =>
      'D’autres classeurs sont en cours de lecture, et trop attendent déjà\u00a0: rien n’a été enregistré. Recommencez dans quelques instants, ou envoyez le fichier en CSV.',
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
  ...BUYER_REFUSALS,
  ...ACCOUNT_REFUSALS,
  ...LAW_REFUSALS,
  ...GROUP_REFUSALS,
  ...CONSULTATION_REFUSALS,
  ...PUBLICATION_REFUSALS,
  ...SOURCING_REFUSALS,
  ...LOT_REFUSALS,
  ...ITEM_REFUSALS,
  ...TERMS_REFUSALS,
  ...PROTECTION_REFUSALS,
  ...PROCEDURE_REFUSALS,
  ...NEED_REFUSALS,
  ...NEEDS_EXPORT_REFUSALS,
  ...SIGNAL_REFUSALS,
  ...DOCUMENT_REFUSALS,
  ...FORM_REFUSALS,
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;
