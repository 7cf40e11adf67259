import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireCluster } from '../../src/platform/embedded/cluster.js';
import { cleanUp, newHome, postmasterPid, query, serversBelow, startUser, until } from './support.js';

afterEach(cleanUp);

describe('after kill -9', () => {
  test.each(['the program alone', 'the program and the postmaster', 'the postmaster, then the program'])(
    'of %s, every acknowledged row is found again',
    async (victims) => {
      const home = await newHome();
      const data = join(home, 'postgres', 'data');
      const user = startUser(home);
      const url = await user.hears<string>('databaseUrl');
      user.tell('insert');
      await until('some rows are in', () => user.said.length > 300);
      const postmaster = await postmasterPid(data);
      if (victims === 'the postmaster, then the program') process.kill(postmaster, 'SIGKILL');
      const dead = user.kill();
      if (victims === 'the program and the postmaster') process.kill(postmaster, 'SIGKILL');
      await dead;
      const acknowledged = user.said.flatMap((message) =>
        'inserted' in message ? [message['inserted']] : [],
      );
      expect(acknowledged.length).toBeGreaterThan(100);

      const cluster = await acquireCluster(home);
      // Pools of programs that outlived the server find the new one at the same place.
      expect(cluster.databaseUrl).toBe(url);
      expect((await postmasterPid(data)) === postmaster).toBe(victims === 'the program alone');
      const rows = await query<{ n: number }>(cluster.databaseUrl, 'SELECT n FROM acknowledged ORDER BY n');
      expect(rows.slice(0, acknowledged.length).map(({ n }) => n)).toEqual(acknowledged);
      // At most the one that was under way besides.
      expect(rows.length - acknowledged.length).toBeLessThanOrEqual(1);
      await cluster.release();
      expect(await serversBelow(home)).toEqual([]);
    },
  );

  test('of the postmaster, a user that lives on neither crashes nor stops the server of the next one', async () => {
    const home = await newHome();
    const lost: string[] = [];
    const witness = await acquireCluster(home, { log: (message) => lost.push(message) });
    process.kill(await postmasterPid(join(home, 'postgres', 'data')), 'SIGKILL');
    await until('the loss is told', () => lost.some((message) => message.includes('perdue')));
    const next = await acquireCluster(home);
    await witness.release();
    expect(await query(next.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await next.release();
    expect(await serversBelow(home)).toEqual([]);
  });

  test('during initdb, the next one starts afresh', async () => {
    const home = await newHome();
    const directory = join(home, 'postgres');
    const user = startUser(home);
    const initdbIsUnderWay = async () =>
      (await readdir(directory, { recursive: true }).catch(() => [])).some((name) =>
        /^data\.new-.*PG_VERSION$/.test(name),
      );
    await until('initdb is under way', initdbIsUnderWay);
    await user.kill();
    // It held the lock, believed for ten seconds: as if they had passed.
    await utimes(join(home, 'cluster.lock'), 1, 1);
    expect(await readdir(directory)).not.toContain('data');
    const cluster = await acquireCluster(home);
    expect(await query(cluster.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await cluster.release();
    expect((await readdir(directory)).sort()).toEqual(['data', 'password', 'postgres.log']);
  });
});
