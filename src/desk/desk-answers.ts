import { frenchMoment } from '../calendar/plain-date.js';
import type { CampaignAnswer } from '../declarations/answers.dto.js';
import type { CampaignRow } from '../declarations/campaign.queries.js';
import { campaignState } from '../declarations/campaign.rules.js';
import { type Cents, centsToDecimal, sum } from '../money/amounts.js';
import { formatDecimal } from '../money/decimal.js';
import { marginsOf, missingSentence } from './dashboard-words.rules.js';
import type { Dashboard, DeskLot, DeskMember } from './dashboard.service.js';
import type {
  DashboardAnswer,
  DeskLotAnswer,
  DeskMemberAnswer,
  DeskValueAnswer,
  ProjectedAnswer,
} from './desk.dto.js';

/** What people read of a dashboard. */
export function describeDashboard(dashboard: Dashboard): DashboardAnswer {
  const { campaign, progress, members, lots, years, signals } = dashboard;
  const names = new Map(members.map(({ row }) => [row.buyerId, row.buyerName]));
  const yearly = sum(lots.map(({ figures }) => figures.yearly));
  const projected = sum(lots.map(({ figures }) => figures.projectedYearly));
  return {
    campaign: describeCampaign(campaign),
    progress,
    lastActivityAt: lastOf(members.map(({ row }) => row.lastActivityAt)),
    total: {
      yearly: centsToDecimal(yearly),
      whole: whole(yearly, years),
      projected: projectedOf(
        projected,
        years,
        lots.every(({ figures }) => figures.projectionComplete),
      ),
      years,
    },
    lots: lots.map((lot) => describeLot(lot, years, names)),
    value: describeValue(dashboard),
    signals,
    members: members.map(describeMember),
  };
}

const describeCampaign = ({ now, ...campaign }: CampaignRow): CampaignAnswer => ({
  ...campaign,
  state: campaignState({ ...campaign, now }),
  deadlineText: frenchMoment(campaign.deadline),
});

const whole = (yearly: Cents, years: number): string => centsToDecimal(yearly * BigInt(years));
const projectedOf = (yearly: Cents, years: number, complete: boolean): ProjectedAnswer => ({
  ...{ yearly: centsToDecimal(yearly), whole: whole(yearly, years), complete },
});

const lastOf = (instants: readonly (Date | null)[]): Date | null =>
  instants.reduce((last, at) => (last === null || (at !== null && at > last) ? at : last), null);

const describeMember = ({ row, state, late, excludedLots }: DeskMember): DeskMemberAnswer => ({
  ...{ buyerId: row.buyerId, buyerName: row.buyerName, state, late, excludedLots },
  ...{ transmittedAt: row.transmittedAt, lastActivityAt: row.lastActivityAt },
});

function describeLot(
  { row, figures }: DeskLot,
  years: number,
  names: ReadonlyMap<string, string>,
): DeskLotAnswer {
  const { members, yearly, missing, projectedYearly, projectionComplete, change } = figures;
  const named = missing.map(({ buyerId, excludedAt, projection }) => ({
    ...{ buyerId, buyerName: names.get(buyerId)!, excludedAt },
    projection: projection && { basis: projection.basis, yearly: centsToDecimal(projection.yearly) },
  }));
  const among = (excluded: boolean): string[] =>
    named.filter(({ excludedAt }) => (excludedAt !== null) === excluded).map(({ buyerName }) => buyerName);
  return {
    ...{ lotId: row.lotId, number: row.number, title: row.title, members, missing: named },
    ...{ yearly: centsToDecimal(yearly), whole: whole(yearly, years) },
    sentence: missingSentence(among(true), among(false)),
    projected: projectedOf(projectedYearly, years, projectionComplete),
    change: change && {
      members: change.members,
      lastYear: centsToDecimal(change.lastYear),
      thisYear: centsToDecimal(change.thisYear),
      percent: change.permille === null ? null : formatDecimal(change.permille, 1, 1),
    },
  };
}

function describeValue({ procedure }: Dashboard): DeskValueAnswer {
  const { value, object } = procedure.reading;
  return {
    ...{ net: centsToDecimal(value.net), complete: value.complete, lawOn: procedure.on },
    margins: marginsOf(value, object.is, procedure.law).map(({ threshold, margin, ...told }) => ({
      ...told,
      threshold: centsToDecimal(threshold),
      margin: centsToDecimal(margin),
    })),
  };
}
