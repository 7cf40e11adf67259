import {
  frenchDate,
  frenchMoment,
  isPlainDate,
  parisDate,
  parisTime,
} from '../../src/calendar/plain-date.js';

describe('plain dates', () => {
  test.each(['2026-11-23', '2028-02-29', '2000-02-29'])('%s exists', (date) => {
    expect(isPlainDate(date)).toBe(true);
  });
  test.each(['2027-02-31', '2027-02-29', '1900-02-29', '2026-13-01', '26-11-23', '2026-1-1', ''])(
    '%j does not',
    (date) => {
      expect(isPlainDate(date)).toBe(false);
    },
  );
  test('in French', () => {
    expect(frenchDate('2027-03-01')).toBe('1er\u00a0mars\u00a02027');
    expect(frenchDate('2026-12-15')).toBe('15\u00a0décembre\u00a02026');
    expect(() => frenchDate('2027-02-31')).toThrow(RangeError);
  });
  test('a moment, as people read it', () => {
    expect(frenchMoment(new Date('2026-12-15T16:00:00Z'))).toBe(
      'mardi 15\u00a0décembre\u00a02026 à 17\u00a0h\u00a000 (heure de Paris)',
    );
    expect(frenchMoment(new Date('2027-06-30T22:05:00Z'))).toBe(
      'jeudi 1er\u00a0juillet\u00a02027 à 0\u00a0h\u00a005 (heure de Paris)',
    );
  });
  test('the Paris day of an instant, in winter and in summer', () => {
    expect(parisDate(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
    expect(parisDate(new Date('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
    expect(parisDate(new Date('2026-07-01T22:00:00Z'))).toBe('2026-07-02');
  });
  test('the clock of Paris, in winter and in summer', () => {
    expect(parisTime(new Date('2026-12-31T23:30:05Z'))).toBe('2027-01-01 00:30:05');
    expect(parisTime(new Date('2026-07-01T10:00:00Z'))).toBe('2026-07-01 12:00:00');
  });
});
