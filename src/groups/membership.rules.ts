import type { PlainDate } from '../calendar/plain-date.js';

/** Where a buyer stands in a group. `null` elsewhere: it was never invited. */
export type MembershipState = 'invited' | 'interested' | 'member' | 'declined' | 'withdrawn';
export type Standing = MembershipState | 'not_invited';

/** The dates from which the state is told. */
export interface MembershipDates {
  readonly interestedAt: Date | null;
  readonly joinedAt: Date | null;
  readonly declinedAt: Date | null;
  readonly withdrawnAt: Date | null;
}

/** Nobody joins by silence: without a date of its own, a buyer is only invited. */
export function stateOf(dates: MembershipDates | null): Standing {
  if (!dates) return 'not_invited';
  if (dates.declinedAt) return 'declined';
  if (dates.withdrawnAt) return 'withdrawn';
  if (dates.joinedAt) return 'member';
  return dates.interestedAt ? 'interested' : 'invited';
}

export const MEMBERSHIP_COMMANDS = [
  'invite',
  'invite_again',
  'show_interest',
  'join',
  'decline',
  'withdraw',
  'record',
  'sign',
  'renounce',
] as const;
export type MembershipCommand = (typeof MEMBERSHIP_COMMANDS)[number];

export type MembershipRefusal =
  | 'BUYER_NOT_INVITED'
  | 'ALREADY_A_MEMBER'
  | 'ALREADY_DECLINED'
  | 'HAS_DECLINED'
  | 'HAS_WITHDRAWN'
  | 'NOT_A_MEMBER'
  | 'MEMBER_WITHDRAWS';

type Moves = Readonly<Record<Standing, MembershipState | MembershipRefusal>>;

/** Of those that are no members yet, whatever else they said. */
const OF_A_MEMBER: Moves = {
  not_invited: 'BUYER_NOT_INVITED',
  invited: 'NOT_A_MEMBER',
  interested: 'NOT_A_MEMBER',
  member: 'member',
  declined: 'HAS_DECLINED',
  withdrawn: 'HAS_WITHDRAWN',
};

/**
 * The one table of membership: command × state → next state (in small letters) or refusal (in capitals). To invite is
 * idempotent, and never undoes an answer by inadvertence: only `invite_again` does.
 */
export const MEMBERSHIP_MOVES: Readonly<Record<MembershipCommand, Moves>> = {
  invite: {
    not_invited: 'invited',
    invited: 'invited',
    interested: 'interested',
    member: 'member',
    declined: 'declined',
    withdrawn: 'withdrawn',
  },
  invite_again: {
    not_invited: 'invited',
    invited: 'invited',
    interested: 'interested',
    member: 'member',
    declined: 'invited',
    withdrawn: 'invited',
  },
  show_interest: {
    not_invited: 'BUYER_NOT_INVITED',
    invited: 'interested',
    interested: 'interested',
    member: 'ALREADY_A_MEMBER',
    declined: 'HAS_DECLINED',
    withdrawn: 'HAS_WITHDRAWN',
  },
  join: {
    not_invited: 'BUYER_NOT_INVITED',
    invited: 'member',
    interested: 'member',
    member: 'ALREADY_A_MEMBER',
    declined: 'HAS_DECLINED',
    withdrawn: 'HAS_WITHDRAWN',
  },
  decline: {
    not_invited: 'BUYER_NOT_INVITED',
    invited: 'declined',
    interested: 'declined',
    member: 'MEMBER_WITHDRAWS',
    declined: 'ALREADY_DECLINED',
    withdrawn: 'HAS_WITHDRAWN',
  },
  withdraw: { ...OF_A_MEMBER, member: 'withdrawn' },
  // Its decision corrected, its transmission recorded; the agreement signed; what was launched renounced.
  record: OF_A_MEMBER,
  sign: OF_A_MEMBER,
  renounce: OF_A_MEMBER,
};

const STATES: readonly string[] = ['invited', 'interested', 'member', 'declined', 'withdrawn'];

/** Where a command leads, or why it is refused. */
export function moved(
  standing: Standing,
  command: MembershipCommand,
):
  | { readonly state: MembershipState; readonly refused?: never }
  | { readonly refused: MembershipRefusal; readonly state?: never } {
  const move = MEMBERSHIP_MOVES[command][standing];
  return STATES.includes(move) ? { state: move as MembershipState } : { refused: move as MembershipRefusal };
}

/** What a group says of taking members in. */
export interface Intake {
  readonly kind: GroupKind;
  readonly endsOn: PlainDate | null;
  /** Whether something of it was launched, ended or not. */
  readonly launched: boolean;
}
export const GROUP_KINDS = ['permanent', 'one_off'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/** A one-off group that was launched has nothing left to offer (CCP L2111-1); one that is over neither. */
export function intakeRefusal(
  { kind, endsOn, launched }: Intake,
  today: PlainDate,
): 'GROUP_IS_OVER' | 'GROUP_LAUNCHED' | null {
  if (endsOn !== null && endsOn < today) return 'GROUP_IS_OVER';
  return kind === 'one_off' && launched ? 'GROUP_LAUNCHED' : null;
}

export const DECISION_KINDS = ['resolution', 'delegated'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What a buyer joins by: a resolution of its council, or a decision under delegation. */
export interface Decision {
  readonly kind: DecisionKind;
  readonly on: PlainDate;
  readonly number: string;
}

/** One thing to correct, by the name of its field. */
export interface FieldFault {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * What is wrong with a decision to join. A municipal council delegates nothing of this to its mayor (CGCT L2122-22, 4°);
 * that of an EPCI may, to its president (L5211-10).
 */
export function decisionFaults(
  { isCommune }: { readonly isCommune: boolean },
  decision: Decision,
  today: PlainDate,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (isCommune && decision.kind === 'delegated')
    faults.push({
      field: 'decisionKind',
      code: 'DECISION_NOT_DELEGABLE',
      detail:
        'Une commune adhère par délibération de son conseil municipal\u00a0: la délégation du maire (CGCT L2122-22, 4°) ne couvre pas la convention.',
    });
  if (decision.on > today)
    faults.push({
      field: 'resolutionOn',
      code: 'DECISION_IN_THE_FUTURE',
      detail:
        'Cette décision porte une date à venir\u00a0: enregistrer l’adhésion une fois la décision prise.',
    });
  return faults;
}

/** When a decision was sent to the préfecture, and since when it is enforceable (CGCT L2131-1). */
export interface Transmission {
  readonly sentToPrefectureOn: PlainDate;
  readonly enforceableOn: PlainDate;
}

export function transmissionFaults(
  decidedOn: PlainDate | null,
  { sentToPrefectureOn, enforceableOn }: Transmission,
  today: PlainDate,
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (decidedOn === null)
    return [
      {
        field: 'sentToPrefectureOn',
        code: 'DECISION_MISSING',
        detail:
          'Aucune décision n’est enregistrée pour ce membre\u00a0: enregistrer d’abord sa date et son numéro.',
      },
    ];
  if (sentToPrefectureOn < decidedOn)
    faults.push({
      field: 'sentToPrefectureOn',
      code: 'SENT_BEFORE_DECIDED',
      detail:
        'La transmission en préfecture ne peut pas précéder la décision\u00a0: corriger l’une des dates.',
    });
  if (enforceableOn < sentToPrefectureOn)
    faults.push({
      field: 'enforceableOn',
      code: 'ENFORCEABLE_BEFORE_SENT',
      detail:
        'Une décision n’est exécutoire qu’une fois transmise en préfecture (CGCT L2131-1)\u00a0: corriger l’une des dates.',
    });
  for (const [field, date] of [
    ['sentToPrefectureOn', sentToPrefectureOn],
    ['enforceableOn', enforceableOn],
  ] as const)
    if (date > today)
      faults.push({
        field,
        code: 'TRANSMISSION_IN_THE_FUTURE',
        detail: 'Cette date est à venir\u00a0: l’enregistrer une fois passée.',
      });
  return faults;
}

/** What to tell whoever renounces what was launched (CE, reported). */
export const RENUNCIATION_WARNING =
  'La renonciation pour un motif d’intérêt général peut obliger l’acheteur à indemniser le titulaire du marché\u00a0: ' +
  'la faire examiner par le service juridique, et prévenir le coordonnateur.';
