import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { RuntimeConfig } from '../config/config.js';
import { LOGGER, type Logger } from '../log/logger.js';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text: it says everything, is read by every reader and screen reader, and carries no tracker. */
  readonly text: string;
  /** Names the thing told in the technical journal, which holds neither address nor text. */
  readonly reference: string;
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

  /** @throws when there is no SMTP server, or when it refuses: the job that sends is tried again */
  async send({ to, subject, text, reference }: Mail): Promise<void> {
    if (!this.transport) throw new Error('SMTP_URL is not set: no mail can be sent');
    await this.transport
      .sendMail({ to, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } })
      .catch((error: unknown) => {
        // The server's own words may repeat the address: the code says enough, and may be kept.
        const { responseCode, code } = error as { responseCode?: number; code?: string };
        throw new Error(`the mail server did not take it: ${responseCode ?? code ?? 'no code'}`);
      });
    this.log.info({ mail: reference }, 'mail sent');
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
