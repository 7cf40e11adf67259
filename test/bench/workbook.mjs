import { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import * as cells from '../../dist/platform/xlsx/cells.js';
import { streamWorkbook } from '../../dist/platform/xlsx/write-workbook.js';
import { figure, inTurn, megabytes, rate, ratio, seconds, title } from './report.mjs';

const ROWS = 200_000;
const HEADERS = [
  'Membre',
  'Lot',
  'Article',
  'Désignation',
  'Unité',
  'Quantité',
  'Prix',
  'Montant',
  'TVA',
  'Nature',
  'Le',
  'Note',
];

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** A detail sheet of 200 000 rows × 12 columns: by our adapter, and by exceljs alone with shared style objects. */
export async function benchWorkbook() {
  title(`Workbook, a detail sheet of ${ROWS.toLocaleString('en')} rows × ${HEADERS.length} columns`);
  const [ours, bare] = await inTurn(3, byAdapter, byExceljs);
  figure('bare exceljs stream, shared styles, median of 3', `${seconds(bare)}, ${rate(ROWS, bare)}`);
  figure('the adapter, median of 3', `${seconds(ours)}, ${rate(ROWS, ours)}`);
  figure('memory of the process so far', megabytes(process.resourceUsage().maxRSS * 1024));
  ratio('adapter / bare', ours / bare, 1.3);
}

function* adapterRows() {
  for (let i = 0; i < ROWS; i += 1) {
    const quantity = BigInt((i % 900) + 1) * 1_000n;
    const amount = (quantity * 1_250n) / 1_000n;
    const line = i + 2;
    yield {
      cells: [
        cells.text(`Commune ${i % 400}`),
        cells.integer(i % 12),
        cells.text(`A-${i % 500}`),
        cells.text('Sel de déneigement en vrac, rendu'),
        cells.text('tonne'),
        cells.quantity(quantity),
        cells.unitPrice(125_000n),
        cells.formula(`ROUND(F${line}*G${line},2)`, cells.cents(amount)),
        cells.rate(2_000n),
        cells.text('60633'),
        cells.date('2027-03-01'),
        undefined,
      ],
    };
  }
}

async function byAdapter() {
  await streamWorkbook(
    {
      title: 'Mesure',
      creator: 'Halle',
      createdOn: '2027-01-01',
      sheets: [
        {
          name: 'Détail',
          columns: HEADERS.map((header) => ({ header, width: 14, look: 'line' })),
          rows: adapterRows(),
          footer: 'Mesure',
        },
      ],
    },
    nowhere(),
  );
}

const border = Object.fromEntries(
  ['top', 'bottom', 'left', 'right'].map((side) => [side, { style: 'thin', color: { argb: 'FFB8C4C8' } }]),
);
const style = (numFmt) => ({
  numFmt,
  font: { name: 'Calibri', size: 11 },
  border,
  alignment: { vertical: 'top' },
});
const [TEXT, INTEGER, EUROS, PERCENT, DATE] = ['@', '#,##0', '#,##0.00\\ "€"', '0\\ %', 'dd/mm/yyyy'].map(
  style,
);
const STYLES = [TEXT, INTEGER, TEXT, TEXT, TEXT, INTEGER, EUROS, EUROS, PERCENT, TEXT, DATE, TEXT];

async function byExceljs() {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: nowhere(),
    useStyles: true,
    useSharedStrings: false,
  });
  const sheet = workbook.addWorksheet('Détail');
  sheet.addRow(HEADERS).commit();
  const day = new Date('2027-03-01T00:00:00Z');
  for (let i = 0; i < ROWS; i += 1) {
    const quantity = (i % 900) + 1;
    const line = i + 2;
    const row = sheet.getRow(line);
    const values = [
      `Commune ${i % 400}`,
      i % 12,
      `A-${i % 500}`,
      'Sel de déneigement en vrac, rendu',
      'tonne',
      quantity,
      12.5,
      { formula: `ROUND(F${line}*G${line},2)`, result: quantity * 12.5 },
      0.2,
      '60633',
      day,
    ];
    for (let c = 0; c < values.length; c += 1) {
      const cell = row.getCell(c + 1);
      cell.value = values[c];
      cell.style = STYLES[c];
    }
    row.commit();
  }
  sheet.commit();
  await workbook.commit();
}
