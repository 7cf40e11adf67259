import fc from 'fast-check';
import { addDays, daysBetween } from '../../src/calendar/day-arithmetic.js';
import {
  afterClearDays,
  dueBefore,
  limitCheck,
  periodEnd,
  proposedLimit,
  signatureCheck,
  standstill,
} from '../../src/calendar/deadlines.js';
import { HOLIDAY_TERRITORIES } from '../../src/calendar/holidays.js';
import { parisInstant } from '../../src/calendar/paris-time.js';
import { isWorkingDay } from '../../src/calendar/working-days.js';

const days = (count: number) => ({ unit: 'days', count }) as const;
const months = (count: number) => ({ unit: 'months', count }) as const;
const paris = (date: string, time: string) => parisInstant({ date, time }).at;
const OPEN = { rule: 'BIDS_DEADLINE', article: 'CCP R2161-2' };
const STANDSTILL = { rule: 'STANDSTILL', article: 'CCP R2182-1' };

describe('a period that runs from the sending (Regulation 1182/71, art. 3)', () => {
  test('ampconsultants.fr, 30 December 2024: sent on Monday 6 January 2025, 30 days, limit from 6 February at 0 h', () => {
    const { lastDay, endsAt } = periodEnd('2025-01-06', days(30));
    expect(lastDay).toBe('2025-02-05');
    expect(endsAt).toEqual(paris('2025-02-06', '00:00'));
  });

  test.each([
    // 14 July 2027 is a Wednesday.
    ['35 days that end on 14 July', '2027-06-09', 35, '2027-07-14', '2027-07-15'],
    ['30 days that end on 1 May, a Saturday', '2027-04-01', 30, '2027-05-01', '2027-05-03'],
    ['35 days that end at Christmas, a Friday', '2026-11-20', 35, '2026-12-25', '2026-12-28'],
    ['35 days that end on 29 February', '2028-01-25', 35, '2028-02-29', '2028-02-29'],
    ['35 days over 29 February', '2028-02-01', 35, '2028-03-07', '2028-03-07'],
    // Easter Sunday, on which the clocks change, then Easter Monday.
    ['35 days that end when the clocks go forward', '2027-02-21', 35, '2027-03-28', '2027-03-30'],
    // A Sunday on which the clocks change, then All Saints’ Day.
    ['35 days that end when the clocks go back', '2027-09-26', 35, '2027-10-31', '2027-11-02'],
    // Friday 14 May 2027, before Pentecost: Saturday is the first day counted.
    ['sent on the Friday before Pentecost', '2027-05-14', 35, '2027-06-18', '2027-06-18'],
    // Three days end on Pentecost Monday; Tuesday is one working day, and two are due (art. 3(5)).
    ['three days over Pentecost', '2027-05-14', 3, '2027-05-17', '2027-05-19'],
    ['one day over Pentecost', '2027-05-14', 1, '2027-05-15', '2027-05-18'],
  ])('%s', (_, sentOn, count, countedTo, lastDay) => {
    expect(periodEnd(sentOn, days(count))).toMatchObject({
      countedTo,
      lastDay,
      endsAt: paris(addDays(lastDay, 1), '00:00'),
    });
  });

  test('the end of a last day after the clocks changed is at midnight in Paris', () => {
    expect(periodEnd('2027-02-21', days(35)).endsAt.toISOString()).toBe('2027-03-30T22:00:00.000Z');
    expect(periodEnd('2027-09-26', days(35)).endsAt.toISOString()).toBe('2027-11-02T23:00:00.000Z');
  });

  test('months end on the same day of the month, or on the last one, pushed too', () => {
    expect(periodEnd('2027-01-31', months(1))).toMatchObject({
      countedTo: '2027-02-28',
      lastDay: '2027-03-01',
    });
    expect(periodEnd('2028-01-31', months(1)).lastDay).toBe('2028-02-29');
    expect(periodEnd('2027-03-01', months(2))).toMatchObject({
      countedTo: '2027-05-01',
      lastDay: '2027-05-03',
    });
  });

  test('the holidays are those of the place', () => {
    // Good Friday 2027.
    expect(periodEnd('2027-02-19', days(35)).lastDay).toBe('2027-03-26');
    expect(periodEnd('2027-02-19', days(35), 'alsace-moselle').lastDay).toBe('2027-03-30');
  });

  test('is told as people count', () => {
    expect(periodEnd('2027-06-09', days(35)).sentence).toBe(
      '35\u00a0jours à compter du lendemain du mercredi 9\u00a0juin\u00a02027\u00a0: jusqu’au mercredi 14\u00a0juillet\u00a02027 (Fête nationale), reporté au premier jour ouvré qui suit, le jeudi 15\u00a0juillet\u00a02027, à minuit.',
    );
    expect(periodEnd('2027-05-14', days(3)).sentence).toContain('pour comprendre deux jours ouvrés');
  });

  test.each([0, -1, 1.5, NaN])('%d days are no period', (count) => {
    expect(() => periodEnd('2027-06-09', days(count))).toThrow(RangeError);
  });

  const day = fc
    .date({ min: new Date('1985-01-01'), max: new Date('2190-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const period = fc.oneof(
    fc.integer({ min: 1, max: 120 }).map(days),
    fc.integer({ min: 1, max: 12 }).map(months),
  );

  test('ends on a working day, never early, at most a week late, and later when sent later', () => {
    fc.assert(
      fc.property(day, period, fc.constantFrom(...HOLIDAY_TERRITORIES), (sentOn, length, place) => {
        const { countedTo, lastDay } = periodEnd(sentOn, length, place);
        expect(isWorkingDay(lastDay, place)).toBe(true);
        expect(daysBetween(countedTo, lastDay)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(countedTo, lastDay)).toBeLessThanOrEqual(7);
        expect(periodEnd(addDays(sentOn, 1), length, place).lastDay >= lastDay).toBe(true);
      }),
    );
  });
});

describe('the limit for receiving offers (blocking rule 11)', () => {
  const verdict = (date: string, time: string) =>
    limitCheck(paris(date, time), '2027-06-09', days(35), OPEN).verdict;

  test.each([
    ['2027-07-13', '23:59', 'block'],
    // The 35th day, but a holiday.
    ['2027-07-14', '12:00', 'block'],
    ['2027-07-14', '23:59', 'block'],
    ['2027-07-15', '00:00', 'warn'],
    ['2027-07-15', '12:00', 'warn'],
    ['2027-07-15', '23:58', 'warn'],
    ['2027-07-15', '23:59', 'ok'],
    ['2027-07-16', '00:00', 'ok'],
    ['2027-07-16', '12:00', 'ok'],
  ])('sent on 9 June 2027, 35 days, limit on %s at %s: %s', (date, time, expected) => {
    expect(verdict(date, time)).toBe(expected);
  });

  test('says from when it may be', () => {
    const check = limitCheck(paris('2027-07-13', '12:00'), '2027-06-09', days(35), OPEN);
    expect(check).toMatchObject({
      ...OPEN,
      figures: {
        'envoi de l’avis': 'mercredi 9\u00a0juin\u00a02027',
        'dernier jour du délai': 'jeudi 15\u00a0juillet\u00a02027',
        'limite fixée': 'mardi 13\u00a0juillet\u00a02027 à 12\u00a0h\u00a000 (heure de Paris)',
      },
    });
    expect(check.sentence).toContain('à partir du vendredi 16\u00a0juillet\u00a02027 à 0\u00a0h\u00a000');
  });

  test('that is proposed is the first working day after, and is accepted; that of the eve is not all right', () => {
    // Friday 16 July 2027.
    expect(proposedLimit('2027-06-09', days(35), '12:00')).toEqual(paris('2027-07-16', '12:00'));
    // The last day is Friday 18 June 2027.
    expect(proposedLimit('2027-05-14', days(35), '17:00')).toEqual(paris('2027-06-21', '17:00'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 60 }), (shift, count) => {
        const sentOn = addDays('2026-01-01', shift);
        const limit = proposedLimit(sentOn, days(count), '12:00');
        expect(limitCheck(limit, sentOn, days(count), OPEN).verdict).toBe('ok');
        const { lastDay } = periodEnd(sentOn, days(count));
        expect(limitCheck(paris(lastDay, '12:00'), sentOn, days(count), OPEN).verdict).toBe('warn');
        expect(limitCheck(paris(addDays(lastDay, -1), '23:59'), sentOn, days(count), OPEN).verdict).toBe(
          'block',
        );
      }),
    );
  });

  test('additional information is due some days before it, on a working day (CCP R2132-6)', () => {
    // Six days before Wednesday 12 May 2027 is the Ascension.
    expect(dueBefore(paris('2027-05-12', '17:00'), 6)).toBe('2027-05-05');
    expect(dueBefore(paris('2027-05-14', '00:30'), 4)).toBe('2027-05-10');
  });
});

describe('the suspension before the signature (blocking rule 12)', () => {
  test('Conseil d’État, 2 August 2011, no. 347526: sent on 28 December 2010, 16 days, signed on 13 January 2011', () => {
    expect(standstill('2010-12-28', 16)).toEqual({
      lastDay: '2011-01-12',
      signableFrom: '2011-01-13',
      prudentFrom: '2011-01-13',
    });
    expect(signatureCheck('2011-01-13', '2010-12-28', 16, STANDSTILL).verdict).toBe('ok');
    expect(signatureCheck('2011-01-12', '2010-12-28', 16, STANDSTILL).verdict).toBe('block');
  });

  test('a last day off is pushed by prudence only', () => {
    // Sent on Wednesday 7 April 2027; the eleventh day is Saturday 17.
    expect(standstill('2027-04-07', 11)).toEqual({
      lastDay: '2027-04-17',
      signableFrom: '2027-04-18',
      prudentFrom: '2027-04-20',
    });
    const verdicts = ['2027-04-17', '2027-04-18', '2027-04-19', '2027-04-20'].map(
      (signedOn) => signatureCheck(signedOn, '2027-04-07', 11, STANDSTILL).verdict,
    );
    expect(verdicts).toEqual(['block', 'warn', 'warn', 'ok']);
    expect(signatureCheck('2027-04-19', '2027-04-07', 11, STANDSTILL).sentence).toContain(
      'mardi 20\u00a0avril\u00a02027',
    );
    expect(() => standstill('2027-04-07', 0)).toThrow(RangeError);
  });
});

test('five clear days: convened on Monday 3 May 2027, meeting from Sunday 9', () => {
  // The days between: 4, 5, 6, 7 and 8 May.
  expect(afterClearDays('2027-05-03', 5)).toBe('2027-05-09');
});
