import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { endPrograms, run, type Running, start } from '../support/programs.js';
import { SAMPLE } from '../support/sample-dossier.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { openIdleApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ PORT: '0' });
});
afterAll(async () => {
  endPrograms();
  await database.drop();
});

const urlOf = async (running: Running): Promise<string> => (await running.until(/"url":"(http[^"]+)"/))[1]!;

async function query<T>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

async function eventually(test: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await test()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('waited 30 s in vain');
}

describe('npm start', () => {
  test('serves HTTP and works; each child that dies is started again; SIGTERM stops everything', async () => {
    const running = start('start', [], database.environment);
    const url = await urlOf(running);
    await running.until(/worker ready/);

    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', database: 'ok', queue: 'ok' }]);
    expect(ready.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(ready.headers.get('content-security-policy')).toContain("default-src 'self'");

    const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/health/live', '/health/ready', '/api/v1/me']),
    );
    expect((await fetch(`${url}/api/docs`)).status).toBe(200);

    const missing = await fetch(`${url}/nulle-part`);
    expect(missing.headers.get('content-type')).toContain('application/problem+json');
    expect(await missing.json()).toMatchObject({ status: 404, title: 'Introuvable' });

    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(
      'halle_http_request_seconds_count{method="GET",route="/health/ready",status="200"} 1',
    );
    expect((await fetch(`${url}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.9' } })).status).toBe(
      404,
    );

    const [child] = await childrenOf(running.child.pid!);
    process.kill(child!, 'SIGKILL');
    await running.until(/a process died; it is started again/);
    await eventually(
      async () => (await childrenOf(running.child.pid!)).filter((pid) => pid !== child).length === 2,
    );

    running.child.kill('SIGTERM');
    expect(await running.finished).toMatchObject({ code: 0 });
    for (const line of (await running.finished).stdout.trim().split('\n'))
      expect(() => JSON.parse(line)).not.toThrow();
  });

  test('killed itself, its children stop', async () => {
    const running = start('start', [], database.environment);
    await urlOf(running);
    await running.until(/worker ready/);
    const children = await childrenOf(running.child.pid!);
    expect(children).toHaveLength(2);
    running.child.kill('SIGKILL');
    await eventually(() => Promise.resolve(children.every((pid) => !alive(pid))));
  });

  test('says in one line which setting is wrong', async () => {
    for (const program of ['start', 'main', 'worker']) {
      const { code, stderr } = await run(program, [], { ...database.environment, PORT: 'abc' });
      expect([program, code, stderr.trim().split('\n').length]).toEqual([program, 1, 1]);
      expect(stderr).toMatch(/^PORT : /);
    }
  });

  test('says in one line which service does not answer, without its password', async () => {
    const unreachable: Record<string, string>[] = [
      { DATABASE_URL: 'postgres://halle:secret@127.0.0.1:1/halle' },
      { REDIS_URL: 'redis://:secret@127.0.0.1:1' },
    ];
    for (const settings of unreachable)
      for (const program of ['start', 'main', 'worker']) {
        const { code, stderr } = await run(program, [], { ...database.environment, ...settings });
        expect([program, code, stderr.trim().split('\n').length]).toEqual([program, 1, 1]);
        expect(stderr).toContain(Object.keys(settings)[0]);
        expect(stderr).toContain('127.0.0.1:1');
        expect(stderr).not.toContain('secret');
      }
  });

  test('says in one line that it cannot listen, and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const refused: [settings: Record<string, string>, words: string][] = [
      [{ PORT: port }, `127.0.0.1, port ${port} (PORT) : un autre programme occupe ce port`],
      [{ HALLE_LISTEN: '999.1.1.1' }, '999.1.1.1, port 0 (HALLE_LISTEN) : ce n’est pas une adresse'],
    ];
    try {
      for (const [settings, words] of refused)
        for (const program of ['start', 'main']) {
          const { code, stderr } = await run(program, [], { ...database.environment, ...settings });
          expect([program, code, stderr.trim().split('\n').length]).toEqual([program, 1, 1]);
          expect(stderr).toContain(`Halle n’a pas démarré : impossible d’écouter sur ${words}`);
        }
    } finally {
      other.close();
    }
  });

  test('is not ready when the database does not answer', async () => {
    const own = await createTestDatabase({ PORT: '0' });
    const running = start('main', [], own.environment);
    const url = await urlOf(running);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    await own.drop();
    const response = await fetch(`${url}/health/ready`);
    expect([response.status, await response.json()]).toMatchObject([503, { database: 'unavailable' }]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    running.child.kill('SIGKILL');
    await running.finished;
  });
});

describe('a worker killed in the middle of a job', () => {
  test('another takes it over: every document once, no request lost', async () => {
    const app = await openIdleApplication(database);
    const { documents } = await recordSample(app, ['--title', 'Travailleur tué']);
    await app.close();
    const unfinished = async (): Promise<number> =>
      (
        await query<{ n: number }>('select count(*)::int as n from job_request where completed_at is null')
      )[0]!.n;

    for (let killed = 0; killed < 4; killed += 1) {
      const left = await unfinished();
      const worker = start('worker', [], database.environment);
      await eventually(async () => {
        const [{ n }] = (await query(
          'select count(*)::int as n from job_request where started_at is not null and completed_at is null',
        )) as [{ n: number }];
        return n > 0 || (await unfinished()) < left;
      });
      worker.child.kill('SIGKILL');
      await worker.finished;
    }
    const last = start('worker', [], database.environment);
    await eventually(async () => (await unfinished()) === 0);
    last.child.kill('SIGTERM');
    expect((await last.finished).code).toBe(0);

    const rows = await query<{ id: string; file_sha256: string | null }>(
      'select id, file_sha256 from document',
    );
    expect(rows.map((row) => row.id).sort()).toEqual(documents.map((document) => document.id).sort());
    expect(rows.every((row) => row.file_sha256 !== null)).toBe(true);
    expect(await query('select 1 from job_request where failed_at is not null')).toEqual([]);
  });

  test('asked to stop, it ends the running jobs first', async () => {
    const app = await openIdleApplication(database);
    await recordSample(app, ['--title', 'Arrêt doux', '--key', 'equal']);
    await app.close();
    const worker = start('worker', [], database.environment);
    await eventually(
      async () =>
        (await query('select 1 from job_request where started_at is not null and completed_at is null'))
          .length > 0,
    );
    worker.child.kill('SIGTERM');
    expect((await worker.finished).code).toBe(0);
    expect(
      await query('select 1 from job_request where started_at is not null and completed_at is null'),
    ).toEqual([]);
  });
});

describe('with nothing configured', () => {
  test('the campaign runs on an embedded PostgreSQL of its own, twice', async () => {
    const home = mkdtempSync(join(tmpdir(), 'halle-home-'));
    try {
      for (const words of ['version 1 enregistrée', 'Rien n’a changé']) {
        const { code, stderr } = await run(
          'cli',
          ['campaign', fileURLToPath(SAMPLE), '--out', join(home, 'out')],
          { HALLE_HOME: join(home, 'data') },
        );
        expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(words) as string });
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});

async function childrenOf(pid: number): Promise<number[]> {
  const { execFileSync } = await import('node:child_process');
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return []; // pgrep finds none
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
