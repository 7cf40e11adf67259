import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { frenchMoment, parisDate, type PlainDate } from '../calendar/plain-date.js';
import { CampaignQueries, type CampaignRow } from '../declarations/campaign.queries.js';
import { campaignState } from '../declarations/campaign.rules.js';
import {
  ALL,
  type ClusterItemTotals,
  type ItemTotals,
  type NamedAmounts,
  NeedsTotalsQueries,
} from '../needs/needs-totals.queries.js';
import { type CountedLine, NeedsExportQueries, type UncountedRow } from './needs-export.queries.js';

/** What the workbook of the counted needs says. */
export interface NeedsExportModel {
  readonly title: string;
  readonly coordinator: string;
  readonly takenOn: PlainDate;
  /** « Besoins au …, recensement clos le … ». */
  readonly state: string;
  readonly firmYears: number;
  readonly renewals: number;
  readonly lots: readonly NamedAmounts[];
  readonly items: readonly ItemTotals[];
  readonly members: readonly NamedAmounts[];
  readonly clusters: readonly NamedAmounts[];
  readonly clusterItems: readonly ClusterItemTotals[];
  readonly uncounted: readonly UncountedRow[];
  readonly lineCount: number;
  /** Null: more lines than a workbook should hold. */
  readonly lines: AsyncIterable<CountedLine> | null;
}

/** The writer of workbooks keeps something of each row until its end. */
const MAX_LINES = 100_000;

@Injectable()
export class NeedsExportReading {
  constructor(
    private readonly queries: NeedsExportQueries,
    private readonly totals: NeedsTotalsQueries,
    private readonly campaigns: CampaignQueries,
  ) {}

  async read(
    tx: EntityManager,
    consultationId: string,
    at: Date,
    lineCount: number,
  ): Promise<NeedsExportModel> {
    const scope = { consultationId, buyerId: null };
    const { title, coordinator, launchedAt } = await this.queries.facts(tx, consultationId);
    const campaign = await this.campaigns.campaign(tx, consultationId);
    const { firmYears, renewals } = await this.totals.duration(tx, consultationId);
    return {
      ...{ title, coordinator, firmYears, renewals, lineCount },
      takenOn: parisDate(at),
      state: `Besoins au ${frenchMoment(at)}\u00a0; ${stateWords(campaign, launchedAt)}.`,
      lots: await this.totals.lots(tx, scope),
      items: await this.totals.items(tx, scope, ALL),
      members: await this.totals.members(tx, scope, ALL),
      clusters: await this.totals.clusters(tx, consultationId),
      clusterItems: await this.totals.itemsByCluster(tx, consultationId, null),
      uncounted: await this.queries.uncounted(tx, consultationId),
      lines: lineCount > MAX_LINES ? null : this.queries.lines(tx, consultationId),
    };
  }
}

function stateWords(campaign: CampaignRow | null, launchedAt: Date | null): string {
  if (launchedAt !== null) return `figés à la publication du ${frenchMoment(launchedAt)}`;
  if (campaign === null) return 'reçus par fichiers, sans recensement';
  if (campaign.closedAt !== null) return `recensement clos le ${frenchMoment(campaign.closedAt)}`;
  return campaignState(campaign) === 'open'
    ? `recensement ouvert jusqu’au ${frenchMoment(campaign.deadline)}`
    : `recensement à clore, échéance passée le ${frenchMoment(campaign.deadline)}`;
}
