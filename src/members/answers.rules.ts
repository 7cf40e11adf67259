import type { PlainDate } from '../calendar/plain-date.js';
import { decidedTooLateFaults } from '../groups/decision-order.rules.js';
import {
  type Decision,
  decisionFaults,
  type Intake,
  intakeRefusal,
  moved,
  type MembershipRefusal,
  type Standing,
} from '../groups/membership.rules.js';

/** An answer to the invitation, as a file has it. */
export interface GivenAnswer {
  readonly joins: boolean;
  /** What has an INSEE code. */
  readonly isCommune: boolean;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
}

/** Where the buyer stands before the file is recorded. */
export interface AnswerPlace {
  readonly standing: Standing;
  /**
   * Whether all that is known of it was told by files: nobody invited it, it has sent no decision, it signed nothing.
   * What a file said, a file corrects; what was done since is undone by the command made for it.
   */
  readonly toldByFiles: boolean;
  /** Whether something launched binds it. */
  readonly bound: boolean;
  /** Whether it holds a mission of the group, which it would leave without anybody. */
  readonly holdsMission: boolean;
  /** Whether the group is reserved to a cluster of which it is not. */
  readonly outside: boolean;
  /** When it first signed the agreement, since it joined; null when it did not. */
  readonly signedFirstOn: PlainDate | null;
}

export type AnswerRefusal =
  | MembershipRefusal
  | 'GROUP_IS_OVER'
  | 'GROUP_LAUNCHED'
  | 'BUYER_OUTSIDE_CLUSTER'
  | 'MEMBER_OF_A_LAUNCH'
  | 'MISSION_HOLDER_CANNOT_WITHDRAW'
  | 'MEMBER_NOT_IN_THE_FILE'
  | 'DECISION_IN_THE_FUTURE'
  | 'DECISION_NOT_DELEGABLE'
  | 'DECIDED_AFTER_SIGNED';

export interface AnswerFault {
  readonly field: 'answer' | 'resolutionOn';
  readonly code: AnswerRefusal;
}

/** A buyer of which nobody knows anything. */
export const UNKNOWN_PLACE: AnswerPlace = {
  standing: 'not_invited',
  toldByFiles: true,
  bound: false,
  holdsMission: false,
  outside: false,
  signedFirstOn: null,
};

/**
 * Everything that forbids an answer, as the table of membership says it of each act: to answer of a buyer that was not
 * invited is to invite it first. An answer that stands already is not given twice, and asks for nothing.
 *
 * @param today the day in Paris
 */
export function answerFaults(
  answer: GivenAnswer,
  place: AnswerPlace,
  intake: Intake,
  today: PlainDate,
): AnswerFault[] {
  const refused = standingRefusal(answer, place, intake, today);
  return [
    ...(refused === null ? [] : [{ field: 'answer' as const, code: refused }]),
    ...wrongDecision(answer, place, today),
  ];
}

function standingRefusal(
  { joins }: GivenAnswer,
  place: AnswerPlace,
  intake: Intake,
  today: PlainDate,
): AnswerRefusal | null {
  const { standing, toldByFiles, outside } = place;
  const answered = standing === 'member' || standing === 'declined';
  if (standing === (joins ? 'member' : 'declined')) return null;
  const held = standing === 'member' ? leavingRefusal(place) : null;
  if (held !== null) return held;
  if (!(answered && toldByFiles)) {
    const from = standing === 'not_invited' ? moved(standing, 'invite').state! : standing;
    const { refused } = moved(from, joins ? 'join' : 'decline');
    if (refused) return refused;
  }
  if (!joins && standing !== 'not_invited') return null;
  return intakeRefusal(intake, today) ?? (outside ? 'BUYER_OUTSIDE_CLUSTER' : null);
}

/** Why a member may not leave, by whatever way. */
const leavingRefusal = ({ bound, holdsMission }: AnswerPlace): AnswerRefusal | null =>
  bound ? 'MEMBER_OF_A_LAUNCH' : holdsMission ? 'MISSION_HOLDER_CANNOT_WITHDRAW' : null;

/** A file tells neither kind nor transmission: its decisions are resolutions, and it may lack one until the launch. */
function wrongDecision(
  { joins, isCommune, resolutionOn, resolutionNumber }: GivenAnswer,
  { signedFirstOn }: AnswerPlace,
  today: PlainDate,
): AnswerFault[] {
  if (!joins || resolutionOn === null) return [];
  const decision: Decision = { kind: 'resolution', on: resolutionOn, number: resolutionNumber ?? '' };
  return [
    ...decisionFaults({ isCommune }, decision, today),
    ...decidedTooLateFaults(resolutionOn, signedFirstOn),
  ].map(({ code }) => ({ field: 'resolutionOn', code: code as AnswerRefusal }));
}

/** Why a buyer may not be missing from the file; null when it may. Nobody leaves a group by silence either. */
export function absenceRefusal(place: AnswerPlace): AnswerRefusal | null {
  if (place.standing !== 'member') return null;
  return leavingRefusal(place) ?? (place.toldByFiles ? null : 'MEMBER_NOT_IN_THE_FILE');
}

export interface MembershipAnswer {
  readonly buyerId: string;
  readonly joins: boolean;
  readonly municipalPopulation: number | null;
  readonly populationSource: string | null;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
}

/** An answer to be judged. `buyerId`: anything that tells it from others, where no such buyer is known yet. */
export interface AnswerToJudge extends GivenAnswer {
  readonly buyerId: string;
  readonly name: string;
  readonly siret: string;
}

/** An answer that may not be recorded, or a member that the file may not leave out. */
export interface PlacedAnswerFault extends AnswerFault {
  readonly buyerId: string;
  readonly name: string;
  readonly siret: string;
  /** False when the file says nothing of that buyer. */
  readonly inFile: boolean;
}

/** Answers of a file that cannot be recorded: every fault of them. */
export class AnswersRefused extends Error {
  override readonly name = 'AnswersRefused';
  constructor(readonly faults: readonly PlacedAnswerFault[]) {
    super(faults.map(({ siret, code }) => `${siret}: ${code}`).join(', '));
  }
}
