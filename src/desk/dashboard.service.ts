import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CampaignRow } from '../declarations/campaign.queries.js';
import { campaignState } from '../declarations/campaign.rules.js';
import { CampaignService } from '../declarations/campaign.service.js';
import { type DeclarationState, declarationState } from '../declarations/declaration.rules.js';
import { type Cents, centsFromDecimal } from '../money/amounts.js';
import { ProcedureService, type ProcedureState } from '../procedure/procedure.service.js';
import { type SignalCounts, SignalsQueries } from '../signals/signals.queries.js';
import { type LotFigures, lotFigures, type LotSaid, type Progress, progressOf } from './dashboard.rules.js';
import { type DeskLotRow, type DeskMemberRow, DeskQueries, type MemberLotAmount } from './desk.queries.js';

/** Lines that are judged one by one in a fraction of a second; beyond, the list of signals counts them when asked. */
const JUDGED_AT_ONCE = 50_000;

export interface DeskMember {
  readonly row: DeskMemberRow;
  readonly state: DeclarationState;
  readonly late: boolean;
  readonly excludedLots: number;
}

export interface DeskLot {
  readonly row: DeskLotRow;
  readonly figures: LotFigures;
}

export interface Dashboard {
  readonly campaign: CampaignRow;
  readonly progress: Progress;
  /** By name. */
  readonly members: readonly DeskMember[];
  /** By number. */
  readonly lots: readonly DeskLot[];
  readonly years: number;
  readonly procedure: ProcedureState;
  /** Null: too many lines are typed to judge them all here. */
  readonly signals: SignalCounts | null;
}

/** What a coordinator sees of a census. It reads, and changes nothing: each question is one statement. */
@Injectable()
export class DashboardService {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly signals: SignalsQueries,
    private readonly procedures: ProcedureService,
    private readonly queries: DeskQueries,
  ) {}

  /** @throws {Refused} NEEDS_NOT_OPEN without a census */
  async read(tx: EntityManager, consultationId: string, at: Date): Promise<Dashboard> {
    const campaign = await this.campaigns.required(tx, consultationId);
    await this.queries.widen(tx);
    const rows = await this.queries.members(tx, consultationId);
    const lots = await this.queries.lots(tx, consultationId);
    const exclusions = await this.queries.exclusions(tx, consultationId);
    // Read once: the value of the purchase is made of the same amounts as the lots.
    const amounts = await this.queries.amounts(tx, consultationId);
    const counted = byLot(amounts);
    const lastYear = byLot(await this.queries.lastYear(tx, consultationId));
    const procedure = await this.procedures.read(tx, consultationId, at, amounts);
    const place = new Map(rows.map(({ buyerId }, index) => [buyerId, index]));
    const byName = (a: { buyerId: string }, b: { buyerId: string }): number =>
      place.get(a.buyerId)! - place.get(b.buyerId)!;
    const populations = new Map(
      rows.flatMap(({ buyerId, population }) =>
        population === null ? [] : [[buyerId, BigInt(population)] as const],
      ),
    );
    const said = (lot: DeskLotRow): LotSaid => ({
      joined: (lot.joined === '' ? [] : lot.joined.split(','))
        .map((buyerId) => ({ buyerId }))
        .sort(byName)
        .map(({ buyerId }) => buyerId),
      excluded: exclusions
        .filter(({ lotId }) => lotId === lot.lotId)
        .sort(byName)
        .map(({ buyerId, excludedAt }) => ({ buyerId, at: excludedAt })),
      counted: counted.get(lot.lotId) ?? new Map(),
      lastYear: lastYear.get(lot.lotId) ?? new Map(),
    });
    const members = membersOf(rows, campaign, exclusions);
    return {
      ...{ campaign, members, procedure },
      progress: progressOf(
        members.map(({ state, late, excludedLots }) => ({ state, late, excluded: excludedLots > 0 })),
      ),
      lots: lots.map((row) => ({ row, figures: lotFigures(said(row), populations) })),
      years: procedure.facts.firmYears + procedure.facts.renewals,
      signals: (await this.signals.exceeds(tx, consultationId, JUDGED_AT_ONCE))
        ? null
        : await this.signals.counts(tx, consultationId, null),
    };
  }
}

function membersOf(
  rows: readonly DeskMemberRow[],
  campaign: CampaignRow,
  exclusions: readonly { readonly buyerId: string }[],
): DeskMember[] {
  const locked = campaignState(campaign) !== 'open';
  const out = new Map<string, number>();
  for (const { buyerId } of exclusions) out.set(buyerId, (out.get(buyerId) ?? 0) + 1);
  return rows.map((row) => ({
    row,
    state: declarationState({
      started: row.startedAt !== null,
      revision: row.revision,
      latest: row.kind === null ? null : { ...row, kind: row.kind, revision: row.versionRevision },
      locked,
      validationRequired: campaign.validationRequired,
    }),
    late: row.kind === 'late' || row.kind === 'rectification',
    excludedLots: out.get(row.buyerId) ?? 0,
  }));
}

/** Amounts in cents by lot, then member. */
function byLot(rows: readonly MemberLotAmount[]): ReadonlyMap<string, ReadonlyMap<string, Cents>> {
  const lots = new Map<string, Map<string, Cents>>();
  for (const { lotId, buyerId, net } of rows) {
    const lot = lots.get(lotId) ?? new Map<string, Cents>();
    lots.set(lotId, lot.set(buyerId, centsFromDecimal(net)));
  }
  return lots;
}
