import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { frenchMoment } from '../calendar/plain-date.js';
import { shareOpenConsultation } from '../consultations/open-consultation.queries.js';
import { lockName } from '../platform/database/named-lock.js';
import { Refused } from '../platform/refusals/refused.js';
import { type CampaignRow, CampaignQueries } from './campaign.queries.js';
import { campaignState } from './campaign.rules.js';
import type { DeclarationPlace } from './declaration-access.service.js';
import { type DeclarationRow, DeclarationsQueries } from './declarations.queries.js';

/** A declaration that nobody else changes meanwhile, judged by the database's clock. */
export interface HeldDeclaration {
  readonly campaign: CampaignRow;
  readonly declaration: DeclarationRow;
  /** The deadline is past. */
  readonly locked: boolean;
}

/** Holds a declaration for a command. */
@Injectable()
export class OpenDeclarationService {
  constructor(
    private readonly campaigns: CampaignQueries,
    private readonly declarations: DeclarationsQueries,
  ) {}

  /**
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, NEEDS_NOT_OPEN without a census,
   * NO_LOT_JOINED for a member that takes part in no lot
   */
  async hold(
    tx: EntityManager,
    { consultationId, buyerId }: Pick<DeclarationPlace, 'consultationId' | 'buyerId'>,
  ): Promise<HeldDeclaration> {
    await shareOpenConsultation(tx, consultationId);
    const campaign = await this.campaigns.campaign(tx, consultationId);
    if (!campaign) throw new Refused('NEEDS_NOT_OPEN');
    // A name rather than its row, which may not exist yet.
    await lockName(tx, `declaration ${consultationId} ${buyerId}`.toLowerCase());
    const [declaration] = await this.declarations.declarations(tx, consultationId, buyerId);
    if (!declaration || declaration.lots === 0) throw new Refused('NO_LOT_JOINED');
    return { campaign, declaration, locked: campaignState(campaign) !== 'open' };
  }

  /**
   * The same to type in it: until the deadline, then only in a correction that was opened with its reason.
   *
   * @throws {Refused} NEEDS_LOCKED besides
   */
  async holdToType(
    tx: EntityManager,
    place: Pick<DeclarationPlace, 'consultationId' | 'buyerId' | 'trace'>,
  ): Promise<HeldDeclaration> {
    const held = await this.hold(tx, place);
    if (held.locked && held.declaration.rectificationOpenedAt === null)
      throw new Refused('NEEDS_LOCKED', frenchMoment(held.campaign.deadline));
    await this.start(tx, place, held.campaign.now);
    return held;
  }

  /** Its row, from the first thing that is typed; each change of it counts. */
  private async start(
    tx: EntityManager,
    { consultationId, buyerId, trace }: Pick<DeclarationPlace, 'consultationId' | 'buyerId' | 'trace'>,
    now: Date,
  ): Promise<void> {
    await tx.query(
      `insert into need_declaration (consultation_id, buyer_id, started_at, started_by) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [consultationId, buyerId, now, trace.actorKind === 'person' ? trace.actorId : null],
    );
  }

  async countChange(
    tx: EntityManager,
    { consultationId, buyerId }: Pick<DeclarationPlace, 'consultationId' | 'buyerId'>,
  ): Promise<void> {
    await tx.query(
      `update need_declaration set revision = revision + 1 where consultation_id = $1 and buyer_id = $2`,
      [consultationId, buyerId],
    );
  }
}
