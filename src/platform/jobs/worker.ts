import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { UnrecoverableError } from 'bullmq';
import { DataSource } from 'typeorm';
import { elapsedSince } from '../clock/clock.js';
import { RuntimeConfig } from '../config/config.js';
import { LOGGER, type Logger } from '../log/logger.js';
import { JobHandlers, LastingJobError } from './handlers.js';
import type { JobName, JobPayloads } from './names.js';
import { type JobWorkerHandle, openWorker } from './queue.js';

interface StartedRequest {
  readonly name: JobName;
  readonly payload: JobPayloads[JobName];
  readonly attempts: number;
}

/** A job whose worker died this often is the likely killer: it is not given another. */
const MAX_STARTS = 20;

/**
 * Runs jobs. A worker killed in the middle loses its lock, and another takes the job; handlers are idempotent, so the
 * result is one. On SIGTERM the running job is finished first.
 */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private worker: JobWorkerHandle | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly runtime: RuntimeConfig,
    private readonly handlers: JobHandlers,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.worker = openWorker(this.runtime, async (job) => {
      await this.run(job.id!, job.attemptsMade + 1 >= (job.opts.attempts ?? 1));
    });
    this.worker.on('error', (error: Error) => {
      this.log.warn({ err: error }, 'the queue does not answer the worker; it will be tried again');
    });
    await this.worker.waitUntilReady();
  }

  /** Waits for the running jobs, then stops: before the database connections close. */
  async onModuleDestroy(): Promise<void> {
    await this.worker?.close();
  }

  private async run(id: string, lastAttempt: boolean): Promise<void> {
    const log = this.log.child({ job: id });
    const request = await this.start(id);
    if (!request) {
      log.debug('already done, or withdrawn');
      return;
    }
    const start = performance.now();
    try {
      if (request.attempts > MAX_STARTS)
        throw new LastingJobError(`Travail interrompu ${MAX_STARTS} fois sans aboutir.`);
      await this.handlers.for(request.name).handle(request.payload);
      await this.dataSource.query(
        `update job_request set completed_at = now(), failed_at = null, error = null where id = $1`,
        [id],
      );
      log.info({ name: request.name, ms: Math.trunc(elapsedSince(start)) }, 'job done');
    } catch (error) {
      const lasting = error instanceof LastingJobError;
      log.error({ name: request.name, err: error, lasting, lastAttempt }, 'job failed');
      if (lasting || lastAttempt) {
        await this.handlers.for(request.name).abandon?.(request.payload, error);
        await this.recordFailure(id, error);
      }
      if (lasting) throw new UnrecoverableError(error.message);
      throw error;
    }
  }

  private async start(id: string): Promise<StartedRequest | undefined> {
    const [rows] = await this.dataSource.query<[StartedRequest[], number]>(
      `update job_request set started_at = now(), attempts = attempts + 1
       where id = $1 and completed_at is null and failed_at is null
       returning name, payload, attempts`,
      [id],
    );
    return rows[0];
  }

  private async recordFailure(id: string, error: unknown): Promise<void> {
    await this.dataSource.query(
      `update job_request set failed_at = now(), error = $2 where id = $1 and completed_at is null`,
      [id, error instanceof Error ? error.message : String(error)],
    );
  }
}
