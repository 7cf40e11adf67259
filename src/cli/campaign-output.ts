import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Fault } from '../platform/csv/fault.js';
import { writeFrenchCsv } from '../platform/csv/write.js';
import { makeFolders } from '../platform/files/folders.js';
import { reasonOf, UsageError } from './campaign-options.js';
import type { SummaryFile } from './summary.rules.js';

const SUMMARY = 'summary.json';
/** Where a refused run puts the summary of the one before: what it lists is still there. */
export const FORMER_SUMMARY = 'summary.previous.json';
export const ERRORS = 'errors.csv';
const ERROR_COLUMNS = ['fichier', 'ligne', 'colonne', 'valeur', 'probleme', 'correction'] as const;

/** Writes a file whole or not at all; a long one may come in pieces. */
export async function writeWhole(
  path: string,
  content: Buffer | string | AsyncIterable<string>,
): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await makeFolders(dirname(path));
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw new Error(`Impossible d’écrire ${path} : ${refusalOf(error)}.`, { cause: error });
  }
}

/** Makes the folder, before any work is done for it. @throws {UsageError} when nothing can be written there */
export async function requireWritable(out: string): Promise<void> {
  try {
    await makeFolders(out);
    await access(out, constants.W_OK);
  } catch (error) {
    throw new UsageError([
      `Impossible d’écrire dans ${out} : ${refusalOf(error)}. Choisir un autre dossier avec --out.`,
    ]);
  }
}

function refusalOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return 'ce n’est pas un dossier';
    case 'ENOENT':
      return 'aucun dossier ne peut y être créé';
    default:
      return reasonOf(error);
  }
}

/**
 * Writes the faults. No summary may stand beside them: a program would read it as a success.
 *
 * @returns whether the summary of an earlier run was put aside
 */
export async function writeErrors(out: string, faults: readonly Fault[]): Promise<boolean> {
  const putAside = await rename(join(out, SUMMARY), join(out, FORMER_SUMMARY)).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );
  const rows = faults.map((fault) => [
    fault.file,
    fault.line ?? '',
    fault.column,
    fault.value,
    fault.problem,
    fault.correction,
  ]);
  await writeWhole(join(out, ERRORS), writeFrenchCsv(ERROR_COLUMNS, rows));
  return putAside;
}

/** Writes the summary last, and takes away what an earlier run left and this one did not make. */
export async function writeSummary(out: string, summary: { files: readonly SummaryFile[] }): Promise<void> {
  const before = [...(await earlierFiles(out, SUMMARY)), ...(await earlierFiles(out, FORMER_SUMMARY))];
  const now = new Set(summary.files.map((file) => file.name));
  for (const file of before) if (!now.has(file.name)) await removeIfOurs(join(out, file.name), file.sha256);
  await rm(join(out, ERRORS), { force: true });
  await rm(join(out, FORMER_SUMMARY), { force: true });
  await writeWhole(join(out, SUMMARY), `${JSON.stringify(summary, null, 1)}\n`);
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function earlierFiles(out: string, name: string): Promise<readonly SummaryFile[]> {
  try {
    const summary = JSON.parse(await readFile(join(out, name), 'utf8')) as {
      files?: SummaryFile[];
    } | null;
    return (summary?.files ?? []).filter((file) => /^(?!.*\.\.)[\w./-]+$/.test(file.name));
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return [];
    throw error;
  }
}

/** A file that somebody changed since is theirs: it stays. */
async function removeIfOurs(path: string, sha256: string): Promise<void> {
  const content = await readFile(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (content && createHash('sha256').update(content).digest('hex') === sha256) await rm(path);
}
