import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { FileStore } from '../files/file-store.js';
import { LastingJobError } from '../jobs/handlers.js';
import { type Attachment, Mailer, MailNotTaken } from './mailer.js';

interface MailToSend {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

/** What the worker does with a mail of the outbox. */
@Injectable()
export class MailSendingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly mailer: Mailer,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a mail; nothing for one that left, failed, came back or was erased. Its row is locked until the server answered
   * and the date is committed: another worker waits, then finds it sent. It leaves twice only if the process, or its
   * database, dies between the server's acceptance and the commit; both then have the same Message-ID. Without an SMTP
   * server it is kept, and waits to be asked for.
   *
   * @throws {LastingJobError} when the server refuses it for good, {MailNotTaken} when another attempt may succeed
   */
  async send(mailId: string): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      const [mail] = await tx.query<MailToSend[]>(
        `select to_address as "to", subject, body as text, message_id as "messageId" from mail
         where id = $1 and coalesce(sent_at, failed_at, bounced_at, erased_at) is null for update`,
        [mailId],
      );
      if (!mail) return;
      if (!this.mailer.isConfigured) {
        await tx.query(`update mail set kept_at = coalesce(kept_at, $2) where id = $1`, [
          mailId,
          this.clock.now(),
        ]);
        return;
      }
      const attachments = await this.attachments(tx, mailId);
      await this.mailer.send({ ...mail, attachments, reference: mailId }).catch((error: unknown) => {
        throw error instanceof MailNotTaken && error.lasting ? new LastingJobError(error.message) : error;
      });
      await tx.query(`update mail set sent_at = $2, kept_at = null where id = $1`, [
        mailId,
        this.clock.now(),
      ]);
    });
  }

  /** Records that a mail will not leave: refused for good, or tried often enough. */
  async fail(mailId: string, error: unknown): Promise<void> {
    const told = error instanceof MailNotTaken || error instanceof LastingJobError;
    await this.dataSource.query(
      `update mail set failed_at = $2, failure = $3, kept_at = null
       where id = $1 and coalesce(sent_at, failed_at, bounced_at) is null`,
      [mailId, this.clock.now(), told ? error.message : 'panne de Halle, décrite dans le journal technique'],
    );
  }

  private async attachments(tx: EntityManager, mailId: string): Promise<Attachment[]> {
    const rows = await tx.query<{ fileName: string; mediaType: string; sha256: string }[]>(
      `select file_name as "fileName", media_type as "mediaType", sha256 from mail_attachment
       where mail_id = $1 order by position`,
      [mailId],
    );
    const attachments: Attachment[] = [];
    for (const { sha256, ...row } of rows)
      attachments.push({ ...row, content: await this.files.read(tx, sha256) });
    return attachments;
  }
}
