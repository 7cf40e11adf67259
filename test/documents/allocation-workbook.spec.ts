import { readFileSync } from 'node:fs';
import { allocationWorkbookDocument } from '../../src/documents/allocation-workbook.document.js';
import type { DossierVersion, SharingKeyName } from '../../src/documents/dossier.js';
import {
  differences,
  readSpreadsheet,
  recalculate,
  zipParts,
  type Spreadsheet,
} from '../support/spreadsheet.js';
import { SAMPLE, sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const expected = JSON.parse(readFileSync(new URL('expected.json', SAMPLE), 'utf8'));
const KEYS: readonly SharingKeyName[] = ['none', 'equal', 'population', 'need', 'fixed-variable'];
const render = (version: DossierVersion): Promise<Buffer> =>
  allocationWorkbookDocument.render(allocationWorkbookDocument.model(version, ''));
const textOf = (workbook: Spreadsheet, sheet: string): string =>
  [...workbook.get(sheet)!.values()].map((cell) => cell.value).join('\n');

describe('repartition.xlsx', () => {
  const files = new Map<SharingKeyName, Buffer>();
  beforeAll(async () => {
    for (const key of KEYS) files.set(key, await render(sampleVersion(key)));
  });
  const read = (key: SharingKeyName) => readSpreadsheet(files.get(key)!);

  test('is the same file twice, and every sheet is locked', async () => {
    const file = files.get('population')!;
    expect((await render(sampleVersion('population'))).equals(file)).toBe(true);
    const sheets = [...zipParts(file)].filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets).toHaveLength(5);
    for (const [, xml] of sheets) {
      expect(xml).toContain('<sheetProtection sheet="1"');
      expect(xml).not.toContain('hashValue');
    }
    expect([...read('population').keys()]).toEqual([
      'Synthèse',
      'Répartition',
      'Détail',
      'Contrôle',
      'Paramètres',
    ]);
  });

  test('amounts per member and lot are signed values, identifiers are texts', () => {
    const { content } = sampleVersion();
    const cells = read('population').get('Répartition')!;
    content.members.forEach((member, index) => {
      const row = 5 + index;
      const cell = (column: string) => cells.get(`${column}${row}`)!;
      expect([cell('A').value, cell('B').value, cell('C').value]).toEqual([
        member.inseeCode ?? '',
        member.siret,
        member.name,
      ]);
      expect([cell('A').type, cell('B').type]).toEqual(['str', 'str']);
      content.lots.forEach((lot, position) => {
        const amount = cell('EFGHIJKLMNOP'[position]!);
        const figure = expected.member_estimate_ht_per_year[member.key]?.[lot.number];
        expect(amount.formula).toBeUndefined();
        expect(amount.value).toBe(
          figure === undefined ? (member.lots.includes(lot.number) ? '–' : null) : Number(figure),
        );
      });
    });
    expect(cells.get('Q37')).toEqual({
      value: Number(expected.total_ht_per_year),
      formula: 'SUM(Q5:Q36)',
      type: 'n',
    });
  });

  test('a member without an answer has no total, where a confirmed zero has 0,00 €', () => {
    const { content } = sampleVersion('population');
    const cells = read('population').get('Répartition')!;
    const needTotals = (index: number) =>
      ['Q', 'R', 'S', 'T'].map((column) => cells.get(`${column}${5 + index}`)!);
    const dashed = content.members.filter((_, index) => {
      const values = new Set(needTotals(index).map((cell) => cell.value));
      return values.has('–') && values.size === 1;
    });
    const without = content.members.filter((member) => member.validLines === 0);
    expect(without.length).toBeGreaterThan(0);
    expect(dashed.map((member) => member.key)).toEqual(without.map((member) => member.key));
    content.members.forEach((member, index) => {
      if (member.validLines > 0)
        expect(needTotals(index).map((cell) => typeof cell.value)).toEqual(Array(4).fill('number'));
      expect(cells.get(`U${5 + index}`)?.type).toBe('n');
    });
  });

  test.each(KEYS.slice(1))('shares of the costs under the key %s', (key) => {
    const cells = read(key).get('Répartition')!;
    sampleVersion().content.members.forEach((member, index) => {
      const share = expected.cost_shares[key][member.key] ?? { ht: '0', vat: '0' };
      const row = 5 + index;
      expect([cells.get(`U${row}`)?.value, cells.get(`V${row}`)?.value]).toEqual([
        Number(share.ht),
        Number(share.vat),
      ]);
    });
  });

  test('the detail holds each line of needs, then each share of each cost with its basis', () => {
    const { content } = sampleVersion('population');
    const cells = read('population').get('Détail')!;
    const first = content.needs[0]!;
    expect([cells.get('B6')?.value, cells.get('E6')?.value, cells.get('H6')?.value]).toEqual([
      first.memberKey,
      first.itemCode,
      Number(first.estimate),
    ]);
    expect(cells.get('J6')?.formula).toBe('ROUND(H6*I6,2)');
    const shares = content.sharing.costs.flatMap((cost) => cost.shares.map((share) => ({ cost, share })));
    shares.forEach(({ cost, share }, index) => {
      const row = 6 + content.needs.length + index;
      expect(['A', 'B', 'F', 'J', 'L'].map((column) => cells.get(`${column}${row}`)?.value)).toEqual([
        'Frais',
        share.memberKey,
        cost.label,
        Number(share.net),
        Number(share.vat),
      ]);
    });
    expect(textOf(read('population'), 'Détail')).toMatch(
      /1\u202f864 \/ 100\u202f655\u00a0hab\. × 6\u202f480,50\u00a0€ HT/,
    );
    expect(textOf(read('fixed-variable'), 'Détail')).toMatch(
      /30\u00a0% × 1 \/ 25 membres \+ 70\u00a0% × 1\u202f864 \/ 100\u202f655\u00a0hab\./,
    );
  });

  test.each(KEYS)('every check is OK under the key %s', (key) => {
    const cells = read(key).get('Contrôle')!;
    const verdicts = [...cells].filter(([at]) => at.startsWith('F') && at !== 'F5');
    expect(verdicts.length).toBe(23);
    expect(new Set(verdicts.map(([, cell]) => cell.value))).toEqual(new Set(['OK']));
    expect(read(key).get('Synthèse')!.get('C4')).toEqual({
      value: 'OK',
      formula: "'Contrôle'!F3",
      type: 'str',
    });
  });

  test('with no key, nobody is asked anything', () => {
    const workbook = read('none');
    for (const sheet of ['Synthèse', 'Paramètres'])
      expect(textOf(workbook, sheet)).toContain(
        'Aucun titre à émettre\u00a0: le coordonnateur supporte les frais de procédure.',
      );
    expect(textOf(workbook, 'Détail')).not.toContain('Frais 1');
  });

  test('the parameters hold what was signed', () => {
    const { sha256, content } = sampleVersion('fixed-variable');
    const parameters = textOf(read('fixed-variable'), 'Paramètres');
    for (const text of [sha256, content.title, 'Part fixe et part variable', '0.3', 'adhesions.csv'])
      expect(parameters).toContain(text);
  });

  test('a gap of one cent is shown, and turns the verdict of the summary', async () => {
    const version = sampleVersion('population');
    const [amount, ...others] = version.content.amounts;
    const content = {
      ...version.content,
      amounts: [{ ...amount!, net: (Number(amount!.net) + 0.01).toFixed(2) }, ...others],
    };
    const file = await render({ ...version, content });
    const workbook = readSpreadsheet(file);
    expect(workbook.get('Synthèse')!.get('C4')?.value).toBe('ÉCART');
    expect(workbook.get('Contrôle')!.get('E8')?.value).toBe(-0.01);
    if (!requireTool('soffice')) return;
    expect(differences(workbook, recalculate([file])[0]!)).toEqual([]);
  });

  test('LibreOffice finds the same figures under every key', () => {
    if (!requireTool('soffice')) return;
    const all = recalculate([...files.values()]);
    KEYS.forEach((key, index) => expect(differences(read(key), all[index]!)).toEqual([]));
  });
});
