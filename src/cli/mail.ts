import { parisTime } from '../calendar/plain-date.js';
import { frenchCount } from '../money/french.js';
import type { Config } from '../platform/config/config.js';
import type { Logger } from '../platform/log/logger.js';
import { type DeliveryNotice, readDeliveryNotice } from '../platform/mail/delivery-notice.js';
import { MailOutbox } from '../platform/mail/mail-outbox.service.js';
import { type FullMail, MailQueries, type MailRow } from '../platform/mail/mail.queries.js';
import { MAIL_STATES, mailState } from '../platform/mail/mail-status.rules.js';
import { readArguments } from './arguments.js';
import { UsageError } from './campaign-options.js';
import {
  MAIL_USAGE,
  readListOptions,
  readMailId,
  readPurgeOptions,
  readSendKeptOptions,
} from './mail-options.js';
import type { Terminal } from './terminal.js';
import { inTransaction } from './with-application.js';

export { MAIL_USAGE } from './mail-options.js';

/** Beyond, it is no notice of a mail server. In bytes. */
const LARGEST_NOTICE = 50 * 1024 * 1024;

type Action = (args: readonly string[], config: Config, log: Logger, terminal: Terminal) => Promise<number>;

/** `halle mail`: what was written to people, and what became of it. @returns the exit code */
export async function mailCommand(
  [action, ...args]: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const act = ACTIONS[action ?? ''];
  if (!act)
    throw new UsageError([`Indiquer ce qu’il faut faire : ${Object.keys(ACTIONS).join(', ')}.`, MAIL_USAGE]);
  return act(args, config, log, terminal);
}

const ACTIONS: Readonly<Record<string, Action>> = { list, show, 'send-kept': sendKept, bounce, purge };

async function list(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const { json, ...asked } = readListOptions(args);
  const { mails, total } = await inTransaction(config, log, (app, tx) =>
    app.get(MailQueries).page(tx, asked),
  );
  if (json) {
    process.stdout.write(`${JSON.stringify({ total, mails: mails.map(withState) }, null, 1)}\n`);
    return 0;
  }
  for (const mail of mails)
    terminal.line(
      [
        mail.id,
        parisTime(mail.writtenAt),
        MAIL_STATES[mailState(mail)].padEnd(10),
        mail.kind,
        `${mail.subject ?? '(effacé)'}${mail.failure === null ? '' : ` : ${mail.failure}`}`,
      ].join('  '),
    );
  if (mails.length < total) {
    const next = mails.length === asked.limit ? ` ; la suite : --after ${mails.at(-1)!.id}` : '';
    terminal.line(`${frenchCount(mails.length)} sur ${counted(total)}${next}.`);
  } else terminal.line(total === 0 ? 'Aucun courriel.' : `${counted(total)}.`);
  return 0;
}

async function show(args: readonly string[], config: Config, log: Logger): Promise<number> {
  const id = readMailId(args);
  const mail = await inTransaction(config, log, (app, tx) => app.get(MailQueries).mail(tx, id));
  if (!mail) throw new UsageError([`Aucun courriel n’a l’identifiant ${id}.`]);
  process.stdout.write(`${[...heading(mail), '', mail.body ?? '(effacé)'].join('\n').trimEnd()}\n`);
  return 0;
}

function heading(mail: FullMail): string[] {
  const dated = (label: string, at: Date | null): string[] =>
    at === null ? [] : [`${label} : ${parisTime(at)}`];
  return [
    `Nature : ${mail.kind}`,
    `État : ${MAIL_STATES[mailState(mail)]}${mail.failure === null ? '' : `, ${mail.failure}`}`,
    ...dated('Écrit', mail.writtenAt),
    ...dated('Gardé', mail.keptAt),
    ...dated('Envoyé', mail.sentAt),
    ...dated('Échec', mail.failedAt),
    ...dated('Revenu', mail.bouncedAt),
    `Message-ID : ${mail.messageId}`,
    `À : ${mail.toAddress ?? '(effacé)'}`,
    `Objet : ${mail.subject ?? '(effacé)'}`,
    ...mail.attachments.map(
      ({ fileName, byteCount }) => `Pièce jointe : ${fileName} (${frenchCount(byteCount)} octets)`,
    ),
  ];
}

async function sendKept(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const { since, andFailed } = readSendKeptOptions(args);
  if (config.smtpUrl === null)
    throw new UsageError(['SMTP_URL n’est pas réglé : aucun courriel ne partirait.']);
  const count = await inTransaction(config, log, (app, tx) =>
    app.get(MailOutbox).sendKept(tx, since, andFailed),
  );
  terminal.line(
    count === 0 ? 'Aucun courriel à envoyer.' : `Confié au processus de travail : ${counted(count)}.`,
  );
  return 0;
}

async function bounce(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  readArguments(args, { values: [] }, MAIL_USAGE);
  const notice = await readDeliveryNotice(await readInput());
  if (!notice) {
    terminal.line('Ce qui a été lu n’est pas un avis de non-remise : rien n’est noté.');
    return 1;
  }
  if (!notice.failed) {
    terminal.line(`Avis de retard ou de remise, pas de non-remise : rien n’est noté (${notice.words}).`);
    return 0;
  }
  const id = await inTransaction(config, log, (app, tx, at) =>
    app.get(MailOutbox).bounce(tx, notice.messageIds, notice.words, at),
  );
  terminal.line(id === null ? unknownMail(notice) : `Courriel ${id} non remis : ${notice.words}.`);
  return id === null ? 1 : 0;
}

const unknownMail = ({ messageIds }: DeliveryNotice): string =>
  messageIds.length === 0
    ? 'Cet avis de non-remise ne dit pas de quel courriel il parle : rien n’est noté.'
    : `Aucun courriel d’ici n’a le Message-ID ${messageIds.join(', ')} : rien n’est noté.`;

/** Standard input, whole. @throws {UsageError} when it is larger than any notice */
async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_NOTICE) throw new UsageError(['Avis trop volumineux : plus de 50 Mio.']);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function purge(
  args: readonly string[],
  config: Config,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const before = readPurgeOptions(args);
  const count = await inTransaction(config, log, (app, tx) => app.get(MailOutbox).purge(tx, before));
  terminal.line(count === 0 ? 'Aucun courriel à supprimer.' : `Supprimé : ${counted(count)}.`);
  return 0;
}

const counted = (count: number): string => `${frenchCount(count)} courriel${count > 1 ? 's' : ''}`;

const withState = (mail: MailRow): object => ({ ...mail, state: mailState(mail) });
