import { parisInstant, parisMoment, type ParisMoment } from '../calendar/paris-time.js';
import type { PlainDate } from '../calendar/plain-date.js';
import type { Cents } from '../money/amounts.js';
import type { Problem } from '../platform/refusals/problem.rules.js';
import type { MainObject } from './main-object.rules.js';

/**
 * The procedures people choose from: no prior notice nor competition (R2122-8), adapted (R2123-1), open and restricted
 * calls (R2161-2 to -8), with negotiation (R2161-12 s.), competitive dialogue (R2161-24 s.).
 */
export const PROCEDURES = ['direct', 'adapted', 'open', 'restricted', 'negotiated', 'dialogue'] as const;
export type Procedure = (typeof PROCEDURES)[number];

/** After « la procédure suivie\u00a0: ». */
export const PROCEDURE_WORDS: Readonly<Record<Procedure, string>> = {
  direct: 'sans publicité ni mise en concurrence préalables',
  adapted: 'procédure adaptée',
  open: 'appel d’offres ouvert',
  restricted: 'appel d’offres restreint',
  negotiated: 'procédure avec négociation',
  dialogue: 'dialogue compétitif',
};

/** How rejection letters are sent: the suspension before signing depends on it (R2182-1). */
export const LETTERS = ['electronic', 'other'] as const;
export type Letters = (typeof LETTERS)[number];

/** What people choose of the procedure of a consultation. Limits are instants. */
export interface ProcedureChoice {
  /** Null: nobody chose. */
  readonly procedure: Procedure | null;
  /** The article that allows a lighter procedure than the amount asks for, or this one, and why. */
  readonly ground: string | null;
  readonly mainObject: MainObject | null;
  /** Offers are received by electronic means. */
  readonly electronic: boolean;
  readonly urgency: string | null;
  /** The day a prior information notice was sent; null: none was. */
  readonly preinformationOn: PlainDate | null;
  readonly candidaciesLimit: Date | null;
  readonly offersLimit: Date | null;
  readonly letters: Letters | null;
  readonly options: Cents;
  readonly premiums: Cents;
  readonly restOfOperation: Cents;
}

/** Before anybody chose. Offers are received by electronic means, as R2132-7 asks of nearly every contract. */
export const NO_CHOICE: ProcedureChoice = {
  procedure: null,
  ground: null,
  mainObject: null,
  electronic: true,
  urgency: null,
  preinformationOn: null,
  candidaciesLimit: null,
  offersLimit: null,
  letters: null,
  options: 0n,
  premiums: 0n,
  restOfOperation: 0n,
};

/** Procedures in which candidates are chosen before they are invited to make an offer. */
export const inTwoSteps = (procedure: Procedure): boolean =>
  procedure === 'restricted' || procedure === 'negotiated' || procedure === 'dialogue';

const LOCAL = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/;

/** "2026-12-15T12:00", as the clocks of Paris show it. @throws {RangeError} when there is no such moment */
export function parisLocal(text: string): ParisMoment {
  const [, date, time] = LOCAL.exec(text) ?? [];
  if (date === undefined || time === undefined) throw new RangeError(`not a moment: ${text}`);
  return { date, time };
}

/** The same, the other way. */
export function toParisLocal(instant: Date): string {
  const { date, time } = parisMoment(instant);
  return `${date}T${time}`;
}

/** What contradicts itself in a choice; limits as given, in the time of Paris. */
export function choiceProblems(
  given: Pick<ProcedureChoice, 'procedure'> & {
    readonly candidaciesLimit: string | null;
    readonly offersLimit: string | null;
  },
): Problem[] {
  const problems: Problem[] = [];
  for (const field of ['candidaciesLimit', 'offersLimit'] as const) {
    const text = given[field];
    if (text !== null && parisInstant(parisLocal(text)).occurrence === 'never')
      problems.push({
        field,
        code: 'SKIPPED_HOUR',
        detail:
          'Cette heure n’existe pas\u00a0: les horloges passent alors à l’heure d’été. En choisir une autre.',
      });
  }
  const { procedure, candidaciesLimit, offersLimit } = given;
  if (candidaciesLimit !== null && (procedure === null || !inTwoSteps(procedure)))
    problems.push({
      field: 'candidaciesLimit',
      code: 'CANDIDACIES_WITHOUT_TWO_STEPS',
      detail:
        'Une limite des candidatures suppose un appel d’offres restreint, une négociation ou un dialogue\u00a0: la retirer, ou choisir l’une de ces procédures.',
    });
  if (candidaciesLimit !== null && offersLimit !== null && offersLimit <= candidaciesLimit)
    problems.push({
      field: 'offersLimit',
      code: 'OFFERS_BEFORE_CANDIDACIES',
      detail: 'La limite des offres vient après celle des candidatures\u00a0: corriger l’une ou l’autre.',
    });
  return problems;
}
