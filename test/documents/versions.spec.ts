import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { documentKinds } from '../../src/documents/document-kinds.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { type DocumentKind, PDF } from '../../src/documents/document-kind.js';
import { purchaseVersion } from '../support/purchase-version.js';
import { sampleVersion } from '../support/sample-dossier.js';
import { zipParts } from '../support/spreadsheet.js';

/**
 * A file already made is given again as long as its dossier and its template version are the same. So a change of code
 * that changes a document must change its version: this list holds, for each version, what the sample gives.
 */
const KNOWN = JSON.parse(readFileSync(new URL('versions.json', import.meta.url), 'utf8')) as Record<
  string,
  { version: string; content: string }[]
>;

/** Content apart from compression, which another Node may do otherwise. */
function contentOf(kind: DocumentKind, file: Buffer): string {
  const hash = createHash('sha256');
  if (kind.mediaType === PDF) {
    const text = file.toString('latin1');
    for (const part of text.split(/(?<=stream\n)|(?=\nendstream)/)) {
      const bytes = Buffer.from(part, 'latin1');
      hash.update(
        bytes[0] === 0x78 ? inflate(bytes) : part.replace(/\/Length \d+|\d{10} 00000 n|startxref\n\d+/g, ''),
      );
    }
  } else for (const [name, part] of zipParts(file)) hash.update(`${name}\n${part}`);
  return hash.digest('hex').slice(0, 16);
}

function inflate(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes);
  } catch {
    return bytes; // text that begins with an x
  }
}

/** One whose lots are plain contracts. */
const { content: ofSample, ...ofVersion } = sampleVersion();
const plain = {
  ...ofVersion,
  content: { ...ofSample, lots: ofSample.lots.map((lot) => ({ ...lot, contractForm: 'ordinaire' })) },
};

describe('the version of a document changes with its content', () => {
  test.each(documentKinds(new Templates(null)).map((kind) => [kind.kind, kind] as const))(
    '%s',
    async (name, kind) => {
      const dossier = [sampleVersion(), purchaseVersion(), plain].find(
        (version) => kind.subjects(version).length > 0,
      )!;
      const subject = kind.subjects(dossier)[0]!;
      const content = contentOf(kind, await kind.render(kind.model(dossier, subject)));
      const known = KNOWN[name] ?? [];
      expect(new Set(known.map((entry) => entry.version)).size).toBe(known.length);
      // When this fails: raise the version of the template or of the document, then add the new line to versions.json.
      expect(known.at(-1)).toEqual({ version: kind.templateVersion, content });
    },
  );
});
