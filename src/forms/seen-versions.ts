import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Refused } from '../platform/refusals/refused.js';

/** A thing whose version was told to whoever checked a file. */
export interface Seen {
  readonly key: string;
  readonly version: number;
}

/** Characters that the versions may take once inflated: more than any declaration has lines. */
const MAX_VERSIONS = 1024 * 1024;

const digest = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 22);
const keysOf = (seen: readonly Seen[]): string => digest(seen.map(({ key }) => key).join('\n'));

/**
 * What the check of a file gives back, for the file to be applied on what was seen: that file, those things, their
 * versions. It holds no secret and gives no right.
 */
export const checkToken = (file: Buffer, seen: readonly Seen[]): string =>
  [
    digest(file),
    keysOf(seen),
    deflateRawSync(seen.map(({ version }) => version).join(','), { level: 9 }).toString('base64url'),
  ].join('.');

/**
 * The versions that were seen, in the order of the things.
 *
 * @throws {Refused} FORM_CHECK_STALE for another file, or when what it is about has changed
 */
export function versionsSeen(token: string, file: Buffer, now: readonly Seen[]): readonly number[] {
  const [of = '', about = '', packed = ''] = token.split('.');
  if (of !== digest(file))
    throw new Refused(
      'FORM_CHECK_STALE',
      'Ce fichier n’est pas celui qui a été vérifié\u00a0: le vérifier, puis l’appliquer.',
    );
  const versions = about === keysOf(now) ? unpacked(packed) : [];
  if (versions.length !== now.length)
    throw new Refused(
      'FORM_CHECK_STALE',
      'Le bordereau ou les lots rejoints ont changé depuis la vérification\u00a0: vérifier le fichier de nouveau.',
    );
  return versions;
}

function unpacked(packed: string): number[] {
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64url'), {
      maxOutputLength: MAX_VERSIONS,
    }).toString();
    return /^\d{1,10}(,\d{1,10})*$/.test(text) ? text.split(',').map(Number) : [];
  } catch {
    return []; // a token that we did not make: told as one that no longer holds
  }
}
