import { REFUSALS, type RefusalCode } from './catalogue.js';

type Words<C extends RefusalCode> = Parameters<(typeof REFUSALS)[C]['detail']>;

/** One thing to correct in a request. */
export interface Fault {
  /** Where it was sent. */
  readonly in: 'body' | 'query' | 'path';
  /** JSON pointer as a URI fragment (RFC 6901 §6): `#/lines/3/quantity`. */
  readonly pointer: string;
  /** Stable: the constraint's name, `isEmail`, `minLength`… */
  readonly code: string;
  /** French sentence. */
  readonly detail: string;
  /** Of a row in a file: its line (header = 1, null for the whole file), column, what was read, what to write. */
  readonly row?: {
    readonly line: number | null;
    readonly column: string;
    readonly value: string;
    readonly correction: string;
  };
}

/** A request that the product refuses: a stable code, and a French sentence for the person who asked. */
export class Refused<C extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** The state that the caller did not know, sent back with a 412. */
  readonly current: unknown;
  /** Everything to correct; undefined when the refusal is not about fields. */
  readonly faults: readonly Fault[] | undefined;
  /** Seconds before it is worth asking again. */
  readonly retryAfter: number | undefined;

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

  /** Joins every place to correct. */
  withFaults(faults: readonly Fault[]): this {
    return Object.assign(this, { faults });
  }

  /** Says when it is worth asking again, in whole seconds. */
  withRetryAfter(retryAfter: number): this {
    return Object.assign(this, { retryAfter });
  }
}
