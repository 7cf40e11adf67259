import { isUUID } from 'class-validator';
import { isPlainDate } from '../calendar/plain-date.js';
import { startOfDay } from '../calendar/paris-time.js';
import type { MailPageAsked } from '../platform/mail/mail.queries.js';
import type { MailState } from '../platform/mail/mail-status.rules.js';
import { readArguments } from './arguments.js';
import { UsageError } from './campaign-options.js';

export const MAIL_USAGE = `Usage : halle mail ACTION

  list [--kept | --failed | --bounced] [--consultation ID] [--oldest-first] [--limit N] [--after ID] [--json]
             les courriels écrits, le plus récent d'abord, 50 par page ; les adresses seulement avec --json
  show ID    un courriel : ses dates, son adresse, son texte, le nom de ses pièces jointes
  send-kept [--since AAAA-MM-JJ] [--failed]
             envoie ceux qui ont été gardés faute de SMTP_URL ; avec --failed, ceux dont l'envoi a échoué aussi
  bounce     lit sur l'entrée standard l'avis de non-remise d'un serveur de courriels, et le note
  purge --before AAAA-MM-JJ
             supprime ceux qui ont été écrits avant ce jour, et leurs pièces jointes

Code de sortie : 0 réussi ; 1 avis qui ne concerne aucun courriel d'ici, ou autre panne ; 2 commande à corriger.`;

export interface ListOptions extends MailPageAsked {
  readonly json: boolean;
}

const STATES: readonly MailState[] = ['kept', 'failed', 'bounced'];

/** @throws {UsageError} */
export function readListOptions(args: readonly string[]): ListOptions {
  const { values, flags } = readArguments(
    args,
    { values: ['consultation', 'limit', 'after'], flags: [...STATES, 'oldest-first', 'json'] },
    MAIL_USAGE,
  );
  const states = STATES.filter((state) => flags.has(state));
  if (states.length > 1) throw new UsageError(['Choisir entre --kept, --failed et --bounced.']);
  const { consultation, limit = '50', after } = values;
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > 1000)
    throw new UsageError([`--limit : « ${limit} » refusé ; attendu : un nombre entier de 1 à 1000.`]);
  return {
    state: states[0] ?? null,
    consultationId:
      consultation === undefined ? null : readId('--consultation', consultation, 'd’une consultation'),
    oldestFirst: flags.has('oldest-first'),
    after: after === undefined ? null : readId('--after', after, 'd’un courriel'),
    limit: Number(limit),
    json: flags.has('json'),
  };
}

/** @throws {UsageError} */
export function readMailId(args: readonly string[]): string {
  const { words } = readArguments(args, { values: [], words: ['l’identifiant du courriel'] }, MAIL_USAGE);
  return readId('show', words[0]!, 'd’un courriel');
}

/** @throws {UsageError} */
export function readSendKeptOptions(args: readonly string[]): { since: Date | null; andFailed: boolean } {
  const { values, flags } = readArguments(args, { values: ['since'], flags: ['failed'] }, MAIL_USAGE);
  const { since } = values;
  return {
    since: since === undefined ? null : readDay('--since', since),
    andFailed: flags.has('failed'),
  };
}

/** @returns the first instant of the day given @throws {UsageError} */
export function readPurgeOptions(args: readonly string[]): Date {
  const { values } = readArguments(args, { values: ['before'], required: ['before'] }, MAIL_USAGE);
  return readDay('--before', values['before']!);
}

function readId(option: string, text: string, whose: string): string {
  if (isUUID(text)) return text.toLowerCase();
  throw new UsageError([`${option} : « ${text} » n’est pas l’identifiant ${whose}.`]);
}

/** The first instant of a day, in Paris. */
function readDay(option: string, text: string): Date {
  if (isPlainDate(text)) return startOfDay(text);
  throw new UsageError([`${option} : « ${text} » refusé ; attendu : un jour, écrit AAAA-MM-JJ.`]);
}
