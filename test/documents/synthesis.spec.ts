import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dossier, DossierVersion, SharingKeyName } from '../../src/documents/dossier.js';
import { MOST_LINES, synthesisText } from '../../src/documents/synthesis.document.js';
import { Templates } from '../../src/platform/markdown/templates.js';
import { renderText } from '../../src/platform/texts/text-document.js';
import { centsFromDecimal } from '../../src/money/amounts.js';
import { frenchAmount, frenchEuros } from '../../src/money/french.js';
import { SAMPLE, sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const KEYS: readonly SharingKeyName[] = ['none', 'equal', 'population', 'need', 'fixed-variable'];
const folder = mkdtempSync(join(tmpdir(), 'halle-synthesis-'));
afterAll(() => rmSync(folder, { recursive: true }));

const model = (dossier: DossierVersion) => synthesisText.model(dossier, '');
const template = new Templates(null).get('synthesis');
const render = async (dossier: DossierVersion): Promise<Buffer> =>
  (await renderText(template, model(dossier), 'pdf', synthesisText.finish)).bytes;
const pagesOf = (bytes: Buffer): number => (bytes.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length;
const read = (program: string, options: string[], bytes: Buffer, ...output: string[]): string => {
  const path = join(folder, 'recapitulatif.pdf');
  writeFileSync(path, bytes);
  return execFileSync(program, [...options, path, ...output], { encoding: 'utf8' });
};

/** The sample with as many members and lots as wanted, by copying its own under longer names. */
function enlarged(memberCount: number, lotCount = 12): DossierVersion {
  const { content, ...version } = sampleVersion();
  const members = Array.from({ length: memberCount }, (_, i) => {
    const member = content.members[i % content.members.length]!;
    return i < content.members.length
      ? member
      : { ...member, key: `9${i}`, name: `${member.name}-la-Grande ${i}` };
  });
  const amounts = members.flatMap((member, i) =>
    content.amounts
      .filter((amount) => amount.memberKey === content.members[i % content.members.length]!.key)
      .map((amount) => ({ ...amount, memberKey: member.key })),
  );
  const lots = Array.from({ length: lotCount }, (_, i) => {
    const lot = content.lots[i % content.lots.length]!;
    return {
      ...lot,
      number: i + 1,
      title: i < 12 ? lot.title : `${lot.title}, secteur au nord de la rocade`,
    };
  });
  const enlargedContent: Dossier = { ...content, members, amounts, lots };
  return { ...version, content: enlargedContent };
}

describe('the model: figures and states', () => {
  const expected = JSON.parse(readFileSync(new URL('expected.json', SAMPLE), 'utf8')) as {
    total_ht_per_year: string;
    silent: string[];
    late: string[];
    drafts: string[];
    member_estimate_ht_per_year: Record<string, Record<string, string>>;
    cost_shares: Record<string, Record<string, { ht: string; vat: string }>>;
  };

  test('agree with the figures computed independently', () => {
    const { net, answers, lines, total } = model(sampleVersion());
    expect(net).toBe(frenchEuros(centsFromDecimal(expected.total_ht_per_year)));
    expect(total.net).toBe(frenchAmount(centsFromDecimal(expected.total_ht_per_year)));
    expect(answers).toEqual({
      valid: 32 - expected.silent.length - expected.late.length - expected.drafts.length,
      late: expected.late.length,
      draft: expected.drafts.length,
      silent: expected.silent.length,
    });
    const share = expected.cost_shares['population']!['53001']!;
    const gross = centsFromDecimal(share.ht) + centsFromDecimal(share.vat);
    expect(lines.find((line) => line.name === 'Ahuillé')).toMatchObject({
      lots: 8,
      share: frenchAmount(gross),
    });
  });

  test('a member with valid lines and late ones counts, and is marked', () => {
    const { content, ...version } = sampleVersion();
    const members = content.members.map((m) => (m.name === 'Laval' ? { ...m, lateLines: 2 } : m));
    const { lines, hasPartial } = model({ ...version, content: { ...content, members } });
    expect(hasPartial).toBe(true);
    expect(lines.find((line) => line.name === 'Laval')).toMatchObject({ answer: 'valid', partial: true });
  });

  test('what does not fit is summed in one line, and the total stays that of all', () => {
    const { lines, others, total } = model(enlarged(75));
    expect(lines).toHaveLength(MOST_LINES - 1);
    expect(others!.count).toBe(75 - MOST_LINES + 1);
    const cents = (french: string): bigint =>
      centsFromDecimal(french.replace(/\u202f/g, '').replace(',', '.'));
    const shown = lines.reduce((sum, line) => sum + cents(line.net), 0n);
    expect(shown + cents(others!.net)).toBe(cents(total.net));
  });
});

describe('recapitulatif.pdf is one page', () => {
  test.each(KEYS)('under the key %s, twice the same bytes', async (key) => {
    const [first, second] = [await render(sampleVersion(key)), await render(sampleVersion(key))];
    expect(pagesOf(first)).toBe(1);
    expect(second.equals(first)).toBe(true);
  });

  test.each([1, 3, 32])('with %d members', async (count) => {
    expect(pagesOf(await render(sampleVersion('none', count)))).toBe(1);
  });

  test.each([
    [40, 12],
    [60, 12],
    [61, 30],
    [200, 30],
  ])('with %d members and %d lots, nothing below the margin', async (members, lots) => {
    const bytes = await render(enlarged(members, lots));
    expect(pagesOf(bytes)).toBe(1);
    if (!requireTool('pdftotext')) return;
    const words = [...read('pdftotext', ['-bbox'], bytes, '-').matchAll(/yMax="([\d.]+)">([^<]*)</g)];
    const footer = Math.max(...words.map((word) => Number(word[1])));
    const body = words.filter((word) => Number(word[1]) < footer - 2).map((word) => Number(word[1]));
    expect(Math.max(...body)).toBeLessThan(842 - 44);
  });

  test('says who did not answer, who is late, who does not join', async () => {
    if (!requireTool('pdftotext')) return;
    const text = read('pdftotext', ['-layout'], await render(sampleVersion()), '-').replace(
      /[\s\u202f]+/g,
      ' ',
    );
    expect(text).toContain('Entrammes sans réponse 5 –');
    expect(text).toContain('Louvigné hors délai 8 –');
    expect(text).toContain('Beaulieu-sur-Oudon brouillon 9 –');
    expect(text).toContain('N’adhèrent pas : La Brûlatte, Launay-Villiers, Olivet.');
    expect(text).toContain('25 sur 32');
    expect(text).toContain('1 219 812,50 €');
    expect(text).toContain('Page 1 / 1');
  });

  test('its bars are a figure with words, its members one table', async () => {
    if (!requireTool('pdfinfo')) return;
    const bytes = await render(sampleVersion());
    const structure = read('pdfinfo', ['-struct'], bytes);
    const count = (tag: string): number => (structure.match(new RegExp(`^ *${tag}\\b`, 'gm')) ?? []).length;
    expect([count('H1'), count('Figure'), count('Table'), count('TH'), count('TR')]).toEqual([
      1, 1, 1, 4, 34,
    ]);
    expect(bytes.includes(Buffer.from('Barres horizontales', 'utf16le').swap16())).toBe(true);
  });
});
