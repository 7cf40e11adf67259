import {
  createPostgresBackend,
  type Processor,
  Queue,
  runMigrations,
  withBackend,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { RuntimeConfig } from '../config/config.js';
import { withConnection } from '../database/connection.js';

const OnPostgres = withBackend(createPostgresBackend);

/** What the queue carries: the request's id is the job's id, and the row holds everything else. */
export type QueuedJob = Record<string, never>;
export type JobQueue = Pick<
  Queue<QueuedJob>,
  'addBulk' | 'getJob' | 'getJobCounts' | 'close' | 'on' | 'waitUntilReady'
>;
export type JobWorkerHandle = Pick<Worker<QueuedJob>, 'close' | 'on' | 'waitUntilReady'>;

/** Connections of one queue or worker on PostgreSQL, its LISTEN apart. */
const POOL = 4;

/** The queue lives in Redis when it is configured, else in PostgreSQL: the only place that knows. */
export function openQueue({ config, databaseUrl }: RuntimeConfig): JobQueue {
  if (config.redisUrl === null)
    return new OnPostgres.Queue<QueuedJob>(config.jobQueue, {
      connection: { connectionString: databaseUrl, max: POOL },
    }) as unknown as JobQueue;
  return new Queue<QueuedJob>(config.jobQueue, { connection: { url: config.redisUrl } });
}

export function openWorker(
  { config, databaseUrl }: RuntimeConfig,
  processor: Processor<QueuedJob>,
): JobWorkerHandle {
  const options: Omit<WorkerOptions, 'connection'> = {
    concurrency: config.jobConcurrency,
    lockDuration: config.jobLockSeconds * 1000,
    stalledInterval: Math.ceil(config.jobLockSeconds / 3) * 1000,
    // A machine may be killed often; what really fails is counted by attempts.
    maxStalledCount: 20,
  };
  if (config.redisUrl === null)
    return new OnPostgres.Worker<QueuedJob>(config.jobQueue, processor as never, {
      ...options,
      connection: { connectionString: databaseUrl, max: POOL },
    }) as unknown as JobWorkerHandle;
  return new Worker<QueuedJob>(config.jobQueue, processor, {
    ...options,
    connection: { url: config.redisUrl, maxRetriesPerRequest: null },
  });
}

/** Creates the queue's own tables where it lives in PostgreSQL; with Redis, checks that it answers. */
export async function prepareQueue({ config, databaseUrl }: RuntimeConfig): Promise<void> {
  if (config.redisUrl === null) {
    await withConnection(databaseUrl, 'halle migration', (client) => runMigrations(client));
    return;
  }
  const redis = new Redis(config.redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    retryStrategy: null,
  });
  // What connect() rejects with says only that the connection is closed.
  let reason: Error | undefined;
  redis.on('error', (error) => (reason = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}
