import { Refused } from './refused.js';

/**
 * What was read is what is there, under the lock of whoever writes it.
 *
 * @param version what the caller says it modifies; null: it said nothing, which is enough for what does not exist (0)
 * @throws {Refused} VERSION_REQUIRED, STALE_VERSION with the current state
 */
export function requireVersion(current: { readonly version: number }, version: number | null): void {
  if (version === null && current.version > 0) throw new Refused('VERSION_REQUIRED');
  if (version !== null && version !== current.version)
    throw new Refused('STALE_VERSION').withCurrent(current);
}
