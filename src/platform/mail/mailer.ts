import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { RuntimeConfig } from '../config/config.js';
import { LOGGER, type Logger } from '../log/logger.js';
import { type SmtpAnswer, refusedForGood, refusalWords } from './mail-status.rules.js';

export interface Attachment {
  readonly fileName: string;
  /** As the mail says it, parameters included: « text/calendar; method=PUBLISH ». */
  readonly mediaType: string;
  readonly content: Buffer;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text: it says everything, is read by every reader and screen reader, and carries no tracker. */
  readonly text: string;
  /** Names the thing told in the technical journal, which holds neither address nor text. */
  readonly reference: string;
  readonly attachments?: readonly Attachment[];
  /** With its angle brackets; one is made at each sending when it is absent. */
  readonly messageId?: string;
}

/** The mail server refused a mail, or could not be reached; the message is French, and tells no address. */
export class MailNotTaken extends Error {
  override readonly name = 'MailNotTaken';
  constructor(
    message: string,
    /** Whether the server refused this mail for good, so that another attempt would change nothing. */
    readonly lasting: boolean,
  ) {
    super(message);
  }
}

/** Sends mail by the configured SMTP server. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter | null;

  constructor(
    { config }: RuntimeConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.transport =
      config.smtpUrl === null
        ? null
        : createTransport(config.smtpUrl, {
            from: config.mailFrom,
            disableFileAccess: true,
            disableUrlAccess: true,
          });
  }

  /** Whether an SMTP server is configured. */
  get isConfigured(): boolean {
    return this.transport !== null;
  }

  /** @throws {MailNotTaken} when the server does not take it, {Error} when there is none */
  async send({ to, subject, text, reference, attachments = [], messageId }: Mail): Promise<void> {
    if (!this.transport) throw new Error('SMTP_URL is not set: no mail can be sent');
    await this.transport
      .sendMail({
        // One address, whatever it holds: as a text it would be read as a list.
        to: { name: '', address: to },
        subject,
        text,
        messageId,
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: attachments.map(({ fileName, mediaType, content }) => ({
          filename: fileName,
          contentType: mediaType,
          content,
        })),
      })
      .catch((error: unknown) => {
        // The server's own words may repeat the address: the codes say enough, and may be kept.
        const answer = error as SmtpAnswer;
        throw new MailNotTaken(refusalWords(answer), refusedForGood(answer));
      });
    this.log.info({ mail: reference }, 'mail sent');
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
