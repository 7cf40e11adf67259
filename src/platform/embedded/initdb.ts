import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { runToEnd } from './child.js';
import { syncFolder, unfinished, writeOnce } from './durable.js';
import { codeOf, EmbeddedPostgresError, messageOf } from './errors.js';
import type { Location } from './location.js';

/** Superuser of the cluster, and its only role. */
export const ROLE = 'halle';
const INITDB_WITHIN = 300_000;
/** Has no name of its own outside Linux; ICU decides the order of words anyway. */
const LOCALE = process.platform === 'linux' ? 'C.UTF-8' : 'C';

/**
 * Makes sure that there is a cluster of the right version.
 * @returns the password of the role `halle`
 * @throws {EmbeddedPostgresError} initdb failed, the password is lost, or another major version wrote the data
 */
export async function prepareData(
  location: Location,
  binaries: Binaries,
  log: (message: string) => void,
): Promise<string> {
  const major = await majorVersion(location.data);
  const password = await readPassword(location.directory, major !== undefined);
  if (major === undefined) {
    log(`Création de la base de données dans ${location.data}.`);
    await initialise(location, binaries, password);
  } else if (major !== parseInt(binaries.version, 10))
    throw new EmbeddedPostgresError(
      `La base de données ${location.data} a été créée par PostgreSQL ${major}, et Halle fournit ${binaries.version}. ` +
        'Exportez-la avec la version précédente de Halle, puis importez-la dans un HALLE_HOME neuf.',
    );
  return password;
}

async function majorVersion(data: string): Promise<number | undefined> {
  try {
    return parseInt(await readFile(join(data, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && !(await isThere(data))) return undefined;
    throw new EmbeddedPostgresError(
      `${data} n’est pas une base PostgreSQL lisible (${messageOf(error)}). Rétablissez ce dossier depuis une sauvegarde.`,
      { cause: error },
    );
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The password is put in place before the data: a cluster whose password is unknown cannot come to be. */
async function readPassword(directory: string, expected: boolean): Promise<string> {
  const file = join(directory, 'password');
  try {
    if (!expected) await writeOnce(file, `${randomBytes(24).toString('hex')}\n`, 0o600);
    const text = (await readFile(file, 'utf8')).trim();
    if (text !== '') return text;
    throw new Error('vide');
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Le mot de passe de la base de données ne peut pas être lu dans ${file} (${codeOf(error) ?? 'vide'}). ` +
        'Lancez Halle avec le compte qui a créé la base, ou rétablissez ce fichier.',
      { cause: error },
    );
  }
}

/** Built beside its place, then moved there: an interrupted initdb is never taken for a cluster. */
async function initialise(location: Location, binaries: Binaries, password: string): Promise<void> {
  const { directory, data, user } = location;
  const temporary = unfinished(directory, 'data');
  // initdb reads it as the server's account; the real one stays closed to that account.
  const passwordFile = unfinished(directory, 'pwfile');
  try {
    await mkdir(temporary, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { flag: 'wx', mode: 0o600 });
    if (user !== undefined)
      for (const path of [temporary, passwordFile]) await chown(path, user.uid, user.gid);
    const { code, output } = await runToEnd(
      location,
      binaries.initdb,
      [
        `--pgdata=${temporary}`,
        `--username=${ROLE}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        `--locale=${LOCALE}`,
        '--locale-provider=icu',
        '--icu-locale=fr-FR',
        '--data-checksums',
        '--no-instructions',
        // In postgresql.conf rather than on the command line, so that an operator can change them.
        ...['-c', 'max_connections=200', '-c', 'shared_buffers=128MB'],
      ],
      INITDB_WITHIN,
    );
    if (code !== 0)
      throw new EmbeddedPostgresError(
        `La création de la base de données a échoué dans ${directory} (initdb, code ${code ?? 'inconnu'}). ` +
          `Vérifiez la place libre et les droits. Ce qu’en dit initdb :\n${output}`,
      );
    await rename(temporary, data).catch((error: unknown) => {
      // Someone who did not respect our lock was quicker, with the same password: theirs may already hold rows.
      if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    });
    await syncFolder(directory);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(temporary, { recursive: true, force: true });
  }
}
