import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { addDays, daysBetween, weekdayOf } from '../../src/calendar/day-arithmetic.js';
import { easterSunday, holidayName, holidaysOf, HOLIDAY_TERRITORIES } from '../../src/calendar/holidays.js';
import {
  addWorkingDays,
  frenchDayOff,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
} from '../../src/calendar/working-days.js';

const published = readFileSync(
  new URL('../fixtures/calendar/jours-feries-metropole-2025-2032.csv', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',')[0]!);

/** Another way to Easter, to compare with: Oudin, 1940, as told by Tondering. */
function oudin(year: number): string {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const k = Math.floor((century - 17) / 25);
  let i = (century - Math.floor(century / 4) - Math.floor((century - k) / 3) + 19 * golden + 15) % 30;
  i -=
    Math.floor(i / 28) * (1 - Math.floor(i / 28) * Math.floor(29 / (i + 1)) * Math.floor((21 - golden) / 11));
  const j = (year + Math.floor(year / 4) + i + 2 - century + Math.floor(century / 4)) % 7;
  return addDays(`${year}-03-28`, i - j);
}

describe('Easter', () => {
  test.each([
    '1954-04-18',
    '1981-04-19',
    '2000-04-23',
    '2008-03-23',
    '2024-03-31',
    '2027-03-28',
    '2038-04-25',
    '2049-04-18',
    '2076-04-19',
  ])('%s', (date) => expect(easterSunday(Number(date.slice(0, 4)))).toBe(date));

  test('is a Sunday, and the same by another computation, for each year of the calendar', () => {
    for (let year = 1900; year <= 2199; year += 1) {
      expect(easterSunday(year)).toBe(oudin(year));
      expect(weekdayOf(easterSunday(year))).toBe(7);
    }
  });
});

describe('the holidays', () => {
  test('are those published for metropolitan France, for all the years that the file holds', () => {
    const years = [...new Set(published.map((date) => Number(date.slice(0, 4))))];
    expect(years).toEqual([2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032]);
    expect(years.flatMap((year) => holidaysOf(year).map(({ on }) => on))).toEqual(published);
  });

  test('are eleven in metropolitan France (code du travail, L3133-1)', () => {
    for (let year = 1984; year <= 2199; year += 1) expect(holidaysOf(year)).toHaveLength(11);
  });

  test('have two more in Alsace and Moselle (L3134-13), one more overseas', () => {
    const own = (territory: (typeof HOLIDAY_TERRITORIES)[number]) =>
      holidaysOf(2027, territory)
        .map(({ on }) => on)
        .filter((on) => holidayName(on) === undefined);
    expect(HOLIDAY_TERRITORIES.map((territory) => [territory, ...own(territory)])).toEqual([
      ['metropole'],
      ['alsace-moselle', '2027-03-26', '2027-12-26'],
      ['guadeloupe', '2027-05-27'],
      ['martinique', '2027-05-22'],
      ['guyane', '2027-06-10'],
      ['la-reunion', '2027-12-20'],
      ['mayotte', '2027-04-27'],
    ]);
    expect(isWorkingDay('2027-03-26')).toBe(true);
    expect(isWorkingDay('2027-03-26', 'alsace-moselle')).toBe(false);
  });

  test('may be two on one day, or fall on a Sunday, which is not moved', () => {
    expect(holidayName('2008-05-01')).toBe('Fête du Travail, Ascension');
    expect(holidayName('2027-08-15')).toBe('Assomption');
    expect(isWorkingDay('2027-08-16')).toBe(true);
  });

  test('are not known before 1984, nor for a year that is none', () => {
    expect(() => holidaysOf(1983)).toThrow(RangeError);
    expect(() => holidaysOf(2200)).toThrow(RangeError);
    expect(() => holidaysOf(2026.5)).toThrow(RangeError);
  });
});

describe('working days', () => {
  test.each([
    ['2027-04-30', '2027-04-30', '2027-04-30'],
    // A Saturday and a holiday.
    ['2027-05-01', '2027-04-30', '2027-05-03'],
    // Easter, from Good Friday evening to Tuesday.
    ['2027-03-28', '2027-03-26', '2027-03-30'],
    ['2026-12-25', '2026-12-24', '2026-12-28'],
    // Thursday of the Ascension, then a Friday that the law counts.
    ['2027-05-06', '2027-05-05', '2027-05-07'],
  ])('%s: the one before is %s, the one after %s', (date, before, after) => {
    expect(previousWorkingDay(date)).toBe(before);
    expect(nextWorkingDay(date)).toBe(after);
  });

  test('count neither Saturdays, Sundays nor holidays', () => {
    // From Wednesday 5 May 2027: Friday 7, then Monday 10.
    expect(addWorkingDays('2027-05-05', 2)).toBe('2027-05-10');
    expect(addWorkingDays('2027-05-01', 0)).toBe('2027-05-01');
    expect(() => addWorkingDays('2027-05-05', -1)).toThrow(RangeError);
    expect(() => addWorkingDays('2027-05-05', 1.5)).toThrow(RangeError);
  });

  test('a day off is told with its name', () => {
    expect(frenchDayOff('2027-07-14')).toBe('mercredi 14\u00a0juillet\u00a02027 (Fête nationale)');
    expect(frenchDayOff('2027-07-17')).toBe('samedi 17\u00a0juillet\u00a02027');
  });

  const day = fc
    .date({ min: new Date('1985-01-01'), max: new Date('2190-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const territory = fc.constantFrom(...HOLIDAY_TERRITORIES);

  test('there is one within five days of any day, and the nearest is taken', () => {
    fc.assert(
      fc.property(day, territory, (date, place) => {
        const after = nextWorkingDay(date, place);
        const before = previousWorkingDay(date, place);
        expect(daysBetween(before, after)).toBeLessThanOrEqual(6);
        for (let off = before; off < after; off = addDays(off, 1))
          expect(isWorkingDay(off, place)).toBe(off === before);
        expect(isWorkingDay(after, place)).toBe(true);
      }),
    );
  });

  test('adding them counts them', () => {
    fc.assert(
      fc.property(day, territory, fc.integer({ min: 0, max: 60 }), (date, place, count) => {
        const to = addWorkingDays(date, count, place);
        let worked = 0;
        for (let on = addDays(date, 1); on <= to; on = addDays(on, 1))
          worked += isWorkingDay(on, place) ? 1 : 0;
        expect(worked).toBe(count);
      }),
    );
  });
});
