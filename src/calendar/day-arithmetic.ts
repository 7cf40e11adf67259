import { frenchDate, isPlainDate, type PlainDate } from './plain-date.js';

/** Days of the week as ISO 8601 numbers them: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const DAY_MS = 86_400_000;

/** Days are counted in UTC, where each has 24 hours: a change of the clocks cannot shift them. */
function dayNumber(date: PlainDate): number {
  if (!isPlainDate(date)) throw new RangeError(`not a calendar day: ${date}`);
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function dayOf(number: number): PlainDate {
  const date = new Date(number * DAY_MS).toISOString().slice(0, 10);
  if (!isPlainDate(date)) throw new RangeError(`beyond the years 1900 to 2199: ${date}`);
  return date;
}

/** Whole numbers only: half a day means nothing here. @throws {RangeError} otherwise */
export function wholeNumber(count: number, what: string): number {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number of ${what}: ${count}`);
  return count;
}

/** The day that many days later, or earlier when negative. @throws {RangeError} beyond 1900 to 2199 */
export const addDays = (date: PlainDate, days: number): PlainDate =>
  dayOf(dayNumber(date) + wholeNumber(days, 'days'));

/**
 * The same day of the month that many months later; the last day of the month where there is no such day: one month
 * after 31 January is 28 or 29 February (Regulation 1182/71, art. 3(2)(c)). Not reversible: back from 28 February is
 * 28 January.
 */
export function addMonths(date: PlainDate, months: number): PlainDate {
  dayNumber(date);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + wholeNumber(months, 'months');
  const first = dayOf(Date.UTC(Math.floor(index / 12), index % 12, 1) / DAY_MS);
  const last = Number(lastDayOfMonth(first).slice(8));
  return `${first.slice(0, 8)}${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** The last day of the month of a day: "2028-02-10" → "2028-02-29". */
export function lastDayOfMonth(date: PlainDate): PlainDate {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return dayOf(Date.UTC(year, month, 0) / DAY_MS);
}

/** Days from one day to another, negative when the second comes first: from Monday to Tuesday, 1. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => dayNumber(to) - dayNumber(from);

/** Negative, zero or positive, for `sort`. Days that exist compare as text. */
export const compareDays = (a: PlainDate, b: PlainDate): number => (a < b ? -1 : a > b ? 1 : 0);

/** @throws {RangeError} of no day */
export const latestOf = (days: readonly PlainDate[]): PlainDate => extreme(days, 1);
/** @throws {RangeError} of no day */
export const earliestOf = (days: readonly PlainDate[]): PlainDate => extreme(days, -1);

function extreme(days: readonly PlainDate[], sign: 1 | -1): PlainDate {
  const [first, ...others] = days;
  if (first === undefined) throw new RangeError('no day among none');
  return others.reduce((kept, day) => (compareDays(day, kept) * sign > 0 ? day : kept), first);
}

/** 1 January 1970 was a Thursday. */
export const weekdayOf = (date: PlainDate): Weekday => {
  const shifted = (dayNumber(date) + 3) % 7;
  return ((shifted < 0 ? shifted + 7 : shifted) + 1) as Weekday;
};

/** « vendredi 1er mai 2026 ». */
export const frenchDay = (date: PlainDate): string => `${WEEKDAYS[weekdayOf(date) - 1]} ${frenchDate(date)}`;

/** « 1 jour », « 35 jours ». */
export const frenchDays = (count: number): string => `${count}\u00a0jour${Math.abs(count) > 1 ? 's' : ''}`;
