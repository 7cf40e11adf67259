import { frenchMoment } from '../calendar/plain-date.js';
import type { CampaignAnswer, DeclarationSummary, LotAnswerAnswer, VersionAnswer } from './answers.dto.js';
import type { CampaignRow } from './campaign.queries.js';
import { campaignState } from './campaign.rules.js';
import { declarationState } from './declaration.rules.js';
import type { DeclarationRow, LotAnswerRow, VersionRow } from './declarations.queries.js';

/** What people read of a version: not the revision of what was typed, which only the program counts. */
export const describeVersion = ({ id: _, revision: __, ...version }: VersionRow): VersionAnswer => version;

export const describeLot = ({ positive: _, ...lot }: LotAnswerRow): LotAnswerAnswer => lot;

export function describeDeclaration(
  row: DeclarationRow,
  campaign: CampaignRow,
): Pick<DeclarationSummary, keyof DeclarationSummary> {
  const { buyerId, buyerName, lots, lotsAnswered, counted, latest, revision } = row;
  return {
    ...{ buyerId, buyerName, lots, lotsAnswered, counted },
    state: declarationState({
      started: row.startedAt !== null,
      revision,
      latest,
      locked: campaignState(campaign) !== 'open',
      validationRequired: campaign.validationRequired,
    }),
    latest: latest && describeVersion(latest),
  };
}

/** What people read of a census. */
export const describeCampaign = ({ now, ...campaign }: CampaignRow): CampaignAnswer => ({
  ...campaign,
  state: campaignState({ ...campaign, now }),
  deadlineText: frenchMoment(campaign.deadline),
});
