import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PARTICIPATION_PERSONAL, toldParticipations } from '../lots/lots-told.queries.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';

/** What a member that withdrew leaves in a consultation that was not launched. */
@Injectable()
export class DepartureService {
  constructor(private readonly journal: Journal) {}

  /** The lots of a consultation that a buyer joined before it withdrew. */
  async lotsJoinedBefore(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
    withdrawnAt: Date,
  ): Promise<string[]> {
    const rows = await tx.query<{ lotId: string }[]>(
      `select lot_id as "lotId" from lot_participation
       where consultation_id = $1 and buyer_id = $2 and (joined_at is null or joined_at <= $3)`,
      [consultationId, buyerId, withdrawnAt],
    );
    return rows.map(({ lotId }) => lotId);
  }

  /** Takes a buyer out of lots in which it has no need any more. The caller holds the consultation's lock. */
  async leave(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId }: { readonly consultationId: string; readonly groupId: string },
    buyerId: string,
    lotIds: readonly string[],
  ): Promise<void> {
    const ofBuyer = async () =>
      (await toldParticipations(tx, consultationId)).filter((told) => told.buyerId === buyerId);
    const before = await ofBuyer();
    await tx.query(`delete from lot_participation where buyer_id = $1 and lot_id = any($2::uuid[])`, [
      buyerId,
      lotIds,
    ]);
    const of = { groupId, subject: 'participation', key: 'lots.leave', personal: PARTICIPATION_PERSONAL };
    await this.journal.write(tx, trace, at, entriesBetween(of, before, await ofBuyer()));
  }
}
