import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { articleOf, type LawOn, LawUnknown } from '../law/law-on.js';

/** The answer; null when a figure that it needs is not known for the day. */
export function ifKnown<Answer>(answer: () => Answer): Answer | null {
  try {
    return answer();
  } catch (error) {
    if (error instanceof LawUnknown) return null;
    throw error;
  }
}

/** The check; where a figure that it needs is not known for the day, one that blocks and says which. */
export function judged({ on }: LawOn, rule: string, check: () => Check): Check {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof LawUnknown)) throw error;
    return {
      rule,
      article: articleOf(error.code),
      verdict: 'block',
      figures: { 'jour du droit': frenchDate(on) },
      sentence: error.sentence,
    };
  }
}
