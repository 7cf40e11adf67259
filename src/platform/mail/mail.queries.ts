import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MailDates, MailState } from './mail-status.rules.js';

/** A mail without its text. */
export interface MailRow extends MailDates {
  readonly id: string;
  readonly kind: string;
  readonly personId: string | null;
  readonly buyerIds: readonly string[];
  readonly groupId: string | null;
  readonly consultationId: string | null;
  /** Null once its person was erased, as the subject. */
  readonly toAddress: string | null;
  readonly subject: string | null;
  readonly writtenAt: Date;
  /** French; null unless it failed or came back. */
  readonly failure: string | null;
}

export interface FullMail extends MailRow {
  /** Plain text; null once its person was erased. */
  readonly body: string | null;
  readonly messageId: string;
  readonly attachments: readonly { readonly fileName: string; readonly byteCount: number }[];
}

export interface MailPageAsked {
  /** Null: whatever became of them. */
  readonly state: MailState | null;
  readonly consultationId: string | null;
  readonly oldestFirst: boolean;
  /** Id of the last mail of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

/** A page, and how many mails all the pages hold. */
export interface MailPage {
  readonly mails: readonly MailRow[];
  readonly total: number;
}

const ROW = `m.id, m.kind, m.person_id as "personId", m.buyer_ids as "buyerIds", m.group_id as "groupId",
  m.consultation_id as "consultationId", m.to_address as "toAddress", m.subject, m.written_at as "writtenAt",
  m.kept_at as "keptAt", m.sent_at as "sentAt", m.failed_at as "failedAt", m.bounced_at as "bouncedAt",
  m.erased_at as "erasedAt", m.failure`;

/** As `mailState` reads the dates. */
const STATES: Readonly<Record<MailState, string>> = {
  waiting: 'coalesce(kept_at, sent_at, failed_at, bounced_at, erased_at) is null',
  kept: 'kept_at is not null and bounced_at is null',
  sent: 'sent_at is not null and bounced_at is null',
  failed: 'failed_at is not null and bounced_at is null',
  bounced: 'bounced_at is not null',
  erased: 'erased_at is not null and coalesce(sent_at, failed_at, bounced_at) is null',
};

@Injectable()
export class MailQueries {
  /** Every mail about a consultation, oldest first. */
  ofConsultation(tx: EntityManager, consultationId: string): Promise<MailRow[]> {
    return tx.query<MailRow[]>(`select ${ROW} from mail m where m.consultation_id = $1 order by m.id`, [
      consultationId,
    ]);
  }

  async page(
    tx: EntityManager,
    { state, consultationId, oldestFirst, after, limit }: MailPageAsked,
  ): Promise<MailPage> {
    const [way, beyond] = oldestFirst ? ['asc', '>'] : ['desc', '<'];
    // The count stays when the page is empty: it is outer joined to what it counts.
    const rows = await tx.query<(MailRow & { readonly total: number })[]>(
      `with asked as (
         select * from mail where ($1::uuid is null or consultation_id = $1) and ${state ? STATES[state] : 'true'})
       select ${ROW}, c.total from (select count(*)::int as total from asked) c left join lateral (
         select * from asked where $2::uuid is null or id ${beyond} $2 order by id ${way} limit $3) m on true
       order by m.id ${way}`,
      [consultationId, after, limit],
    );
    return {
      mails: rows.filter(({ id }) => id !== null).map(({ total: _, ...mail }) => mail),
      total: rows[0]!.total,
    };
  }

  async mail(tx: EntityManager, id: string): Promise<FullMail | null> {
    const [mail] = await tx.query<FullMail[]>(
      `select ${ROW}, m.body, m.message_id as "messageId", coalesce((
         select json_agg(json_build_object('fileName', a.file_name, 'byteCount', f.byte_count) order by a.position)
         from mail_attachment a join stored_file f using (sha256) where a.mail_id = m.id), '[]') as attachments
       from mail m where m.id = $1`,
      [id],
    );
    return mail ?? null;
  }

  /** What is kept of the mails that a person received, by its account or its address; dates and texts, oldest first. */
  received(tx: EntityManager, address: string, personId: string | null): Promise<unknown[]> {
    return tx.query<unknown[]>(
      `select ${ROW}, m.body, array(
         select a.file_name from mail_attachment a where a.mail_id = m.id order by a.position) as "fileNames"
       from mail m where lower(m.to_address) = lower($1) or m.person_id = $2 order by m.id`,
      [address, personId],
    );
  }
}
