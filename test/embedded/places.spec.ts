import { chmod, chown, cp, lstat, mkdir, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedPackage } from '../../src/platform/embedded/binaries.js';
import { acquireCluster } from '../../src/platform/embedded/cluster.js';
import { canUse, unprivilegedUser } from '../../src/platform/embedded/system-user.js';
import { cleanUp, newFolder, newHome, query, runsAsRoot, serversBelow, startUser, watch } from './support.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

afterEach(cleanUp);

/** As `npm ci --ignore-scripts` leaves it: no symbolic links. */
async function packageWithoutLinks(): Promise<string> {
  const folder = join(await newFolder(0o755), 'package');
  await cp(installedPackage(), folder, {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  });
  return folder;
}

/** Says in the output why a test proves nothing here. */
function skipped(why: string): boolean {
  process.stderr.write(`    skipped: ${why}\n`);
  return true;
}

describe('binaries', () => {
  test('without their links are copied once, used from there, and copied again when that is damaged', async () => {
    const home = await newHome();
    const packageFolder = await packageWithoutLinks();
    const messages: string[] = [];
    const options = { packageFolder, log: (message: string) => messages.push(message) };
    const first = await acquireCluster(home, options);
    expect(messages[0]).toContain('Copie des programmes');
    await first.release();
    const [server] = (await readdir(join(home, 'postgres'))).filter((name) => name.startsWith('bin'));
    expect(server).toMatch(/^bin-18\./);

    messages.length = 0;
    await mkdir(join(home, 'postgres', 'bin-17.0.0'));
    const second = await acquireCluster(home, options);
    expect(messages.join()).not.toContain('Copie');
    expect((await serversBelow(home))[0]?.command).toContain(
      join(home, 'postgres', server!, 'bin', 'postgres'),
    );
    expect(await readdir(join(home, 'postgres'))).not.toContain('bin-17.0.0');
    await second.release();

    await rm(join(home, 'postgres', server!, 'lib', 'libicui18n.so.60.2'));
    await (await acquireCluster(home, options)).release();
    expect(messages.join()).toContain('Copie');

    await rm(join(packageFolder, 'native', 'bin', 'initdb'));
    await rm(join(home, 'postgres', server!), { recursive: true });
    await expect(acquireCluster(home, options)).rejects.toThrow(/incomplet.*npm ci/);
  });

  test('that are no package at all are told with what to do', async () => {
    const home = await newHome();
    await expect(acquireCluster(home, { packageFolder: home })).rejects.toThrow(/incomplet.*npm ci/);
  });
});

describe('as root', () => {
  test('below a closed folder, the cluster and the binaries live in /var/lib/halle', async () => {
    if (!runsAsRoot) return void skipped('only root has to hand the server to another account');
    const closed = await newFolder(0o700);
    const home = join(closed, 'home');
    const packageFolder = join(closed, 'package');
    await cp(installedPackage(), packageFolder, { recursive: true, verbatimSymlinks: true });
    const first = await acquireCluster(home, { packageFolder });
    const { directory } = JSON.parse(await readFile(join(home, 'cluster.json'), 'utf8')) as {
      directory: string;
    };
    watch(directory);
    expect(directory).toMatch(/^\/var\/lib\/halle\/[0-9a-f]{16}$/);
    expect((await readdir(directory)).sort()).toEqual([
      expect.stringMatching(/^bin-18\./),
      'data',
      'password',
      'postgres.log',
    ]);
    expect((await readdir(home)).sort()).toEqual(['cluster.json']);
    await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS seven');
    await first.release();
    expect(await serversBelow(directory)).toEqual([]);

    // Opened since: the cluster stays where it is, with its rows.
    await chmod(closed, 0o755);
    await chmod(home, 0o755);
    const second = await acquireCluster(home, { packageFolder });
    expect(await query(second.databaseUrl, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
    await second.release();

    await rm(directory, { recursive: true });
    await expect(acquireCluster(home)).rejects.toThrow(/introuvable.*cluster\.json/);
    await rmdir('/var/lib/halle').catch(() => undefined);
  });

  test('the server runs as an ordinary account; a folder closed to it later is an error, not an empty database', async () => {
    if (!runsAsRoot) return void skipped('only root has to hand the server to another account');
    const home = await newHome();
    const account = await unprivilegedUser();
    const cluster = await acquireCluster(home);
    const [server] = await serversBelow(home);
    expect((await stat(`/proc/${server!.pid}`)).uid).toBe(account.uid);
    expect((await stat(join(home, 'postgres', 'data'))).uid).toBe(account.uid);
    await cluster.release();
    await chmod(home, 0o700);
    await expect(acquireCluster(home)).rejects.toThrow(/Rétablissez ces droits/);
  });
});

describe('as an ordinary account', () => {
  test('everything lives below the home, closed to others, and root may use it afterwards', async () => {
    if (!runsAsRoot) return void skipped('the other tests already run as an ordinary account');
    const account = await unprivilegedUser();
    const program = join(CHECKOUT, 'dist', 'platform', 'embedded', 'cluster.js');
    if (!(await canUse(account, program, 'r')) || !(await canUse(account, process.execPath, 'rx')))
      return void skipped(`the account ${account.name} may not enter ${CHECKOUT}`);
    const home = await newHome();
    const parent = join(home, '..');
    await chown(parent, account.uid, account.gid);
    const user = startUser(home, { uid: account.uid, gid: account.gid });
    const url = await user.hears<string>('databaseUrl');
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS seven');
    expect((await stat(join(home, 'postgres', 'data'))).uid).toBe(account.uid);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    user.tell('release');
    await user.hears('released');
    expect(await serversBelow(home)).toEqual([]);

    const asRoot = await acquireCluster(home);
    expect(await query(asRoot.databaseUrl, 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
    const [server] = await serversBelow(home);
    expect((await stat(`/proc/${server!.pid}`)).uid).toBe(account.uid);
    await asRoot.release();
  });

  test('a cluster made by root is refused with the way out', async () => {
    if (!runsAsRoot) return void skipped('the cluster has to be made by root');
    const account = await unprivilegedUser();
    if (!(await canUse(account, join(CHECKOUT, 'dist'), 'x')))
      return void skipped(`the account ${account.name} may not enter ${CHECKOUT}`);
    const home = await newHome();
    await (await acquireCluster(home)).release();
    await chmod(home, 0o777);
    const user = startUser(home, { uid: 65534, gid: 65534 });
    await expect(user.hears('databaseUrl')).rejects.toThrow(/appartient à un autre compte/);
  });
});
