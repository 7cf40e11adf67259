import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import type { IdentifiedRequest } from '../access/call.js';
import { RuntimeConfig } from '../config/config.js';
import { LOGGER, type Logger } from '../log/logger.js';
import { Refused } from '../refusals/refused.js';
import { addressKey } from './address-key.js';

const WINDOW_SECONDS = 60;

/** `caller`: everything under the API; `sign-in`: what may be sent without an account, per address. */
export type LimitKind = 'caller' | 'sign-in';

/** Requests per minute, counted in PostgreSQL: every process counts in the same place. */
@Injectable()
export class RateLimit {
  private readonly limiters: Readonly<Record<LimitKind, RateLimiterPostgres>>;
  private readonly counted = new WeakSet<Request>();

  constructor(
    dataSource: DataSource,
    { config }: RuntimeConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const limiter = (kind: LimitKind, points: number) =>
      new RateLimiterPostgres({
        storeClient: dataSource,
        storeType: 'typeorm',
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: kind,
        points,
        duration: WINDOW_SECONDS,
      });
    this.limiters = {
      caller: limiter('caller', config.rateLimit),
      'sign-in': limiter('sign-in', config.signInLimit),
    };
  }

  /**
   * Counts one request, and writes what is left in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
   * When the count cannot be kept, sign-in is refused, lest passwords be tried without limit; the rest goes on.
   *
   * @param key who is counted: `token:…`, `person:…`, `ip:…`
   * @throws {Refused} TOO_MANY_REQUESTS (429) past the limit; UNAVAILABLE (503) for a sign-in that cannot be counted
   */
  async check(key: string, kind: LimitKind, response: Response): Promise<void> {
    const limiter = this.limiters[kind];
    let outcome: RateLimiterRes;
    let refused = false;
    try {
      outcome = await limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) {
        this.log.error({ err: error, kind }, 'requests cannot be counted');
        if (kind === 'sign-in') throw new Refused('UNAVAILABLE').withRetryAfter(10);
        return;
      }
      [outcome, refused] = [error, true];
    }
    const wait = Math.max(1, Math.ceil(outcome.msBeforeNext / 1000));
    response.set('RateLimit-Policy', `"${kind}";q=${limiter.points};w=${WINDOW_SECONDS}`);
    response.set('RateLimit', `"${kind}";r=${Math.max(0, outcome.remainingPoints)};t=${wait}`);
    if (refused) throw new Refused('TOO_MANY_REQUESTS', wait).withRetryAfter(wait);
  }

  /** Counts a request once, for whoever sent it. */
  async checkCaller(request: IdentifiedRequest, response: Response): Promise<void> {
    if (this.counted.has(request)) return;
    this.counted.add(request);
    await this.check(callerKey(request), 'caller', response);
  }

  /** Counts an attempt to enter, by address. */
  async checkSignIn(request: Request, response: Response): Promise<void> {
    await this.check(`ip:${addressKey(request.ip)}`, 'sign-in', response);
  }
}

/** A token by itself, so that a busy program does not stop its owner; then the person or the reading link; then the address. */
function callerKey({ caller, ip }: IdentifiedRequest): string {
  if (caller?.trace.tokenId) return `token:${caller.trace.tokenId}`;
  if (caller?.trace.actorId) return `${caller.trace.actorKind}:${caller.trace.actorId}`;
  return `ip:${addressKey(ip)}`;
}
