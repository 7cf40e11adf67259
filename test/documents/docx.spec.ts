import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOCX } from '../../src/documents/document-kind.js';
import { documentKinds, DOSSIER_TEXTS } from '../../src/documents/document-kinds.js';
import { renderMarkdown } from '../../src/platform/markdown/render.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { type Block, textOf } from '../../src/platform/markdown/tree.js';
import { valuesOf } from '../../src/platform/texts/text-document.js';
import { purchaseVersion } from '../support/purchase-version.js';
import { zipParts } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';

const folder = mkdtempSync(join(tmpdir(), 'halle-docx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const version = purchaseVersion();
const templates = new Templates(null);
const kinds = documentKinds(templates).filter(({ mediaType }) => mediaType === DOCX);
/** Letters and digits alone: lines break elsewhere, and spaces are stretched. */
const bare = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

function textsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'heading':
        return [block.text];
      case 'paragraph':
        return [textOf(block.runs)];
      case 'list':
        return block.items.flatMap(textsOf);
      case 'table':
        return [block.header, ...block.rows].flatMap((row) => row.map(({ text }) => text));
      default:
        return [];
    }
  });
}
const tablesOf = (blocks: readonly Block[]): number => blocks.filter(({ type }) => type === 'table').length;

test('each text that people edit has real styles, opens in LibreOffice, and loses nothing on the way to PDF', async () => {
  expect(kinds.length).toBeGreaterThan(0);
  const made = await Promise.all(
    kinds.map(async (kind) => {
      const subject = kind.subjects(version)[0]!;
      const model = kind.model(version, subject);
      const bytes = await kind.render(model, 'draft');
      // The same again, to the byte.
      expect((await kind.render(model, 'draft')).equals(bytes)).toBe(true);
      const text = DOSSIER_TEXTS.find(({ template }) => kind.kind === `${template}-docx`)!;
      const { blocks } = renderMarkdown(templates.get(text.template), valuesOf(model as never, true));
      const xml = zipParts(bytes).get('word/document.xml')!;
      expect(xml).toContain('<w:pStyle w:val="Heading');
      expect(xml.match(/<w:tbl>/g)?.length ?? 0).toBeGreaterThanOrEqual(tablesOf(blocks));
      writeFileSync(join(folder, `${kind.kind}.docx`), bytes);
      return { kind: kind.kind, blocks };
    }),
  );
  if (!requireTool('soffice') || !requireTool('pdftotext')) return;
  execFileSync(
    'soffice',
    [
      '--headless',
      `-env:UserInstallation=file://${join(folder, 'profile')}`,
      ...['--convert-to', 'pdf', '--outdir', folder],
      ...made.map(({ kind }) => join(folder, `${kind}.docx`)),
    ],
    { stdio: 'ignore' },
  );
  for (const { kind, blocks } of made) {
    const pdf = join(folder, `${kind}.pdf`);
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    const read = bare(
      execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
    );
    const lost = textsOf(blocks)
      .flatMap((text) => text.split(/\s+/))
      .map(bare)
      .filter((word) => word.length > 3 && !read.includes(word));
    expect([kind, lost]).toEqual([kind, []]);
  }
}, 240_000);
