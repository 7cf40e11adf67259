import { addDays, frenchDay } from './day-arithmetic.js';
import { isPlainDate, parisTime, type PlainDate } from './plain-date.js';

/** What a clock on a wall in Paris shows. */
export interface ParisMoment {
  readonly date: PlainDate;
  /** "17:00", from "00:00" to "23:59". */
  readonly time: string;
}

/**
 * How often the clocks of Paris show a moment: `never` in the hour that they skip (2 h to 3 h on the last Sunday of
 * March), `twice` in the hour that they repeat (2 h to 3 h on the last Sunday of October).
 */
export type Occurrence = 'once' | 'twice' | 'never';

export interface ParisInstant {
  readonly at: Date;
  readonly occurrence: Occurrence;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const DAY_MS = 86_400_000;

/** How far the clocks of Paris are ahead of UTC at an instant, in milliseconds. */
const offsetAt = (instant: number): number =>
  Date.parse(`${parisTime(new Date(instant)).replace(' ', 'T')}Z`) - instant;

/**
 * The instant at which the clocks of Paris show a moment. Where they show it twice, the second time; where they skip it,
 * the instant at which they would have shown it had they not been put forward (2 h 30 is then 3 h 30). In both cases
 * the later reading: a limit cuts nobody short. `occurrence` tells, so that a person may be asked to choose another hour.
 * @throws {RangeError} when the day or the hour does not exist in any calendar
 */
export function parisInstant({ date, time }: ParisMoment): ParisInstant {
  if (!isPlainDate(date) || !TIME.test(time)) throw new RangeError(`not a moment: ${date} ${time}`);
  const shown = Date.parse(`${date}T${time}:00Z`);
  // The clocks change at most once in two days: the offsets of the eve and of the morrow are the only candidates.
  const candidates = [...new Set([offsetAt(shown - DAY_MS), offsetAt(shown + DAY_MS)])].map(
    (offset) => shown - offset,
  );
  const real = candidates.filter((instant) => instant + offsetAt(instant) === shown);
  const occurrence = real.length === 0 ? 'never' : real.length === 1 ? 'once' : 'twice';
  return { at: new Date(Math.max(...(real.length === 0 ? candidates : real))), occurrence };
}

/** The instant at which a day begins in Paris: midnight, which no change of the clocks touches. */
export const startOfDay = (date: PlainDate): Date => parisInstant({ date, time: '00:00' }).at;

/** The instant at which a day is over in Paris, which is that at which the next one begins. */
export const endOfDay = (date: PlainDate): Date => startOfDay(addDays(date, 1));

/** What the clocks of Paris show at an instant, seconds left out. */
export function parisMoment(instant: Date): ParisMoment {
  const [date, time] = parisTime(instant).split(' ') as [string, string];
  return { date, time: time.slice(0, 5) };
}

const MONTHS = [
  ...['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'aout', 'septembre', 'octobre', 'novembre', 'decembre'],
];
const MOMENT =
  /^(?:([a-z]+) )?(1er|\d{1,2}) ([a-z]+) (\d{4}) a (\d{1,2}) ?h(?: ?(\d{2}))?(?: \(heure de paris\))?$/;

const plainLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .trim()
    .toLowerCase();

/**
 * Reads « mardi 15 décembre 2026 à 17 h 00 », as `frenchMoment` writes it; the day of the week and the minutes may be
 * left out. Undefined when it says no moment, or names a day of the week that is not that of the date: the mistake of
 * one who copies last year's notice.
 */
export function readFrenchMoment(text: string): ParisMoment | undefined {
  const match = MOMENT.exec(plainLetters(text));
  if (!match) return undefined;
  const [, weekday, day = '', month = '', year = '', hours = '', minutes = '00'] = match;
  const position = MONTHS.indexOf(month) + 1;
  const date = `${year}-${String(position).padStart(2, '0')}-${(day === '1er' ? '1' : day).padStart(2, '0')}`;
  const time = `${hours.padStart(2, '0')}:${minutes}`;
  if (!isPlainDate(date) || !TIME.test(time)) return undefined;
  if (weekday !== undefined && !frenchDay(date).startsWith(`${weekday} `)) return undefined;
  return { date, time };
}
