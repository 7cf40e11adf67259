import { ZipFile } from 'yazl';
import type { PlainDate } from '../../calendar/plain-date.js';
import { undateEntries } from './undate-zip.js';

/** A file of an archive, and its path in it: « dce/ccap.pdf ». */
export interface ArchiveEntry {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * A ZIP of these files, in their order: the same files and day give the same bytes. They are stored as they are, for PDF,
 * DOCX and XLSX are compressed already.
 *
 * @param on the day that each entry bears, at noon
 */
export async function writeArchive(entries: readonly ArchiveEntry[], on: PlainDate): Promise<Buffer> {
  const zip = new ZipFile();
  const mtime = new Date(`${on}T12:00:00Z`);
  for (const { name, content } of entries)
    zip.addBuffer(content, name, { mtime, mode: 0o100644, compress: false });
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  // The date of MS-DOS is that of a clock on the wall: it would change with the machine.
  return undateEntries(Buffer.concat(parts));
}
