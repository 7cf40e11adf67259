import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { acquireCluster } from '../../src/platform/embedded/cluster.js';
import { unprivilegedUser } from '../../src/platform/embedded/system-user.js';
import { cleanUp, isAlive, newHome, query, runsAsRoot, serversBelow } from './support.js';

/** One cluster for the whole file, in order: made by the first test, found whole by the others. */
let home: string;
let directory: string;
let data: string;

beforeAll(async () => {
  home = await newHome();
  directory = join(home, 'postgres');
  data = join(directory, 'data');
});

afterAll(cleanUp);

describe('leftovers', () => {
  test('of an interrupted start are removed, and never taken for a cluster', async () => {
    const leftovers = ['data.new-0123456789ab', 'bin.new-0123456789ab', 'pwfile.new-0123456789ab'];
    for (const name of leftovers.slice(0, 2)) await mkdir(join(directory, name, 'base'), { recursive: true });
    await writeFile(join(directory, leftovers[0]!, 'PG_VERSION'), '18\n');
    await writeFile(join(directory, leftovers[2]!), 'secret');
    const cluster = await acquireCluster(home);
    await query(cluster.databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS seven');
    await cluster.release();
    expect((await readdir(directory)).sort()).toEqual(['data', 'password', 'postgres.log']);
  });

  test('postmaster.pid whose number went to another program does not block, nor is that program touched', async () => {
    // PostgreSQL itself believes such a file, when the program belongs to the account of the server.
    const account = runsAsRoot ? await unprivilegedUser() : undefined;
    const stranger = spawn('sleep', ['60'], { ...(account && { uid: account.uid, gid: account.gid }) });
    const lines = [stranger.pid, data, 1, 54321, '', '127.0.0.1', '  1 1', 'ready', ''];
    await writeFile(join(data, 'postmaster.pid'), lines.join('\n'));
    const cluster = await acquireCluster(home);
    expect(await query(cluster.databaseUrl, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
    await cluster.release();
    expect(isAlive(stranger.pid!)).toBe(true);
    stranger.kill();
  });

  test('postmaster.pid left empty by a power cut does not block', async () => {
    await writeFile(join(data, 'postmaster.pid'), '');
    await (await acquireCluster(home)).release();
  });

  test('the port of a dead server, taken meanwhile by another program, is left to it', async () => {
    const occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(0, '127.0.0.1', resolve));
    const { port } = occupant.address() as { port: number };
    const finished = spawn('true');
    await new Promise((resolve) => finished.once('exit', resolve));
    await writeFile(
      join(data, 'postmaster.pid'),
      [finished.pid, data, 1, port, '', '127.0.0.1', '', 'ready', ''].join('\n'),
    );
    const messages: string[] = [];
    const cluster = await acquireCluster(home, { log: (message) => messages.push(message) });
    expect(messages[0]).toContain(`sur le port ${port} `);
    expect(new URL(cluster.databaseUrl).port).not.toBe(`${port}`);
    await cluster.release();
    await new Promise((resolve) => occupant.close(resolve));
  });
});

describe('what cannot be repaired is said in French', () => {
  test('a server that will not start: the last lines of its log', async () => {
    const settings = join(data, 'postgresql.auto.conf');
    await writeFile(settings, "wal_level = 'nonsense'\n");
    await expect(acquireCluster(home)).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
      message: expect.stringMatching(/s’est arrêté aussitôt[^]*invalid value for parameter "wal_level"/),
    });
    await writeFile(settings, '');
  });

  test('data of another major version, a changed password, a password that is lost', async () => {
    const version = join(data, 'PG_VERSION');
    await writeFile(version, '15\n');
    await expect(acquireCluster(home)).rejects.toThrow(/créée par PostgreSQL 15, et Halle fournit 18/);
    await writeFile(version, '18\n');
    const password = join(directory, 'password');
    const right = await readFile(password, 'utf8');
    await writeFile(password, 'autre\n');
    await expect(acquireCluster(home)).rejects.toThrow(/password authentication failed/);
    expect(await serversBelow(home)).toEqual([]);
    await rm(password);
    await expect(acquireCluster(home)).rejects.toThrow(/mot de passe .* ne peut pas être lu/);
    await writeFile(password, right);
    await (await acquireCluster(home)).release();
  });
});
