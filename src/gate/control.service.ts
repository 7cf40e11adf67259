import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { participantsCheck } from '../lots/lot-checks.rules.js';
import { type LaunchingGroup, launchReadiness, withoutNonSignatories } from '../members/launch.rules.js';
import { MembersQueries } from '../members/members.queries.js';
import type { ListedCheck } from '../procedure/checks.rules.js';
import { ChecksService, type ConsultationChecks } from '../procedure/checks.service.js';
import { about, type Cause, type Control, controlOf, membersFrozen } from './blocking.rules.js';
import { CostSharesAsker } from './cost-shares.service.js';
import { CampaignQueries } from '../declarations/campaign.queries.js';
import { censusChecks, lotsChecks, requiringLots } from './lots-bought.rules.js';
import { type LeavingRow, PublicationQueries } from './publication.queries.js';

/** « Publier sans les non-signataires »: without whom, and what leaves with them. */
export interface Drop {
  readonly members: readonly {
    readonly buyerId: string;
    readonly name: string;
    readonly missing: readonly string[];
    readonly lots: LeavingRow['lots'];
    readonly needs: number;
  }[];
  /** Numbers of the lots that nobody would be left in. */
  readonly emptiedLots: readonly number[];
  /** Whether it would pass, as far as members, signatures, decisions and what is left in the lots are concerned. */
  readonly passes: boolean;
  /** What would still stand in the way, of those. */
  readonly causes: readonly Cause[];
}

/** What the control says of a consultation that was not launched. */
export interface ControlState extends Control, Pick<ConsultationChecks, 'on' | 'dayIs'> {
  readonly wouldDrop: Drop;
}

/** The control before publication: it reads every room, and changes nothing. */
@Injectable()
export class ControlService {
  constructor(
    private readonly queries: PublicationQueries,
    private readonly members: MembersQueries,
    private readonly checks: ChecksService,
    private readonly costShares: CostSharesAsker,
    private readonly census: CampaignQueries,
  ) {}

  async preview(tx: EntityManager, consultationId: string, groupId: string, at: Date): Promise<ControlState> {
    const { on, dayIs, items } = await this.ofConsultation(tx, consultationId, at);
    const group = (await this.members.launching(tx, groupId))!;
    const today = parisDate(at);
    const frozen = membersFrozen(await this.queries.participants(tx, consultationId), idsOf(group), on);
    return {
      ...{ on, dayIs },
      ...controlOf([...items, about(frozen)]),
      wouldDrop: await this.wouldDrop(tx, consultationId, group, on > today ? on : today),
    };
  }

  /** What every room says of it, and what only a publication asks: lots joined, needs defined, costs shared. */
  async ofConsultation(tx: EntityManager, consultationId: string, at: Date): Promise<ConsultationChecks> {
    const { items, ...rest } = await this.checks.ofConsultation(tx, consultationId, at);
    const own = [
      ...lotsChecks(await this.queries.lotsBought(tx, consultationId, [])),
      ...censusChecks(await this.census.campaign(tx, consultationId)),
      ...(await this.costShares.checks(tx, consultationId)),
    ];
    return { ...rest, items: [...requiringLots(items), ...own.map((check): ListedCheck => about(check))] };
  }

  private async wouldDrop(
    tx: EntityManager,
    consultationId: string,
    group: LaunchingGroup,
    day: PlainDate,
  ): Promise<Drop> {
    const { leftOut, group: left } = withoutNonSignatories(group, day);
    const buyerIds = leftOut.map(({ buyerId }) => buyerId);
    const held = new Map(
      (await this.queries.held(tx, consultationId, buyerIds)).map((row) => [row.buyerId, row]),
    );
    const participants = await this.queries.participants(tx, consultationId);
    const staying = participants.filter(({ buyerId }) => !buyerIds.includes(buyerId));
    const lots = await this.queries.lotsBought(tx, consultationId, buyerIds);
    const { causes } = controlOf([
      ...launchReadiness(left, day, leftOut).map((check) => about(check, 'group')),
      about(membersFrozen(staying, idsOf(left), day)),
      ...requiringLots([participantsCheck(lots), ...lotsChecks(lots)].map((check) => about(check))),
    ]);
    return {
      members: leftOut.map((member) => ({
        ...member,
        lots: held.get(member.buyerId)?.lots ?? [],
        needs: held.get(member.buyerId)?.needs ?? 0,
      })),
      emptiedLots: await this.queries.emptied(tx, consultationId, buyerIds),
      ...{ passes: causes.length === 0, causes },
    };
  }
}

export const idsOf = ({ members }: LaunchingGroup): string[] => members.map(({ buyerId }) => buyerId);
