import { REFUSALS } from '../refusals/catalogue.js';
import type { Fault, Refused } from '../refusals/refused.js';

/** RFC 9457, with the members that Halle adds. */
export interface Problem {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request, without its query. */
  readonly instance: string;
  readonly requestId: string | undefined;
  /** Everything to correct. */
  readonly errors?: readonly Fault[];
  /** With a 412: the state that the caller did not know. */
  readonly current?: unknown;
}

export const problemType = (code: string): string => `urn:halle:problem:${code}`;

export function problemOf(
  refused: Refused,
  request: { readonly originalUrl: string; readonly id?: unknown },
): Problem {
  return {
    type: problemType(refused.code),
    code: refused.code,
    title: REFUSALS[refused.code].title,
    status: refused.status,
    detail: refused.message,
    instance: pathOf(request.originalUrl),
    requestId: typeof request.id === 'string' ? request.id : undefined,
    ...(refused.faults ? { errors: refused.faults } : {}),
    ...(refused.current === undefined ? {} : { current: refused.current }),
  };
}

export const pathOf = (url: string): string => url.split('?', 1)[0]!;
