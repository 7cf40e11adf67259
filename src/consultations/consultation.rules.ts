import type { LawMoment } from '../law/law-on.js';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';

/** Derived from two dated facts, never stored. */
export type ConsultationState = 'draft' | 'launched' | 'cancelled';

export const CONSULTATION_STATES = [
  'draft',
  'launched',
  'cancelled',
] as const satisfies readonly ConsultationState[];

/**
 * - `edit`: its object, duration and calendar; its lots, items and terms;
 * - `join`: who takes part in which lot, by bulletin;
 * - `launch`: the publication check freezes it;
 * - `cancel`: « sans suite », before or after the launch (CCP R2185-1);
 * - `copy`: another consultation begins as this one is.
 */
export type ConsultationCommand = 'edit' | 'join' | 'launch' | 'cancel' | 'copy';

export const CONSULTATION_COMMANDS = [
  'edit',
  'join',
  'launch',
  'cancel',
  'copy',
] as const satisfies readonly ConsultationCommand[];

export type ConsultationRefusal = 'CONSULTATION_LAUNCHED' | 'CONSULTATION_CANCELLED' | 'PARTICIPATION_CLOSED';

/** What each command makes of each state: the next one, or the code of the refusal. */
export const CONSULTATION_MOVES: Readonly<
  Record<ConsultationState, Readonly<Record<ConsultationCommand, ConsultationState | ConsultationRefusal>>>
> = {
  draft: { edit: 'draft', join: 'draft', launch: 'launched', cancel: 'cancelled', copy: 'draft' },
  launched: {
    edit: 'CONSULTATION_LAUNCHED',
    join: 'PARTICIPATION_CLOSED',
    launch: 'CONSULTATION_LAUNCHED',
    cancel: 'cancelled',
    copy: 'launched',
  },
  cancelled: {
    edit: 'CONSULTATION_CANCELLED',
    join: 'CONSULTATION_CANCELLED',
    launch: 'CONSULTATION_CANCELLED',
    cancel: 'CONSULTATION_CANCELLED',
    copy: 'cancelled',
  },
};

export interface ConsultationFacts {
  readonly launchedAt: Date | null;
  readonly cancelledAt: Date | null;
}

export const stateOf = ({ launchedAt, cancelledAt }: ConsultationFacts): ConsultationState =>
  cancelledAt !== null ? 'cancelled' : launchedAt !== null ? 'launched' : 'draft';

/** Why a command may not be done in that state; null when it may. */
export function refusalIn(
  state: ConsultationState,
  command: ConsultationCommand,
): ConsultationRefusal | null {
  const move = CONSULTATION_MOVES[state][command];
  return move === 'CONSULTATION_LAUNCHED' ||
    move === 'CONSULTATION_CANCELLED' ||
    move === 'PARTICIPATION_CLOSED'
    ? move
    : null;
}

/**
 * The day that the law is asked for: that of the launch, in Paris; else of the planned launch, for a preview, as long as
 * it is to come; else today (CCP R2121-3).
 */
export const lawDay = (
  {
    launchedAt,
    plannedLaunchOn,
  }: { readonly launchedAt: Date | null; readonly plannedLaunchOn: PlainDate | null },
  today: PlainDate,
): PlainDate => {
  if (launchedAt !== null) return parisDate(launchedAt);
  return plannedLaunchOn !== null && plannedLaunchOn > today ? plannedLaunchOn : today;
};

/** The law of that day; for a launched consultation, as it was known at its launch. */
export const lawMoment = (
  consultation: { readonly launchedAt: Date | null; readonly plannedLaunchOn: PlainDate | null },
  today: PlainDate,
): LawMoment => ({ on: lawDay(consultation, today), knownAt: consultation.launchedAt });

/** Why there is one lot only: no distinct services (CCP L2113-10), or one of the cases of L2113-11. */
export const NO_SPLIT_GROUNDS = [
  'no_distinct_services',
  'coordination',
  'competition',
  'technical',
  'cost',
] as const;
export type NoSplitGround = (typeof NO_SPLIT_GROUNDS)[number];

/** As people read them, after « parce que ». */
export const NO_SPLIT_GROUND_WORDS: Readonly<Record<NoSplitGround, string>> = {
  no_distinct_services: 'l’objet ne permet pas d’identifier des prestations distinctes',
  coordination: 'l’acheteur ne peut assurer lui-même l’organisation, le pilotage et la coordination',
  competition: 'des lots séparés risqueraient de restreindre la concurrence',
  technical: 'des lots séparés rendraient l’exécution techniquement difficile',
  cost: 'des lots séparés rendraient l’exécution financièrement plus coûteuse',
};
