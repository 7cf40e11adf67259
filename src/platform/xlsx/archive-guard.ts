import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';
import { MAX_INFLATED, type WorkbookFault } from './workbook-faults.js';

const MAX_PARTS = 1_000;
/** A part that inflates beyond so many times its size, and is not small, is a trap: a sheet of blank rows reaches thirty. */
const MAX_RATIO = 200;
const SMALL = 1024 * 1024;
/** More than the longest of the words looked for, which two pieces of a part may share. */
const OVERLAP = 64;

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** What the first bytes tell; null for a ZIP archive. */
export function firstBytesFault(file: Buffer): WorkbookFault | null {
  if (file.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  if (file.subarray(0, OLE.length).equals(OLE)) return 'protected_or_old';
  return file.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004')) ? null : 'not_a_workbook';
}

/**
 * Inflates every part of a workbook within a budget, piece by piece, and forgets it: what a part declares of its size proves
 * nothing, and a few kilobytes can hold gigabytes. On the way, what no form to fill has is looked for. No XML is parsed.
 *
 * The work is done by the threads of zlib, and the pieces leave room for other requests between them.
 *
 * @returns null when the file may be given to a parser
 */
export async function archiveFault(file: Buffer): Promise<WorkbookFault | null> {
  const first = firstBytesFault(file);
  if (first !== null) return first;
  try {
    const zip = await yauzl.fromBufferPromise(file);
    if (zip.entryCount > MAX_PARTS) return 'too_large';
    const parts: Entry[] = [];
    for await (const part of zip.eachEntry()) parts.push(part);
    return nameFault(parts) ?? (await overlapFault(zip, parts)) ?? (await contentFault(zip, parts));
  } catch {
    // Cut, or data that does not inflate to what it declares.
    return 'damaged';
  }
}

function nameFault(parts: readonly Entry[]): WorkbookFault | null {
  // The names of parts do not differ by their capitals (ECMA-376-2, 6.2.2.3).
  const names = parts.map(({ fileName }) => fileName.toLowerCase());
  const named = new Set(names);
  if (named.size < names.length) return 'tampered';
  if (parts.some((part) => part.isEncrypted())) return 'protected_or_old';
  if (!named.has('[content_types].xml')) return named.has('content.xml') ? 'ods' : 'not_a_workbook';
  if (named.has('xl/workbook.bin')) return 'binary_workbook';
  if (names.some((name) => /vbaproject\.bin$|^xl\/macrosheets\//.test(name))) return 'macros';
  if (names.some((name) => name.startsWith('xl/externallinks/'))) return 'external_links';
  const declared = parts.reduce((total, { uncompressedSize }) => total + uncompressedSize, 0);
  return declared > MAX_INFLATED ? 'too_large' : null;
}

async function overlapFault(zip: ZipFile, parts: readonly Entry[]): Promise<WorkbookFault | null> {
  const inOrder = [...parts].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const part of inOrder) {
    if (part.relativeOffsetOfLocalHeader < end) return 'tampered';
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(part, { minimal: true });
    end = fileDataStart + part.compressedSize;
  }
  return null;
}

async function contentFault(zip: ZipFile, parts: readonly Entry[]): Promise<WorkbookFault | null> {
  let left = MAX_INFLATED;
  for (const part of parts) {
    if (part.fileName.endsWith('/')) continue;
    const signs = signsIn(part.fileName);
    const stream = await zip.openReadStreamPromise(part);
    let [held, tail] = [0, ''];
    // Leaving the loop destroys the stream.
    for await (const piece of stream as AsyncIterable<Buffer>) {
      held += piece.length;
      if (held > left || (held > SMALL && held > part.compressedSize * MAX_RATIO)) return 'too_large';
      if (signs.length === 0) continue;
      // Without its zeros, UTF-16 is looked into as well.
      const text = tail + piece.toString('latin1').replaceAll('\0', '');
      const found = signs.find(([pattern]) => pattern.test(text));
      if (found) return found[1];
      tail = text.slice(-OVERLAP);
    }
    left -= held;
  }
  return null;
}

type Sign = readonly [pattern: RegExp, fault: WorkbookFault];

const DOCTYPE: Sign = [/<!(?:DOCTYPE|ENTITY)/i, 'doctype'];
const MACROS: Sign = [/macroenabled|vbaproject|macrosheet/i, 'macros'];
const BINARY: Sign = [/ms-excel\.sheet\.binary/i, 'binary_workbook'];
/** A relationship to another workbook, or to a live object of another program. A link to a page is of another type. */
const EXTERNAL: Sign = [/relationships\/(?:externalLink|oleLink|xlExternalLink)/i, 'external_links'];

/** What a part is looked into for. The reader opens no other part than those that end thus. */
function signsIn(name: string): readonly Sign[] {
  if (/^\[content_types\]\.xml$/i.test(name)) return [DOCTYPE, BINARY, MACROS];
  if (/\.rels$/i.test(name)) return [DOCTYPE, EXTERNAL];
  return /\.(?:xml|vml)$/i.test(name) ? [DOCTYPE] : [];
}
