/**
 * Where a declaration is, from dated facts alone:
 *
 * - `not_started`, `draft`: nothing was transmitted; `modified`: something was, and was changed since without being
 *   transmitted again, so that the earlier version still counts;
 * - `awaiting_validation`, `awaiting_decision`: transmitted, and waiting for the member's validator or, late or corrected,
 *   for the coordinator; `refused`: the coordinator said no;
 * - `contested`: the member says that it did not mean it, and nothing of it counts;
 * - `transmitted`, then `locked` once the deadline is past.
 */
export type DeclarationState =
  | 'not_started'
  | 'draft'
  | 'modified'
  | 'awaiting_validation'
  | 'awaiting_decision'
  | 'refused'
  | 'contested'
  | 'transmitted'
  | 'locked';

export const DECLARATION_STATES: readonly DeclarationState[] = [
  ...(['not_started', 'draft', 'modified', 'awaiting_validation', 'awaiting_decision'] as const),
  ...(['refused', 'contested', 'transmitted', 'locked'] as const),
];

export type VersionKind = 'transmission' | 'late' | 'rectification' | 'consolidation';
export const VERSION_KINDS: readonly VersionKind[] = [
  'transmission',
  'late',
  'rectification',
  'consolidation',
];

/** What happened to a version. */
export interface VersionFacts {
  readonly kind: VersionKind;
  readonly revision: number;
  readonly validatedAt: Date | null;
  /** Null while the coordinator said nothing. */
  readonly accepted: boolean | null;
  readonly contestedAt: Date | null;
}

export interface DeclarationFacts {
  readonly started: boolean;
  /** Of what is typed. */
  readonly revision: number;
  readonly latest: VersionFacts | null;
  readonly locked: boolean;
  readonly validationRequired: boolean;
}

/** What a version waits for; null: it counts, or never will. */
export type Waiting = 'validation' | 'decision' | null;

/** Whether the coordinator has a say: what comes after the deadline enters only if it is accepted. */
export const needsDecision = (kind: VersionKind): boolean => kind === 'late' || kind === 'rectification';

export function waitingFor(version: VersionFacts, validationRequired: boolean): Waiting {
  if (version.contestedAt !== null || version.accepted === false) return null;
  if (validationRequired && version.kind !== 'consolidation' && version.validatedAt === null)
    return 'validation';
  return needsDecision(version.kind) && version.accepted === null ? 'decision' : null;
}

/** Whether a version is what the member needs. The latest one that counts is the one that counts. */
export const counts = (version: VersionFacts, validationRequired: boolean): boolean =>
  version.contestedAt === null &&
  version.accepted !== false &&
  waitingFor(version, validationRequired) === null;

export function declarationState({
  started,
  revision,
  latest,
  locked,
  validationRequired,
}: DeclarationFacts): DeclarationState {
  if (!started) return 'not_started';
  if (latest === null) return 'draft';
  if (latest.contestedAt !== null) return 'contested';
  if (latest.accepted === false) return 'refused';
  const waiting = waitingFor(latest, validationRequired);
  if (waiting !== null) return waiting === 'validation' ? 'awaiting_validation' : 'awaiting_decision';
  if (revision !== latest.revision) return 'modified';
  return locked ? 'locked' : 'transmitted';
}

/** What a transmission is: after the deadline, a correction of what counts, or a late answer. */
export const kindOfTransmission = (locked: boolean, hasCounted: boolean): VersionKind =>
  !locked ? 'transmission' : hasCounted ? 'rectification' : 'late';

/** What is said of a lot when it is transmitted. */
export interface LotSaid {
  readonly number: number;
  readonly title: string;
  readonly noNeed: boolean;
  /** Items with a quantity, zero included. */
  readonly answered: number;
  readonly positive: number;
}

/**
 * What forbids a transmission, lot by lot: silence is not a zero, and « aucun besoin » beside a quantity is two answers.
 */
export function silences(
  lots: readonly LotSaid[],
): readonly { readonly number: number; readonly sentence: string }[] {
  return lots.flatMap(({ number, title, noNeed, answered, positive }) => {
    const named = `Lot\u00a0${number} («\u00a0${title}\u00a0»)`;
    if (!noNeed && answered === 0)
      return [
        {
          number,
          sentence: `${named}\u00a0: rien n’est renseigné. Donner au moins une quantité, ou répondre «\u00a0aucun besoin\u00a0» pour ce lot.`,
        },
      ];
    if (noNeed && positive > 0)
      return [
        {
          number,
          sentence: `${named}\u00a0: «\u00a0aucun besoin\u00a0» est répondu, et des quantités sont saisies. Retirer l’un ou l’autre.`,
        },
      ];
    return [];
  });
}
