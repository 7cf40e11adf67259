import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { frenchMoment } from '../calendar/plain-date.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { lockGroup } from '../groups/group-lock.queries.js';
import { DepartureService } from '../participation/departure.service.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { requireVersion } from '../platform/refusals/required-version.js';
import { CampaignQueries, type CampaignRow, type SilentRow } from './campaign.queries.js';
import { campaignState, readDeadline } from './campaign.rules.js';
import { describeCampaign } from './declaration-answers.js';
import { DeclarationsQueries } from './declarations.queries.js';
import { declarationState } from './declaration.rules.js';

/** The census of needs of a consultation, as its coordinator conducts it. The right was asserted by the caller. */
@Injectable()
export class CampaignService {
  constructor(
    private readonly queries: CampaignQueries,
    private readonly declarations: DeclarationsQueries,
    private readonly departures: DepartureService,
    private readonly journal: Journal,
    private readonly jobs: JobRequests,
  ) {}

  /**
   * Opens it, for the members of each lot. What each bought the year before is taken from the consultation that this one
   * was copied from, by the codes of its items.
   *
   * @param deadline as the clocks of Paris show it: `2026-12-15T17:00`
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, NEEDS_ALREADY_OPEN, NOTHING_TO_DECLARE
   * without items or members, DEADLINE_REFUSED, NEEDS_ALREADY_COUNTED where files already gave needs
   */
  async open(
    tx: EntityManager,
    trace: Trace,
    consultationId: string,
    deadline: string,
  ): Promise<CampaignRow> {
    const consultation = await lockOpenConsultation(tx, consultationId);
    if (await this.queries.campaign(tx, consultationId)) throw new Refused('NEEDS_ALREADY_OPEN');
    const [found] = await tx.query<{ now: Date; ready: boolean; counted: boolean }[]>(
      `select now() as now, exists (select from lot_participation p join item i on i.lot_id = p.lot_id
                                    where p.consultation_id = $1) as ready,
              exists (select from need_line where consultation_id = $1) as counted`,
      [consultationId],
    );
    const { now, ready, counted } = found!;
    if (!ready) throw new Refused('NOTHING_TO_DECLARE');
    if (counted) throw new Refused('NEEDS_ALREADY_COUNTED');
    const at = requireDeadline(deadline, now);
    const { validationRequired } = await this.queries.settings(tx, consultation.groupId);
    await tx.query(
      `insert into need_campaign (consultation_id, opened_at, opened_by, deadline, validation_required)
       values ($1, $2, $3, $4, $5)`,
      [consultationId, now, trace.actorKind === 'person' ? trace.actorId : null, at, validationRequired],
    );
    await tx.query(
      `insert into need_history (consultation_id, buyer_id, item_id, quantity, source)
       select c.id, n.buyer_id, i.id, n.estimate, 'consultation'
       from consultation c
       join item old on old.consultation_id = c.copied_from_id
       join item i on i.consultation_id = c.id and item_code_key(i.code) = item_code_key(old.code)
       join need_line n on n.consultation_id = c.copied_from_id and n.item_id = old.id and n.standing = 'valid'
       where c.id = $1`,
      [consultationId],
    );
    await this.tell(tx, trace, now, consultation.groupId, consultationId, 'needs.open', null, {
      deadline: at.toISOString(),
      validationRequired,
    });
    await this.jobs.request(tx, 'needs.tell', { consultationId, event: 'opened' });
    return (await this.queries.campaign(tx, consultationId))!;
  }

  /**
   * Moves the deadline, forward or backward, as long as it is to come; past, that opens the census again.
   *
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, NEEDS_NOT_OPEN, NEEDS_CLOSED,
   * STALE_VERSION with the present campaign, DEADLINE_REFUSED
   */
  async moveDeadline(
    tx: EntityManager,
    trace: Trace,
    consultationId: string,
    version: number,
    deadline: string,
  ): Promise<CampaignRow> {
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    const campaign = await this.required(tx, consultationId);
    requireVersion(describeCampaign(campaign), version);
    if (campaign.closedAt !== null) throw new Refused('NEEDS_CLOSED');
    const at = requireDeadline(deadline, campaign.now);
    if (at.getTime() === campaign.deadline.getTime()) return campaign;
    await tx.query(
      `update need_campaign set deadline = $2, version = version + 1 where consultation_id = $1`,
      [consultationId, at],
    );
    await this.tell(
      tx,
      trace,
      campaign.now,
      groupId,
      consultationId,
      'needs.move-deadline',
      { deadline: campaign.deadline.toISOString() },
      { deadline: at.toISOString() },
    );
    await this.jobs.request(tx, 'needs.tell', { consultationId, event: 'moved' });
    return this.required(tx, consultationId);
  }

  /**
   * Ends it: a member of which nothing counts in a lot is out of that lot. Silence is neither a zero nor last year's figure.
   *
   * @returns who is out of what
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, NEEDS_NOT_OPEN, NEEDS_CLOSED,
   * STALE_VERSION, DEADLINE_TO_COME, NEEDS_PENDING while something transmitted waits
   */
  async close(
    tx: EntityManager,
    trace: Trace,
    consultationId: string,
    version: number,
  ): Promise<readonly SilentRow[]> {
    const { groupId } = await lockOpenConsultation(tx, consultationId);
    const campaign = await this.required(tx, consultationId);
    requireVersion(describeCampaign(campaign), version);
    const state = campaignState(campaign);
    if (state === 'closed') throw new Refused('NEEDS_CLOSED');
    if (state === 'open') throw new Refused('DEADLINE_TO_COME', frenchMoment(campaign.deadline));
    const pending = await this.pending(tx, campaign);
    if (pending.length > 0) throw new Refused('NEEDS_PENDING', pending.join(', '));
    const silent = await this.queries.silent(tx, consultationId);
    await tx.query(
      `insert into need_exclusion (consultation_id, buyer_id, lot_id, excluded_at)
       select $1, buyer_id, lot_id, $4 from unnest($2::uuid[], $3::uuid[]) as silent (buyer_id, lot_id)`,
      [consultationId, silent.map(({ buyerId }) => buyerId), silent.map(({ lotId }) => lotId), campaign.now],
    );
    for (const buyerId of new Set(silent.map((row) => row.buyerId))) {
      const lotIds = silent.filter((row) => row.buyerId === buyerId).map(({ lotId }) => lotId);
      await this.departures.leave(tx, trace, campaign.now, { consultationId, groupId }, buyerId, lotIds);
    }
    await tx.query(
      `update need_campaign set closed_at = $2, version = version + 1 where consultation_id = $1`,
      [consultationId, campaign.now],
    );
    await this.tell(tx, trace, campaign.now, groupId, consultationId, 'needs.close', null, {
      excluded: silent.length,
    });
    await this.jobs.request(tx, 'needs.tell', { consultationId, event: 'closed' });
    return silent;
  }

  /**
   * Whether what members of a group transmit waits for their validator, in the censuses to come.
   *
   * @throws {Refused} NOT_FOUND, VERSION_REQUIRED, STALE_VERSION
   */
  async choose(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    version: number | null,
    validationRequired: boolean,
  ): Promise<{ readonly validationRequired: boolean; readonly version: number }> {
    await lockGroup(tx, groupId);
    const before = await this.queries.settings(tx, groupId);
    requireVersion(before, version);
    if (before.version > 0 && before.validationRequired === validationRequired) return before;
    await tx.query(
      `insert into need_settings (group_id, validation_required) values ($1, $2)
       on conflict (group_id) do update set validation_required = excluded.validation_required,
         version = need_settings.version + 1`,
      [groupId, validationRequired],
    );
    await this.journal.write(tx, trace, at, [
      {
        ...{
          groupId,
          buyerId: null,
          subject: 'needs-settings',
          subjectId: groupId,
          key: 'needs.choose-validation',
        },
        before: before.version > 0 ? { validationRequired: before.validationRequired } : null,
        after: { validationRequired },
      },
    ]);
    return this.queries.settings(tx, groupId);
  }

  /** @throws {Refused} NEEDS_NOT_OPEN */
  async required(tx: EntityManager, consultationId: string): Promise<CampaignRow> {
    const campaign = await this.queries.campaign(tx, consultationId);
    if (!campaign) throw new Refused('NEEDS_NOT_OPEN');
    return campaign;
  }

  /** Names of those whose transmission waits for somebody. */
  private async pending(tx: EntityManager, campaign: CampaignRow): Promise<string[]> {
    const all = await this.declarations.declarations(tx, campaign.consultationId);
    return all
      .filter(({ startedAt, revision, latest }) => {
        const { validationRequired } = campaign;
        const facts = { started: startedAt !== null, revision, latest, locked: true, validationRequired };
        return ['awaiting_validation', 'awaiting_decision'].includes(declarationState(facts));
      })
      .map(({ buyerName }) => buyerName);
  }

  private tell(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    subjectId: string,
    key: string,
    before: Record<string, string | boolean | number> | null,
    after: Record<string, string | boolean | number>,
  ): Promise<void> {
    return this.journal.write(tx, trace, at, [
      { groupId, buyerId: null, subject: 'needs-campaign', subjectId, key, before, after },
    ]);
  }
}

function requireDeadline(text: string, now: Date): Date {
  const read = readDeadline(text, now);
  if ('at' in read) return read.at;
  const { code, sentence } = read.fault;
  throw new Refused('DEADLINE_REFUSED', sentence).withFaults([
    { in: 'body', pointer: '#/deadline', code, detail: sentence },
  ]);
}
