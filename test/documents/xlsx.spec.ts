import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { columnLetters, on, sheetName } from '../../src/platform/xlsx/address.js';
import * as cell from '../../src/platform/xlsx/cells.js';
import type { Sheet, Workbook } from '../../src/platform/xlsx/workbook.js';
import { streamWorkbook, writeWorkbook } from '../../src/platform/xlsx/write-workbook.js';
import { differences, readSpreadsheet, recalculate, zipParts } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';

const workbook = (sheet: Partial<Sheet>): Workbook => ({
  title: 'Essai',
  creator: 'Laval Agglomération',
  createdOn: '2026-11-23',
  sheets: [{ name: 'Essai', columns: [{ width: 20 }, { width: 20 }], footer: 'Essai', rows: [], ...sheet }],
});
const HOSTILE = [
  '=CMD()',
  '+1',
  '-1',
  '@x',
  '<>&"\'',
  '_x000D_',
  'a\u0000\u0007b',
  '00123',
  "L'Huisserie",
  '\ud83d',
];
const row = (...cells: cell.Cell[]) => ({ cells });

describe('the spreadsheet writer', () => {
  const sample = workbook({
    columns: [
      { width: 20, header: 'Texte' },
      { width: 20, header: 'Valeur' },
    ],
    banner: [row(cell.text('Titre', 'title'))],
    locked: true,
    filterToRow: 9,
    rows: [
      row(cell.text('cents'), cell.cents(123_456n)),
      row(cell.text('prix'), cell.unitPrice(1_850n)),
      row(cell.text('quantité'), cell.quantity(7_160n)),
      row(cell.text('taux'), cell.rate(550n)),
      row(cell.text('entier'), cell.integer(34)),
      row(cell.text('date'), cell.date('2026-11-23')),
      row(cell.text('formule'), cell.formula('ROUND(B3*2,2)', cell.cents(246_912n))),
    ],
  });

  test('gives the same bytes for the same workbook, seconds apart', async () => {
    const first = await writeWorkbook(sample);
    await delay(2_100); // the dates of a ZIP count by two seconds
    expect((await writeWorkbook(sample)).equals(first)).toBe(true);
    const other = await writeWorkbook({ ...sample, createdOn: '2026-11-24' });
    expect(other.equals(first)).toBe(false);
  });

  test('stores exact figures as the nearest double, and dates as days', async () => {
    const cells = readSpreadsheet(await writeWorkbook(sample)).get('Essai')!;
    expect(['B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9'].map((at) => cells.get(at)?.value)).toEqual([
      1234.56, 0.185, 7.16, 0.055, 34, 46_349, 2469.12,
    ]);
  });

  test('refuses a figure of more than 15 significant digits', () => {
    expect(cell.cents(999_999_999_999_999n).value).toBe(9_999_999_999_999.99);
    expect(cell.cents(-100_000_000_000_000_000n).value).toBe(-1e15);
    expect(() => cell.cents(1_234_567_890_123_456n)).toThrow(
      '12345678901234.56 has more than 15 significant',
    );
  });

  test('keeps hostile text as text', async () => {
    const file = await writeWorkbook(workbook({ rows: HOSTILE.map((text) => row(cell.text(text))) }));
    const cells = [...readSpreadsheet(file).get('Essai')!.values()];
    const kept = HOSTILE.map((text) =>
      text === 'a\u0000\u0007b' ? 'ab' : text === '\ud83d' ? '\ufffd' : text,
    );
    expect(cells.map(({ value, formula, type }) => [value, formula, type])).toEqual(
      kept.map((text) => [text, undefined, 'str']),
    );
    if (!requireTool('soffice')) return;
    const read = [...recalculate([file])[0]!.get('Essai')!.values()];
    expect(read.map(({ value, formula, type }) => [value, formula, type])).toEqual(
      kept.map((text) => [text, undefined, 's']),
    );
  });

  test('orders the parts of a sheet as the schema of the format wants', async () => {
    const full = workbook({
      columns: [{ width: 20, header: 'Texte' }],
      locked: true,
      filterToRow: 2,
      rows: [row(cell.text('x')), { merged: true, cells: [cell.text('note', 'note')] }],
      alarms: [{ range: 'A2', formula: 'A2="x"' }],
      validations: [
        { range: 'A2:A3', formula: 'TRUE', promptTitle: 'p', prompt: 'p', errorTitle: 'e', error: 'e' },
      ],
    });
    const xml = zipParts(await writeWorkbook(full)).get('xl/worksheets/sheet1.xml')!;
    const order = [
      ...xml.matchAll(
        /<(sheet[A-Z]\w+|cols|autoFilter|\w+Formatting|dataValidations|page\w+|headerFooter|ignoredErrors)[\s>]/g,
      ),
    ];
    expect(order.map(([, name]) => name)).toEqual([
      'sheetPr',
      'pageSetUpPr',
      'sheetViews',
      'sheetView',
      'sheetFormatPr',
      'cols',
      'sheetData',
      'sheetProtection',
      'autoFilter',
      'conditionalFormatting',
      'dataValidations',
      'pageMargins',
      'pageSetup',
      'headerFooter',
      'ignoredErrors',
    ]);
  });

  test('prints on A4, one page wide, with its header repeated and its pages numbered', async () => {
    const parts = zipParts(
      await writeWorkbook({
        ...sample,
        sheets: [{ ...sample.sheets[0]!, footer: `2027 & co ${'x'.repeat(300)}` }],
      }),
    );
    const xml = parts.get('xl/worksheets/sheet1.xml')!;
    expect(xml).toMatch(/<pageSetup paperSize="9" orientation="portrait".* fitToWidth="1" fitToHeight="0"/);
    expect(parts.get('xl/workbook.xml')).toContain(
      '<definedName name="_xlnm.Print_Titles" localSheetId="0">&apos;Essai&apos;!$2:$2</definedName>',
    );
    const footer = /<oddFooter>(.*)<\/oddFooter>/
      .exec(xml)![1]!
      .replaceAll('&amp;', '&')
      .replaceAll('&quot;', '"');
    expect(footer).toMatch(/^&L&8&"Calibri,Regular"2027 && co x+…&R&8&"Calibri,Regular"Page &P \/ &N$/);
    expect(footer.length).toBeLessThanOrEqual(255);
  });

  test('writes to a stream, and fails with it', async () => {
    const chunks: Buffer[] = [];
    await streamWorkbook(sample, new Writable({ write: (chunk, _, done) => (chunks.push(chunk), done()) }));
    expect(Buffer.concat(chunks).equals(await writeWorkbook(sample))).toBe(true);
    const full = new Writable({ write: (_chunk, _, done) => done(new Error('disk full')) });
    await expect(streamWorkbook(sample, full)).rejects.toThrow('disk full');
    const bad = workbook({
      rows: (function* () {
        yield row(cell.cents(10n ** 15n + 1n));
      })(),
    });
    await expect(writeWorkbook(bad)).rejects.toThrow(RangeError);
  });

  test('the recalculation that the other tests rely on does find a wrong stored result', async () => {
    if (!requireTool('soffice')) return;
    const file = await writeWorkbook(
      workbook({ rows: [row(cell.formula('1+1', cell.integer(3)), cell.formula('1/0', cell.integer(1)))] }),
    );
    expect(differences(readSpreadsheet(file), recalculate([file])[0]!)).toEqual([
      'Essai!A1 1+1: stored 3, recalculated 2',
      'Essai!B1 1/0: stored 1, recalculated #DIV/0!',
    ]);
  });
});

describe('names and addresses', () => {
  test('columns', () => {
    expect([1, 26, 27, 52, 53, 702, 703].map(columnLetters)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
    expect(on("L'Huisserie", 'A1')).toBe("'L''Huisserie'!A1");
  });

  test('a sheet name is never refused by a spreadsheet, and never taken twice', () => {
    expect(sheetName("L'Huisserie")).toBe('L’Huisserie');
    expect(sheetName('a[]:*?/\\b')).toBe('a b');
    expect(sheetName('///')).toBe('Feuille');
    expect(sheetName('History')).toBe('History (2)');
    const long = sheetName('Communauté de communes du Pays de Château-Gontier');
    expect(long).toBe('Communauté de communes du Pays');
    expect(sheetName(`${long} de Loire`, [long.toUpperCase()])).toBe('Communauté de communes du P (2)');
  });
});
