import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Call } from '../access/call.js';
import { Clock } from '../clock/clock.js';
import { claim, type IdempotentRequest, idempotentRequest, keepResult } from './idempotency.js';

/** Runs what a request changes: one transaction, once. */
@Injectable()
export class Commands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the command's transaction and does the work at one instant. A POST with `Idempotency-Key` is claimed in the
   * same transaction: sent again within 24 hours, it gives the first result and does nothing; sent twice at once, the
   * second waits for the first. A command that fails leaves no claim.
   *
   * @param work its result must survive a structured clone (values, arrays, dates; no class with methods)
   * @throws {Refused} MALFORMED_IDEMPOTENCY_KEY (400); IDEMPOTENCY_MISMATCH (422) for a key that served another request
   */
  run<T>(call: Call, work: (tx: EntityManager, at: Date) => Promise<T>): Promise<T> {
    const once = idempotentRequest(call);
    return this.dataSource.transaction(async (tx) => {
      const at = this.clock.now();
      if (once) return this.runOnce(tx, at, once, call, work);
      const result = await work(tx, at);
      call.caller.checkAsserted();
      return result;
    });
  }

  private async runOnce<T>(
    tx: EntityManager,
    at: Date,
    once: IdempotentRequest,
    call: Call,
    work: (tx: EntityManager, at: Date) => Promise<T>,
  ): Promise<T> {
    const earlier = await claim(tx, once, at);
    if (earlier) {
      call.response.set('Idempotency-Replayed', 'true');
      return earlier.result as T;
    }
    const result = await work(tx, at);
    call.caller.checkAsserted();
    await keepResult(tx, once, result);
    return result;
  }
}
