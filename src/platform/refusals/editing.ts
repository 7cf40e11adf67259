import type { RefusalCode } from './catalogue.js';
import { type Fault, Refused } from './refused.js';
import type { Problem } from './problem.rules.js';

/**
 * What was read is what is there, under the lock of the consultation.
 *
 * @param version what the caller says it modifies; null: it said nothing, which is enough for what does not exist (0)
 * @throws {Refused} VERSION_REQUIRED, STALE_VERSION with the current state
 */
export function requireVersion(current: { readonly version: number }, version: number | null): void {
  if (version === null && current.version > 0) throw new Refused('VERSION_REQUIRED');
  if (version !== null && version !== current.version)
    throw new Refused('STALE_VERSION').withCurrent(current);
}

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
