import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate } from '../../src/platform/markdown/template.js';
import { renderMarkdown } from '../../src/platform/markdown/render.js';
import { breakLines } from '../../src/platform/pdf/lines.js';
import { renderPdf } from '../../src/platform/pdf/render-pdf.js';
import { requireTool } from '../support/tools.js';

const OPTIONS = {
  subject: 'Essai',
  version: 2,
  date: '2026-11-23',
  fingerprint: 'ab'.repeat(32),
  draft: false,
};
const HEADER = ['Commune', 'Quantité', 'Observation'];

const folder = mkdtempSync(join(tmpdir(), 'halle-pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (program: string, options: string[], bytes: Buffer, ...output: string[]): string => {
  const path = join(folder, 'file.pdf');
  writeFileSync(path, bytes);
  return execFileSync(program, [...options, path, ...output], { encoding: 'utf8' });
};

const pdfOf = (body: string, model: object = {}, page = ''): Promise<Buffer> =>
  renderPdf(
    renderMarkdown(
      readTemplate(
        'essai',
        Buffer.from(`---\ntitle: Essai\nkind: essai\nversion: 1\narticles: [L2113-6]\n${page}---\n${body}`),
      ),
      model,
    ),
    OPTIONS,
  );
const TABLE =
  '# Titre\n\n| Commune | Quantité | Observation |\n|---|--:|---|\n{% for r in rows %}\n| {{ r.name }} | {{ r.count }} | {{ r.note }} |\n{% endfor %}\n';
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    name: `Commune-${i}`,
    count: i * 1000,
    note: i % 7 === 0 ? 'livraison le matin, '.repeat(8) : 'rien',
  }));

describe('a table over several pages', () => {
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = await pdfOf(TABLE, { rows: rows(160) });
  });

  test('repeats its header on each page, with « Page n / N », and loses no row', () => {
    if (!requireTool('pdftotext')) return;
    const pages = read('pdftotext', ['-layout'], bytes, '-').split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, i) => {
      for (const title of HEADER) expect(page).toContain(title);
      expect(page).toContain(`Page ${i + 1} / ${pages.length}`);
      expect(page).toMatch(/version 2 du 23\snovembre\s2026/);
      expect((page.match(/Commune-\d+/g) ?? []).length).toBeGreaterThanOrEqual(2);
    });
    const names = pages.join('').match(/Commune-\d+/g);
    expect(names).toEqual(rows(160).map((row) => row.name));
  });

  test('is one table in the structure, its header cells bound to their columns', () => {
    if (!requireTool('pdfinfo')) return;
    const structure = read('pdfinfo', ['-struct'], bytes);
    const count = (tag: string): number => (structure.match(new RegExp(`^ *${tag}\\b`, 'gm')) ?? []).length;
    expect([count('Table'), count('THead'), count('TBody')]).toEqual([1, 1, 1]);
    expect([count('TR'), count('TH'), count('TD')]).toEqual([161, 3, 480]);
    expect((structure.match(/\/Scope \/Column/g) ?? []).length).toBe(3);
    const info = read('pdfinfo', [], bytes);
    expect(info).toMatch(/Tagged: +yes/);
    expect(info).toMatch(/Title: +Essai/);
  });

  test('is a sound file that embeds its fonts', () => {
    if (requireTool('qpdf'))
      expect(read('qpdf', ['--check'], bytes)).toContain('No syntax or stream encoding errors');
    if (!requireTool('pdffonts')) return;
    const fonts = read('pdffonts', [], bytes).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/IBMPlexSans-\w+ +CID TrueType +Identity-H +yes yes yes/);
  });

  test('gives the same bytes twice, its date being that of its content', async () => {
    expect((await pdfOf(TABLE, { rows: rows(160) })).equals(bytes)).toBe(true);
    expect(bytes.toString('latin1')).toContain('(D:20261123120000Z)');
  });
});

describe('pages', () => {
  test('a heading goes with what it announces', async () => {
    if (!requireTool('pdftotext')) return;
    for (let filler = 36; filler < 48; filler += 1) {
      const lines = Array.from({ length: filler }, (_, i) => `- ligne ${i}`).join('\n');
      const bytes = await pdfOf(`# A\n\n${lines}\n\n## Annonce\n\n${'mot '.repeat(60)}\n`);
      const pages = read('pdftotext', ['-layout'], bytes, '-').split('\f');
      expect(pages.find((page) => page.includes('Annonce'))).toMatch(/Annonce\s+(mot ){5}/);
    }
  });

  test('a title that XML would misread is kept whole', async () => {
    const bytes = await renderPdf(
      {
        ...renderMarkdown(
          readTemplate('e', Buffer.from('---\ntitle: e\nkind: e\nversion: 1\narticles: [L2113-6]\n---\nx\n')),
          {},
        ),
        title: 'Sel & <eau>',
      },
      OPTIONS,
    );
    expect(bytes.toString('latin1')).toContain('<rdf:li xml:lang="x-default">Sel &amp; &lt;eau&gt;</rdf:li>');
    if (requireTool('pdfinfo')) expect(read('pdfinfo', [], bytes)).toContain('Sel & <eau>');
  });

  test('a limit of pages is kept or refused', async () => {
    await expect(pdfOf(TABLE, { rows: rows(160) }, 'page: { maxPages: 1 }\n')).rejects.toThrow('1 allowed');
  });
});

describe('breaking lines', () => {
  const measure = (text: string): number => text.length;
  const lines = (text: string, width: number): string[] =>
    breakLines([{ text, style: 0 }], width, measure).map((line) => line.pieces.map((p) => p.text).join(''));

  test('at spaces, never at no-break spaces', () => {
    expect(lines('un deux trois', 7)).toEqual(['un deux ', 'trois']);
    expect(lines('1\u00a0234,00\u00a0€ TTC', 10)).toEqual(['1\u00a0234,00\u00a0€ ', 'TTC']);
  });

  test('after the hyphens of a word that no line holds, and only then', () => {
    expect(lines('Saint-Germain-le-Fouilloux', 15)).toEqual(['Saint-Germain-', 'le-Fouilloux']);
    expect(lines('à Saint-Ouën', 11)).toEqual(['à ', 'Saint-Ouën']);
    expect(lines('voir L2113-6', 10)).toEqual(['voir ', 'L2113-6']);
  });

  test('inside a word that no line holds', () => {
    expect(lines('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });
});

test('a draft says « PROJET » on every page, which no reader of its text meets twice', async () => {
  const of = (draft: boolean) =>
    renderPdf(
      {
        title: 'Essai',
        kind: 'essai',
        templateVersion: '1',
        page: {
          ...{ size: 'A4', orientation: 'portrait', density: 'normal', header: true },
          ...{ bookmarks: false, maxPages: null },
        },
        blocks: [
          { type: 'paragraph', runs: [{ text: 'Un.', bold: false, italic: false, gap: false }] },
          { type: 'page-break' },
          { type: 'paragraph', runs: [{ text: 'Deux.', bold: false, italic: false, gap: false }] },
        ],
      },
      { ...OPTIONS, draft },
    );
  if (!requireTool('pdftotext')) return;
  const textOf = async (draft: boolean): Promise<string> => {
    const path = join(folder, draft ? 'projet.pdf' : 'definitif.pdf');
    writeFileSync(path, await of(draft));
    return execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' });
  };
  const [draft, final] = [await textOf(true), await textOf(false)];
  expect(draft.match(/PROJET/g)).toHaveLength(2);
  expect(final).not.toContain('PROJET');
});
