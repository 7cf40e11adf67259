import { HttpException, HttpStatus } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { LawUnknown } from '../../law/law-on.js';
import type { RefusalCode } from '../refusals/catalogue.js';
import { CONSTRAINTS } from '../refusals/constraints.js';
import { Refused } from '../refusals/refused.js';

/** What the framework refuses by itself, before or beside our code. */
const BY_STATUS: Readonly<
  Partial<
    Record<
      number,
      Exclude<RefusalCode, 'VALIDATION' | 'ALREADY_EXISTS' | 'INCONSISTENT' | 'FROZEN' | 'TOO_MANY_REQUESTS'>
    >
  >
> = {
  [HttpStatus.UNAUTHORIZED]: 'UNAUTHENTICATED',
  [HttpStatus.FORBIDDEN]: 'FORBIDDEN',
  [HttpStatus.NOT_FOUND]: 'NOT_FOUND',
  [HttpStatus.METHOD_NOT_ALLOWED]: 'METHOD_NOT_ALLOWED',
  [HttpStatus.PAYLOAD_TOO_LARGE]: 'BODY_TOO_LARGE',
  [HttpStatus.UNSUPPORTED_MEDIA_TYPE]: 'UNSUPPORTED_MEDIA_TYPE',
  [HttpStatus.SERVICE_UNAVAILABLE]: 'UNAVAILABLE',
};

/** Classes 08 and 57P, and the codes of Node: the server is gone, going, or full (PostgreSQL, appendix A). */
const UNREACHABLE = /^(08...|57P..|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND)$/;
/** Serialization failure, deadlock, lock not available: nothing is wrong with the request, only its moment. */
const CONTENDED = new Set(['40001', '40P01', '55P03']);

/** Any error as a refusal: what is not foreseen is INTERNAL, and tells nothing of what happened. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error as Refused;
  // Whatever the room that asked: the answer waits for the text, and says so.
  if (error instanceof LawUnknown) return new Refused('LAW_UNKNOWN', error.sentence);
  if (error instanceof HttpException) return ofFramework(error);
  const { code, constraint } = (error instanceof QueryFailedError ? error.driverError : (error ?? {})) as {
    code?: unknown;
    constraint?: unknown;
  };
  if (typeof code !== 'string') return new Refused('INTERNAL');
  if (CONTENDED.has(code)) return new Refused('BUSY').withRetryAfter(1);
  if (UNREACHABLE.test(code)) return new Refused('UNAVAILABLE').withRetryAfter(10);
  const known = code.startsWith('23') && typeof constraint === 'string' ? CONSTRAINTS[constraint] : undefined;
  return known ? new Refused<(typeof known)[0]>(...known) : new Refused('INTERNAL');
}

function ofFramework(error: HttpException): Refused {
  // A refusal of ours on the way to the parser comes back within an error of the framework.
  if (error.cause instanceof Refused) return error.cause as Refused;
  const status = error.getStatus();
  if (status >= 500) return new Refused(BY_STATUS[status] ?? 'INTERNAL');
  if (status === Number(HttpStatus.BAD_REQUEST) && isParseFailure(error.cause))
    return new Refused('MALFORMED_JSON');
  return new Refused(BY_STATUS[status] ?? 'MALFORMED_REQUEST');
}

/** As body-parser marks it. */
const isParseFailure = (cause: unknown): boolean =>
  cause instanceof SyntaxError && (cause as { type?: unknown }).type === 'entity.parse.failed';
