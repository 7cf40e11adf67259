import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { CampaignService } from '../declarations/campaign.service.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import type { HistoryOutcome } from './consolidated.dto.js';
import type { ConsolidatedShape, Tables } from './consolidated.import.js';
import { outcomeOf } from './consolidated.service.js';
import { refusedLines } from './file-faults.js';
import type { FormMode } from './forms.dto.js';
import { type StagedAnswer, StagedFileService } from './staged-file.service.js';
import { StagedWritingQueries } from './staged-writing.queries.js';

export const HISTORY_FILE: ConsolidatedShape = { quantity: 'quantite', what: 'la quantité', bounds: false };

/** What members bought the year before, from a file. The right was asserted by the caller. */
@Injectable()
export class HistoryService {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly files: StagedFileService,
    private readonly writing: StagedWritingQueries,
  ) {}

  /** @throws {Refused} NEEDS_NOT_OPEN; FORM_REFUSED for a file that is not read */
  async check(tx: EntityManager, consultationId: string, tables: Tables): Promise<StagedAnswer> {
    await this.campaigns.required(tx, consultationId);
    return this.files.judge(tx, consultationId, 'history', await this.files.stage(tx, tables, HISTORY_FILE));
  }

  /**
   * Writes it, over what came from the consultation before. Lines of which the file says nothing stay.
   *
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, NEEDS_NOT_OPEN, NEEDS_CLOSED; FORM_REFUSED
   * for a file that is not read, or with its lines when all are wanted
   */
  async apply(
    tx: EntityManager,
    trace: Trace,
    consultationId: string,
    tables: Tables,
    mode: FormMode,
  ): Promise<HistoryOutcome> {
    const staged = await this.files.stage(tx, tables, HISTORY_FILE);
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    const campaign = await this.campaigns.required(tx, consultationId);
    if (campaign.closedAt !== null) throw new Refused('NEEDS_CLOSED');
    const answer = await this.files.judge(tx, consultationId, 'history', staged);
    if (mode === 'all' && answer.rejected > 0) throw refusedLines(answer.rejected, answer.lines);
    await this.writing.history(tx, { groupId, consultationId, trace, now: campaign.now });
    return outcomeOf(answer);
  }
}
