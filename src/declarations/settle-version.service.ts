import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CountedNeedsService } from '../needs/counted-needs.service.js';
import { Refused } from '../platform/refusals/refused.js';
import { counts, type VersionFacts, type Waiting, waitingFor } from './declaration.rules.js';
import { VersionsQueries } from './versions.queries.js';

/** What follows from the facts of a version: whether it counts. */
@Injectable()
export class SettleVersionService {
  constructor(
    private readonly counted: CountedNeedsService,
    private readonly versions: VersionsQueries,
  ) {}

  /** What stood before goes on counting while this one waits; a late answer that waits is shown as late. */
  async settle(tx: EntityManager, versionId: string, validationRequired: boolean): Promise<void> {
    const version = await this.versions.facts(tx, versionId);
    if (counts(version, validationRequired)) await this.counted.take(tx, versionId, 'valid');
    else if (version.kind === 'late' && version.accepted === false)
      await this.counted.clear(tx, version.consultationId, version.buyerId);
    else if (version.kind === 'late') await this.counted.take(tx, versionId, 'late');
  }

  /** @throws {Refused} VERSION_NOT_WAITING */
  requireWaiting(version: VersionFacts, validationRequired: boolean, what: NonNullable<Waiting>): void {
    if (waitingFor(version, validationRequired) !== what) throw new Refused('VERSION_NOT_WAITING');
  }
}
