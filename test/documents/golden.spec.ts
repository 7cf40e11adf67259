import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOSSIER_TEXTS } from '../../src/documents/document-kinds.js';
import { documentText } from '../support/document-text.js';
import { purchaseVersion } from '../support/purchase-version.js';

/**
 * Each text whole, on the sample: with all that a purchase may say, and with the least. When one fails, read the difference
 * as a lawyer would; `UPDATE_GOLDEN=1` writes what is now said.
 */
const FOLDER = fileURLToPath(new URL('golden/', import.meta.url));
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const texts = DOSSIER_TEXTS;
const versions = { full: purchaseVersion(), least: purchaseVersion({ full: false }) };
const cases = texts.flatMap((text) =>
  (['full', 'least'] as const)
    .filter((name) => text.subjects(versions[name]).length > 0)
    .map((name) => [`${text.template}-${name}`, text, versions[name]] as const),
);

test.each(cases)('%s', (name, text, version) => {
  const said = documentText(text.template, text.model(version, text.subjects(version)[0]!));
  const path = `${FOLDER}${name}.txt`;
  if (UPDATE) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, said);
  }
  expect(existsSync(path)).toBe(true);
  // The typeface of the PDF has no such sign.
  if (text.files.pdf) expect(said).not.toMatch(/[☐☑☒✓]/u);
  expect(said).toBe(readFileSync(path, 'utf8'));
});

test('no golden text is left of a document that is no more', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(cases.map(([name]) => `${name}.txt`).sort());
});

test('a document taken before the purchase was kept is still made', () => {
  const { purchase: _, ...content } = versions.full.content;
  const older = { ...versions.full, content };
  const made = texts.filter((text) => text.subjects(older).length > 0);
  expect(made.map(({ template }) => template)).toEqual(expect.arrayContaining(['synthesis', 'agreement']));
  for (const text of made) documentText(text.template, text.model(older, text.subjects(older)[0]!));
});
