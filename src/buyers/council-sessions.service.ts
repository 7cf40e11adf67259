import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { telling } from './buyers-told.queries.js';

export interface CouncilSessions {
  readonly buyerId: string;
  /** In order. */
  readonly sessions: PlainDate[];
  /** That of the buyer's sheet. */
  readonly version: number;
}

/** When the councils of buyers are known to meet. */
@Injectable()
export class CouncilSessionsService {
  constructor(private readonly journal: Journal) {}

  /** @throws {Refused} NOT_FOUND */
  async read(tx: EntityManager, buyerId: string): Promise<CouncilSessions> {
    const [row] = await tx.query<CouncilSessions[]>(
      `select b.id as "buyerId", b.version,
         array(select s.held_on::text from council_session s where s.buyer_id = b.id order by s.held_on) as sessions
       from buyer b where b.id = $1`,
      [buyerId],
    );
    if (!row) throw new Refused('NOT_FOUND');
    return row;
  }

  /** The known sessions of several buyers; those that have none are not there. */
  async ofBuyers(
    tx: EntityManager,
    buyerIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly PlainDate[]>> {
    const rows = await tx.query<{ buyerId: string; sessions: PlainDate[] }[]>(
      `select buyer_id as "buyerId", array_agg(held_on::text order by held_on) as sessions
       from council_session where buyer_id = any($1::uuid[]) group by buyer_id`,
      [buyerIds],
    );
    return new Map(rows.map(({ buyerId, sessions }) => [buyerId, sessions]));
  }

  /**
   * Replaces the known sessions. The same ones again change nothing and keep the version.
   *
   * @param version that of the sheet that was read
   * @throws {Refused} NOT_FOUND; STALE_VERSION with the current state
   */
  async replace(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    buyerId: string,
    version: number,
    given: readonly PlainDate[],
  ): Promise<CouncilSessions> {
    await tx.query(`select from buyer where id = $1 for update`, [buyerId]);
    const current = await this.read(tx, buyerId);
    if (current.version !== version) throw new Refused('STALE_VERSION').withCurrent(current);
    if ([...given].sort().join() === current.sessions.join()) return current;
    await telling(
      this.journal,
      tx,
      trace,
      at,
      { subject: 'buyer', key: 'buyers.council-sessions', ids: [buyerId] },
      async () => {
        await tx.query(`delete from council_session where buyer_id = $1`, [buyerId]);
        await tx.query(`insert into council_session (buyer_id, held_on) select $1, unnest($2::date[])`, [
          buyerId,
          given,
        ]);
      },
    );
    await tx.query(`update buyer set version = version + 1 where id = $1`, [buyerId]);
    return this.read(tx, buyerId);
  }
}
