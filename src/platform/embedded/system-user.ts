import type { Stats } from 'node:fs';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './errors.js';

/** An account of this computer, as numbers; `name` serves messages only. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root: the account that runs it instead, `postgres`, else `nobody`.
 * @throws {EmbeddedPostgresError} neither is in /etc/passwd
 */
export async function unprivilegedUser(): Promise<SystemUser> {
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid = '', gid = ''] =
      accounts.find((account) => account.startsWith(`${name}:`))?.split(':') ?? [];
    if (/^[1-9]\d*$/.test(uid) && /^\d+$/.test(gid)) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL refuse de tourner sous le compte root, et /etc/passwd ne contient ni « postgres » ni « nobody ». ' +
      'Créez le compte « postgres », lancez Halle sous un compte ordinaire, ou réglez DATABASE_URL.',
  );
}

/**
 * Whether this user may search every folder above `path`, and use `path` itself as `need` says (`x`: enter or run,
 * `rx`: read as well). No user: the current one. A spawned child has no group besides its own (libuv drops them),
 * so the mode bits tell all.
 */
export async function canUse(
  user: SystemUser | undefined,
  path: string,
  need: 'x' | 'r' | 'rx',
): Promise<boolean> {
  const bits = (need.includes('r') ? constants.R_OK : 0) | (need.includes('x') ? constants.X_OK : 0);
  try {
    if (user === undefined) {
      await access(path, bits);
      return true;
    }
    if (!allows(await stat(path), user, bits)) return false;
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      if (!allows(await stat(folder), user, constants.X_OK)) return false;
      if (folder === dirname(folder)) return true;
    }
  } catch {
    return false;
  }
}

function allows(entry: Stats, user: SystemUser, bits: number): boolean {
  const shift = entry.uid === user.uid ? 6 : entry.gid === user.gid ? 3 : 0;
  return ((entry.mode >> shift) & bits) === bits;
}
