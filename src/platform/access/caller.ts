import type { Trace } from '../journal/trace.js';
import { Refused } from '../refusals/refused.js';
import type { PermissionKey } from './permission-key.js';

/**
 * What a command or a reading is about, once its row is loaded: a group with the buyers that were invited to it, a
 * buyer, a person's own account; nothing: the whole installation.
 */
export interface Scope {
  readonly groupId?: string;
  readonly buyerIds?: readonly string[];
  readonly personId?: string;
}

/** `forbidden`: may see it but not do that; `hidden`: may not even know that it is there. */
export type Verdict = 'allowed' | 'forbidden' | 'hidden';

/** Who asks, what they may do, and how their acts are traced: made by `accounts` for each request or command. */
export class Caller {
  constructor(
    readonly trace: Trace,
    /** The person whose account it is; null for a reading link, an operator, a job. */
    readonly personId: string | null,
    private readonly judge: (key: PermissionKey, scope: Scope) => Verdict,
  ) {}

  may(key: PermissionKey, scope: Scope): boolean {
    return this.judge(key, scope) === 'allowed';
  }

  /** @throws {Refused} NOT_FOUND (404) for what the caller may not see, FORBIDDEN (403) for what it may see but not do */
  require(key: PermissionKey, scope: Scope): void {
    const verdict = this.judge(key, scope);
    if (verdict === 'hidden') throw new Refused('NOT_FOUND');
    if (verdict === 'forbidden') throw new Refused('FORBIDDEN');
  }
}
