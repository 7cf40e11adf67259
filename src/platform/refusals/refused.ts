import { REFUSALS, type RefusalCode } from './catalogue.js';

type Words<C extends RefusalCode> = Parameters<(typeof REFUSALS)[C]['detail']>;

/** A request that the product refuses: a stable code, and a French sentence for the person who asked. */
export class Refused<C extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** The state that the caller did not know, sent back with a 412. */
  readonly current: unknown;

  constructor(
    readonly code: C,
    ...words: Words<C>
  ) {
    const { detail, status } = REFUSALS[code] as { detail: (...given: unknown[]) => string; status: number };
    super(detail(...words));
    this.status = status;
  }

  /** Joins the state that the caller did not know. */
  withCurrent(current: unknown): this {
    return Object.assign(this, { current });
  }
}
