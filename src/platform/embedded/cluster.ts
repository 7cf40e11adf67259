import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import lockfile from 'proper-lockfile';
import { findBinaries, installedPackage } from './binaries.js';
import { removeLeftovers } from './durable.js';
import { codeOf, EmbeddedPostgresError, messageOf } from './errors.js';
import { prepareData, ROLE } from './initdb.js';
import { locate, makeDirectory, makeHome, recordLocation } from './location.js';
import { inspectPostmaster, stopServer } from './postmaster.js';
import { ATTACHMENT, close, type Cluster, connect, connectOrStart, DATABASE } from './server.js';

export interface EmbeddedCluster {
  /** `postgres://halle:…@127.0.0.1:<port>/halle`: a superuser, on a database that orders words as French does. */
  readonly databaseUrl: string;
  /** Resolves when its connection ends: released, or else the server died, and can be acquired again. */
  readonly ended: Promise<void>;
  /**
   * Stops using it; the last user stops the server. Close your own connections first: a server that still has one is
   * left running (it is looked at for one second). Harmless when called again.
   * @throws {EmbeddedPostgresError} the server would not stop, or another start or stop took more than two minutes
   */
  release(): Promise<void>;
}

export interface AcquireOptions {
  /** Told in French what takes time or goes wrong. */
  readonly log?: (message: string) => void;
  /** npm package with the programs (`package.json`, `native`); by default the installed one of this platform. */
  readonly packageFolder?: string;
}

/** Every other process that wants the cluster waits for us: initdb, recovery and start included. */
const LOCK = { stale: 10_000, retries: { retries: 1200, factor: 1, minTimeout: 100, maxTimeout: 100 } };

/**
 * Uses the PostgreSQL cluster of this HALLE_HOME, shared by every process of this computer that does: creates it,
 * starts its server or joins the running one, as needed. Holds one connection open until `release`, by which other
 * processes know that it is used; a process that dies loses it, so nothing needs to be cleaned after a crash.
 *
 * @param home absolute path of HALLE_HOME; made when missing
 * @throws {EmbeddedPostgresError} with a French sentence: what is wrong, where, what to do
 */
export async function acquireCluster(home: string, options: AcquireOptions = {}): Promise<EmbeddedCluster> {
  const log = options.log ?? (() => undefined);
  return explained(home, async () => {
    const realHome = await makeHome(home);
    const { cluster, client, port, ended } = await alone(realHome, log, async () => {
      const location = await locate(realHome);
      await makeDirectory(location);
      await removeLeftovers(realHome);
      await removeLeftovers(location.directory);
      const binaries = await findBinaries(options.packageFolder ?? installedPackage(), location, log);
      const password = await prepareData(location, binaries, log);
      await recordLocation(location);
      const cluster = { location, binaries, password, log };
      const { client, port } = await connectOrStart(cluster);
      const ended = new Promise<void>((resolve) => void client.once('end', resolve));
      return { cluster, client, port, ended };
    });
    let released: Promise<void> | undefined;
    return {
      databaseUrl: `postgres://${ROLE}:${cluster.password}@127.0.0.1:${port}/${DATABASE}`,
      ended,
      release: () =>
        (released ??= explained(home, () => alone(realHome, log, () => leave(cluster, client))).finally(() =>
          // Whatever went wrong, a connection left open would keep the program from ending.
          close(client),
        )),
    };
  });
}

async function leave(cluster: Cluster, attachment: pg.Client): Promise<void> {
  await close(attachment);
  const { location, binaries, log } = cluster;
  // Read again: the server may have died meanwhile, and been restarted elsewhere by another process.
  const state = await inspectPostmaster(location.data);
  if (state.kind === 'stopped' || (await isUsed(cluster, state.port))) return;
  log('Arrêt du PostgreSQL embarqué : plus personne ne s’en sert.');
  await stopServer(location, binaries);
}

/**
 * Whether someone else is connected. Looks again for a while: a pool that is closing, or the connections of a process
 * that was killed, take a moment to disappear; another process that holds an attachment does not, and is soon believed.
 */
async function isUsed(cluster: Cluster, port: number): Promise<boolean> {
  let client: pg.Client;
  try {
    client = await connect(cluster, port, 'postgres', 'halle departure');
  } catch (error) {
    cluster.log(`Le PostgreSQL embarqué est laissé en marche : ${messageOf(error)}.`);
    return true;
  }
  try {
    for (let look = 1; ; look++) {
      const { rows } = await client.query<{ attached: boolean }>(
        `SELECT application_name = $1 AS attached FROM pg_stat_activity
          WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
        [ATTACHMENT],
      );
      if (rows.length === 0) return false;
      if (look >= (rows.some(({ attached }) => attached) ? 4 : 11)) return true;
      await sleep(100);
    }
  } finally {
    await close(client);
  }
}

/** Runs `work` while no other process starts or stops the server of this home. */
async function alone<T>(home: string, log: (message: string) => void, work: () => Promise<T>): Promise<T> {
  let unlock: () => Promise<void>;
  try {
    unlock = await lockfile.lock(home, {
      ...LOCK,
      lockfilePath: join(home, 'cluster.lock'),
      // By default this would throw from a timer and end the program. PostgreSQL's own lock on its data still holds.
      onCompromised: (error) => log(`Verrou ${join(home, 'cluster.lock')} perdu : ${messageOf(error)}.`),
    });
  } catch (error) {
    if (codeOf(error) !== 'ELOCKED') throw error;
    throw new EmbeddedPostgresError(
      `Un autre processus de Halle démarre ou arrête la base de données de ${home} depuis plus de deux minutes. ` +
        'Attendez qu’il finisse ou arrêtez-le, puis relancez.',
      { cause: error },
    );
  }
  try {
    return await work();
  } finally {
    await unlock().catch(() => undefined);
  }
}

async function explained<T>(home: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `Le PostgreSQL embarqué de ${home} ne peut pas être utilisé : ${messageOf(error)}. ` +
        'Vérifiez les droits et la place libre de ce dossier, ou réglez DATABASE_URL.',
      { cause: error },
    );
  }
}
