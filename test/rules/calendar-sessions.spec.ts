import { councilsInTime, firstSession, sessionsBetween, type Council } from '../../src/calendar/sessions.js';

const LAST_THURSDAY = { kind: 'monthly', position: 'last', weekday: 4 } as const;
const council = (name: string, sessions: Council['sessions']): Council => ({ id: name, name, sessions });
const dates = (...days: string[]) => ({ kind: 'dates', dates: days }) as const;

describe('the sessions of a council', () => {
  test('every last Thursday', () => {
    expect(sessionsBetween(LAST_THURSDAY, '2027-01-01', '2027-04-30')).toEqual([
      ...['2027-01-28', '2027-02-25', '2027-03-25', '2027-04-29'],
    ]);
    // The last Thursday of February 2028 is not the 29th, a Tuesday.
    expect(sessionsBetween(LAST_THURSDAY, '2028-02-01', '2028-02-29')).toEqual(['2028-02-24']);
  });

  test('the bounds are included, and what is outside is not', () => {
    expect(sessionsBetween(LAST_THURSDAY, '2027-01-28', '2027-02-25')).toEqual(['2027-01-28', '2027-02-25']);
    expect(sessionsBetween(LAST_THURSDAY, '2027-01-29', '2027-02-24')).toEqual([]);
    expect(sessionsBetween(LAST_THURSDAY, '2027-03-02', '2027-03-01')).toEqual([]);
  });

  test('the second Monday, not in July nor August, and not on a holiday', () => {
    const second = { kind: 'monthly', position: 2, weekday: 1, except: [7, 8] } as const;
    expect(sessionsBetween(second, '2027-05-01', '2027-10-31')).toEqual([
      ...['2027-05-10', '2027-06-14', '2027-09-13', '2027-10-11'],
    ]);
    // The third Monday of May 2027 is that of Pentecost, the first Thursday that of the Ascension.
    const third = { ...second, position: 3 } as const;
    expect(sessionsBetween(third, '2027-05-01', '2027-06-30')).toEqual(['2027-06-21']);
    expect(sessionsBetween({ ...LAST_THURSDAY, position: 1 }, '2027-05-01', '2027-05-31')).toEqual([]);
  });

  test('dates that people typed are taken as they are, once each, in order, a Saturday included', () => {
    expect(
      sessionsBetween(dates('2027-05-08', '2027-03-04', '2027-05-08'), '2027-01-01', '2027-12-31'),
    ).toEqual(['2027-03-04', '2027-05-08']);
  });

  test('the first from a day on', () => {
    expect(firstSession(council('Ahuillé', LAST_THURSDAY), '2027-01-29')).toBe('2027-02-25');
    expect(firstSession(council('Ahuillé', dates('2027-01-28')), '2027-01-29')).toBeUndefined();
  });
});

test('who can still resolve in time, at which session at the latest, and who cannot', () => {
  const found = councilsInTime(
    [
      council('Ahuillé', LAST_THURSDAY),
      council('Bonchamp', dates('2027-02-08', '2027-03-08', '2027-04-12')),
      council('Changé', dates('2026-12-17', '2027-04-15')),
      council('Entrammes', dates()),
    ],
    '2027-01-15',
    '2027-03-31',
  );
  expect(found.usable.map(({ council: { name }, latest, all }) => [name, latest, all.length])).toEqual([
    ['Ahuillé', '2027-03-25', 3],
    ['Bonchamp', '2027-03-08', 2],
  ]);
  expect(found.without.map(({ name }) => name)).toEqual(['Changé', 'Entrammes']);
  // Bonchamp must be given everything for 8 March: its next session is too late.
  expect(found.readyBy).toBe('2027-03-08');
  expect(councilsInTime([council('Changé', dates())], '2027-01-15', '2027-03-31').readyBy).toBeNull();
});
