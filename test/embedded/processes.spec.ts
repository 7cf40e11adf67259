import { acquireCluster } from '../../src/platform/embedded/cluster.js';
import { cleanUp, newHome, query, serversBelow, startUser, until } from './support.js';

afterEach(cleanUp);

describe('several processes on one home', () => {
  test('start at once, share one server, and the last one out stops it', async () => {
    const home = await newHome();
    const users = [startUser(home), startUser(home), startUser(home)];
    const urls = await Promise.all(users.map((user) => user.hears<string>('databaseUrl')));
    expect(new Set(urls).size).toBe(1);
    expect(await serversBelow(home)).toHaveLength(1);

    users[0]!.tell('release');
    await users[0]!.hears('released');
    users[1]!.tell('release');
    await users[1]!.hears('released');
    expect(await query(urls[2]!, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    users[2]!.tell('release');
    await users[2]!.hears('released');
    expect(await serversBelow(home)).toEqual([]);
    // Nothing of ours keeps a program from ending.
    await until('all have ended by themselves', () => users.every(({ child }) => child.exitCode === 0));
  });

  test('leave at once: none is forgotten', async () => {
    const home = await newHome();
    const users = [startUser(home), startUser(home)];
    await Promise.all(users.map((user) => user.hears('databaseUrl')));
    for (const user of users) user.tell('release');
    await Promise.all(users.map((user) => user.hears('released')));
    expect(await serversBelow(home)).toEqual([]);
  });

  test('one killed -9 is not waited for by the others', async () => {
    const home = await newHome();
    const victim = startUser(home);
    const url = await victim.hears<string>('databaseUrl');
    const cluster = await acquireCluster(home);
    expect(cluster.databaseUrl).toBe(url);
    await victim.kill();
    await cluster.release();
    expect(await serversBelow(home)).toEqual([]);
  });

  test('Ctrl-C reaches the program, which still has its database while it closes', async () => {
    const home = await newHome();
    const user = startUser(home);
    await user.hears('databaseUrl');
    // What a terminal does: a signal to the whole process group.
    process.kill(-user.child.pid!, 'SIGINT');
    expect(await user.hears('answer')).toBe(42);
    await user.hears('released');
    expect(await serversBelow(home)).toEqual([]);
  });
});
