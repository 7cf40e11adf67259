import { addDays } from './day-arithmetic.js';
import type { PlainDate } from './plain-date.js';

/** A whole day, or a moment in time. */
export type EventTime =
  | { readonly on: PlainDate }
  | {
      readonly at: Date;
      /** Without an end, the event is a limit: it takes no time. */
      readonly until?: Date;
    };

export interface CalendarEvent {
  /** Stable from one file to the next: what a calendar recognises, so that it moves the event instead of doubling it. */
  readonly uid: string;
  readonly time: EventTime;
  readonly summary: string;
  readonly description?: string;
  readonly url?: string;
  /** Raised each time the event is told anew with another date; 0 by default. */
  readonly sequence?: number;
}

export interface CalendarFile {
  /** « Rétroplanning\u00a0: fournitures scolaires 2027 ». */
  readonly name: string;
  readonly events: readonly CalendarEvent[];
  /** When the file is made: the same input gives the same bytes. */
  readonly stampedAt: Date;
}

const MAX_LINE_OCTETS = 75;
const PRODUCT = '-//Halle//Groupement de commandes//FR';

/** How many octets a character takes in UTF-8. */
function octets(character: string): number {
  const code = character.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** RFC 5545, 3.1: 75 octets at most, the break excluded; a continuation begins with a space; no character is cut. */
function folded(line: string): string {
  let result = '';
  let length = 0;
  for (const character of line) {
    const size = octets(character);
    if (length + size > MAX_LINE_OCTETS) {
      result += '\r\n ';
      length = 1;
    }
    result += character;
    length += size;
  }
  return result;
}

/** Controls other than the line feed mean nothing in a text, and half a character is none. */
const UNPRINTABLE = /[^\P{Cc}\n]|\p{Cs}/gu;

/** RFC 5545, 3.3.11. */
const textOf = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(UNPRINTABLE, ' ')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');

/** RFC 5545, 3.3.5, form 2: "20261215T160000Z". @throws {RangeError} for an invalid date */
const utcOf = (instant: Date): string => instant.toISOString().replace(/[-:]|\.\d{3}/g, '');
const dateOf = (date: PlainDate): string => date.replaceAll('-', '');

/** The end of a whole day is excluded (RFC 5545, 3.6.1). A day does not make people busy; a moment does. */
function timeLines(time: EventTime): readonly string[] {
  if ('on' in time)
    return [
      `DTSTART;VALUE=DATE:${dateOf(time.on)}`,
      `DTEND;VALUE=DATE:${dateOf(addDays(time.on, 1))}`,
      'TRANSP:TRANSPARENT',
    ];
  const end = time.until === undefined ? [] : [`DTEND:${utcOf(time.until)}`];
  return [`DTSTART:${utcOf(time.at)}`, ...end];
}

/** Percent-encoded, so that it holds no line break. */
function addressOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['https:', 'http:'].includes(address.protocol))
    throw new RangeError(`not a web address: ${url}`);
  return address.href;
}

function eventLines(event: CalendarEvent, stampedAt: Date): readonly string[] {
  const { uid, time, summary, description, url, sequence = 0 } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${textOf(uid)}`,
    `DTSTAMP:${utcOf(stampedAt)}`,
    `SEQUENCE:${sequence}`,
    ...timeLines(time),
    `SUMMARY:${textOf(summary)}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${textOf(description)}`]),
    ...(url === undefined ? [] : [`URL:${addressOf(url)}`]),
    'END:VEVENT',
  ];
}

/**
 * A calendar file (`text/calendar; charset=utf-8`, RFC 5545), to be encoded in UTF-8: moments in UTC, whole days as
 * dates, lines of 75 octets. The package `ics` was tried: it counts characters, and French lines come out too long.
 * @throws {RangeError} when two events have the same uid, an event ends before it begins, or an address is none of the web
 */
export function icsFile({ name, events, stampedAt }: CalendarFile): string {
  if (new Set(events.map(({ uid }) => uid)).size < events.length)
    throw new RangeError('two events have the same uid');
  if (events.some(({ time }) => 'at' in time && time.until !== undefined && time.until <= time.at))
    throw new RangeError('an event ends before it begins');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    // NAME is RFC 7986; most calendars know only the other.
    `NAME:${textOf(name)}`,
    `X-WR-CALNAME:${textOf(name)}`,
    ...events.flatMap((event) => eventLines(event, stampedAt)),
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}
