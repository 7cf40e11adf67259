import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, removeOtherCopies } from './binaries.js';
import { codeOf, EmbeddedPostgresError, messageOf } from './errors.js';
import { ROLE } from './initdb.js';
import type { Location } from './location.js';
import {
  freePort,
  inspectPostmaster,
  launch,
  type Launch,
  logTail,
  removePidFile,
  stopServer,
} from './postmaster.js';

export const DATABASE = 'halle';
export const ATTACHMENT = 'halle attachment';
const READY_WITHIN = 60_000;
/** Wrong password, or role not allowed: waiting changes nothing. */
const FINAL_REFUSALS = new Set(['28P01', '28000']);

/** What it takes to reach the cluster. */
export interface Cluster {
  readonly location: Location;
  readonly binaries: Binaries;
  readonly password: string;
  readonly log: (message: string) => void;
}

/**
 * Makes sure that the server runs, and connects to it: a server left running by another program is used as it is, one
 * that is stopping is waited for, else one is started, which replays the log of a server that died.
 *
 * @returns a connection to the database `halle`, and the port
 * @throws {EmbeddedPostgresError} not ready within 60 seconds, or ended at once; quotes the last lines of its log
 */
export async function connectOrStart(cluster: Cluster): Promise<{ client: pg.Client; port: number }> {
  const { location, binaries, log } = cluster;
  const start = performance.now();
  let ours: Launch | undefined;
  let unanswered = 'le serveur ne se dit pas prêt';
  for (let attempt = 1; performance.now() - start < READY_WITHIN; attempt++) {
    const state = await inspectPostmaster(location.data);
    if (state.kind === 'running') {
      if (state.status === 'ready' || state.status === 'standby') {
        try {
          const client = await connect(cluster, state.port, DATABASE, ATTACHMENT);
          return { client, port: state.port };
        } catch (error) {
          unanswered = messageOf(error);
          if (codeOf(error) === '3D000') await createDatabase(cluster, state.port);
          else if (FINAL_REFUSALS.has(codeOf(error) ?? '')) {
            if (ours !== undefined) await stopServer(location, binaries);
            break;
          }
        }
      }
    } else if (ours === undefined || ours.ended()) {
      const port = await portToTry(ours, state.port);
      ours = undefined;
      // A server spawned a moment ago by a program that was then killed may just be writing this file.
      const settled = !state.misleading || state.port !== undefined || attempt > 12;
      if (settled) {
        if (state.misleading) await removePidFile(location.data);
        await removeOtherCopies(location, binaries);
        log(`Démarrage de PostgreSQL ${binaries.version} sur le port ${port} (journal : ${location.log}).`);
        ours = await launch(location, binaries, port);
      }
    }
    await sleep(Math.min(10 * attempt, 200));
  }
  throw failure(cluster, unanswered, (await ours?.output()) ?? (await logTail(location.log)));

  /** The port of the server that died first; another one once that turned out to be taken. */
  async function portToTry(previous: Launch | undefined, former: number | undefined): Promise<number> {
    if (previous === undefined) return former ?? (await freePort());
    const output = await previous.output();
    if (/Address already in use|could not create any TCP\/IP sockets/.test(output)) return freePort();
    // Backends of a killed server hold its memory until they notice: a matter of moments.
    if (/pre-existing shared memory block|lock file .* already exists/.test(output))
      return former ?? freePort();
    throw failure(cluster, 'le serveur s’est arrêté aussitôt', output);
  }
}

/**
 * Connects as the superuser of the cluster. The environment of the caller (PGOPTIONS, PGSSLMODE…) plays no part.
 * A connection lost later must not end the program: whoever queries through it gets the error.
 */
export async function connect(
  { password, log }: Cluster,
  port: number,
  database: string,
  applicationName: string,
): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    database,
    user: ROLE,
    password,
    application_name: applicationName,
    // Any value keeps PGOPTIONS out; counting and creating must not be cut short either.
    options: '-c statement_timeout=0',
    ssl: false,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', (error) => log(`Connexion au PostgreSQL embarqué perdue : ${messageOf(error)}.`));
  try {
    await client.connect();
    return client;
  } catch (error) {
    await close(client);
    throw error;
  }
}

/** A connection whose server is gone may never answer the farewell. */
export async function close(client: pg.Client): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), sleep(2_000, undefined, { ref: false })]);
}

/** Runs on a template that nobody can have changed; its order of words is the French one. */
async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = await connect(cluster, port, 'postgres', 'halle creation');
  try {
    await client.query(
      `CREATE DATABASE ${DATABASE} OWNER ${ROLE} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'fr-FR'`,
    );
  } finally {
    await close(client);
  }
}

function failure({ location }: Cluster, reason: string, output: string): EmbeddedPostgresError {
  const lines = output.split('\n').slice(-12).join('\n');
  return new EmbeddedPostgresError(
    `Le PostgreSQL embarqué de ${location.directory} ne répond pas (${reason}). Consultez ${location.log}, ` +
      `puis relancez Halle. Ses dernières lignes :\n${lines || '(journal vide)'}`,
  );
}
