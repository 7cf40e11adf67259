import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CampaignQueries } from '../declarations/campaign.queries.js';
import { counts } from '../declarations/declaration.rules.js';
import { type DeclarationRow, DeclarationsQueries } from '../declarations/declarations.queries.js';
import { SettleVersionService } from '../declarations/settle-version.service.js';
import { VersionsQueries } from '../declarations/versions.queries.js';
import { newId } from '../platform/database/id.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import type { StagedWriting } from './staged-writing.queries.js';

/** What a coordinator transmits in the name of members, from what they sent. */
@Injectable()
export class ConsolidationService {
  constructor(
    private readonly campaigns: CampaignQueries,
    private readonly declarations: DeclarationsQueries,
    private readonly versions: VersionsQueries,
    private readonly settling: SettleVersionService,
    private readonly journal: Journal,
    private readonly jobs: JobRequests,
  ) {}

  /**
   * Keeps what is typed of each of these members as a version of its own, which counts at once and which the member may
   * contest. One of which the last version says the same, and counts, is left as it is.
   *
   * @param reason what the members sent
   * @returns how many were kept
   */
  async transmit(
    tx: EntityManager,
    { groupId, consultationId, trace, now }: StagedWriting,
    buyerIds: readonly string[],
    reason: string,
  ): Promise<number> {
    const { validationRequired } = (await this.campaigns.campaign(tx, consultationId))!;
    const asked = new Set(buyerIds);
    const due = (await this.declarations.declarations(tx, consultationId)).filter(
      (row) => asked.has(row.buyerId) && row.startedAt !== null && !stands(row, validationRequired),
    );
    const transmittedBy = trace.actorKind === 'person' ? trace.actorId : null;
    const ids: string[] = [];
    for (const { buyerId } of due) {
      const id = newId();
      const version = { id, consultationId, buyerId, now, reason, transmittedBy, channel: 'import' };
      await this.versions.keep(tx, { ...version, kind: 'consolidation' });
      await this.settling.settle(tx, id, validationRequired);
      ids.push(id);
    }
    await this.journal.writeSelected(
      tx,
      { ...trace, channel: 'import' },
      now,
      `select $1::uuid as group_id, buyer_id, 'declaration' as subject, consultation_id::text as subject_id,
              'needs.transmit' as key, null::jsonb as before,
              jsonb_build_object('number', number, 'kind', kind, 'receipt', receipt, 'sha256', sha256,
                'validatedAt', null, 'accepted', null, 'contestedAt', null) as after
       from need_version where id = any($2::uuid[]) order by buyer_id`,
      [groupId, ids],
    );
    const kept = await tx.query<{ buyerId: string; number: number }[]>(
      `select buyer_id as "buyerId", number from need_version where id = any($1::uuid[]) order by buyer_id`,
      [ids],
    );
    await this.jobs.requestEach(
      tx,
      'needs.tell',
      kept.map((version) => ({ consultationId, event: 'transmitted' as const, ...version })),
    );
    return ids.length;
  }
}

/** Its last version is what is typed, and counts. */
const stands = ({ latest, revision }: DeclarationRow, validationRequired: boolean): boolean =>
  latest !== null && latest.revision === revision && counts(latest, validationRequired);
