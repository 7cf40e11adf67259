import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementText } from '../../src/documents/agreement.document.js';
import { exampleShares } from '../../src/documents/agreement-example.rules.js';
import type { DossierVersion, SharingKeyName } from '../../src/documents/dossier.js';
import { renderMarkdown } from '../../src/platform/markdown/render.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { type Finish, renderText } from '../../src/platform/texts/text-document.js';
import { sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const KEYS: readonly SharingKeyName[] = ['none', 'equal', 'population', 'need', 'fixed-variable'];
const folder = mkdtempSync(join(tmpdir(), 'halle-agreement-'));
afterAll(() => rmSync(folder, { recursive: true }));

const render = (dossier: DossierVersion): Promise<Buffer> =>
  renderAs(dossier, 'draft').then(({ bytes }) => bytes);
const template = new Templates(null).get('agreement');
const renderAs = (dossier: DossierVersion, finish: Finish) =>
  renderText(template, agreementText.model(dossier, ''), 'pdf', finish);

/** The text as people read it: one line, ordinary spaces. */
async function textOf(dossier: DossierVersion): Promise<string> {
  const path = join(folder, 'convention.pdf');
  writeFileSync(path, await render(dossier));
  return execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/[\s\u202f]+/g, ' ');
}

describe('the worked example of the cost clause (law.md §7, §11 16-17)', () => {
  test('1 000,00 € between three: the lowest INSEE code gets the spare cent', () => {
    const shares = exampleShares(100_000n, 'equal', [1n, 1n, 1n], ['53003', '53001', '53002']);
    expect(shares).toEqual([
      { exact: '333,3333…', rounded: 33_333n, spare: 0n },
      { exact: '333,3333…', rounded: 33_334n, spare: 1n },
      { exact: '333,3333…', rounded: 33_333n, spare: 0n },
    ]);
  });

  test('1 234,57 € over four populations', () => {
    const shares = exampleShares(123_457n, 'weight', [50_479n, 4_200n, 1_800n, 900n], ['1', '2', '3', '4']);
    expect(shares.map((share) => share.rounded)).toEqual([108_611n, 9_037n, 3_873n, 1_936n]);
    expect(shares[0]!.exact).toBe('1\u202f086,1091…');
  });

  test('a fixed part is shared first, and each part has its own spare cents', () => {
    const shares = exampleShares(100n, { fixedShare: 3_000n }, [2n, 1n], ['a', 'b']);
    expect(shares).toEqual([
      { exact: '0,6166…', rounded: 62n, spare: 1n },
      { exact: '0,3833…', rounded: 38n, spare: 0n },
    ]);
  });

  test.each(KEYS.slice(1))('under the key %s its shares are those of the dossier, and add up', (key) => {
    const dossier = sampleVersion(key);
    const { example } = agreementText.model(dossier, '');
    const [cost] = dossier.content.sharing.costs;
    const canonical = (french: string): string => french.replace(/\u202f/g, '').replace(',', '.');
    expect(example!.lines.map((line) => canonical(line.net))).toEqual(cost!.shares.map((share) => share.net));
    expect(example!.lines.map((line) => canonical(line.vat))).toEqual(cost!.shares.map((share) => share.vat));
    const spare = example!.lines.reduce(
      (total, line) => total + Number(canonical(line.spareNet) || 0) * 100,
      0,
    );
    expect(Math.round(spare)).toBe(example!.spareNet);
  });

  test('shares that the key does not give are refused', () => {
    const { content, ...version } = sampleVersion('population');
    const [cost, ...others] = content.sharing.costs;
    const shares = cost!.shares.map((share, i) => (i === 1 ? { ...share, net: '9999.99' } : share));
    const altered = { ...content, sharing: { ...content.sharing, costs: [{ ...cost!, shares }, ...others] } };
    expect(() => agreementText.model({ ...version, content: altered }, '')).toThrow(
      'are not those that the sharing key gives',
    );
  });
});

describe('convention.pdf', () => {
  test('names its parties, its lots, and what is left to write', async () => {
    if (!requireTool('pdftotext')) return;
    const text = await textOf(sampleVersion());
    for (const article of ['L2113-6', 'L2113-8', 'L1414-3', 'L2113-7', 'R2162-4'])
      expect(text).toContain(article);
    expect(text).toContain('Le groupement réunit les membres désignés ci-dessous, au nombre de 32.');
    expect(text).toContain('N’adhèrent pas au groupement : La Brûlatte, Launay-Villiers, Olivet.');
    expect(text).toContain('215 300 013 00012 [À compléter] 2026-05-005 19 mai 2026');
    expect(text).toContain('[À compléter : tribunal administratif compétent, et son adresse]');
    expect(text).toContain('PROJET');
    for (const word of ['muette', 'refus de', 'gré à gré', 'PDF/UA', 'undefined'])
      expect(text).not.toContain(word);
    // « nulle » is a word; a value that nobody filled is not.
    expect(text).not.toMatch(/\bnull\b/);
  });

  test.each([
    ['none', 'Aucun titre à émettre.'],
    ['equal', '1 320,00 € ÷ 25 = 52,80 € HT'],
    [
      'population',
      '1 320,00 € × 2 908 ÷ 100 655 = 38,1358… € HT, ramenés à 38,14 € HT, dont 0,01 € de reliquat',
    ],
    ['need', '1 320,00 € × 45 428,77 € ÷ 1 219 812,50 € = 49,1599… € HT, ramenés à 49,16 € HT'],
    ['fixed-variable', '396,00 € ÷ 25 + 924,00 € × 2 908 ÷ 100 655 = 42,5350… € HT, ramenés à 42,54 € HT'],
  ] as const)('under the key %s: « %s »', async (key, sentence) => {
    if (!requireTool('pdftotext')) return;
    const text = await textOf(sampleVersion(key));
    expect(text).toContain(sentence);
    expect(text.includes('Annexe 3')).toBe(key !== 'none');
  });

  test.each(KEYS)('under the key %s the same dossier gives the same bytes', async (key) => {
    const [first, second] = [await render(sampleVersion(key)), await render(sampleVersion(key))];
    expect(second.equals(first)).toBe(true);
  });

  test('a member without a resolution, and a coordinator without a need, are said', async () => {
    if (!requireTool('pdftotext')) return;
    const { content, ...version } = sampleVersion('none');
    const [first, ...others] = content.members;
    const members = [{ ...first!, resolutionOn: null, resolutionNumber: null }, ...others];
    const amounts = content.amounts.filter((amount) => amount.memberKey !== content.coordinator.key);
    const text = await textOf({ ...version, content: { ...content, members, amounts, renewals: 4 } });
    expect(text).toContain('Il manque à ce jour la délibération de 1 membre');
    expect(text).toContain('article L5211-4-4');
    expect(text).toContain('article L2125-1]');
  });

  test('its version names the template', () => {
    expect(template.version).toMatch(/^\d+\+[0-9a-f]{12}$/);
    const model = agreementText.model(sampleVersion(), '');
    expect(renderMarkdown(template, { ...model, draft: true }).title).toContain('Convention constitutive');
    expect(agreementText.subjects(sampleVersion())).toEqual(['']);
  });
});
