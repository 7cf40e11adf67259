import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { changedKeys, type JournalEntry, type JournalState, storableJson } from './changes.js';
import type { Trace } from './trace.js';

/**
 * Writes who did what, in the transaction of what was done. The database numbers and hashes each line behind the lock of
 * its chain: from the first line that a transaction writes for a group until its end, others who write for that group
 * wait. A command that writes for no group as well does that first: chains are locked in one order, zeros before all.
 */
@Injectable()
export class Journal {
  /**
   * One statement for all entries. Those where nothing differs are left out.
   *
   * @param at the command's instant, the same that its rows carry
   */
  async write(tx: EntityManager, trace: Trace, at: Date, entries: readonly JournalEntry[]): Promise<void> {
    const changed = entries.flatMap((entry) => {
      const changes = changedKeys(entry.before, entry.after, entry.personal);
      return changes ? [{ ...entry, ...changes }] : [];
    });
    if (changed.length === 0) return;
    const json = (state: JournalState | null): string | null => state && storableJson(state);
    await this.writeSelected(
      tx,
      trace,
      at,
      `select group_id, buyer_id, subject, subject_id, key, before, after
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[]) with ordinality
         as given (group_id, buyer_id, subject, subject_id, key, before, after, place)
       order by place`,
      [
        changed.map((entry) => entry.groupId),
        changed.map((entry) => entry.buyerId),
        changed.map((entry) => entry.subject),
        changed.map((entry) => entry.subjectId),
        changed.map((entry) => entry.key),
        changed.map((entry) => json(entry.before)),
        changed.map((entry) => json(entry.after)),
      ],
    );
  }

  /**
   * The same for entries that the database computes: what changed in a million rows does not travel here and back.
   *
   * @param select SQL giving group_id uuid, buyer_id uuid, subject, subject_id, key text, before, after jsonb (changed
   * keys only, no personal data, no row where nothing differs), in the order to write them within a chain
   * @param parameters of `select`, from $1
   */
  async writeSelected(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    select: string,
    parameters: readonly unknown[],
  ): Promise<void> {
    const next = (position: number): string => `$${parameters.length + position}`;
    await tx.query(
      `insert into journal_entry (at, actor_kind, actor_id, actor_name, token_id, on_behalf_of, channel, request_id,
                                  group_id, buyer_id, subject, subject_id, key, before, after)
       select ${next(1)}::timestamptz, ${next(2)}, ${next(3)}::uuid, ${next(4)}, ${next(5)}::uuid, ${next(6)}::uuid,
              ${next(7)}, ${next(8)}, group_id, buyer_id, subject, subject_id, key, before, after
       from (select selected.*, row_number() over () as place from (${select}) as selected) as entry
       order by group_id nulls first, place`,
      [
        ...parameters,
        at,
        trace.actorKind,
        trace.actorId,
        trace.actorName,
        trace.tokenId,
        trace.onBehalfOf,
        trace.channel,
        trace.requestId,
      ],
    );
  }
}
