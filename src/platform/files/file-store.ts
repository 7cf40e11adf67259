import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isStillReferenced } from '../database/still-referenced.js';
import { StoredFile } from './stored-file.entity.js';

/** SHA-256 of some bytes, in lower-case hexadecimal. */
export const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Read from the database at once. */
const PART = 1024 * 1024;

/** What is kept under a hash no longer gives it. */
export class FileAltered extends Error {
  override readonly name = 'FileAltered';
  constructor(sha256: string) {
    super(`stored file ${sha256} was altered`);
  }
}

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

  /** @throws {FileAltered} when its bytes no longer match it; when no file has this SHA-256 */
  async read(tx: EntityManager, sha256: string): Promise<Buffer> {
    const { content } = await tx.findOneOrFail(StoredFile, { where: { sha256 }, select: { content: true } });
    if (sha256Of(content) !== sha256) throw new FileAltered(sha256);
    return content;
  }

  /** Bytes of a file, in all; null when there is none under this SHA-256. */
  async size(tx: EntityManager, sha256: string): Promise<number | null> {
    const file = await tx.findOne(StoredFile, { where: { sha256 }, select: { byteCount: true } });
    return file && parseInt(file.byteCount, 10);
  }

  /** The bytes of a file, part by part: a process holds one part of it, however long it is. */
  async *parts(tx: EntityManager, sha256: string): AsyncGenerator<Buffer, void, undefined> {
    for (let from = 1; ; from += PART) {
      const [row] = await tx.query<{ part: Buffer }[]>(
        `select substring(content from $2::int for $3::int) as part from stored_file where sha256 = $1`,
        [sha256, from, PART],
      );
      if (!row) throw new Error(`no stored file ${sha256}`);
      if (row.part.length > 0) yield row.part;
      if (row.part.length < PART) return;
    }
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
