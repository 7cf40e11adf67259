import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JournalState } from './changes.js';
import type { ChainHead, StoredLine } from './journal-chain.js';
import type { Trace } from './trace.js';

/** A line of the journal, as people read it. */
export interface JournalLine extends Trace {
  readonly id: string;
  /** From 1 in the chain of its group, or of what concerns no group. */
  readonly position: number;
  readonly at: Date;
  readonly groupId: string | null;
  readonly buyerId: string | null;
  readonly subject: string;
  readonly subjectId: string;
  readonly key: string;
  /** Changed keys only; null before a creation. */
  readonly before: JournalState | null;
  /** Changed keys only; null after a removal. */
  readonly after: JournalState | null;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

export interface JournalPage {
  /** Newest first. */
  readonly lines: readonly JournalLine[];
  /** What to ask the next page with; null on the last one. */
  readonly next: string | null;
}

export interface PageAsked {
  /** Lines wanted, from 1. */
  readonly limit: number;
  /** `next` of the page before; null for the first. */
  readonly cursor: string | null;
}

/** A cursor that no page gave. */
export class UnknownCursor extends Error {
  override readonly name = 'UnknownCursor';
}

const LINE = `id, position::float8 as position, at, actor_kind as "actorKind", actor_id as "actorId",
  actor_name as "actorName", token_id as "tokenId", on_behalf_of as "onBehalfOf", channel, request_id as "requestId",
  group_id as "groupId", buyer_id as "buyerId", subject, subject_id as "subjectId", key, before, after,
  encode(hash, 'hex') as hash`;

const STORED = `chain, position::float8 as position, id, (extract(epoch from at) * 1000000)::bigint::text as at,
  actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", token_id as "tokenId",
  on_behalf_of as "onBehalfOf", channel, request_id as "requestId", group_id as "groupId", buyer_id as "buyerId",
  subject, subject_id as "subjectId", key, before::text as before, after::text as after,
  previous_hash as "previousHash", hash`;

const BATCH = 1_000;

@Injectable()
export class JournalQueries {
  /** A group's lines; null: those that concern no group. @throws {UnknownCursor} */
  async ofGroup(
    tx: EntityManager,
    groupId: string | null,
    { limit, cursor }: PageAsked,
  ): Promise<JournalPage> {
    if (cursor !== null && !/^\d{1,18}$/.test(cursor)) throw new UnknownCursor(cursor);
    const rows = await tx.query<JournalLine[]>(
      `select ${LINE} from journal_entry
       where chain = coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') and ($2::bigint is null or position < $2)
       order by chain, position desc limit $3`,
      [groupId, cursor, limit + 1],
    );
    return page(rows, limit, (last) => String(last.position));
  }

  /** The lines that concern a buyer, in whatever group. @throws {UnknownCursor} */
  async ofBuyer(tx: EntityManager, buyerId: string, { limit, cursor }: PageAsked): Promise<JournalPage> {
    const [, at = null, id = null] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor ?? '') ?? [];
    if (cursor !== null && at === null) throw new UnknownCursor(cursor);
    const rows = await tx.query<JournalLine[]>(
      `select ${LINE} from journal_entry
       where buyer_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
       order by at desc, id desc limit $4`,
      [buyerId, at === null ? null : new Date(Number(at)), id, limit + 1],
    );
    return page(rows, limit, (last) => `${last.at.getTime()}.${last.id}`);
  }

  /** Everything that concerns a buyer, oldest first, read as it is asked for. */
  async *concerning(tx: EntityManager, buyerId: string): AsyncGenerator<JournalLine> {
    let last: JournalLine | undefined;
    do {
      const lines: JournalLine[] = await tx.query(
        `select ${LINE} from journal_entry
         where buyer_id = $1 and ($2::timestamptz is null or (at, id) > ($2, $3::uuid))
         order by at, id limit $4`,
        [buyerId, last?.at ?? null, last?.id ?? null, BATCH],
      );
      yield* lines;
      last = lines.length === BATCH ? lines.at(-1) : undefined;
    } while (last);
  }

  /** The heads noted by the database. @param chain null for all */
  heads(tx: EntityManager, chain: string | null): Promise<ChainHead[]> {
    return tx.query<ChainHead[]>(
      `select chain, position::float8 as position, encode(hash, 'hex') as hash from journal_chain
       where $1::uuid is null or chain = $1 order by chain`,
      [chain],
    );
  }

  /**
   * Every line as stored, by chain and position, a thousand at a time: memory does not grow with the journal. A cursor
   * and no index is relied upon: a journal that was tampered with may hold a position twice.
   *
   * @param tx a transaction, which the caller keeps open while reading
   * @param chain null for all
   */
  async *stored(tx: EntityManager, chain: string | null): AsyncGenerator<StoredLine> {
    await tx.query(
      `declare journal_lines no scroll cursor for
       select ${STORED} from journal_entry where $1::uuid is null or chain = $1 order by chain, position`,
      [chain],
    );
    for (let last = BATCH; last === BATCH;) {
      const lines = await tx.query<StoredLine[]>(`fetch ${BATCH} from journal_lines`);
      yield* lines;
      last = lines.length;
    }
    await tx.query('close journal_lines');
  }
}

function page(
  rows: readonly JournalLine[],
  limit: number,
  cursorOf: (last: JournalLine) => string,
): JournalPage {
  const lines = rows.slice(0, limit);
  return { lines, next: rows.length > limit ? cursorOf(lines.at(-1)!) : null };
}
