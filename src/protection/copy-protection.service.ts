import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CopiedConsultation, CopyFollowersService } from '../catalogue/copy-followers.service.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { copiedLevers } from './copied.rules.js';
import { LotProtection } from './lot-protection.entity.js';
import { ProtectionQueries } from './protection.queries.js';
import { entryOf, toldProtection } from './protection-told.js';

/** Last year's measures begin those of the copy. Who decided them, and when, was said of last year. */
@Injectable()
export class CopyProtectionService implements OnModuleInit {
  constructor(
    private readonly followers: CopyFollowersService,
    private readonly queries: ProtectionQueries,
    private readonly journal: Journal,
  ) {}

  /** The room of the catalogue learns here what else there is to copy, for it may not ask. */
  onModuleInit(): void {
    this.followers.register((...copy) => this.copy(...copy));
  }

  /** A lot none of whose levers may be taken over has no flag: somebody decides it again. */
  async copy(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { sourceId, id, groupId }: CopiedConsultation,
  ): Promise<void> {
    const former = await this.queries.flagsToCopy(tx, sourceId, id);
    const levers = await this.queries.levers(
      tx,
      former.map(({ formerLotId }) => formerLotId),
    );
    const entries = [];
    for (const { lotId, formerLotId, number, justification } of former) {
      const kept = copiedLevers(levers.filter((lever) => lever.lotId === formerLotId));
      if (kept.length === 0) continue;
      await tx.insert(LotProtection, { lotId, justification, decidedBy: null, decidedAt: at, version: 1 });
      await this.queries.replaceLevers(tx, lotId, null, at, kept);
      const place = { id: lotId, number, groupId };
      entries.push(entryOf(place, 'lots.copy', null, toldProtection(place, justification, kept)));
    }
    await this.journal.write(tx, trace, at, entries);
  }
}
