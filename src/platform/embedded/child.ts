import { type SpawnOptions, spawn } from 'node:child_process';
import { EmbeddedPostgresError, messageOf } from './errors.js';
import type { Location } from './location.js';

/** PGDATA, PGPORT or a locale of the caller must not reach the programs. Windows finds its libraries by its own variables. */
const ENVIRONMENT =
  process.platform === 'win32'
    ? undefined
    : { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin' };

/** Options common to every PostgreSQL program: its account, a folder that account may enter, a clean environment. */
export function childOptions({ directory, user }: Location): SpawnOptions {
  return {
    cwd: directory,
    windowsHide: true,
    ...(ENVIRONMENT && { env: ENVIRONMENT }),
    ...(user && { uid: user.uid, gid: user.gid }),
  };
}

/**
 * Runs a program to its end.
 * @param timeout milliseconds, after which it is ended
 * @returns its exit code (null when a signal ended it) and the last of what it wrote
 * @throws {EmbeddedPostgresError} it could not be started
 */
export function runToEnd(
  location: Location,
  program: string,
  args: readonly string[],
  timeout: number,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...childOptions(location),
      timeout,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: string) => (output = (output + chunk).slice(-4000));
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => reject(cannotRun(program, error)));
    child.on('close', (code) => resolve({ code, output: output.trim() }));
  });
}

export function cannotRun(program: string, error: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `${program} ne peut pas être exécuté (${messageOf(error)}). Il faut un Linux à glibc (pas Alpine), macOS ou Windows, ` +
      'et un disque qui permet l’exécution. Sinon, réglez DATABASE_URL sur un PostgreSQL existant.',
    { cause: error },
  );
}
