import type { Check, Verdict } from '../law/check.js';
import { addDays, addMonths, frenchDay, frenchDays, latestOf, wholeNumber } from './day-arithmetic.js';
import type { HolidayTerritory } from './holidays.js';
import { endOfDay, parisInstant } from './paris-time.js';
import { frenchMoment, parisDate, type PlainDate } from './plain-date.js';
import { addWorkingDays, frenchDayOff, nextWorkingDay, previousWorkingDay } from './working-days.js';

/** A length that the law gives: the figure comes from `src/law`, never from here. */
export interface Period {
  readonly unit: 'days' | 'months';
  readonly count: number;
}

/** Where a period ends, and why there. */
export interface PeriodEnd {
  /** The last day as counted, before it is pushed. */
  readonly countedTo: PlainDate;
  /** The last day of the period: a working day. */
  readonly lastDay: PlainDate;
  /** The end of its last hour: the instant at which the next day begins in Paris. */
  readonly endsAt: Date;
  readonly sentence: string;
}

type Judged = Exclude<Verdict, 'not_applicable_yet'>;

const TWO_WORKING_DAYS = 2;
const MINUTE_MS = 60_000;

/**
 * The end of a period that runs from an act: the day of the act is not counted, days are calendar days, the period ends
 * with the last hour of its last day; a last day that is a Saturday, a Sunday or a public holiday is pushed to the next
 * working day; a period of two days or more has two working days at least. A period of months ends on the same day of
 * the month, or on the last one (Regulation (EEC, Euratom) 1182/71, art. 3(1) to (5)).
 * @throws {RangeError} when the count is not a whole number above zero
 */
export function periodEnd(
  actOn: PlainDate,
  period: Period,
  territory: HolidayTerritory = 'metropole',
): PeriodEnd {
  const { unit, count } = period;
  if (wholeNumber(count, unit) <= 0) throw new RangeError(`not a period: ${count} ${unit}`);
  const countedTo = unit === 'days' ? addDays(actOn, count) : addMonths(actOn, count);
  const pushed = nextWorkingDay(countedTo, territory);
  const lastDay =
    unit === 'days' && count < TWO_WORKING_DAYS
      ? pushed
      : latestOf([pushed, addWorkingDays(actOn, TWO_WORKING_DAYS, territory)]);
  return {
    countedTo,
    lastDay,
    endsAt: endOfDay(lastDay),
    sentence: periodSentence(actOn, period, { countedTo, pushed, lastDay }, territory),
  };
}

function periodSentence(
  actOn: PlainDate,
  { unit, count }: Period,
  { countedTo, pushed, lastDay }: { countedTo: PlainDate; pushed: PlainDate; lastDay: PlainDate },
  territory: HolidayTerritory,
): string {
  const length = unit === 'days' ? frenchDays(count) : `${count}\u00a0mois`;
  const counted = `${length} à compter du lendemain du ${frenchDay(actOn)}\u00a0: jusqu’au ${frenchDayOff(countedTo, territory)}`;
  const moved =
    pushed === countedTo ? '' : `, reporté au premier jour ouvré qui suit, le ${frenchDay(pushed)}`;
  const lengthened =
    lastDay === pushed ? '' : `, puis au ${frenchDay(lastDay)} pour comprendre deux jours ouvrés`;
  return `${counted}${moved}${lengthened}, à minuit.`;
}

/** What is judged: a rule of the law, its article, and the holidays that count. */
export interface JudgedRule {
  readonly rule: string;
  readonly article: string;
  readonly territory?: HolidayTerritory;
}

/**
 * Whether a limit for receiving candidatures or offers leaves the minimum (blocking rule 11). `block` before the last
 * day of the period; `warn` during that day, for the period runs until midnight: a limit at noon cuts twelve hours of it,
 * which is often seen and may be reproached; `ok` from the last minute of that day (23 h 59) on.
 */
export function limitCheck(limit: Date, sentOn: PlainDate, minimum: Period, judged: JudgedRule): Check {
  const { lastDay, endsAt, sentence } = periodEnd(sentOn, minimum, judged.territory);
  const verdict: Judged =
    parisDate(limit) < lastDay ? 'block' : limit.getTime() + MINUTE_MS < endsAt.getTime() ? 'warn' : 'ok';
  const from = frenchMoment(endsAt);
  const told: Readonly<Record<Judged, string>> = {
    ok: `La limite laisse le délai minimal. ${sentence}`,
    warn: `La limite tombe le dernier jour du délai, qui court jusqu’à minuit\u00a0: la fixer au plus tôt le ${from} ôte toute contestation. ${sentence}`,
    block: `La limite est trop proche\u00a0: elle peut être fixée à partir du ${from}. ${sentence}`,
  };
  return {
    rule: judged.rule,
    article: judged.article,
    verdict,
    figures: {
      'envoi de l’avis': frenchDay(sentOn),
      'dernier jour du délai': frenchDay(lastDay),
      'limite fixée': frenchMoment(limit),
    },
    sentence: told[verdict],
  };
}

/**
 * The first limit that may be proposed: at that hour of the first working day after the end of the period.
 * @throws {RangeError} when the hour does not exist
 */
export function proposedLimit(
  sentOn: PlainDate,
  minimum: Period,
  time: string,
  territory: HolidayTerritory = 'metropole',
): Date {
  const { lastDay } = periodEnd(sentOn, minimum, territory);
  return parisInstant({ date: nextWorkingDay(addDays(lastDay, 1), territory), time }).at;
}

/**
 * The last day on which something due a number of days before a limit may be done: additional information (CCP R2132-6).
 * The days are counted back from the day of the limit, and nobody is expected to act on a day off.
 */
export const dueBefore = (limit: Date, days: number, territory: HolidayTerritory = 'metropole'): PlainDate =>
  previousWorkingDay(addDays(parisDate(limit), -wholeNumber(days, 'days')), territory);

/**
 * The first day that leaves that many clear days after an act: neither the day of the act nor that of the meeting is
 * counted (« jours francs »). Days off are counted and nothing is pushed.
 */
export const afterClearDays = (actOn: PlainDate, days: number): PlainDate =>
  addDays(actOn, wholeNumber(days, 'days') + 1);

export interface Standstill {
  /** The last day of the suspension, the day of sending being its first. */
  readonly lastDay: PlainDate;
  /** The first day on which case law lets the contract be signed. */
  readonly signableFrom: PlainDate;
  /** The same, the last day being pushed when it is a day off: what the plan keeps to. */
  readonly prudentFrom: PlainDate;
}

/**
 * The suspension between the sending of the rejection letters and the signature (CCP R2182-1). It is counted from date to
 * date, the day of sending included: letters sent on 28 December, 16 days, signature on 13 January (Conseil d'État,
 * 2 August 2011, no. 347526), which departs from Regulation 1182/71 (answer to written question 18835, JO AN of
 * 2 April 2013, p. 3581). Whether a last day off is pushed was not settled in what could be read: `prudentFrom` pushes it.
 */
export function standstill(
  sentOn: PlainDate,
  days: number,
  territory: HolidayTerritory = 'metropole',
): Standstill {
  if (wholeNumber(days, 'days') <= 0) throw new RangeError(`not a suspension: ${days} days`);
  const lastDay = addDays(sentOn, days - 1);
  return {
    lastDay,
    signableFrom: addDays(sentOn, days),
    prudentFrom: addDays(nextWorkingDay(lastDay, territory), 1),
  };
}

/** Whether a contract is signed after the suspension (blocking rule 12); `warn` between its two readings. */
export function signatureCheck(
  signedOn: PlainDate,
  sentOn: PlainDate,
  days: number,
  judged: JudgedRule,
): Check {
  const { lastDay, signableFrom, prudentFrom } = standstill(sentOn, days, judged.territory);
  const verdict: Judged = signedOn < signableFrom ? 'block' : signedOn < prudentFrom ? 'warn' : 'ok';
  const told: Readonly<Record<Judged, string>> = {
    ok: `La signature vient après le délai de suspension de ${frenchDays(days)}.`,
    warn: `Le délai de suspension s’achève un jour non ouvré, le ${frenchDayOff(lastDay, judged.territory)}\u00a0: signer à partir du ${frenchDay(prudentFrom)} ôte toute contestation.`,
    block: `Le délai de suspension de ${frenchDays(days)} court encore\u00a0: signature possible à partir du ${frenchDay(signableFrom)}.`,
  };
  return {
    rule: judged.rule,
    article: judged.article,
    verdict,
    figures: {
      'envoi des lettres de rejet': frenchDay(sentOn),
      'dernier jour de la suspension': frenchDay(lastDay),
      signature: frenchDay(signedOn),
    },
    sentence: told[verdict],
  };
}
