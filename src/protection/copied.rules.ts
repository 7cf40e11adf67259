import type { Field, LeverRecord } from './lever.rules.js';
import { type Chosen, leverOf } from './levers.rules.js';

/** What was true on a day: a computation, a meeting, amounts of a year. */
const isOfItsYear = ({ kind, ofItsYear }: Field): boolean => kind === 'date' || ofItsYear === true;

/**
 * The levers of last year's lot that its copy begins with. One that cannot be chosen without what was true last year
 * (small lots, sourcing) is left out: it is chosen again once the work is done again. Others lose what was of that year.
 */
export const copiedLevers = (former: readonly Chosen[]): Chosen[] =>
  former.flatMap(({ lever: code, record }): Chosen[] => {
    const lever = leverOf(code);
    if (lever?.nature !== 'lever') return [];
    const dated = lever.fields.filter(isOfItsYear);
    if (dated.some(({ needed }) => needed === 'choosing')) return [];
    const gone = new Set(dated.map(({ key }) => key));
    const kept: LeverRecord = Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
    return [{ lever: code, record: kept }];
  });
