import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, one by one: the recursive `mkdir` of Node never ends where the system refuses a new
 * folder by saying that it does not exist, as below /proc.
 */
export async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((await stat(path).catch(() => null))?.isDirectory()) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolders(dirname(path));
    await mkdir(path).catch(async (refusal: unknown) => {
      // Someone else may have made it meanwhile.
      if (!(await stat(path).catch(() => null))?.isDirectory()) throw refusal;
    });
  }
}
