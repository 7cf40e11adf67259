import { earliestOf, latestOf } from '../calendar/day-arithmetic.js';
import type { HolidayTerritory } from '../calendar/holidays.js';
import type { PlainDate } from '../calendar/plain-date.js';
import type { PlanStep } from '../calendar/plan-step.js';
import type { Council } from '../calendar/sessions.js';

/** A buyer that is a member, or may still become one. */
export interface PlannedMember {
  readonly buyerId: string;
  readonly name: string;
  readonly inseeCode: string | null;
  readonly resolutionOn: PlainDate | null;
  readonly sentToPrefectureOn: PlainDate | null;
  readonly enforceableOn: PlainDate | null;
}

export interface PlanFacts {
  readonly today: PlainDate;
  readonly launchedOn: PlainDate | null;
  readonly members: readonly PlannedMember[];
  /** Of the latest version of the agreement; null: none was adopted. */
  readonly signatures: { readonly signedOn: readonly PlainDate[]; readonly missing: number } | null;
}

/** The councils that have still to resolve, each with its known sessions. */
export const pendingCouncils = (
  members: readonly PlannedMember[],
  sessions: ReadonlyMap<string, readonly PlainDate[]>,
): readonly Council[] =>
  members
    .filter(({ resolutionOn }) => resolutionOn === null)
    .map(({ buyerId, name }) => ({
      ...{ id: buyerId, name },
      sessions: { kind: 'dates', dates: sessions.get(buyerId) ?? [] },
    }));

/**
 * The steps with what the records say is done. A step is marked only when all that it waits for is: one signature before
 * the last resolution does not excuse that resolution. Once launched, what comes before the notice is over.
 */
export function withFacts(steps: readonly PlanStep[], facts: PlanFacts): readonly PlanStep[] {
  if (facts.launchedOn !== null) {
    const first = steps.findIndex(({ code }) => code === 'notice-sent');
    const kept = steps.slice(first);
    const codes = kept.map(({ code }) => code);
    return kept.map((step) => ({
      ...step,
      after: step.after.filter((code) => codes.includes(code)),
      ...(step.code === 'notice-sent' ? { begunOn: facts.launchedOn! } : {}),
    }));
  }
  const marks = marksOf(facts);
  return steps.map((step) => ({ ...step, ...marks[step.code] }));
}

type Mark = Pick<PlanStep, 'begunOn' | 'doneOn'>;

function marksOf({ today, members, signatures }: PlanFacts): Readonly<Record<string, Mark>> {
  const decided = allOf(members, ({ resolutionOn }) => resolutionOn);
  if (decided === null) return {};
  const enforceable = allOf(members, ({ enforceableOn }) => enforceableOn);
  const over: Mark = enforceable !== null && enforceable <= today ? { doneOn: enforceable } : {};
  const sent = allOf(members, ({ sentToPrefectureOn }) => sentToPrefectureOn) ?? over.doneOn;
  if (sent === undefined) return { resolutions: { begunOn: decided, ...over } };
  const signed = signatures?.signedOn ?? [];
  const complete = signatures !== null && signatures.missing === 0;
  return {
    resolutions: { begunOn: decided, doneOn: sent },
    'resolutions-sent': { begunOn: sent, ...over },
    ...(signed.length > 0
      ? {
          'agreement-signed': {
            begunOn: earliestOf(signed),
            ...(complete ? { doneOn: latestOf(signed) } : {}),
          },
        }
      : {}),
  };
}

/** The last of a day that every member has; null when one has none, or there is no member. */
function allOf(
  members: readonly PlannedMember[],
  dayOf: (member: PlannedMember) => PlainDate | null,
): PlainDate | null {
  const days = members.flatMap((member) => dayOf(member) ?? []);
  return members.length > 0 && days.length === members.length ? latestOf(days) : null;
}

const TERRITORIES: readonly (readonly [prefix: string, territory: HolidayTerritory])[] = [
  ['57', 'alsace-moselle'],
  ['67', 'alsace-moselle'],
  ['68', 'alsace-moselle'],
  ['971', 'guadeloupe'],
  ['972', 'martinique'],
  ['973', 'guyane'],
  ['974', 'la-reunion'],
  ['976', 'mayotte'],
];

/** Where a group acts, by the INSEE code of the first commune that has one. */
export function territoryOf(members: readonly PlannedMember[]): HolidayTerritory {
  const code = members.find(({ inseeCode }) => inseeCode !== null)?.inseeCode ?? '';
  return TERRITORIES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'metropole';
}
