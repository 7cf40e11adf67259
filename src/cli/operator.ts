import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { Caller } from '../platform/access/caller.js';
import type { Trace } from '../platform/journal/trace.js';

/** The system account at the console: its name, or its number where the machine has no name for it. */
function systemAccount(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

/** Who acts at the console, when no person is named: the journal tells the system account, and one id per run. */
export const operatorTrace = (): Trace => ({
  actorKind: 'operator',
  actorId: null,
  actorName: systemAccount(),
  tokenId: null,
  onBehalfOf: null,
  channel: 'cli',
  requestId: randomUUID(),
});

/** Whoever has the machine's account can do everything to its database: rights are not asked, acts are traced. */
export const operator = (): Caller =>
  new Caller(operatorTrace(), null, () => ({ verdict: 'allowed', onBehalfOf: null }));
