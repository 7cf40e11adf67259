import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { CampaignService } from '../declarations/campaign.service.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import type { ConsolidatedShape, Tables } from './consolidated.import.js';
import type { ConsolidatedCheck, ConsolidatedOutcome, HistoryOutcome } from './consolidated.dto.js';
import { ConsolidationService } from './consolidation.service.js';
import { MAX_TOLD, refusedLines } from './file-faults.js';
import type { FormMode } from './forms.dto.js';
import { checkToken, versionsSeen } from './seen-versions.js';
import { described, type StagedAnswer, StagedFileService } from './staged-file.service.js';
import { StagedLinesQueries } from './staged-lines.queries.js';
import { StagedWritingQueries } from './staged-writing.queries.js';

export const NEEDS_FILE: ConsolidatedShape = {
  quantity: 'quantite_estimee',
  what: 'la quantité estimée',
  bounds: true,
};

/** A file of several members as it came, and what is asked of it. */
export interface GivenFile {
  readonly bytes: Buffer;
  readonly tables: Tables;
}

export interface Application {
  readonly mode: FormMode;
  readonly token: string;
  /** What is typed of each member of the file is transmitted in its name. */
  readonly transmit: boolean;
  readonly reason: string | null;
}

/** The file of all members that a coordinator keeps. The right was asserted by the caller. */
@Injectable()
export class ConsolidatedService {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly files: StagedFileService,
    private readonly lines: StagedLinesQueries,
    private readonly writing: StagedWritingQueries,
    private readonly consolidation: ConsolidationService,
  ) {}

  /**
   * Says what a file would change, member by member, and writes nothing.
   *
   * @throws {Refused} NEEDS_NOT_OPEN; FORM_REFUSED for a file that is not read
   */
  async check(
    tx: EntityManager,
    consultationId: string,
    { bytes, tables }: GivenFile,
  ): Promise<ConsolidatedCheck> {
    await this.campaigns.required(tx, consultationId);
    const staged = await this.files.stage(tx, tables, NEEDS_FILE);
    const answer = await this.files.judge(tx, consultationId, 'entry', staged);
    return { ...answer, token: checkToken(bytes, await this.lines.revisions(tx, consultationId)) };
  }

  /**
   * Types what a checked file says, in the name of the members: until the publication, for the deadline is theirs. The
   * consultation is held only once the file is staged.
   *
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, NEEDS_NOT_OPEN; FORM_REFUSED for a file
   * that is not read, or with its lines when all are wanted; FORM_CHECK_STALE; FORM_CONFLICT with both values, where a
   * declaration changed since; CONSOLIDATION_WITHOUT_REASON
   */
  async apply(
    tx: EntityManager,
    trace: Trace,
    consultationId: string,
    { bytes, tables }: GivenFile,
    { mode, token, transmit, reason }: Application,
  ): Promise<ConsolidatedOutcome> {
    if (transmit && reason === null) throw new Refused('CONSOLIDATION_WITHOUT_REASON');
    const staged = await this.files.stage(tx, tables, NEEDS_FILE);
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    const campaign = await this.campaigns.required(tx, consultationId);
    const answer = await this.files.judge(tx, consultationId, 'entry', staged);
    if (mode === 'all' && answer.rejected > 0) throw refusedLines(answer.rejected, answer.lines);
    await this.requireSeen(tx, consultationId, bytes, token, answer);
    const place = { groupId, consultationId, trace, now: campaign.now };
    await this.writing.entries(tx, place);
    const taken = answer.members.filter(({ changed, unchanged }) => changed + unchanged > 0);
    const transmitted = transmit
      ? await this.consolidation.transmit(
          tx,
          place,
          taken.map(({ buyerId }) => buyerId),
          reason!,
        )
      : 0;
    return Object.assign(outcomeOf(answer), { transmitted });
  }

  private async requireSeen(
    tx: EntityManager,
    consultationId: string,
    bytes: Buffer,
    token: string,
    { members }: StagedAnswer,
  ): Promise<void> {
    const now = await this.lines.revisions(tx, consultationId);
    const seen = versionsSeen(token, bytes, now);
    const moved = new Set(now.filter(({ version }, index) => version !== seen[index]).map(({ key }) => key));
    const conflicts = members.filter(({ buyerId, changed }) => changed > 0 && moved.has(buyerId));
    if (conflicts.length === 0) return;
    const lines = await this.lines.changes(
      tx,
      MAX_TOLD,
      conflicts.map(({ buyerId }) => buyerId),
    );
    throw new Refused('FORM_CONFLICT', conflicts.map(({ buyerName }) => buyerName).join(', ')).withCurrent({
      lines: lines.map(described),
    });
  }
}

export const outcomeOf = ({ changed, unchanged, rejected, lines }: StagedAnswer): HistoryOutcome => ({
  ...{ applied: changed, unchanged, rejected, leftOut: lines },
});
