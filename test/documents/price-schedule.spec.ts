import ExcelJS from 'exceljs';
import { priceScheduleDocument } from '../../src/documents/price-schedule.document.js';
import type { Dossier, DossierVersion } from '../../src/documents/dossier.js';
import {
  centsToDecimal,
  lineAmount,
  quantityFromDecimal,
  sum,
  unitPriceFromDecimal,
  vatOf,
  vatRateFromDecimal,
} from '../../src/money/amounts.js';
import { differences, readSpreadsheet, recalculate, zipParts } from '../support/spreadsheet.js';
import { sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const version = sampleVersion();
const { lots } = version.content;
const render = (subject: string, from: DossierVersion = version): Promise<Buffer> =>
  priceScheduleDocument.render(priceScheduleDocument.model(from, subject));
const withContent = (content: Partial<Dossier>): DossierVersion => ({
  ...version,
  content: { ...version.content, ...content },
});
async function open(file: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file as unknown as ExcelJS.Buffer);
  return workbook;
}
const estimates = new Map(version.content.quantities.map((total) => [total.itemCode, total.estimate]));

describe('bpu-dqe.xlsx', () => {
  test('there is one per lot, the same twice', async () => {
    const subjects = priceScheduleDocument.subjects(version);
    expect(subjects.map((subject) => priceScheduleDocument.fileName(subject))).toEqual(
      lots.map((lot) => `dce/lot-${String(lot.number).padStart(2, '0')}-bpu-dqe.xlsx`),
    );
    expect((await render('6')).equals(await render('6'))).toBe(true);
    expect(() => priceScheduleDocument.model(version, '99')).toThrow(RangeError);
  });

  test('says nothing of the prices that the buyers estimate', async () => {
    const dearer = lots.map((lot) => ({
      ...lot,
      items: lot.items.map((item) => ({ ...item, unitPrice: '98765.4321' })),
    }));
    expect((await render('6', withContent({ lots: dearer }))).equals(await render('6'))).toBe(true);
  });

  test.each(lots.map((lot) => [lot.number, lot] as const))(
    'lot %i: bidders fill in the unit prices, and nothing else',
    async (_, lot) => {
      const workbook = await open(await render(String(lot.number)));
      const unlocked: string[] = [];
      for (const sheet of workbook.worksheets) {
        expect((sheet as unknown as { sheetProtection: { sheet: boolean } }).sheetProtection.sheet).toBe(
          true,
        );
        sheet.eachRow({ includeEmpty: true }, (row) =>
          row.eachCell({ includeEmpty: true }, (cell) => {
            if (cell.protection?.locked === false) unlocked.push(`${sheet.name}!${cell.address}`);
          }),
        );
      }
      expect(unlocked).toEqual(lot.items.map((item, index) => `BPU!F${7 + index}`));
      const rule = workbook.getWorksheet('BPU')!.getCell('F7').dataValidation;
      expect(rule).toMatchObject({
        type: 'custom',
        formulae: ['AND(ISNUMBER(F7),F7>=0,ROUND(F7,4)=F7)'],
        errorTitle: 'Prix refusé',
      });
    },
  );

  test('protects without a password, and lets columns be widened', async () => {
    const xml = zipParts(await render('1')).get('xl/worksheets/sheet1.xml')!;
    expect(xml).toContain('<sheetProtection sheet="1" formatColumns="0" formatRows="0"');
    expect(xml).not.toMatch(/hashValue|selectLockedCells/);
    expect(xml).toContain('sqref="F7:F13"');
  });

  test('quantities are those of the members, and empty prices show no amount', async () => {
    for (const lot of lots) {
      const cells = readSpreadsheet(await render(String(lot.number))).get('DQE')!;
      lot.items.forEach((item, index) => {
        const row = 7 + index;
        expect(['A', 'D', 'E', 'G'].map((column) => cells.get(`${column}${row}`)?.value)).toEqual([
          item.code,
          Number(estimates.get(item.code)),
          '',
          '',
        ]);
      });
      expect(cells.get(`G${7 + lot.items.length}`)?.value).toBe('');
    }
  });

  test('LibreOffice finds the same figures, with a lot of zero quantities too', async () => {
    if (!requireTool('soffice')) return;
    const zero = withContent({
      quantities: version.content.quantities.map((total) => ({ ...total, estimate: '0' })),
    });
    const files = [
      ...(await Promise.all(lots.map((lot) => render(String(lot.number))))),
      await render('2', zero),
    ];
    const all = recalculate(files);
    files.forEach((file, index) => expect(differences(readSpreadsheet(file), all[index]!)).toEqual([]));
  });

  test('the prices of a bid give its amounts, VAT by rate and total', async () => {
    if (!requireTool('soffice')) return;
    const lot = lots.find((one) => one.number === 6)!;
    const zero = withContent({ quantities: [] });
    const price = (index: number): string => (index === 3 ? '0' : `${index + 1}.2345`);
    const filled: Buffer[] = [];
    for (const [from, blank] of [
      [version, false],
      [zero, false],
      [version, true],
    ] as const) {
      const workbook = await open(await render('6', from));
      const sheet = workbook.getWorksheet('BPU')!;
      lot.items.forEach((_, index) => {
        if (!blank || index === 0) sheet.getCell(`F${7 + index}`).value = Number(price(index));
      });
      filled.push(Buffer.from(await workbook.xlsx.writeBuffer()));
    }
    const [complete, empty, partial] = recalculate(filled).map((workbook) => workbook.get('DQE')!);
    const lines = lot.items.map((item, index) => ({
      rate: item.vatRate,
      net: lineAmount(quantityFromDecimal(estimates.get(item.code)!), unitPriceFromDecimal(price(index))),
    }));
    const net = sum(lines.map((line) => line.net));
    const vats = ['10', '20'].map((rate) =>
      vatOf(
        sum(lines.filter((line) => line.rate === rate).map((line) => line.net)),
        vatRateFromDecimal(rate),
      ),
    );
    const figures = [...lines.map((line) => line.net), net, ...vats, net + sum(vats)];
    figures.forEach((figure, index) =>
      expect(complete!.get(`G${7 + index}`)?.value).toBeCloseTo(Number(centsToDecimal(figure)), 6),
    );
    expect(complete!.get('D22')?.value).toBe(0);
    expect(empty!.get('G20')?.value).toBe(0);
    expect(['G7', 'G8', 'G17', 'D22'].map((at) => partial!.get(at)?.value)).toEqual([
      Number(centsToDecimal(lines[0]!.net)),
      '',
      Number(centsToDecimal(lines[0]!.net)),
      lot.items.length - 1,
    ]);
  });
});
