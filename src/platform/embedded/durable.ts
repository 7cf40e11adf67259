import { randomBytes } from 'node:crypto';
import { link, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from './errors.js';

/** What is being built has this in its name until it is whole: seen later, it is a leftover. */
const UNFINISHED = /^(?:data|bin|password|pwfile|cluster\.json)\.new-[0-9a-f]{12}$/;

/** A temporary sibling of `path`, never the same twice. */
export const unfinished = (directory: string, what: 'data' | 'bin' | 'pwfile'): string =>
  join(directory, `${what}.new-${randomBytes(6).toString('hex')}`);

/** Removes what an interrupted start left behind. A program that outlived it may still be writing: tried again later. */
export async function removeLeftovers(directory: string): Promise<void> {
  for (const name of await readdir(directory))
    if (UNFINISHED.test(name))
      await rm(join(directory, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Writes a file that is seen whole or not at all, even after a power cut. */
export async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  await viaTemporary(path, text, mode, rename);
}

/** The same, but leaves a file that is already there: returns whether ours was put in place. */
export async function writeOnce(path: string, text: string, mode: number): Promise<boolean> {
  try {
    await viaTemporary(path, text, mode, link);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function viaTemporary(
  path: string,
  text: string,
  mode: number,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.new-${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(temporary, path);
    await syncFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Makes a rename outlive a power cut; where folders cannot be opened (Windows), the system sees to it. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
