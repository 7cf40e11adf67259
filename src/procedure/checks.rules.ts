import { byGravity, type Check } from '../law/check.js';

/** What a check is about, in the order of the journey. */
export const CHECK_SUBJECTS = [
  'group',
  'consultation',
  'sourcing',
  'items',
  'terms',
  'protection',
  'needs',
  'procedure',
] as const;
export type CheckSubject = (typeof CHECK_SUBJECTS)[number];

/** A check with what it is about. */
export interface ListedCheck extends Check {
  readonly subject: CheckSubject;
  /** Null: the whole consultation, or its group. */
  readonly lotNumber: number | null;
  /** The one member that it is about: it is for that member, and for who conducts the group. */
  readonly member: { readonly buyerId: string; readonly name: string } | null;
}

/** Rules that are asked lot by lot, and answer for the consultation or for the law at large. */
const SAID_ONCE: readonly string[] = ['TIE_RULE', 'PAYMENT', 'SPASER'];

/** Duties on one and the same text of the terms, that terms and measures both look at. */
const OF_THE_TERMS: readonly string[] = ['ENVIRONMENTAL_CLAUSE', 'ENVIRONMENTAL_CRITERION', 'SOCIAL_CLAUSE'];

/**
 * One list of all checks, the gravest first, then in the order of the journey, of the lots and of the rules. A duty that
 * terms and measures both look at is said by the terms, where it is corrected, unless the measures find it graver.
 */
export function oneList(checks: readonly ListedCheck[]): ListedCheck[] {
  const once = new Set<string>();
  const kept = checks
    .map((check) => (SAID_ONCE.includes(check.rule) ? { ...check, lotNumber: null } : check))
    .filter((check) => {
      if (SAID_ONCE.includes(check.rule)) {
        const key = JSON.stringify([check.rule, check.verdict, check.sentence, check.figures]);
        return !once.has(key) && once.add(key);
      }
      return check.subject !== 'protection' || !checks.some((other) => covers(other, check));
    });
  return kept
    .map((check, position) => ({ check, position }))
    .sort(
      (a, b) =>
        byGravity(a.check, b.check) ||
        CHECK_SUBJECTS.indexOf(a.check.subject) - CHECK_SUBJECTS.indexOf(b.check.subject) ||
        (a.check.lotNumber ?? 0) - (b.check.lotNumber ?? 0) ||
        a.position - b.position,
    )
    .map(({ check }) => check);
}

const covers = (terms: ListedCheck, measure: ListedCheck): boolean =>
  terms.subject === 'terms' &&
  terms.lotNumber === measure.lotNumber &&
  OF_THE_TERMS.includes(measure.rule) &&
  terms.rule === measure.rule &&
  byGravity(terms, measure) <= 0;
