import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Trace } from '../platform/journal/trace.js';

/** Whoever runs a command on the server: known by the system account, for this run. */
export const operatorTrace = (): Trace => ({
  actorKind: 'operator',
  actorId: null,
  actorName: systemAccount(),
  tokenId: null,
  onBehalfOf: null,
  channel: 'cli',
  requestId: randomUUID(),
});

function systemAccount(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // A container may run under a number that its /etc/passwd does not name.
    if ((error as { code?: string }).code !== 'ERR_SYSTEM_ERROR') throw error;
    return `uid ${process.getuid?.() ?? ''}`;
  }
}
