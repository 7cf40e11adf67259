import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../database/id.js';
import { JobRequest } from './job-request.entity.js';
import type { JobName, JobPayloads } from './names.js';

/** Heard by the relay of every worker: a request was committed. */
export const REQUEST_CHANNEL = 'halle_job_request';

export interface JobProgress {
  readonly done: number;
  readonly total: number;
  /** French reason of each request that failed for good. */
  readonly failures: readonly string[];
}

@Injectable()
export class JobRequests {
  /**
   * Asks for background work, in the transaction of the command that needs it: nothing happens if it rolls back,
   * and nothing is lost once it commits. The notification leaves with the commit.
   *
   * @returns the request's id, which is also the job's
   */
  async request<N extends JobName>(tx: EntityManager, name: N, payload: JobPayloads[N]): Promise<string> {
    const [id] = await this.requestEach(tx, name, [payload]);
    return id!;
  }

  /** The same for several jobs of one name. @returns their ids, in the order of the payloads */
  async requestEach<N extends JobName>(
    tx: EntityManager,
    name: N,
    payloads: readonly JobPayloads[N][],
  ): Promise<string[]> {
    const rows = payloads.map((payload) => ({ id: newId(), name, payload }));
    if (rows.length > 0) await tx.insert(JobRequest, rows);
    await tx.query(`select pg_notify($1, '')`, [REQUEST_CHANNEL]);
    return rows.map(({ id }) => id);
  }

  /**
   * Sends again a request that ended badly; one that is waiting or done is left alone.
   *
   * @returns the ids of those sent again
   */
  async retry(tx: EntityManager, ids: readonly string[]): Promise<string[]> {
    const [rows] = await tx.query<[{ id: string }[], number]>(
      `update job_request set failed_at = null, error = null, attempts = 0, enqueued_at = null
       where id = any($1::uuid[]) and failed_at is not null
       returning id`,
      [ids],
    );
    await tx.query(`select pg_notify($1, '')`, [REQUEST_CHANNEL]);
    return rows.map((row) => row.id);
  }

  async progress(tx: EntityManager, ids: readonly string[]): Promise<JobProgress> {
    const [row] = await tx.query<{ done: number; total: number; failures: string[] }[]>(
      `select count(*) filter (where completed_at is not null)::int as done, count(*)::int as total,
              coalesce(array_agg(error order by id) filter (where error is not null), '{}') as failures
       from job_request where id = any($1::uuid[])`,
      [ids],
    );
    return row!;
  }
}
