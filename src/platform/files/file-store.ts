import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isStillReferenced } from '../database/still-referenced.js';
import { StoredFile } from './stored-file.entity.js';

/** SHA-256 of some bytes, in lower-case hexadecimal. */
export const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Content-addressed files in PostgreSQL: one backup holds everything, and every process reads them. */
@Injectable()
export class FileStore {
  /** Stores the bytes, once however often it is called. @returns their SHA-256 */
  async put(tx: EntityManager, content: Buffer, mediaType: string): Promise<string> {
    const sha256 = sha256Of(content);
    await tx
      .createQueryBuilder()
      .insert()
      .into(StoredFile)
      .values({ sha256, mediaType, byteCount: String(content.length), content })
      .orIgnore()
      .execute();
    return sha256;
  }

  /** @throws when no file has this SHA-256, or when its bytes no longer match it */
  async read(tx: EntityManager, sha256: string): Promise<Buffer> {
    const { content } = await tx.findOneOrFail(StoredFile, { where: { sha256 }, select: { content: true } });
    if (sha256Of(content) !== sha256) throw new Error(`stored file ${sha256} was altered`);
    return content;
  }

  /** Deletes files that nothing refers to any more; leaves those that something else still does. */
  async drop(tx: EntityManager, sha256s: readonly string[]): Promise<void> {
    for (const sha256 of new Set(sha256s))
      // In a savepoint of its own: who refers to a file is what its foreign keys know, and this room does not.
      await tx
        .transaction((inner) => inner.delete(StoredFile, { sha256 }))
        .catch((error: unknown) => {
          if (!isStillReferenced(error)) throw error;
        });
  }
}
