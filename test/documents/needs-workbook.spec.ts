import { readFileSync } from 'node:fs';
import { needsWorkbookDocument } from '../../src/documents/needs-workbook.document.js';
import { differences, readSpreadsheet, recalculate, zipParts } from '../support/spreadsheet.js';
import { SAMPLE, sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const expected = JSON.parse(readFileSync(new URL('expected.json', SAMPLE), 'utf8'));
const version = sampleVersion();
const render = () => needsWorkbookDocument.render(needsWorkbookDocument.model(version, ''));

describe('besoins-consolides.xlsx', () => {
  let file: Buffer;
  beforeAll(async () => {
    file = await render();
  });
  const sheet = (name: string) => readSpreadsheet(file).get(name)!;
  const text = (name: string) => [...sheet(name).values()].map((cell) => cell.value).join('\n');

  test('is the same file twice', async () => {
    expect((await render()).equals(file)).toBe(true);
    expect(
      needsWorkbookDocument.subjects(version).map((subject) => needsWorkbookDocument.fileName(subject)),
    ).toEqual(['besoins-consolides.xlsx']);
  });

  test('has one sheet per lot, and names whoever is not counted', () => {
    expect([...readSpreadsheet(file).keys()]).toEqual([
      'Lisez-moi',
      'Synthèse',
      ...version.content.lots.map((lot) => `Lot ${lot.number}`),
    ]);
    const readMe = text('Lisez-moi');
    expect(readMe).toContain('3\u00a0: Entrammes, Le Genest-Saint-Isle, Louverné');
    expect(readMe).toContain('Hors délai (non comptés)\n2\u00a0: Louvigné, Parné-sur-Roc');
    expect(readMe).toContain('Brouillon (non comptés)\n2\u00a0: Beaulieu-sur-Oudon, La Chapelle-Anthenaise');
    expect(text('Lot 1')).toContain('Sans réponse\u00a0: Entrammes, Louverné.');
  });

  test('quantities, amounts and totals are those of the dossier', () => {
    const total = sheet('Synthèse').get('F17')!;
    expect(total).toEqual({ value: Number(expected.total_ht_per_year), formula: 'SUM(F5:F16)', type: 'n' });
    for (const lot of version.content.lots) {
      const cells = sheet(`Lot ${lot.number}`);
      lot.items.forEach((item, index) => {
        const row = 6 + index;
        const figures = ['F', 'G', 'H'].map((column) => cells.get(`${column}${row}`)?.value);
        expect([cells.get(`A${row}`)?.value, ...figures]).toEqual([
          item.code,
          ...expected.quantities_valid_only[item.code].map(Number),
        ]);
        expect(cells.get(`I${row}`)?.formula).toMatch(
          new RegExp(`^SUMPRODUCT\\(ROUND\\(J${row}:[A-Z]+${row}\\*E${row},2\\)\\)$`),
        );
      });
      expect(cells.get(`I${6 + lot.items.length}`)?.value).toBe(
        Number(expected.lot_estimate_ht_per_year_valid_only[lot.number]),
      );
    }
  });

  test('columns are the members of the lot; a confirmed zero is 0 and no answer is an empty cell', () => {
    const cells = sheet('Lot 1');
    const columns = [...cells].filter(([at]) => /^[A-Z]+4$/.test(at) && at !== 'I4' && cells.get(at)!.value);
    const members = version.content.members.filter((member) => member.lots.includes(1));
    expect(columns.map(([, cell]) => [cell.value, cell.type])).toEqual(
      members.map((member) => [member.key, 'str']),
    );
    for (const [at, { value: key }] of columns)
      version.content.lots[0]!.items.forEach((item, index) => {
        const need = version.content.needs.find((n) => n.memberKey === key && n.itemCode === item.code);
        const cell = cells.get(`${at.slice(0, -1)}${6 + index}`)!;
        expect(cell.value).toBe(need === undefined ? null : Number(need.estimate));
      });
  });

  test('each lot prints in landscape, with its two header rows repeated', () => {
    const parts = zipParts(file);
    expect(parts.get('xl/workbook.xml')).toContain('&apos;Lot 1&apos;!$4:$5<');
    expect(parts.get('xl/worksheets/sheet3.xml')).toMatch(
      /paperSize="9" orientation="landscape".* fitToWidth="2"/,
    );
  });

  test('LibreOffice finds the same figures', () => {
    if (!requireTool('soffice')) return;
    expect(differences(readSpreadsheet(file), recalculate([file])[0]!)).toEqual([]);
  });

  test('lines that do not add up to their total are refused', () => {
    const { content } = version;
    const quantities = content.quantities.map((q, i) => (i === 0 ? { ...q, estimate: '1' } : q));
    const wrong = { ...version, content: { ...content, quantities } };
    expect(() => needsWorkbookDocument.model(wrong, '')).toThrow('do not add up');
  });
});
