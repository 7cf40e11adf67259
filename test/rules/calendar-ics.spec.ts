import fc from 'fast-check';
import ICAL from 'ical.js';
import { icsFile, type CalendarEvent, type CalendarFile } from '../../src/calendar/ics.js';

const STAMP = new Date('2026-11-25T18:00:00Z');
const event = (fields: Partial<CalendarEvent>): CalendarEvent => ({
  uid: 'notice-sent.plan@halle',
  time: { on: '2027-06-09' },
  summary: 'Envoyer l’avis',
  ...fields,
});
const file = (events: readonly CalendarEvent[], name = 'Rétroplanning'): CalendarFile => ({
  name,
  events,
  stampedAt: STAMP,
});
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return { calendar, events: calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one)) };
};
const lines = (text: string) => text.split('\r\n');

describe('a calendar file (RFC 5545), read by another program', () => {
  test('says what it is', () => {
    const { calendar } = read(icsFile(file([], 'Rétroplanning\u00a0: fournitures scolaires')));
    expect(calendar.name).toBe('vcalendar');
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('prodid')).toBe('-//Halle//Groupement de commandes//FR');
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Rétroplanning\u00a0: fournitures scolaires');
  });

  test('holds whole days, whose end is the day after, and which make nobody busy', () => {
    const [one] = read(icsFile(file([event({ time: { on: '2028-02-29' }, sequence: 3 })]))).events;
    expect(one!.uid).toBe('notice-sent.plan@halle');
    expect(one!.startDate.isDate).toBe(true);
    expect([one!.startDate.toString(), one!.endDate.toString()]).toEqual(['2028-02-29', '2028-03-01']);
    expect(one!.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(one!.sequence).toBe(3);
  });

  test('holds moments, in UTC', () => {
    const limit = new Date('2026-12-15T16:00:00Z');
    const until = new Date('2026-12-15T17:30:00Z');
    const { events } = read(
      icsFile(
        file([event({ uid: 'a', time: { at: limit } }), event({ uid: 'b', time: { at: limit, until } })]),
      ),
    );
    expect(events.map(({ startDate }) => startDate.toJSDate())).toEqual([limit, limit]);
    expect(events[0]!.startDate.zone.tzid).toBe('UTC');
    expect(events.map(({ endDate }) => endDate.toJSDate())).toEqual([limit, until]);
  });

  test('is stamped with the instant given, and the same bytes come of the same input', () => {
    const given = file([event({}), event({ uid: 'other' })]);
    const [one] = read(icsFile(given)).events;
    expect((one!.component.getFirstPropertyValue('dtstamp') as ICAL.Time).toJSDate()).toEqual(STAMP);
    expect(icsFile(given)).toBe(icsFile(structuredClone(given)));
  });

  test('escapes what would end a text, and keeps its lines', () => {
    const description = 'Lot 1\u00a0; lot 2, « C:\\dce »\r\nBEGIN:VEVENT\nEND:VCALENDAR';
    const [one, ...others] = read(icsFile(file([event({ description })]))).events;
    expect(others).toEqual([]);
    expect(one!.description).toBe(description.replace('\r\n', '\n'));
  });

  test('gives an address as it is', () => {
    const [one] = read(
      icsFile(file([event({ url: 'https://halle.example/consultations/1?onglet=délais' })])),
    ).events;
    expect(one!.component.getFirstPropertyValue('url')).toBe(
      'https://halle.example/consultations/1?onglet=d%C3%A9lais',
    );
    for (const url of ['ici', 'ici\r\nX:1', 'javascript:alert(1)'])
      expect(() => icsFile(file([event({ url })]))).toThrow(RangeError);
  });

  test('refuses two events of one name, an end before the beginning, and an instant that is none', () => {
    expect(() => icsFile(file([event({}), event({})]))).toThrow(RangeError);
    expect(() => icsFile(file([event({ time: { at: STAMP, until: STAMP } })]))).toThrow(RangeError);
    expect(() => icsFile({ ...file([event({})]), stampedAt: new Date(NaN) })).toThrow(RangeError);
    expect(() => icsFile(file([event({ time: { on: '2027-02-29' } })]))).toThrow(RangeError);
  });

  test('ends its lines with CRLF, and none has more than 75 octets: accents count for two', () => {
    const summary = 'Délibérations à transmettre en préfecture, dûment signées : « é »'.repeat(4);
    const text = icsFile(file([event({ summary })]));
    expect(lines(text).at(-1)).toBe('');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...lines(text).map((line) => Buffer.byteLength(line)))).toBe(75);
    expect(read(text).events[0]!.summary).toBe(summary);
  });

  test('keeps any text, without its control characters, in lines of 75 octets', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('é', '😀', '€', ';', ',', '\\', '\n', '\r', ' ', 'n', '\ud83d'),
        maxLength: 300,
      }),
    );
    fc.assert(
      fc.property(anything, anything, (summary, description) => {
        const text = icsFile(file([event({ summary, description })], summary));
        const bytes = new TextEncoder().encode(text);
        const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        expect(decoded).toBe(text);
        for (const line of lines(text)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const kept = (given: string) => given.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]|\p{Cs}/gu, ' ');
        const [one] = read(decoded).events;
        expect(one!.summary).toBe(kept(summary));
        expect(one!.description).toBe(kept(description));
      }),
      { numRuns: 300 },
    );
  });
});
