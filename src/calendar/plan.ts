import type { HolidayTerritory } from './holidays.js';
import type { PlainDate } from './plain-date.js';
import type { PlanStep } from './plan-step.js';
import type { Council, CouncilsInTime } from './sessions.js';

export interface PlanRequest {
  /** In any order; the last ones, for which none waits, are the start of the contract. */
  readonly steps: readonly PlanStep[];
  readonly wishedStart: PlainDate;
  readonly today: PlainDate;
  readonly territory?: HolidayTerritory;
}

/** What is looked for backwards, for one step. */
export interface LatestDates {
  /** The latest day of the act; where councils resolve, the latest useful day of a session. */
  readonly actOn: PlainDate;
  /** The day on which what follows must be able to begin, and the step that asks it; null: the wished start does. */
  readonly by: PlainDate;
  readonly askedBy: PlanStep | null;
  /** The same as `actOn` if people worked every day: it is later where a day off pushed the act back. */
  readonly unpushed: PlainDate;
  readonly councils: CouncilsInTime | null;
}

export interface PlannedStep {
  readonly step: PlanStep;
  readonly latestOn: PlainDate;
  /** The last day that it takes when its act is on the latest day. */
  readonly latestLastDay: PlainDate;
  /** The earliest day of the act from today; null when a council before it has no known session. */
  readonly earliestOn: PlainDate | null;
  /** Days from today to the latest day of the act, negative when it is past; to the session for which all must be ready. */
  readonly marginDays: number;
  readonly state: 'done' | 'open' | 'late';
  readonly councils: CouncilsInTime | null;
  readonly sentence: string;
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** Whether everything can still be done for the wished start. */
  readonly feasible: boolean;
  /** The steps whose latest day is past. */
  readonly late: readonly PlannedStep[];
  /** Councils that have no session in time. */
  readonly withoutSession: readonly Council[];
  /** The first start that can be reached from today; null when a council has no known session at all. */
  readonly earliestStart: PlainDate | null;
  /** Days between the wished start and the earliest one; 0 when the wish holds, null when none is known. */
  readonly missingDays: number | null;
  readonly sentence: string;
}
