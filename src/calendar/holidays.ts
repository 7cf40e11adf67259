import { addDays, compareDays } from './day-arithmetic.js';
import type { PlainDate } from './plain-date.js';

/** Where the buyer is: the holidays that count are those of the place where people act. */
export const HOLIDAY_TERRITORIES = [
  ...(['metropole', 'alsace-moselle'] as const),
  ...(['guadeloupe', 'martinique', 'guyane', 'la-reunion', 'mayotte'] as const),
] as const;
export type HolidayTerritory = (typeof HOLIDAY_TERRITORIES)[number];

export interface Holiday {
  readonly on: PlainDate;
  /** « Fête nationale ». */
  readonly name: string;
}

/** Before 1984 the list was another one (8 May: loi 81-893; abolition of slavery: décret 83-1003). */
export const FIRST_YEAR = 1984;
export const LAST_YEAR = 2199;

/** Code du travail, L3133-1: the eleven holidays; those that follow Easter are counted from it, in days. */
const FIXED = [
  ['01-01', 'Jour de l’an'],
  ['05-01', 'Fête du Travail'],
  ['05-08', 'Victoire de 1945'],
  ['07-14', 'Fête nationale'],
  ['08-15', 'Assomption'],
  ['11-01', 'Toussaint'],
  ['11-11', 'Armistice de 1918'],
  ['12-25', 'Noël'],
] as const;
const AFTER_EASTER = [
  [1, 'lundi de Pâques'],
  [39, 'Ascension'],
  [50, 'lundi de Pentecôte'],
] as const;

type Own = readonly (readonly [on: string | number, name: string])[];

/**
 * - Alsace and Moselle: code du travail, L3134-13 (ordonnance of 16 August 1892). Good Friday holds only in communes
 *   that have a Protestant church or one used by both faiths: it is counted everywhere, which can only lengthen a
 *   minimum that runs and bring forward a day by which one must act.
 * - Overseas: abolition of slavery, loi 83-550 and décret 83-1003, 2012-553 for Mayotte (texts not read again; the days
 *   were compared with the package date-holidays 3.37.0). Customary days, such as Good Friday in the Antilles, are left out.
 */
const OWN: Readonly<Record<HolidayTerritory, Own>> = {
  metropole: [],
  'alsace-moselle': [
    [-2, 'Vendredi saint'],
    ['12-26', 'Saint-Étienne'],
  ],
  guadeloupe: [['05-27', 'abolition de l’esclavage']],
  martinique: [['05-22', 'abolition de l’esclavage']],
  guyane: [['06-10', 'abolition de l’esclavage']],
  'la-reunion': [['12-20', 'abolition de l’esclavage']],
  mayotte: [['04-27', 'abolition de l’esclavage']],
};

/**
 * Easter Sunday in the Gregorian calendar: the computus of Meeus, Jones and Butcher (« Astronomical Algorithms », ch. 8),
 * exact for every Gregorian year.
 */
export function easterSunday(year: number): PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * The public holidays of a year, in order; two may fall on one day (Ascension on 1 May 2008).
 * @throws {RangeError} for a year before 1984 or after 2199
 */
export function holidaysOf(year: number, territory: HolidayTerritory = 'metropole'): readonly Holiday[] {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR)
    throw new RangeError(`holidays are known from ${FIRST_YEAR} to ${LAST_YEAR}, not in ${year}`);
  const easter = easterSunday(year);
  return [...FIXED, ...AFTER_EASTER, ...OWN[territory]]
    .map(([on, name]) => ({ on: typeof on === 'number' ? addDays(easter, on) : `${year}-${on}`, name }))
    .sort((one, other) => compareDays(one.on, other.on));
}

/** Planning asks the same few years thousands of times; what is kept depends on nothing but the year and the place. */
const NAMES = new Map<string, ReadonlyMap<PlainDate, string>>();

/** « Fête du Travail, Ascension », or undefined on a day that is no holiday, a Sunday included. */
export function holidayName(date: PlainDate, territory: HolidayTerritory = 'metropole'): string | undefined {
  const year = date.slice(0, 4);
  const key = `${territory} ${year}`;
  let names = NAMES.get(key);
  if (!names) {
    const named = new Map<PlainDate, string>();
    for (const { on, name } of holidaysOf(Number(year), territory))
      named.set(on, [named.get(on), name].filter((part) => part !== undefined).join(', '));
    NAMES.set(key, (names = named));
  }
  return names.get(date);
}
