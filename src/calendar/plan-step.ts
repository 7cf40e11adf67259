import { addDays, wholeNumber } from './day-arithmetic.js';
import { afterClearDays, periodEnd, standstill } from './deadlines.js';
import type { HolidayTerritory } from './holidays.js';
import type { PlainDate } from './plain-date.js';
import type { Council } from './sessions.js';
import { addWorkingDays, isWorkingDay } from './working-days.js';

/**
 * How long a step lasts from the day of its act, none being counted as nothing:
 * - `working`: that many working days; `calendar`: that many days, whatever they are; what follows may begin on the last;
 * - `period`, `months`: a minimum of the law (`periodEnd`); what follows begins after its last day;
 * - `suspension`: from date to date (`standstill`, its prudent reading); what follows begins after its last day;
 * - `clear`: clear days; what follows begins after them.
 */
export type Lasting =
  | { readonly kind: 'working' | 'calendar' | 'period' | 'suspension' | 'clear'; readonly days: number }
  | { readonly kind: 'months'; readonly months: number };

/**
 * Where a length comes from: a text, the habit of buyers (« usage »), or the choice of those who plan. What is of law
 * and could not be read in an official text is not `verified`: people are told to check it.
 */
export interface Basis {
  readonly kind: 'law' | 'usage' | 'choice';
  /** « CCP R2161-2 ». */
  readonly article?: string;
  readonly verified?: boolean;
}

/** An act, and what it takes before what follows may begin. */
export interface PlanStep {
  /** Stable and unique in the plan: `notice-sent`. */
  readonly code: string;
  /** « Envoyer l’avis d’appel à la concurrence ». */
  readonly label: string;
  /** The codes of the steps that it waits for. */
  readonly after: readonly string[];
  readonly lasts: Lasting;
  readonly basis: Basis;
  /** Working days kept in hand after it. */
  readonly margin: number;
  /** Whether people must be at work on the day of the act. */
  readonly acts: boolean;
  /** The councils that must all resolve for this step to be done; its act is then one session each. */
  readonly councils?: readonly Council[];
  /** The day on which the act was done, when it was. */
  readonly begunOn?: PlainDate;
  /** The day on which it was over, when it is: what follows no longer waits, margin included. */
  readonly doneOn?: PlainDate;
}

/** The last day that a step takes when its act is on a given day. */
export function lastDayOf(
  lasts: Lasting,
  actOn: PlainDate,
  territory: HolidayTerritory = 'metropole',
): PlainDate {
  if (lasts.kind === 'months')
    return periodEnd(actOn, { unit: 'months', count: lasts.months }, territory).lastDay;
  const { kind, days } = lasts;
  if (days === 0) return actOn;
  switch (kind) {
    case 'working':
      return addWorkingDays(actOn, days, territory);
    case 'calendar':
      return addDays(actOn, days);
    case 'period':
      return periodEnd(actOn, { unit: 'days', count: days }, territory).lastDay;
    case 'suspension':
      return addDays(standstill(actOn, days, territory).prudentFrom, -1);
    case 'clear':
      return addDays(afterClearDays(actOn, days), -1);
  }
}

/** Whether what follows waits for the day after the last one: the minimums of the law run until midnight. */
const runsToMidnight = (lasts: Lasting): boolean =>
  lasts.kind === 'months' || (lasts.days > 0 && lasts.kind !== 'working' && lasts.kind !== 'calendar');

type Length = Pick<PlanStep, 'lasts' | 'margin'>;

/**
 * The first day on which what follows may begin. It never comes earlier when the act comes later: on this rests that
 * planning backwards and forwards agree.
 */
export function readyOn(
  { lasts, margin }: Length,
  actOn: PlainDate,
  territory: HolidayTerritory = 'metropole',
): PlainDate {
  const last = lastDayOf(lasts, actOn, territory);
  return addWorkingDays(runsToMidnight(lasts) ? addDays(last, 1) : last, margin, territory);
}

/** A month has 28 days at least; the other lengths have at least the days that they say. */
const fewestDays = ({ lasts, margin }: Length): number =>
  (lasts.kind === 'months' ? lasts.months * 28 : lasts.days) + margin;

/** The latest day of the act for which what follows may begin on a given day; a working day where people act. */
export function latestAct(
  step: Length & Pick<PlanStep, 'acts'>,
  by: PlainDate,
  territory: HolidayTerritory = 'metropole',
): PlainDate {
  let day = addDays(by, -fewestDays(step));
  while (readyOn(step, day, territory) > by || (step.acts && !isWorkingDay(day, territory)))
    day = addDays(day, -1);
  return day;
}

/**
 * The steps in an order in which each comes after those that it waits for, otherwise as given.
 * @throws {RangeError} when a code is used twice or unknown, a length is no whole number, or steps wait for each other
 */
export function inOrder(steps: readonly PlanStep[]): readonly PlanStep[] {
  const codes = new Set(steps.map(({ code }) => code));
  if (codes.size < steps.length) throw new RangeError('two steps have the same code');
  for (const step of steps) {
    const unknown = step.after.find((code) => !codes.has(code));
    if (unknown !== undefined) throw new RangeError(`${step.code} waits for an unknown step: ${unknown}`);
    const lengths = [step.lasts.kind === 'months' ? step.lasts.months : step.lasts.days, step.margin];
    if (lengths.some((length) => wholeNumber(length, 'days') < 0))
      throw new RangeError(`${step.code} lasts less than nothing`);
  }
  const placed = new Set<string>();
  const ordered: PlanStep[] = [];
  while (ordered.length < steps.length) {
    const next = steps.find(
      ({ code, after }) => !placed.has(code) && after.every((other) => placed.has(other)),
    );
    if (!next) throw new RangeError('steps wait for each other');
    placed.add(next.code);
    ordered.push(next);
  }
  return ordered;
}
