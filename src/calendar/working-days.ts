import { addDays, frenchDay, weekdayOf, wholeNumber } from './day-arithmetic.js';
import { holidayName, type HolidayTerritory } from './holidays.js';
import type { PlainDate } from './plain-date.js';

const SATURDAY = 6;

/**
 * Neither a Saturday, nor a Sunday, nor a public holiday: the « jour ouvrable » of Regulation 1182/71, art. 2(2), which
 * the labour code calls « ouvré ».
 */
export const isWorkingDay = (date: PlainDate, territory: HolidayTerritory = 'metropole'): boolean =>
  weekdayOf(date) < SATURDAY && holidayName(date, territory) === undefined;

/** The day itself when people work on it, else the first one after. */
export function nextWorkingDay(date: PlainDate, territory: HolidayTerritory = 'metropole'): PlainDate {
  let day = date;
  while (!isWorkingDay(day, territory)) day = addDays(day, 1);
  return day;
}

/** The day itself when people work on it, else the last one before. */
export function previousWorkingDay(date: PlainDate, territory: HolidayTerritory = 'metropole'): PlainDate {
  let day = date;
  while (!isWorkingDay(day, territory)) day = addDays(day, -1);
  return day;
}

/**
 * The nth working day after a day that is not counted; the day itself for none.
 * @throws {RangeError} for a negative count
 */
export function addWorkingDays(
  date: PlainDate,
  count: number,
  territory: HolidayTerritory = 'metropole',
): PlainDate {
  if (wholeNumber(count, 'working days') < 0) throw new RangeError(`not a count of days: ${count}`);
  let day = date;
  for (let left = count; left > 0; left -= 1) day = nextWorkingDay(addDays(day, 1), territory);
  return day;
}

/** « samedi 1er mai 2027 (Fête du Travail) »: the day, and why nobody works on it if it is a holiday. */
export function frenchDayOff(date: PlainDate, territory: HolidayTerritory = 'metropole'): string {
  const name = holidayName(date, territory);
  return name === undefined ? frenchDay(date) : `${frenchDay(date)} (${name})`;
}
