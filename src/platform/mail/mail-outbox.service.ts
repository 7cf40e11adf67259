import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { publicUrlOf, RuntimeConfig } from '../config/config.js';
import { newId } from '../database/id.js';
import { FileStore } from '../files/file-store.js';
import { JobRequests } from '../jobs/job-requests.js';
import { messageIdOf } from './mail-status.rules.js';
import type { Attachment } from './mailer.js';

export interface MailToWrite {
  /** What it is, for whoever lists mails: « needs.reminder ». */
  readonly kind: string;
  /** One address, without a name. */
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** What makes it the same mail as another: it is then written once, whoever asks. */
  readonly dedupeKey?: string;
  /** Whose address it is, when it is a person's with an account. */
  readonly personId?: string;
  /** The buyers that it is about. */
  readonly buyerIds?: readonly string[];
  readonly groupId?: string;
  readonly consultationId?: string;
}

/** Mails are written here in the transaction of what they tell, kept, and sent by a job; what became of each is dated. */
@Injectable()
export class MailOutbox {
  constructor(
    private readonly runtime: RuntimeConfig,
    private readonly files: FileStore,
    private readonly jobs: JobRequests,
  ) {}

  /**
   * Writes a mail, which leaves once the transaction commits.
   *
   * @returns its id, or null when one was already written with this `dedupeKey`, which then stays as it was
   */
  async write(tx: EntityManager, mail: MailToWrite, at: Date): Promise<string | null> {
    const id = newId();
    const [row] = await tx.query<{ id: string }[]>(
      `insert into mail (id, kind, dedupe_key, person_id, to_address, buyer_ids, group_id, consultation_id, subject, body,
                         message_id, written_at)
       values ($1, $2, $3, $4, $5, $6::uuid[], $7, $8, $9, $10, $11, $12)
       on conflict (dedupe_key) do nothing returning id`,
      [
        ...[id, mail.kind, mail.dedupeKey ?? null, mail.personId ?? null, mail.to, mail.buyerIds ?? []],
        ...[mail.groupId ?? null, mail.consultationId ?? null, mail.subject, mail.text],
        ...[messageIdOf(id, publicUrlOf(this.runtime.config)), at],
      ],
    );
    if (!row) return null;
    for (const [index, { fileName, mediaType, content }] of (mail.attachments ?? []).entries())
      await tx.query(
        `insert into mail_attachment (mail_id, position, file_name, media_type, sha256) values ($1, $2, $3, $4, $5)`,
        [id, index + 1, fileName, mediaType, await this.files.put(tx, content, mediaType)],
      );
    await this.jobs.request(tx, 'mail.send', { mailId: id });
    return id;
  }

  /**
   * Asks again for mails that were kept for want of a mail server; for those that failed too, if asked.
   *
   * @param since leaves alone what was written before; null: all of them
   * @returns how many will leave
   */
  async sendKept(tx: EntityManager, since: Date | null, andFailed: boolean): Promise<number> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update mail set kept_at = null, failed_at = null, failure = null
       where (kept_at is not null or $2 and failed_at is not null)
         and coalesce(bounced_at, erased_at) is null and ($1::timestamptz is null or written_at >= $1)
       returning id`,
      [since, andFailed],
    );
    await this.jobs.requestEach(
      tx,
      'mail.send',
      rows.map(({ id }) => ({ mailId: id })),
    );
    return rows.length;
  }

  /**
   * Records that a mail came back; told twice, the first date stays.
   *
   * @param messageIds with their angle brackets: those that the notice quotes
   * @returns the mail's id, or null when none of ours has such a Message-ID
   */
  async bounce(
    tx: EntityManager,
    messageIds: readonly string[],
    failure: string,
    at: Date,
  ): Promise<string | null> {
    const [[row]] = await tx.query<[{ id: string }[], number]>(
      `update mail set bounced_at = coalesce(bounced_at, $2), failure = $3, kept_at = null
       where message_id = any($1::text[]) returning id`,
      [messageIds, at, failure],
    );
    return row?.id ?? null;
  }

  /** Deletes what was written before an instant and waits for no worker. @returns how many mails went */
  async purge(tx: EntityManager, before: Date): Promise<number> {
    const contents = await tx.query<{ sha256: string }[]>(
      `select distinct a.sha256 from mail_attachment a join mail m on m.id = a.mail_id where m.written_at < $1`,
      [before],
    );
    const [, count] = await tx.query<[unknown[], number]>(
      `delete from mail where written_at < $1
         and coalesce(kept_at, sent_at, failed_at, bounced_at, erased_at) is not null`,
      [before],
    );
    await this.files.drop(
      tx,
      contents.map(({ sha256 }) => sha256),
    );
    return count;
  }

  /**
   * Takes a person out of the mails that it received: address, text and attachments go, and what did not leave never will.
   *
   * @param personId null for an address without an account
   * @returns how many mails had it
   */
  async erase(tx: EntityManager, at: Date, address: string, personId: string | null): Promise<number> {
    const [mails] = await tx.query<[{ id: string }[], number]>(
      `update mail set to_address = null, subject = null, body = null, person_id = null, dedupe_key = null,
              kept_at = null, erased_at = $3
       where lower(to_address) = lower($1) or person_id = $2 returning id`,
      [address, personId, at],
    );
    const [contents] = await tx.query<[{ sha256: string }[], number]>(
      `delete from mail_attachment where mail_id = any($1::uuid[]) returning sha256`,
      [mails.map(({ id }) => id)],
    );
    await this.files.drop(
      tx,
      contents.map(({ sha256 }) => sha256),
    );
    return mails.length;
  }
}
