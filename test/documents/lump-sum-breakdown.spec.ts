import ExcelJS from 'exceljs';
import { lumpSumBreakdownDocument as dpgf } from '../../src/documents/lump-sum-breakdown.document.js';
import type { DossierVersion } from '../../src/documents/dossier.js';
import {
  centsToDecimal,
  lineAmount,
  quantityFromDecimal,
  sum,
  unitPriceFromDecimal,
  vatOf,
  vatRateFromDecimal,
} from '../../src/money/amounts.js';
import { differences, readSpreadsheet, recalculate } from '../support/spreadsheet.js';
import { sampleVersion } from '../support/sample-dossier.js';
import { requireTool } from '../support/tools.js';

const sample = sampleVersion();
/** The sample, whose lot 6 is a plain contract. */
const version: DossierVersion = {
  ...sample,
  content: {
    ...sample.content,
    lots: sample.content.lots.map((lot) => (lot.number === 6 ? { ...lot, contractForm: 'ordinaire' } : lot)),
  },
};
const lot = version.content.lots.find(({ number }) => number === 6)!;
const estimates = new Map(version.content.quantities.map((total) => [total.itemCode, total.estimate]));
const render = (): Promise<Buffer> => dpgf.render(dpgf.model(version, '6'));
async function open(file: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file as unknown as ExcelJS.Buffer);
  return workbook;
}

test('there is one per plain contract, and none for framework agreements (R2112-6)', () => {
  expect(dpgf.subjects(sample)).toEqual([]);
  expect(dpgf.subjects(version)).toEqual(['6']);
  expect(dpgf.fileName('6')).toBe('dce/lot-06-dpgf.xlsx');
});

test('bidders fill in the unit prices and nothing else; empty, it shows no amount', async () => {
  const file = await render();
  const sheet = (await open(file)).getWorksheet('DPGF')!;
  const unlocked: string[] = [];
  sheet.eachRow({ includeEmpty: true }, (row) =>
    row.eachCell({ includeEmpty: true }, (cell) => {
      if (cell.protection?.locked === false) unlocked.push(cell.address);
    }),
  );
  expect(unlocked).toEqual(lot.items.map((_, index) => `F${7 + index}`));
  const cells = readSpreadsheet(file).get('DPGF')!;
  for (let row = 7; row < 7 + lot.items.length + 2; row += 1) expect(cells.get(`H${row}`)?.value).toBe('');
  if (!requireTool('soffice')) return;
  expect(differences(readSpreadsheet(file), recalculate([file])[0]!)).toEqual([]);
});

test('the prices of a bid give its amounts, VAT by rate and total', async () => {
  if (!requireTool('soffice')) return;
  const workbook = await open(await render());
  const price = (index: number): string => `${index + 1}.2345`;
  lot.items.forEach((_, index) => {
    workbook.getWorksheet('DPGF')!.getCell(`F${7 + index}`).value = Number(price(index));
  });
  const [read] = recalculate([Buffer.from(await workbook.xlsx.writeBuffer())]);
  const lines = lot.items.map((item, index) => ({
    rate: item.vatRate,
    net: lineAmount(quantityFromDecimal(estimates.get(item.code)!), unitPriceFromDecimal(price(index))),
  }));
  const rates = [...new Set(lines.map(({ rate }) => rate))].sort((a, b) => Number(a) - Number(b));
  const net = sum(lines.map((line) => line.net));
  const vats = rates.map((rate) =>
    vatOf(sum(lines.filter((line) => line.rate === rate).map((line) => line.net)), vatRateFromDecimal(rate)),
  );
  const first = 7 + lot.items.length;
  const said = [net, ...vats, net + sum(vats)].map(
    (_, index) => read!.get('DPGF')!.get(`H${first + index}`)?.value,
  );
  expect(said).toEqual([net, ...vats, net + sum(vats)].map((cents) => Number(centsToDecimal(cents))));
});
