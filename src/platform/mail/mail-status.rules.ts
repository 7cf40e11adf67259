/** What became of a mail, from its dates; `erased` is one whose person was erased before it left. */
export type MailState = 'waiting' | 'kept' | 'sent' | 'failed' | 'bounced' | 'erased';

export interface MailDates {
  readonly keptAt: Date | null;
  readonly sentAt: Date | null;
  readonly failedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly erasedAt: Date | null;
}

export function mailState({ keptAt, sentAt, failedAt, bouncedAt, erasedAt }: MailDates): MailState {
  if (bouncedAt) return 'bounced';
  if (failedAt) return 'failed';
  if (sentAt) return 'sent';
  if (erasedAt) return 'erased';
  return keptAt ? 'kept' : 'waiting';
}

export const MAIL_STATES: Readonly<Record<MailState, string>> = {
  waiting: 'en attente',
  kept: 'gardé',
  sent: 'envoyé',
  failed: 'échec',
  bounced: 'non remis',
  erased: 'effacé',
};

/** Codes of RFC 3463 and its registry, without their class; the whole code first, then its subject. */
const DETAILS: Readonly<Record<string, string>> = {
  '1.1': 'adresse inconnue',
  '1.2': 'domaine inconnu',
  '1.3': 'adresse mal formée',
  '1.6': 'adresse qui a changé',
  '1.8': 'expéditeur refusé',
  '1.10': 'adresse inconnue',
  '2.1': 'boîte désactivée',
  '2.2': 'boîte pleine',
  '2.3': 'message trop volumineux',
  '3.4': 'message trop volumineux',
  '4.1': 'serveur du destinataire injoignable',
  '4.4': 'domaine sans serveur de courriels',
  '4.7': 'délai de remise dépassé',
  '7.1': 'message refusé par le serveur du destinataire',
};
const SUBJECTS: Readonly<Record<string, string>> = {
  '1': 'adresse refusée',
  '2': 'boîte indisponible',
  '3': 'serveur du destinataire indisponible',
  '4': 'serveur du destinataire injoignable',
  '5': 'échange refusé par le serveur',
  '6': 'contenu refusé',
  '7': 'message refusé pour raison de sécurité',
};
/** Codes of RFC 5321, where the server gives no other. */
const REPLIES: Readonly<Record<number, string>> = {
  421: 'serveur momentanément indisponible',
  450: 'boîte momentanément indisponible',
  451: 'serveur momentanément en panne',
  452: 'serveur momentanément plein',
  550: 'adresse ou message refusé',
  551: 'adresse refusée',
  552: 'boîte pleine ou message trop volumineux',
  553: 'adresse refusée',
};

/** « 5.1.1 » → « adresse inconnue ». */
export function statusWords(status: string): string {
  const [, subject = '', detail = ''] = status.split('.');
  return DETAILS[`${subject}.${detail}`] ?? SUBJECTS[subject] ?? 'courriel refusé';
}

/** What an attempt to send met: `code` is the library's word (EENVELOPE, ETIMEDOUT), the others are the server's. */
export interface SmtpAnswer {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** Whether the server took the name and password, and refused this very mail for good (RFC 5321, 4.2.1). */
export const refusedForGood = ({ code, responseCode }: SmtpAnswer): boolean =>
  (code === 'EENVELOPE' || code === 'EMESSAGE') && (responseCode === undefined || responseCode >= 500);

/** « adresse inconnue (550 5.1.1) »; no word of the server, which may repeat the address. */
export function refusalWords({ code, responseCode, response }: SmtpAnswer): string {
  if (code === 'EAUTH') return `nom ou mot de passe refusé par le serveur d’envoi (${responseCode ?? code})`;
  if (responseCode === undefined) {
    if (code === 'EENVELOPE') return 'adresse mal formée (EENVELOPE)';
    if (code === 'EMESSAGE') return 'message trop volumineux (EMESSAGE)';
    return `serveur d’envoi injoignable (${code ?? 'sans code'})`;
  }
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  const words =
    status === undefined
      ? (REPLIES[responseCode] ?? (responseCode < 500 ? 'refus momentané du serveur' : 'courriel refusé'))
      : statusWords(status);
  return `${words} (${[responseCode, status].filter(Boolean).join(' ')})`;
}

/** « <id@host> »: the same at each attempt, so that receivers know a mail sent again after a crash. */
export const messageIdOf = (mailId: string, publicUrl: string): string =>
  `<${mailId}@${new URL(publicUrl).hostname}>`;
