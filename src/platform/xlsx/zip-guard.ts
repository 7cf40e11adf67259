import { inflateRawSync } from 'node:zlib';

/** Why a file is not opened; `not_a_workbook` also stands for one that is damaged or protected by a password. */
export type ZipFault = 'not_a_workbook' | 'too_large';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MAX_PARTS = 500;

/**
 * Inflates every part of a ZIP file within a budget, and forgets it: what a part declares of its size proves nothing, and
 * a few kilobytes can hold gigabytes.
 *
 * @param budget bytes that all the parts may hold together
 * @returns null when the file may be opened
 */
export function zipFault(file: Buffer, budget: number): ZipFault | null {
  try {
    const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end < 0 || file.readUInt32LE(end) !== END) return 'not_a_workbook';
    const count = file.readUInt16LE(end + 10);
    if (count === 0) return 'not_a_workbook';
    if (count > MAX_PARTS) return 'too_large';
    let at = file.readUInt32LE(end + 16);
    let left = budget;
    for (let part = 0; part < count; part += 1) {
      if (file.readUInt32LE(at) !== CENTRAL) return 'not_a_workbook';
      const method = file.readUInt16LE(at + 10);
      const size = file.readUInt32LE(at + 20);
      const local = file.readUInt32LE(at + 42);
      if (file.readUInt32LE(local) !== LOCAL) return 'not_a_workbook';
      const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
      const bytes = file.subarray(start, start + size);
      if (method !== 0 && method !== 8) return 'not_a_workbook';
      // One byte more than what is left, so that a part that just fits is not refused.
      const held = method === 0 ? bytes.length : inflateRawSync(bytes, { maxOutputLength: left + 1 }).length;
      left -= held;
      if (left < 0) return 'too_large';
      at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    }
    return null;
  } catch (error) {
    // Read beyond the end, or data that does not inflate.
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'not_a_workbook';
  }
}
