import type { RefusalCode } from '../platform/refusals/catalogue.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import type { Problem } from './terms.rules.js';

type Unsound = Extract<RefusalCode, `${string}_UNSOUND`>;

/** @throws {Refused} with every problem, each at its place in the request */
export function refuseProblems(code: Unsound, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const faults = problems.map(({ field, code: name, detail }): Fault => ({
    in: 'body',
    pointer: `#/${field}`,
    code: name,
    detail,
  }));
  throw new Refused(code, faults.length).withFaults(faults);
}
