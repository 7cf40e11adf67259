import fc from 'fast-check';
import {
  addDays,
  addMonths,
  compareDays,
  daysBetween,
  earliestOf,
  frenchDay,
  frenchDays,
  lastDayOfMonth,
  latestOf,
  weekdayOf,
} from '../../src/calendar/day-arithmetic.js';
import { isPlainDate } from '../../src/calendar/plain-date.js';

const day = fc
  .date({ min: new Date('1901-01-01'), max: new Date('2198-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('days', () => {
  test.each([
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-02-28', 1, '2027-03-01'],
    ['2028-03-01', -1, '2028-02-29'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    // The clocks change on these days: a day is a day all the same.
    ['2027-03-27', 1, '2027-03-28'],
    ['2027-03-28', 1, '2027-03-29'],
    ['2027-10-31', 1, '2027-11-01'],
    ['2027-06-09', 35, '2027-07-14'],
  ])('%s and %i days: %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });

  test.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2027-12-15', 1, '2028-01-15'],
    ['2027-01-15', -1, '2026-12-15'],
    ['2027-05-31', -3, '2027-02-28'],
    ['2027-08-31', 0, '2027-08-31'],
  ])('%s and %i months: %s', (from, months, to) => expect(addMonths(from, months)).toBe(to));

  test.each([
    ['2026-11-25', 3, 'mercredi 25\u00a0novembre\u00a02026'],
    ['2027-05-01', 6, 'samedi 1er\u00a0mai\u00a02027'],
    ['2028-02-29', 2, 'mardi 29\u00a0février\u00a02028'],
    ['1900-01-01', 1, 'lundi 1er\u00a0janvier\u00a01900'],
    ['1969-12-31', 3, 'mercredi 31\u00a0décembre\u00a01969'],
  ])('%s is day %i of its week', (date, weekday, french) => {
    expect(weekdayOf(date)).toBe(weekday);
    expect(frenchDay(date)).toBe(french);
  });

  test('going and coming back', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -300, max: 300 }), (from, count) => {
        const to = addDays(from, count);
        expect(isPlainDate(to)).toBe(true);
        expect(daysBetween(from, to)).toBe(count);
        expect(addDays(to, -count)).toBe(from);
        expect(Math.sign(compareDays(from, to))).toBe(Math.sign(0 - count));
        expect((weekdayOf(from) - 1 + count + 7_000) % 7).toBe(weekdayOf(to) - 1);
      }),
    );
  });

  test('months keep the day of the month, or fall on the last; they never change the order of days', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: -12, max: 12 }), (one, other, months) => {
        const moved = addMonths(one, months);
        expect(isPlainDate(moved)).toBe(true);
        expect(moved.slice(8) === one.slice(8) || moved === lastDayOfMonth(moved)).toBe(true);
        const monthsOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
        expect(monthsOf(moved) - monthsOf(one)).toBe(months);
        if (one <= other) expect(moved <= addMonths(other, months)).toBe(true);
      }),
    );
  });

  test('the earliest and the latest', () => {
    expect(earliestOf(['2027-02-01', '2026-12-31', '2027-01-01'])).toBe('2026-12-31');
    expect(latestOf(['2027-01-01', '2027-02-01', '2026-12-31'])).toBe('2027-02-01');
    expect(() => latestOf([])).toThrow(RangeError);
  });

  test('what is no day, no whole number, or beyond the calendar is refused', () => {
    expect(() => addDays('2027-02-29', 1)).toThrow(RangeError);
    expect(() => addMonths('2027-02-29', 1)).toThrow(RangeError);
    expect(() => addDays('2027-02-28', 0.5)).toThrow(RangeError);
    expect(() => addDays('2027-02-28', NaN)).toThrow(RangeError);
    expect(() => addDays('2199-12-31', 1)).toThrow(RangeError);
    expect(() => addMonths('1900-01-31', -1)).toThrow(RangeError);
    expect(() => weekdayOf('demain')).toThrow(RangeError);
  });

  test('a number of days, in French', () => {
    expect([0, 1, 35].map(frenchDays)).toEqual(['0\u00a0jour', '1\u00a0jour', '35\u00a0jours']);
  });
});
