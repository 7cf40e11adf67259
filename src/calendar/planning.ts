import { daysBetween, earliestOf, latestOf } from './day-arithmetic.js';
import type { PlainDate } from './plain-date.js';
import type { LatestDates, Plan, PlanRequest, PlannedStep } from './plan.js';
import { planSentence, stepSentence } from './plan-sentences.js';
import { inOrder, lastDayOf, latestAct, readyOn, type PlanStep } from './plan-step.js';
import { councilsInTime, firstSession, type Council } from './sessions.js';
import { nextWorkingDay } from './working-days.js';

const hasCouncils = (step: PlanStep): step is PlanStep & { readonly councils: readonly Council[] } =>
  step.councils !== undefined && step.councils.length > 0;
const begun = ({ begunOn, doneOn }: PlanStep): PlainDate | undefined => begunOn ?? doneOn;

/** From the wished start to the latest day of each act. What is begun no longer asks anything of what precedes it. */
function backwards(ordered: readonly PlanStep[], request: PlanRequest): ReadonlyMap<string, LatestDates> {
  const { wishedStart, today, territory } = request;
  const found = new Map<string, LatestDates>();
  for (const step of [...ordered].reverse()) {
    const demands = ordered
      .filter((other) => other.after.includes(step.code) && begun(other) === undefined)
      .map((other) => {
        const { actOn, councils } = found.get(other.code)!;
        return { other, by: councils?.readyBy ?? actOn };
      });
    const by = demands.length === 0 ? wishedStart : earliestOf(demands.map((demand) => demand.by));
    const acts = step.acts && !hasCouncils(step);
    const actOn = latestAct({ ...step, acts }, by, territory);
    found.set(step.code, {
      by,
      askedBy: demands.find((demand) => demand.by === by)?.other ?? null,
      actOn,
      unpushed: acts ? latestAct({ ...step, acts: false }, by, territory) : actOn,
      councils: hasCouncils(step) ? councilsInTime(step.councils, today, actOn, territory) : null,
    });
  }
  return found;
}

interface EarliestDates {
  readonly actOn: PlainDate;
  readonly readyOn: PlainDate;
}

/** From today to the earliest day of each act; null where a council has no known session, and after it. */
function forwards(
  ordered: readonly PlanStep[],
  { today, territory }: PlanRequest,
): ReadonlyMap<string, EarliestDates | null> {
  const found = new Map<string, EarliestDates | null>();
  const earliest = (step: PlanStep): EarliestDates | null => {
    const act = begun(step);
    if (act !== undefined) return { actOn: act, readyOn: step.doneOn ?? readyOn(step, act, territory) };
    const waited = step.after.map((code) => found.get(code)!);
    if (waited.some((dates) => dates === null)) return null;
    const from = latestOf([today, ...waited.map((dates) => dates.readyOn)]);
    if (!hasCouncils(step)) {
      const actOn = step.acts ? nextWorkingDay(from, territory) : from;
      return { actOn, readyOn: readyOn(step, actOn, territory) };
    }
    const sessions = step.councils.map((council) => firstSession(council, from, territory));
    if (sessions.some((session) => session === undefined)) return null;
    const last = latestOf(sessions as PlainDate[]);
    return { actOn: last, readyOn: readyOn(step, last, territory) };
  };
  for (const step of ordered) found.set(step.code, earliest(step));
  return found;
}

/**
 * The reverse planning of a purchase (rétroplanning): for each step, the latest day on which it may be done for the
 * contract to start when wished, why, and how far that is from today; what is already too late, and the earliest start
 * that can still be reached. Planned for that earliest start, no step has its latest day in the past.
 * @throws {RangeError} when the steps are not a plan (`inOrder`)
 */
export function planBackwards(request: PlanRequest): Plan {
  const { today, wishedStart, territory } = request;
  const ordered = inOrder(request.steps);
  const latest = backwards(ordered, request);
  const earliest = forwards(ordered, request);
  const steps = ordered.map((step): PlannedStep => {
    const dates = latest.get(step.code)!;
    const { actOn: latestOn, councils } = dates;
    const marginDays = daysBetween(today, councils?.readyBy ?? latestOn);
    const state = begun(step) !== undefined ? 'done' : marginDays < 0 ? 'late' : 'open';
    return {
      step,
      latestOn,
      latestLastDay: lastDayOf(step.lasts, latestOn, territory),
      earliestOn: earliest.get(step.code)?.actOn ?? null,
      marginDays,
      state,
      councils,
      sentence: stepSentence(step, dates, { today, state, territory }),
    };
  });
  const ends = ordered.filter((step) => {
    const waiting = ordered.filter(({ after }) => after.includes(step.code));
    // A step that was skipped is still to be done: what follows began without waiting for it.
    return begun(step) === undefined
      ? waiting.every((other) => begun(other) !== undefined)
      : waiting.length === 0;
  });
  const reached = ends.map(({ code }) => earliest.get(code)!);
  const earliestStart = reached.some((dates) => dates === null)
    ? null
    : latestOf(reached.map((dates) => dates.readyOn));
  const late = steps.filter(({ state }) => state === 'late');
  const withoutSession = steps.flatMap(({ state, councils }) =>
    state === 'done' ? [] : (councils?.without ?? []),
  );
  const feasible = earliestStart !== null && earliestStart <= wishedStart;
  const missingDays = earliestStart === null ? null : Math.max(0, daysBetween(wishedStart, earliestStart));
  const answer = { steps, feasible, late, withoutSession, earliestStart, missingDays };
  return { ...answer, sentence: planSentence(answer, wishedStart) };
}
