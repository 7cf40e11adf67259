import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/platform/config/config.js';
import { openIdleApplication } from '../support/application.js';
import { endPrograms, run, start } from '../support/programs.js';
import { recordSample } from '../support/record-sample.js';
import { cleanUp, newHome, postmasterPid, query, serversBelow, until } from './support.js';

afterEach(async () => {
  endPrograms();
  await cleanUp();
});

/** Read from its files: to acquire the cluster would start a server that nobody else had started again. */
async function databaseUrlOf(home: string): Promise<string> {
  const folder = join(home, 'postgres');
  const password = (await readFile(join(folder, 'password'), 'utf8')).trim();
  const port = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')[3];
  return `postgres://halle:${password}@127.0.0.1:${port}/halle`;
}

/** Inserts until the connection breaks. @returns the numbers that were acknowledged */
async function insertFrom(first: number, databaseUrl: string, enough: () => void): Promise<number[]> {
  const client = new pg.Client(databaseUrl);
  client.on('error', () => undefined);
  await client.connect();
  const acknowledged: number[] = [];
  try {
    for (let n = first; ; n++) {
      await client.query('INSERT INTO acknowledged VALUES ($1)', [n]);
      acknowledged.push(n);
      if (acknowledged.length === 100) enough();
    }
  } catch {
    return acknowledged;
  }
}

describe('npm start on the embedded database', () => {
  test('starts it again after kill -9, several times: no acknowledged row is lost, and jobs are taken', async () => {
    const home = await newHome();
    const data = join(home, 'postgres', 'data');
    const running = start('start', [], { HALLE_HOME: home, PORT: '0' });
    const url = (await running.until(/"url":"(http[^"]+)"/))[1]!;
    await running.until(/worker ready/);
    const isReady = async () => (await fetch(`${url}/health/ready`)).status === 200;
    await until('it is ready', isReady);
    await query(await databaseUrlOf(home), 'CREATE TABLE acknowledged (n integer PRIMARY KEY)');

    const acknowledged: number[] = [];
    for (let kill = 1; kill <= 3; kill += 1) {
      const postmaster = await postmasterPid(data);
      acknowledged.push(
        ...(await insertFrom(kill * 1_000_000, await databaseUrlOf(home), () =>
          process.kill(postmaster, 'SIGKILL'),
        )),
      );
      await until('it is ready again by itself', isReady);
      expect(await postmasterPid(data)).not.toBe(postmaster);
      const rows = await query<{ n: number }>(await databaseUrlOf(home), 'SELECT n FROM acknowledged');
      const found = new Set(rows.map(({ n }) => n));
      expect(acknowledged.filter((n) => !found.has(n))).toEqual([]);
    }

    const databaseUrl = await databaseUrlOf(home);
    const app = await openIdleApplication({ config: readConfig({}), databaseUrl });
    const { documents } = await recordSample(app, []);
    await app.close();
    await until('the worker does what was asked for', async () => {
      const [row] = await query<{ made: number }>(
        databaseUrl,
        'SELECT count(*)::int AS made FROM document WHERE file_sha256 IS NOT NULL',
      );
      return row!.made === documents.length;
    });

    running.child.kill('SIGTERM');
    expect((await running.finished).code).toBe(0);
    expect(await serversBelow(home)).toEqual([]);
  });

  test('leaves no server when it cannot listen', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      for (const program of ['start', 'main']) {
        const home = await newHome();
        const PORT = String((other.address() as AddressInfo).port);
        const { code, stderr } = await run(program, [], { HALLE_HOME: home, PORT });
        expect([program, code]).toEqual([program, 1]);
        expect(stderr).toContain('(PORT)');
        expect(await serversBelow(home)).toEqual([]);
      }
    } finally {
      other.close();
    }
  });
});
