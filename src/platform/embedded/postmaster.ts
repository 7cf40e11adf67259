import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.js';
import { cannotRun, childOptions, runToEnd } from './child.js';
import { codeOf, EmbeddedPostgresError } from './errors.js';
import type { Location } from './location.js';

const LOG_KEPT_BYTES = 10_000_000;
const STOPPED_WITHIN_SECONDS = 60;

/** What `postmaster.pid` says, checked against the processes that exist. */
export type PostmasterState =
  | {
      readonly kind: 'running';
      readonly pid: number;
      readonly port: number;
      /** `starting`, `ready`, `stopping`; empty when it has not said yet. */
      readonly status: string;
    }
  | {
      readonly kind: 'stopped';
      /** Of a server that died: taken again, so that pools of programs that outlived it find the new one. */
      readonly port?: number;
      /** The file names no server of ours, yet PostgreSQL would refuse to start because of it. */
      readonly misleading: boolean;
    };

/** Reads `postmaster.pid`: line 1 pid, 2 data folder, 4 port, 8 status. */
export async function inspectPostmaster(data: string): Promise<PostmasterState> {
  let text: string;
  try {
    text = await readFile(join(data, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'stopped', misleading: false };
    throw error;
  }
  const [pidLine = '', dataLine = '', , portLine = '', , , , status = ''] = text.split('\n');
  const [pid, port] = [Number(pidLine), Number(portLine)];
  if (!(Number.isInteger(pid) && pid > 0 && Number.isInteger(port) && port > 0))
    return { kind: 'stopped', misleading: true };
  if (!exists(pid)) return { kind: 'stopped', port, misleading: false };
  // The number of a dead server may since have gone to any program: only its command line tells.
  if (await isServerOf(pid, dataLine)) return { kind: 'running', pid, port, status: status.trim() };
  return { kind: 'stopped', port, misleading: true };
}

export async function removePidFile(data: string): Promise<void> {
  await rm(join(data, 'postmaster.pid'), { force: true });
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** A zombie has an empty command line, and is no server. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const [program = '', ...args] = line.split('\0');
    return basename(program) === 'postgres' && args.includes(data);
  }
  // Windows shows no command line without further tools: connecting tells.
  if (process.platform === 'win32') return true;
  const shown = await promisify(execFile)('/bin/ps', ['-ww', '-p', `${pid}`, '-o', 'command=']).catch(
    () => undefined,
  );
  return shown !== undefined && shown.stdout.includes('postgres') && shown.stdout.includes(data);
}

/** A server that we spawned. */
export interface Launch {
  /** Set once it has ended. */
  readonly ended: () => boolean;
  /** What it has logged since it was spawned, at most the last 4,000 bytes. */
  readonly output: () => Promise<string>;
}

/**
 * Spawns a server, in a session of its own: Ctrl-C in the terminal reaches Halle, which stops the server when it has
 * finished with it. It is not ready yet when this returns.
 * @throws {EmbeddedPostgresError} the program could not be executed
 */
export async function launch(location: Location, binaries: Binaries, port: number): Promise<Launch> {
  const { data, log } = location;
  // Opened by us, handed over open: the server's account owns neither the log nor its folder.
  await rotate(log);
  const file = await open(log, 'a', 0o600);
  try {
    const offset = (await file.stat()).size;
    let ended = false;
    const child = spawn(
      binaries.postgres,
      [
        ...['-D', data, '-p', `${port}`],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        // We read its log, so it must come here, in English.
        ...['-c', 'logging_collector=off', '-c', 'log_destination=stderr', '-c', 'lc_messages=C'],
      ],
      { ...childOptions(location), detached: true, stdio: ['ignore', file.fd, file.fd] },
    );
    child.once('exit', () => (ended = true));
    child.unref();
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(cannotRun(binaries.postgres, error)));
    });
    return { ended: () => ended, output: () => logTail(log, offset) };
  } finally {
    await file.close();
  }
}

/**
 * Stops the server of this cluster, and waits until it has stopped. No server is no failure.
 * @throws {EmbeddedPostgresError} it still runs after 60 seconds
 */
export async function stopServer(location: Location, binaries: Binaries): Promise<void> {
  const wait = ['-w', '-t', `${STOPPED_WITHIN_SECONDS}`];
  const { output } = await runToEnd(
    location,
    binaries.pgCtl,
    ['stop', '-D', location.data, '-m', 'fast', ...wait],
    (STOPPED_WITHIN_SECONDS + 10) * 1000,
  );
  const state = await inspectPostmaster(location.data);
  if (state.kind === 'running')
    throw new EmbeddedPostgresError(
      `Le PostgreSQL embarqué (processus ${state.pid}) ne s’est pas arrêté. Consultez ${location.log}. ` +
        `Ce qu’en dit pg_ctl :\n${output}`,
    );
}

/** The end of the log, from `offset` bytes on, at most 4,000 bytes. */
export async function logTail(log: string, offset = 0): Promise<string> {
  const bytes = await readFile(log).catch(() => Buffer.alloc(0));
  return bytes
    .subarray(Math.max(offset, bytes.length - 4000))
    .toString('utf8')
    .trim();
}

/** Below what systems lend to outgoing connections: one of those could take the port while the server is down. */
const PORTS = [20_000, 32_000] as const;

/** A port of 127.0.0.1 that was free an instant ago: another program may still be quicker. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(...PORTS);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedPostgresError(
    `Aucun port libre de 127.0.0.1 entre ${PORTS.join(' et ')} : arrêter ce qui les occupe, ou donner un autre PostgreSQL par DATABASE_URL.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function rotate(log: string): Promise<void> {
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > LOG_KEPT_BYTES) await rename(log, `${log}.1`);
}
