import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { RuntimeConfig } from '../config/config.js';
import { LOGGER, type Logger } from '../log/logger.js';
import { REQUEST_CHANNEL } from './job-requests.js';
import { type JobName, PATIENCE } from './names.js';
import type { JobQueue } from './queue.js';
import { JOB_QUEUE } from './tokens.js';

const BATCH = 500;
const POLL_MS = 1_000;
const SWEEP_EVERY = 15;

/**
 * Hands committed requests to the queue, with the row's id as the job's id: adding twice is harmless.
 * Woken by NOTIFY; a poll each second covers a lost notification, and a slower sweep a queue that lost its memory.
 * Any number of relays may run: `skip locked` shares the rows among them.
 */
@Injectable()
export class JobRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private listener: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private ticks = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly runtime: RuntimeConfig,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
    this.timer = setInterval(() => void this.tick(), POLL_MS);
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
    await this.listener?.end();
  }

  /** Moves what is waiting to the queue. @returns how many requests were handed over */
  async drain(): Promise<number> {
    let moved = 0;
    for (let last = BATCH; last === BATCH; moved += last) last = await this.moveBatch();
    return moved;
  }

  /**
   * Puts back in line the requests that were handed over and that the queue no longer knows: it was emptied, or the
   * process died between the two.
   *
   * @param olderThanSeconds leaves alone what was handed over more recently
   */
  async sweep(olderThanSeconds: number): Promise<number> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select id from job_request
       where enqueued_at < now() - make_interval(secs => $1) and completed_at is null and failed_at is null
       order by enqueued_at limit $2`,
      [olderThanSeconds, BATCH],
    );
    const lost: string[] = [];
    for (const { id } of rows) if (!(await this.queue.getJob(id))) lost.push(id);
    if (lost.length === 0) return 0;
    this.log.warn({ requests: lost.length }, 'requests unknown to the queue are sent again');
    await this.dataSource.query(
      `update job_request set enqueued_at = null
       where id = any($1::uuid[]) and completed_at is null and failed_at is null`,
      [lost],
    );
    await this.drain();
    return lost.length;
  }

  private moveBatch(): Promise<number> {
    return this.dataSource.transaction(async (tx) => {
      const rows = await tx.query<{ id: string; name: JobName }[]>(
        `select id, name from job_request where enqueued_at is null and completed_at is null and failed_at is null
         order by id limit $1 for update skip locked`,
        [BATCH],
      );
      if (rows.length === 0) return 0;
      await this.queue.addBulk(
        rows.map(({ id, name }) => ({
          name,
          data: {},
          opts: {
            jobId: id,
            attempts: PATIENCE[name].attempts,
            backoff: { type: 'exponential', delay: PATIENCE[name].delay },
            // The row keeps the outcome: the queue stays small, and a request sent again is never taken for a duplicate.
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      );
      await tx.query(`update job_request set enqueued_at = now() where id = any($1::uuid[])`, [
        rows.map((row) => row.id),
      ]);
      return rows.length;
    });
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.runtime.databaseUrl,
      application_name: 'halle relay',
      keepAlive: true,
    });
    client.on('notification', () => {
      this.wake();
    });
    client.on('error', (error) => {
      this.log.warn({ err: error }, 'the relay lost its notifications; polling goes on');
      this.listener = undefined;
    });
    await client.connect();
    await client.query(`listen ${REQUEST_CHANNEL}`);
    this.listener = client;
  }

  private async tick(): Promise<void> {
    if (this.stopped) return;
    this.ticks += 1;
    if (this.listener === undefined)
      await this.listen().catch((error: unknown) => {
        this.log.warn({ err: error }, 'the database does not answer the relay');
      });
    if (this.ticks % SWEEP_EVERY === 0)
      await this.sweep(2 * this.runtime.config.jobLockSeconds).catch((error: unknown) => {
        this.log.warn({ err: error }, 'the sweep of lost requests failed; it will be tried again');
      });
    this.wake();
  }

  /** Drains now; a wake-up that arrives meanwhile makes it drain once more. */
  private wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.drain()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.log.warn({ err: error }, 'requests could not be handed to the queue; they will be tried again');
      })
      .finally(() => {
        this.running = undefined;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }
}
