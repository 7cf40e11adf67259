import type { PlainDate } from '../calendar/plain-date.js';
import { DATED_RULES, type DatedRule, type RuleCode } from './dated-rules.js';

/**
 * The figure of a rule on the day that counts: that of sending the notice, else of launching the consultation
 * (CCP R2121-3); the planned day for a preview. Undefined when the rule does not hold on that day.
 */
export function valueOn(code: RuleCode, date: PlainDate): bigint | undefined {
  const { values }: DatedRule = DATED_RULES[code];
  return values.find(([from, to]) => (from === null || from <= date) && (to === null || date < to))?.[2];
}

/** The figure of a rule that always holds. @throws {RangeError} when no figure is known for that day */
export function figureOn(code: RuleCode, date: PlainDate): bigint {
  const value = valueOn(code, date);
  if (value === undefined) throw new RangeError(`no figure for ${code} on ${date}`);
  return value;
}

/** Whether a duty is in force on that day. */
export const holdsOn = (code: RuleCode, date: PlainDate): boolean => valueOn(code, date) !== undefined;
