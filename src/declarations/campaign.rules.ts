import { parisInstant } from '../calendar/paris-time.js';
import { frenchMoment } from '../calendar/plain-date.js';

/** Where a census is, from its dated facts. */
export type CampaignState = 'open' | 'locked' | 'closed';
export const CAMPAIGN_STATES: readonly CampaignState[] = ['open', 'locked', 'closed'];

export interface CampaignDates {
  readonly deadline: Date;
  readonly closedAt: Date | null;
  /** By the database's clock, at the start of the transaction that reads it. */
  readonly now: Date;
}

/** The deadline is the last instant in time: a declaration transmitted at 17 h 00 min 00 s sharp is not late. */
export const campaignState = ({ deadline, closedAt, now }: CampaignDates): CampaignState =>
  closedAt !== null ? 'closed' : now.getTime() > deadline.getTime() ? 'locked' : 'open';

export interface DeadlineFault {
  readonly code: 'notInTheFuture' | 'skippedHour' | 'repeatedHour';
  readonly sentence: string;
}

/**
 * Reads the limit that a coordinator sets, as the clocks of Paris show it: `2026-12-15T17:00`.
 *
 * @param text a day that exists, and an hour
 * @param now it must follow
 */
export function readDeadline(
  text: string,
  now: Date,
): { readonly at: Date } | { readonly fault: DeadlineFault } {
  const [date = '', time = ''] = text.split('T');
  const { at, occurrence } = parisInstant({ date, time });
  if (occurrence !== 'once')
    return {
      fault: {
        code: occurrence === 'never' ? 'skippedHour' : 'repeatedHour',
        sentence:
          'Cette heure n’existe pas, ou existe deux fois, le jour du changement d’heure\u00a0: en choisir une autre.',
      },
    };
  if (at.getTime() <= now.getTime())
    return {
      fault: {
        code: 'notInTheFuture',
        sentence: `Cette échéance est déjà passée (nous sommes le ${frenchMoment(now)})\u00a0: en choisir une à venir.`,
      },
    };
  return { at };
}
