/** A calendar day as "YYYY-MM-DD": it has no hour and no zone, and sorts as text. */
export type PlainDate = string;

/**
 * No act that a groupement de commandes records is older: the decree 2001-210 of 7 March 2001 created them, and the
 * buyers that file their papers here keep some years of what came before. A date before it is a year typed wrong.
 */
export const EARLIEST_ACT: PlainDate = '1990-01-01';

const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

/** True for a day that exists, in the years 1900 to 2199: "2027-02-31" is refused. */
export function isPlainDate(text: string): boolean {
  const match = /^((?:19|20|21)\d{2})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** « 1er mars 2027 », « 15 décembre 2026 ». @throws {RangeError} when the day does not exist */
export function frenchDate(date: PlainDate): string {
  if (!isPlainDate(date)) throw new RangeError(`not a calendar day: ${date}`);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${day === 1 ? '1er' : day}\u00a0${MONTHS[month - 1]}\u00a0${year}`;
}

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The calendar day in Paris at an instant: the day the law counts from. */
export const parisDate = (instant: Date): PlainDate => PARIS.format(instant);

const PARIS_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant as the clocks of Paris show it, to the second: « 2026-11-25 10:31:58 », a date for spreadsheets too. */
export const parisTime = (instant: Date): string => PARIS_TIME.format(instant);

const PARIS_WEEKDAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', weekday: 'long' });

/** An instant as people read it: « mardi 15 décembre 2026 à 17 h 00 (heure de Paris) ». */
export function frenchMoment(instant: Date): string {
  const [hours, minutes] = parisTime(instant).slice(11).split(':');
  const day = `${PARIS_WEEKDAY.format(instant)} ${frenchDate(parisDate(instant))}`;
  return `${day} à ${Number(hours)}\u00a0h\u00a0${minutes} (heure de Paris)`;
}
