import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { DocumentsService } from '../../src/documents/documents.service.js';
import { HandlesJob, JobHandlers, type JobHandler } from '../../src/platform/jobs/handlers.js';
import { JOB_NAMES } from '../../src/platform/jobs/names.js';
import { JobRequests } from '../../src/platform/jobs/job-requests.js';
import type { JobQueue } from '../../src/platform/jobs/queue.js';
import { JobRelay } from '../../src/platform/jobs/relay.js';
import { JOB_QUEUE } from '../../src/platform/jobs/tokens.js';
import { openIdleApplication, openWorkingApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let idle: INestApplicationContext;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  idle = await openIdleApplication(database);
  source = idle.get(DataSource);
});
afterAll(async () => {
  await idle.close();
  await database.drop();
});

const waitUntil = async (test: () => Promise<boolean>): Promise<void> => {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await test()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('waited 20 s in vain');
};
const progressOf = (ids: readonly string[]) => idle.get(JobRequests).progress(source.manager, ids);
const settled = async (ids: readonly string[]): Promise<boolean> => {
  const { done, total, failures } = await progressOf(ids);
  return done + failures.length === total;
};

describe('the job path', () => {
  test('a request lives and dies with its transaction', async () => {
    const before = await source.query<unknown[]>('select id from job_request');
    await expect(
      source.transaction(async (tx) => {
        await idle.get(JobRequests).request(tx, 'document.generate', { documentId: 'x' });
        throw new Error('the command failed');
      }),
    ).rejects.toThrow('the command failed');
    expect(await source.query<unknown[]>('select id from job_request')).toEqual(before);
  });

  test('what was asked for while no worker ran is done when one comes; asking again shares the work', async () => {
    const { dossier, documents } = await recordSample(idle, ['--title', 'Attente']);
    const ids = documents.map((document) => document.requestId);
    expect(await progressOf(ids)).toEqual({ done: 0, total: 16, failures: [] });
    const again = await source.transaction((tx) =>
      idle.get(DocumentsService).requestAll(tx, OPERATOR, new Date(), dossier),
    );
    expect(again).toEqual(documents);

    const working = await openWorkingApplication(database);
    await waitUntil(() => settled(ids));
    await working.close();
    expect(await progressOf(ids)).toEqual({ done: 16, total: 16, failures: [] });
    const [attempts] = await source.query<{ most: number }[]>(
      'select max(attempts) as most from job_request',
    );
    expect(attempts!.most).toBe(1);
  });

  test('a handler run twice leaves one result', async () => {
    const [row] = await source.query<{ id: string; file_sha256: string; created_at: Date }[]>(
      'select id, file_sha256, created_at from document limit 1',
    );
    await idle.get(DocumentsService).generate(row!.id);
    // The same again as a worker that died between the two would: its row not yet filled.
    await source.query('update document set file_sha256 = null, created_at = null where id = $1', [row!.id]);
    await Promise.all([1, 2, 3].map(() => idle.get(DocumentsService).generate(row!.id)));
    const [after] = await source.query<{ file_sha256: string }[]>(
      'select file_sha256 from document where id = $1',
      [row!.id],
    );
    expect(after!.file_sha256).toBe(row!.file_sha256);
  });

  test('a request that the queue has lost is swept up; one that it knows is left alone', async () => {
    const { documents } = await recordSample(idle, ['--title', 'Perdue', '--key', 'need']);
    const ids = documents.map((document) => document.requestId);
    // As after an emptied Redis: handed over long ago, and unknown to the queue.
    await source.query(
      `update job_request set enqueued_at = now() - interval '1 hour' where id = any($1::uuid[])`,
      [ids],
    );
    const working = await openWorkingApplication(database);
    const relay = working.get(JobRelay);
    expect(await relay.sweep(1)).toBe(16);
    await waitUntil(() => settled(ids));
    expect(await relay.sweep(0)).toBe(0);
    await working.close();
    expect(await progressOf(ids)).toMatchObject({ done: 16 });
  });

  test('handing the same request over twice gives one job', async () => {
    const queue = idle.get<JobQueue>(JOB_QUEUE);
    const job = { name: 'document.generate', data: {}, opts: { jobId: '0199-twice', delay: 3_600_000 } };
    await queue.addBulk([job, job]);
    await queue.addBulk([job]);
    expect((await queue.getJobCounts('delayed'))['delayed']).toBe(1);
    await (await queue.getJob('0199-twice'))!.remove();
  });

  test('a lasting fault is told once, in French, and can be tried again', async () => {
    const { documents } = await recordSample(idle, ['--title', 'Modèle changé']);
    const ids = documents.map((document) => document.requestId);
    await source.query(`update document set template_version = 'ancienne' where id = $1`, [documents[0]!.id]);
    const working = await openWorkingApplication(database);
    await waitUntil(() => settled(ids));
    const progress = await progressOf(ids);
    expect(progress.done).toBe(15);
    expect(progress.failures).toEqual([expect.stringContaining('a changé depuis la demande')]);

    const renewed = await recordSample(working, ['--title', 'Modèle changé']);
    const renewedIds = renewed.documents.map((document) => document.requestId);
    await waitUntil(() => settled(renewedIds));
    expect(await progressOf(renewedIds)).toMatchObject({ done: 16, failures: [] });
    await working.close();
  });
});

describe('the start is refused', () => {
  @HandlesJob('document.generate')
  class First implements JobHandler {
    handle = () => Promise.resolve();
  }
  @HandlesJob('document.generate')
  class Second implements JobHandler {
    handle = () => Promise.resolve();
  }
  /** The handlers of the other jobs, which are as they should be. */
  const Others = JOB_NAMES.filter((name) => name !== 'document.generate').map((name) => {
    @HandlesJob(name)
    class Other implements JobHandler {
      handle = () => Promise.resolve();
    }
    return Other;
  });
  const boot = (...providers: (typeof First)[]) =>
    Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [JobHandlers, ...Others, ...providers],
    })
      .compile()
      .then((module) => module.init());

  test('when a job has no handler, or two', async () => {
    await expect(boot()).rejects.toThrow('job document.generate has 0 handlers');
    await expect(boot(First, Second)).rejects.toThrow('job document.generate has 2 handlers');
    await expect(boot(First).then((app) => app.close())).resolves.toBeUndefined();
  });
});
