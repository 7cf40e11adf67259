import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

const USER_PROGRAM = fileURLToPath(new URL('user.mjs', import.meta.url));
const COMPILED = fileURLToPath(new URL('../../dist/platform/embedded/cluster.js', import.meta.url));

export const runsAsRoot = process.getuid?.() === 0;

/** Folders whose servers and content must be gone at the end of the test. */
const watched = new Set<string>();
const programs = new Set<UserProgram>();

/** Has a folder cleaned, and its servers looked for, at the end of the test. */
export function watch(folder: string): string {
  watched.add(folder);
  return folder;
}

/** A HALLE_HOME that does not exist yet, below a folder that every account may enter (mkdtemp makes a closed one). */
export async function newHome(): Promise<string> {
  return join(await newFolder(0o755), 'home');
}

export async function newFolder(mode: number): Promise<string> {
  const folder = watch(await realpath(await mkdtemp(join(tmpdir(), 'halle-embedded-'))));
  await chmod(folder, mode);
  return folder;
}

/** Ends what a failed test left, removes the folders, and fails when a server was still running. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...programs].map((program) => program.kill()));
  programs.clear();
  const left: string[] = [];
  for (const folder of watched) {
    for (const { pid, command } of await serversBelow(folder)) {
      left.push(command);
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  watched.clear();
  expect(left).toEqual([]);
}

/** PostgreSQL servers whose data lie below this folder. */
export async function serversBelow(folder: string): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await promisify(execFile)('pgrep', ['-af', `postgres -D ${folder}/`]).catch(() => ({
    stdout: '',
  }));
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ pid: Number(line.split(' ')[0]), command: line }));
}

export async function query<R extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<R[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The postmaster of this data folder, by its own file. */
export async function postmasterPid(data: string): Promise<number> {
  return Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 3000; attempt++) {
    if (await condition()) return;
    await sleep(5);
  }
  throw new Error(`waited in vain: ${what}`);
}

/** `user.mjs`, running. */
export interface UserProgram {
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything it has said so far. */
  readonly said: Record<string, unknown>[];
  tell(word: 'insert' | 'release'): void;
  /** The value of this key in the first thing it says that has it. */
  hears<T>(key: string): Promise<T>;
  /** kill -9; resolves once it is dead. */
  kill(): Promise<void>;
}

export function startUser(
  home: string,
  account?: { readonly uid: number; readonly gid: number },
): UserProgram {
  if (!existsSync(COMPILED)) throw new Error('run « npm run compile » first: other processes use dist/');
  const child = spawn(process.execPath, [USER_PROGRAM, home], {
    cwd: dirname(USER_PROGRAM),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    ...account,
  });
  const said: Record<string, unknown>[] = [];
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => said.push(JSON.parse(line) as Record<string, unknown>));
  child.stdin.on('error', () => undefined);
  const finished = new Promise<void>((resolve) => lines.once('close', resolve));
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const program: UserProgram = {
    child,
    said,
    tell: (word) => void child.stdin.write(`${word}\n`),
    async hears<T>(key: string) {
      await until(`« ${key} » from another process\n${complaints}`, () => {
        if (said.some((message) => key in message)) return true;
        if (ended()) throw new Error(`it ended (${child.exitCode ?? child.signalCode})\n${complaints}`);
        return false;
      });
      return said.find((message) => key in message)![key] as T;
    },
    async kill() {
      child.kill('SIGKILL');
      await finished;
    },
  };
  programs.add(program);
  return program;
}
