import { addDays, addMonths, compareDays, earliestOf, lastDayOfMonth, weekdayOf } from './day-arithmetic.js';
import type { Weekday } from './day-arithmetic.js';
import type { HolidayTerritory } from './holidays.js';
import type { PlainDate } from './plain-date.js';
import { isWorkingDay } from './working-days.js';

/**
 * When a council meets: the dates that somebody typed, or a habit (« tous les derniers jeudis, sauf en août »). A habit
 * that falls on a day off gives no session that month: the council meets another day, which nobody knows yet.
 */
export type SessionCalendar =
  | { readonly kind: 'dates'; readonly dates: readonly PlainDate[] }
  | {
      readonly kind: 'monthly';
      /** 1 to 4, or the last of the month. */
      readonly position: 1 | 2 | 3 | 4 | 'last';
      readonly weekday: Weekday;
      /** Months without a session, 1 to 12. */
      readonly except?: readonly number[];
    };

/** The council of a member, which must resolve that the member joins the group. */
export interface Council {
  readonly id: string;
  /** « Ahuillé »: as it is told to people. */
  readonly name: string;
  readonly sessions: SessionCalendar;
}

/** A habit is followed that far: beyond, councils will have been renewed or have other habits. */
export const SESSION_HORIZON_MONTHS = 24;

const monthOf = (date: PlainDate): PlainDate => `${date.slice(0, 8)}01`;

function monthlySession(
  month: PlainDate,
  { position, weekday }: { readonly position: 1 | 2 | 3 | 4 | 'last'; readonly weekday: Weekday },
): PlainDate {
  if (position === 'last') {
    const last = lastDayOfMonth(month);
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
  }
  return addDays(month, ((weekday - weekdayOf(month) + 7) % 7) + 7 * (position - 1));
}

/** The sessions of a council from one day to another, both included, in order. */
export function sessionsBetween(
  sessions: SessionCalendar,
  from: PlainDate,
  to: PlainDate,
  territory: HolidayTerritory = 'metropole',
): readonly PlainDate[] {
  const within = (date: PlainDate): boolean => from <= date && date <= to;
  if (sessions.kind === 'dates') return [...new Set(sessions.dates)].filter(within).sort(compareDays);
  const found: PlainDate[] = [];
  for (let month = monthOf(from); month <= to; month = addMonths(month, 1)) {
    const session = monthlySession(month, sessions);
    const held = sessions.except?.includes(Number(month.slice(5, 7))) !== true;
    if (held && within(session) && isWorkingDay(session, territory)) found.push(session);
  }
  return found;
}

/** The first session from a day on; undefined when none is known within the horizon. */
export const firstSession = (
  { sessions }: Council,
  from: PlainDate,
  territory: HolidayTerritory = 'metropole',
): PlainDate | undefined =>
  sessionsBetween(sessions, from, addMonths(from, SESSION_HORIZON_MONTHS), territory)[0];

export interface UsableSession {
  readonly council: Council;
  /** The last session that is not too late. */
  readonly latest: PlainDate;
  /** All that may be used, that one included. */
  readonly all: readonly PlainDate[];
}

/** Who can still resolve in time, and who cannot. */
export interface CouncilsInTime {
  readonly usable: readonly UsableSession[];
  /** Those that have no known session between today and the latest day. */
  readonly without: readonly Council[];
  /** The day by which what is put to the councils must be ready: the earliest of their latest sessions. */
  readonly readyBy: PlainDate | null;
}

/** For each council, the sessions held from today on that are not after the latest useful day. */
export function councilsInTime(
  councils: readonly Council[],
  today: PlainDate,
  latestOn: PlainDate,
  territory: HolidayTerritory = 'metropole',
): CouncilsInTime {
  const all = councils.map((council) => ({
    council,
    all: sessionsBetween(council.sessions, today, latestOn, territory),
  }));
  const usable = all.flatMap(({ council, all: sessions }) => {
    const latest = sessions.at(-1);
    return latest === undefined ? [] : [{ council, latest, all: sessions }];
  });
  return {
    usable,
    without: all.filter(({ all: sessions }) => sessions.length === 0).map(({ council }) => council),
    readyBy: usable.length === 0 ? null : earliestOf(usable.map(({ latest }) => latest)),
  };
}
