import type { Trace } from '../journal/trace.js';
import { Refused } from '../refusals/refused.js';
import type { PermissionKey } from './permission-key.js';

/**
 * What a command or a reading is about, once its row is loaded: a group with the buyers that were invited to it, a
 * buyer, a person's account; nothing: the whole installation.
 */
export interface Scope {
  readonly groupId?: string;
  readonly buyerIds?: readonly string[];
  readonly personId?: string;
}

export interface Judgement {
  /** `forbidden`: may see it but not do that; `hidden`: may not even know that it is there. */
  readonly verdict: 'allowed' | 'forbidden' | 'hidden';
  /** The buyer in whose name a delegate acts, when nothing else gives the right. */
  readonly onBehalfOf: string | null;
}

/** Who asks, what they may do, and how their acts are traced: made by `accounts` for each request or command. */
export class Caller {
  private readonly required = new Set<PermissionKey>();
  /** The right that the route names. */
  private named: PermissionKey | undefined;

  constructor(
    readonly trace: Trace,
    /** The person whose account it is; null for a reading link, an operator, a job. */
    readonly personId: string | null,
    private readonly judge: (key: PermissionKey, scope: Scope) => Judgement,
    /** What the roles alone say, whatever the row: `allowed` when the right is held on one thing at least. */
    private readonly judgeAnywhere: (key: PermissionKey) => Judgement['verdict'] = () => 'allowed',
  ) {}

  /** Says which right the route names: it must be asserted before anything is committed or answered. */
  expect(key: PermissionKey | undefined): this {
    this.named = key;
    return this;
  }

  /** How requests are counted, and named in technical logs: no personal data. */
  get label(): string {
    const { actorKind, actorId, actorName, tokenId } = this.trace;
    return `${actorKind}:${tokenId ?? actorId ?? actorName ?? ''}`;
  }

  /**
   * Asserts a right on a row that was loaded.
   *
   * @returns the trace to write in the journal, in the name of the buyer that gave mandate where the right comes from it
   * @throws {Refused} NOT_FOUND (404) for what the caller may not see, FORBIDDEN (403) for what it may see but not do
   */
  require(key: PermissionKey, scope: Scope): Trace {
    this.required.add(key);
    const { verdict, onBehalfOf } = this.judge(key, scope);
    if (verdict === 'hidden') throw new Refused('NOT_FOUND');
    if (verdict === 'forbidden') throw new Refused('FORBIDDEN');
    return { ...this.trace, onBehalfOf };
  }

  /**
   * Refuses a caller that holds the right named by the route on nothing at all: whatever it asked, and however it wrote it.
   *
   * @throws {Refused} FORBIDDEN; NOT_FOUND for one that may see no such thing either
   */
  refuseIfNeverAllowed(): void {
    const verdict = this.named === undefined ? 'allowed' : this.judgeAnywhere(this.named);
    if (verdict === 'hidden') throw new Refused('NOT_FOUND');
    if (verdict === 'forbidden') throw new Refused('FORBIDDEN');
  }

  may(key: PermissionKey, scope: Scope): boolean {
    return this.judge(key, scope).verdict === 'allowed';
  }

  /**
   * A route that never asks for the right that it names is a hole: what it did is undone, and its answer not sent.
   *
   * @throws {Error} naming the right
   */
  checkAsserted(): void {
    if (this.named !== undefined && !this.required.has(this.named))
      throw new Error(`the right ${this.named} was not asserted`);
  }
}
