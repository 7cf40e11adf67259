import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { makeFolders } from '../files/folders.js';
import { codeOf, EmbeddedPostgresError, messageOf } from './errors.js';
import { writeWhole } from './durable.js';
import { canUse, runsAsRoot, type SystemUser, unprivilegedUser } from './system-user.js';

const SYSTEM_FOLDER = '/var/lib/halle';

/** Where a cluster lives, and who runs its server; all paths absolute. */
export interface Location {
  /** HALLE_HOME, symlinks resolved. */
  readonly home: string;
  /** Holds `data`, `password`, `postgres.log` and perhaps `bin-<version>`. */
  readonly directory: string;
  readonly data: string;
  readonly log: string;
  /** Set when Halle runs as root: the account of the server. */
  readonly user: SystemUser | undefined;
}

/** Makes HALLE_HOME when it is missing, and says its real path. */
export async function makeHome(home: string): Promise<string> {
  if (!isAbsolute(home))
    throw new EmbeddedPostgresError(`HALLE_HOME doit être un chemin absolu : « ${home} ».`);
  // Only the home is closed to others: the server's account must get through its parents.
  await makeFolders(dirname(home));
  await makeFolder(home);
  if (!(await stat(home)).isDirectory())
    throw new EmbeddedPostgresError(
      `HALLE_HOME n’est pas un dossier : ${home}. Choisissez un autre chemin, ou déplacez ce fichier.`,
    );
  return realpath(home);
}

/**
 * Where the cluster of this home is, or will be: below the home, or, when Halle runs as root and the server's account
 * cannot get there, below /var/lib/halle. An existing cluster stays where it is, with the account that owns it.
 *
 * @param home real path of an existing folder
 * @throws {EmbeddedPostgresError} a cluster is recorded or present, and cannot be reached by this account
 */
export async function locate(home: string): Promise<Location> {
  const below = join(home, 'postgres');
  const recorded = await recordedDirectory(home);
  const candidates = recorded === undefined ? [below, systemDirectory(home)] : [recorded];
  for (const directory of candidates) {
    const data = join(directory, 'data');
    const owner = await stat(data).catch((error: unknown) => ignoreMissing(error, data));
    if (owner !== undefined)
      return location(home, directory, await runnerOf(data, { uid: owner.uid, gid: owner.gid }));
  }
  if (recorded !== undefined)
    throw new EmbeddedPostgresError(
      `La base de données de Halle est introuvable : ${join(home, 'cluster.json')} la situe dans ${recorded}. ` +
        'Rétablissez ce dossier ; ou supprimez cluster.json pour repartir d’une base vide.',
    );
  if (!runsAsRoot()) return location(home, below, undefined);
  const user = await unprivilegedUser();
  return location(home, (await canUse(user, home, 'x')) ? below : systemDirectory(home), user);
}

/** Makes the folder of the cluster, such that the server's account can go through it. */
export async function makeDirectory({ directory }: Location): Promise<void> {
  if (dirname(directory) === SYSTEM_FOLDER) await makeFolder(SYSTEM_FOLDER);
  await makeFolder(directory);
}

/** Notes in the home that the cluster lives elsewhere. Only once it exists: the record is then trusted for ever. */
export async function recordLocation({ home, directory }: Location): Promise<void> {
  if (dirname(directory) === home || (await recordedDirectory(home)) === directory) return;
  await writeWhole(join(home, 'cluster.json'), `${JSON.stringify({ directory }, null, 2)}\n`, 0o644);
}

function location(home: string, directory: string, user: SystemUser | undefined): Location {
  return { home, directory, data: join(directory, 'data'), log: join(directory, 'postgres.log'), user };
}

const systemDirectory = (home: string): string =>
  join(SYSTEM_FOLDER, createHash('sha256').update(home).digest('hex').slice(0, 16));

async function recordedDirectory(home: string): Promise<string | undefined> {
  const file = join(home, 'cluster.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => ignoreMissing(error, file));
  if (text === undefined) return undefined;
  try {
    const { directory } = JSON.parse(text) as { directory?: unknown };
    if (typeof directory === 'string' && isAbsolute(directory)) return directory;
  } catch {
    // Same sentence as for a record of another shape.
  }
  throw new EmbeddedPostgresError(
    `${file} est illisible ; il devrait contenir {"directory": "/chemin/du/dossier/de/la/base"}. Rétablissez-le.`,
  );
}

/** PostgreSQL insists on owning its data: root lends itself to that owner, anyone else must be that owner. */
async function runnerOf(
  data: string,
  { uid, gid }: { uid: number; gid: number },
): Promise<SystemUser | undefined> {
  if (!runsAsRoot()) {
    if (process.getuid === undefined || process.getuid() === uid) return undefined;
    throw new EmbeddedPostgresError(
      `La base de données ${data} appartient à un autre compte (uid ${uid}). ` +
        'Lancez Halle avec le compte qui l’a créée, ou choisissez un autre HALLE_HOME.',
    );
  }
  const user = { name: `uid ${uid}`, uid, gid };
  if (uid !== 0 && (await canUse(user, data, 'rx'))) return user;
  throw new EmbeddedPostgresError(
    `La base de données ${data} ne peut pas être ouverte par le compte qui la fait tourner (uid ${uid}) : ` +
      'un dossier au-dessus d’elle lui est fermé, ou elle a changé de propriétaire. Rétablissez ces droits.',
  );
}

/** Private to the user; as root, open to passage (not to listing) for the server's account, whatever the umask. */
async function makeFolder(path: string): Promise<void> {
  const mode = runsAsRoot() ? 0o711 : 0o700;
  try {
    await mkdir(path, { mode });
    await chmod(path, mode);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function ignoreMissing(error: unknown, path: string): undefined {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw new EmbeddedPostgresError(
    `${path} ne peut pas être lu (${messageOf(error)}). Lancez Halle avec le compte qui l’a créé, ou rétablissez ses droits.`,
    { cause: error },
  );
}
