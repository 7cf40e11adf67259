import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import type { JournalState } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { ItemsQueries, type LotPlace, type NewTyresRow } from './items.queries.js';

/** The record that lets a lot hold tyres that are not retreaded (CCP L2172-6). */
@Injectable()
export class NewTyresService {
  constructor(
    private readonly queries: ItemsQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * Records it, in place of an earlier one; null takes it away. The caller has asserted the right.
   *
   * @throws {Refused} what {@link lockOpenConsultation} refuses
   */
  async record(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, lotId, lotNumber, groupId }: LotPlace,
    record: NewTyresRow | null,
  ): Promise<void> {
    await lockOpenConsultation(tx, consultationId);
    const before = await this.queries.newTyres(tx, lotId);
    if (record)
      await tx.query(
        `insert into lot_new_tyres (lot_id, ground, reference, recorded_at) values ($1, $2, $3, $4)
         on conflict (lot_id) do update set ground = excluded.ground, reference = excluded.reference,
           recorded_at = excluded.recorded_at`,
        [lotId, record.ground, record.reference, at],
      );
    else await tx.query(`delete from lot_new_tyres where lot_id = $1`, [lotId]);
    const told = (row: NewTyresRow | null): JournalState | null =>
      row && { lot: lotNumber, ground: row.ground, reference: row.reference };
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'new-tyres',
        subjectId: lotId,
        key: 'items.record-new-tyres',
        before: told(before),
        after: told(record),
      },
    ]);
  }
}
