import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { Consultation } from '../consultations/consultation.entity.js';
import { lockGroup } from '../groups/group-lock.queries.js';
import { DepartureService } from '../participation/departure.service.js';
import { Clock } from '../platform/clock/clock.js';
import type { Trace } from '../platform/journal/trace.js';
import { NeedsService } from './needs.service.js';

/** The program acts, for the withdrawal that was recorded. */
const TRACE: Trace = {
  actorKind: 'system',
  actorId: null,
  actorName: 'membership.clear-consultations',
  tokenId: null,
  onBehalfOf: null,
  channel: 'job',
  requestId: null,
};

/**
 * What follows a withdrawal, downstream of it: in the consultations that are still being prepared, the member's needs and
 * its bulletins go. Should it join again, it signs again. Where something was launched or cancelled, all stays as it was.
 */
@Injectable()
export class WithdrawalService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly needs: NeedsService,
    private readonly departures: DepartureService,
  ) {}

  /** Safe to run twice: bulletins signed after the withdrawal, by one that came back, stay. */
  clear(groupId: string, buyerId: string, withdrawnAt: Date): Promise<void> {
    const at = this.clock.now();
    return this.dataSource.transaction(async (tx) => {
      await lockGroup(tx, groupId);
      const prepared = await tx.find(Consultation, {
        where: { groupId, launchedAt: IsNull(), cancelledAt: IsNull() },
        order: { id: 'ASC' },
        lock: { mode: 'pessimistic_write' },
      });
      for (const { id: consultationId } of prepared) {
        const lotIds = await this.departures.lotsJoinedBefore(tx, consultationId, buyerId, withdrawnAt);
        if (lotIds.length === 0) continue;
        await this.needs.withdrawMember(tx, TRACE, at, consultationId, { buyerId, lotIds });
        await this.departures.leave(tx, TRACE, at, { consultationId, groupId }, buyerId, lotIds);
      }
    });
  }
}
