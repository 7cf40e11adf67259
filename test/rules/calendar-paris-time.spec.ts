import fc from 'fast-check';
import {
  endOfDay,
  parisInstant,
  parisMoment,
  readFrenchMoment,
  startOfDay,
} from '../../src/calendar/paris-time.js';
import { frenchMoment, parisDate } from '../../src/calendar/plain-date.js';

const at = (date: string, time: string) => {
  const { at: instant, occurrence } = parisInstant({ date, time });
  return `${instant.toISOString()} ${occurrence}`;
};

describe('Paris time', () => {
  test.each([
    ['2026-12-15', '17:00', '2026-12-15T16:00:00.000Z once'],
    ['2027-07-15', '12:00', '2027-07-15T10:00:00.000Z once'],
    // 28 March 2027: from 2 h to 3 h.
    ['2027-03-28', '01:59', '2027-03-28T00:59:00.000Z once'],
    ['2027-03-28', '02:00', '2027-03-28T01:00:00.000Z never'],
    ['2027-03-28', '02:30', '2027-03-28T01:30:00.000Z never'],
    ['2027-03-28', '03:00', '2027-03-28T01:00:00.000Z once'],
    // 31 October 2027: from 3 h to 2 h; the second 2 h 30 is the later one.
    ['2027-10-31', '01:59', '2027-10-30T23:59:00.000Z once'],
    ['2027-10-31', '02:00', '2027-10-31T01:00:00.000Z twice'],
    ['2027-10-31', '02:30', '2027-10-31T01:30:00.000Z twice'],
    ['2027-10-31', '03:00', '2027-10-31T02:00:00.000Z once'],
    ['2028-02-29', '00:00', '2028-02-28T23:00:00.000Z once'],
  ])('%s %s is %s', (date, time, instant) => expect(at(date, time)).toBe(instant));

  test('a skipped hour is read as the later one', () => {
    expect(frenchMoment(parisInstant({ date: '2027-03-28', time: '02:30' }).at)).toBe(
      'dimanche 28\u00a0mars\u00a02027 à 3\u00a0h\u00a030 (heure de Paris)',
    );
  });

  test('the days on which the clocks change have 23 and 25 hours', () => {
    const hours = (date: string) => (endOfDay(date).getTime() - startOfDay(date).getTime()) / 3_600_000;
    expect(['2027-03-28', '2027-10-31', '2027-07-14'].map(hours)).toEqual([23, 25, 24]);
  });

  test.each([
    ['2027-02-29', '12:00'],
    ['2027-02-28', '24:00'],
    ['2027-02-28', '9:00'],
    ['2027-02-28', '12:60'],
    ['', ''],
  ])('%j %j is no moment', (date, time) => expect(() => parisInstant({ date, time })).toThrow(RangeError));

  const instant = fc
    .integer({ min: Date.UTC(1980, 0, 1) / 60_000, max: Date.UTC(2199, 11, 30) / 60_000 })
    .map((minutes) => new Date(minutes * 60_000));

  test('there and back: an instant is told by one moment, which only the repeated hour gives to another', () => {
    fc.assert(
      fc.property(instant, (given) => {
        const { at: found, occurrence } = parisInstant(parisMoment(given));
        expect(occurrence).not.toBe('never');
        if (occurrence === 'once') expect(found).toEqual(given);
        else expect([0, 3_600_000]).toContain(found.getTime() - given.getTime());
      }),
      { numRuns: 500 },
    );
  });

  test('around each change of the clocks, minute by minute', () => {
    for (const change of ['2026-10-25T01:00:00Z', '2027-03-28T01:00:00Z', '2031-10-26T01:00:00Z'])
      for (let minute = -180; minute <= 180; minute += 1) {
        const given = new Date(Date.parse(change) + minute * 60_000);
        const { at: found, occurrence } = parisInstant(parisMoment(given));
        const first = occurrence === 'twice' && minute < 0;
        expect(found.getTime() - given.getTime()).toBe(first ? 3_600_000 : 0);
      }
  });

  test('a day begins and ends at midnight, and holds what is between', () => {
    fc.assert(
      fc.property(instant, (given) => {
        const date = parisDate(given);
        expect(startOfDay(date) <= given && given < endOfDay(date)).toBe(true);
        expect(parisMoment(startOfDay(date))).toEqual({ date, time: '00:00' });
      }),
    );
  });

  test('what is written in French is read again', () => {
    fc.assert(
      fc.property(instant, (given) => {
        expect(readFrenchMoment(frenchMoment(given))).toEqual(parisMoment(given));
      }),
    );
  });

  test.each([
    ['mardi 15 décembre 2026 à 17 h 00', '2026-12-15', '17:00'],
    ['Mardi 15 Decembre 2026 à 17h', '2026-12-15', '17:00'],
    ['1er août 2027 à 9h30', '2027-08-01', '09:30'],
  ])('%j is read', (text, date, time) => expect(readFrenchMoment(text)).toEqual({ date, time }));

  test.each([
    // It was a Tuesday the year before.
    'mardi 15 décembre 2027 à 17 h 00',
    '31 février 2027 à 17 h 00',
    '15 decembrre 2026 à 17 h 00',
    '15 décembre 2026 à 25 h 00',
    '15 décembre 2026',
    '2026-12-15 17:00',
    '',
  ])('%j is not', (text) => expect(readFrenchMoment(text)).toBeUndefined());
});
