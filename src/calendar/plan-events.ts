import type { CalendarEvent } from './ics.js';
import type { Plan } from './plan.js';

/**
 * The steps still to do, each on the latest day of its act, for a calendar file. `planId` names what is planned: the same
 * step of the same plan keeps its uid, so that a calendar moves it when the plan changes (`sequence` is raised by the
 * caller). Where councils resolve, the day is that for which all must be ready.
 */
export const planEvents = (plan: Plan, planId: string, sequence = 0): readonly CalendarEvent[] =>
  plan.steps
    .filter(({ state }) => state !== 'done')
    .map(({ step, latestOn, councils, sentence }) => ({
      uid: `${step.code}.${planId}@halle`,
      time: { on: councils?.readyBy ?? latestOn },
      summary: `${step.label} (au plus tard)`,
      description: sentence,
      sequence,
    }));
