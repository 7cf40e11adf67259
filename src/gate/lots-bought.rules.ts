import { type CampaignDates, campaignState } from '../declarations/campaign.rules.js';
import { frenchMoment } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { namedLots } from '../lots/lot-words.rules.js';
import type { ListedCheck } from '../procedure/checks.rules.js';

/** What is bought in a lot, and for how many. */
export interface BoughtLot {
  readonly number: number;
  /** Members that joined it. */
  readonly participants: number;
  /** Whether a member has a valid need in it, of more than nothing. */
  readonly hasNeed: boolean;
}

const LOT_WITHOUT_MEMBER = 'LOT_PARTICIPANTS';

/** While drafting, a lot without any member is one to look at; it is not published (CCP L2111-1, R2162-6). */
export const requiringLots = (checks: readonly ListedCheck[]): ListedCheck[] =>
  checks.map((check) =>
    check.rule === LOT_WITHOUT_MEMBER && check.verdict === 'warn' ? { ...check, verdict: 'block' } : check,
  );

/**
 * Needs are defined before the consultation (CCP L2111-1): nothing at all is asked for, it is not published; in one lot, it
 * is one to look at.
 */
export function lotsChecks(lots: readonly BoughtLot[]): Check[] {
  if (lots.length === 0) return [];
  const idle = lots.filter(({ hasNeed }) => !hasNeed).map(({ number }) => number);
  const base = {
    rule: 'NEEDS_DEFINED',
    article: 'CCP L2111-1',
    figures: {
      lots: String(lots.length),
      ...(idle.length === 0 ? {} : { 'lots sans besoin valide': idle.join(', ') }),
    },
  };
  if (idle.length === 0)
    return [{ ...base, verdict: 'ok', sentence: 'Chaque lot répond à un besoin valide d’un membre.' }];
  if (idle.length === lots.length)
    return [
      {
        ...base,
        verdict: 'block',
        sentence:
          'Aucun lot n’a de besoin valide\u00a0: les besoins se définissent avant de consulter. Recueillir ceux des membres avant de publier.',
      },
    ];
  return [
    {
      ...base,
      verdict: 'warn',
      sentence: `Aucun besoin valide dans ${namedLots(idle)}\u00a0: recueillir ceux des membres, ou supprimer ce que personne ne demande.`,
    },
  ];
}

/**
 * A census that was opened is closed before the consultation is published: who answered late, and who is out of what, is
 * known by then (CCP L2111-1).
 *
 * @param campaign null: no census was opened here
 */
export function censusChecks(campaign: CampaignDates | null): Check[] {
  if (campaign === null || campaignState(campaign) === 'closed') return [];
  const deadline = frenchMoment(campaign.deadline);
  return [
    {
      rule: 'NEEDS_DEFINED',
      article: 'CCP L2111-1',
      verdict: 'block',
      figures: { 'échéance du recensement': deadline },
      sentence:
        campaignState(campaign) === 'open'
          ? `Le recensement des besoins est ouvert jusqu’au ${deadline}\u00a0: attendre cette échéance, ou l’avancer, puis le clore.`
          : `L’échéance du recensement des besoins est passée depuis le ${deadline}, et il n’est pas clos\u00a0: se prononcer sur ce qui attend, puis le clore.`,
    },
  ];
}
