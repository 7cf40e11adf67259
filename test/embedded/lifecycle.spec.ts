import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { acquireCluster } from '../../src/platform/embedded/cluster.js';
import { cleanUp, newHome, query, serversBelow } from './support.js';

/** One cluster for the whole file, in order: made by the first test, used again by the others. */
let home: string;

beforeAll(async () => {
  home = await newHome();
});

afterAll(cleanUp);

describe('the embedded PostgreSQL', () => {
  test('starts on an empty home, sorts as French does, and keeps its rows over a restart', async () => {
    const messages: string[] = [];
    const first = await acquireCluster(home, { log: (message) => messages.push(message) });
    expect(messages[0]).toContain('Création de la base de données');
    expect(first.databaseUrl).toMatch(/^postgres:\/\/halle:[0-9a-f]{48}@127\.0\.0\.1:\d+\/halle$/);

    const [facts] = await query(
      first.databaseUrl,
      `SELECT current_database() AS database, current_user AS role, usesuper, datlocprovider, datlocale,
              current_setting('server_version_num')::int / 10000 AS major, current_setting('data_checksums') AS checksums,
              current_setting('fsync') AS fsync, current_setting('listen_addresses') AS listen,
              current_setting('unix_socket_directories') AS sockets, current_setting('max_connections') AS connections,
              current_setting('password_encryption') AS passwords
         FROM pg_database, pg_user WHERE datname = current_database() AND usename = current_user`,
    );
    expect(facts).toEqual({
      database: 'halle',
      role: 'halle',
      usesuper: true,
      datlocprovider: 'i',
      datlocale: 'fr-FR',
      major: 18,
      checksums: 'on',
      fsync: 'on',
      listen: '127.0.0.1',
      sockets: '',
      connections: '200',
      passwords: 'scram-sha-256',
    });

    await query(first.databaseUrl, 'CREATE TABLE word (word text)');
    await query(
      first.databaseUrl,
      `INSERT INTO word VALUES ('Zoé'), ('œuf'), ('élan'), ('oeuf'), ('côté'), ('eau'), ('cote'), ('Élan'), ('côte'), ('coté')`,
    );
    await first.release();
    expect(await serversBelow(home)).toEqual([]);

    messages.length = 0;
    const second = await acquireCluster(home, { log: (message) => messages.push(message) });
    expect(messages).toEqual([expect.stringContaining('Démarrage de PostgreSQL')]);
    const words = await query<{ word: string }>(second.databaseUrl, 'SELECT word FROM word ORDER BY word');
    expect(words.map(({ word }) => word).join(' ')).toBe('cote coté côte côté eau élan Élan oeuf œuf Zoé');
    await second.release();
  });

  test('asks for the password, which only its user can read', async () => {
    const cluster = await acquireCluster(home);
    const wrong = new URL(cluster.databaseUrl);
    wrong.password = 'autre';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const file = join(home, 'postgres', 'password');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(file)).uid).toBe(process.getuid?.());
    expect(await readFile(file, 'utf8')).toBe(`${new URL(cluster.databaseUrl).password}\n`);
    await cluster.release();
  });

  test('is released twice without harm, and used twice by one program', async () => {
    const one = await acquireCluster(home);
    const two = await acquireCluster(home);
    expect(two.databaseUrl).toBe(one.databaseUrl);
    await Promise.all([one.release(), one.release()]);
    await one.release();
    expect(await query(two.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await two.release();
    expect(await serversBelow(home)).toEqual([]);
  });

  test('stops although the pool of its user is only just closing, not while someone is connected', async () => {
    const cluster = await acquireCluster(home);
    const pool = new pg.Pool({ connectionString: cluster.databaseUrl, max: 5 });
    await Promise.all(Array.from({ length: 5 }, () => pool.query('SELECT pg_sleep(0.05)')));
    const busy = pool.query('SELECT pg_sleep(0.4)');
    await sleep(100);
    const closing = pool.end();
    await Promise.all([cluster.release(), busy, closing]);
    expect(await serversBelow(home)).toEqual([]);

    const again = await acquireCluster(home);
    const visitor = new pg.Client(again.databaseUrl);
    await visitor.connect();
    await again.release();
    expect((await visitor.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await visitor.end();
    await (await acquireCluster(home)).release();
    expect(await serversBelow(home)).toEqual([]);
  });

  test('refuses a relative home, and a home in a place where nothing can be made', async () => {
    await expect(acquireCluster('halle')).rejects.toThrow(
      'HALLE_HOME doit être un chemin absolu : « halle »',
    );
    const file = join(dirname(home), 'file');
    await writeFile(file, '');
    await expect(acquireCluster(join(file, 'home'))).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
      message: expect.stringContaining('ne peut pas être utilisé'),
    });
    if (process.platform === 'linux')
      await expect(acquireCluster('/proc/nulle/part')).rejects.toThrow('ne peut pas être utilisé');
  });
});
