import * as cell from '../../src/platform/xlsx/cells.js';
import {
  fittingWidth,
  identityIn,
  identitySheet,
  instructions,
  quantityInputs,
} from '../../src/platform/xlsx/fillable.js';
import { readWorkbook, tableOfSheets } from '../../src/platform/xlsx/read-workbook.js';
import { writeWorkbook } from '../../src/platform/xlsx/write-workbook.js';
import { csvLine, FRENCH_CSV, STANDARD_CSV } from '../../src/platform/csv/write.js';
import { asCsv, fromCsv, readSpreadsheet, rewritten, zipParts } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';

const LIMITS = { rows: 1_000, columns: 50 };
const HOSTILE = ['=1+1', '+1+1', '-1+1', '@SUM(1)', "'=1", '=HYPERLINK("x")', '\t=1', '＝1+1'];
const FACTS = { commune: 'd8f1', version: '7', '=formule': '=1+1' };

const template = () =>
  writeWorkbook({
    title: 'Besoins',
    creator: 'Halle',
    createdOn: '2026-11-26',
    sheets: [
      {
        name: 'Besoins',
        columns: [
          { header: 'Code', width: fittingWidth(['A-1'], 8, 20), look: 'line' },
          { header: 'Unité', width: 12, look: 'line' },
          { header: 'L’an dernier', width: 12, look: 'line' },
          { header: 'Quantité', width: 12, look: 'input' },
        ],
        banner: instructions(['Remplir les cases jaunes.', 'Renvoyer le fichier tel quel.']),
        rows: [
          { cells: [cell.text('=A-1'), cell.text('sac'), cell.quantity(12_500n), cell.blank()] },
          { cells: [cell.text('A-2'), cell.text('tonne'), cell.quantity(0n), cell.quantity(3_000n)] },
          {
            cells: [
              cell.text('Total'),
              undefined,
              undefined,
              cell.formula('SUM(D4:D5)-3', cell.quantity(0n)),
            ],
            look: 'total',
          },
        ],
        validations: [quantityInputs('D4:D5')],
        filterToRow: 5,
        locked: true,
        sortable: true,
        footer: 'Besoins',
      },
      identitySheet('halle', FACTS),
    ],
  });

describe('a workbook to fill', () => {
  test('locks all but its inputs, checks what is typed, allows sorting, and hides what it is', async () => {
    const parts = zipParts(await template());
    const sheet = parts.get('xl/worksheets/sheet1.xml')!;
    expect(sheet).toMatch(/<sheetProtection sheet="1"[^>]* sort="0" autoFilter="0"\/>/);
    expect(sheet).not.toMatch(/password|hashValue/);
    expect(sheet).toMatch(
      /<dataValidation type="decimal" operator="greaterThanOrEqual" allowBlank="1"[^>]*sqref="D4:D5"><formula1>0<\/formula1>/,
    );
    expect(parts.get('xl/workbook.xml')).toMatch(
      /name="halle" state="veryHidden"|state="veryHidden"[^>]*name="halle"/,
    );
    const unlocked = [...parts.get('xl/styles.xml')!.matchAll(/<protection locked="0"\/>/g)];
    expect(unlocked.length).toBeGreaterThan(0);
  });

  test('comes back, from us and from LibreOffice, with its identity, its table and its zero', async () => {
    const files = [await template()];
    if (requireTool('soffice')) files.push(...rewritten(files));
    for (const file of files) {
      const { sheets, fault } = await readWorkbook(file, LIMITS);
      expect(fault).toBeNull();
      expect(Object.fromEntries(identityIn(sheets, 'halle', Object.keys(FACTS))!)).toEqual(FACTS);
      expect(identityIn(sheets, 'renamed', ['commune'])!.get('version')).toBe('7');
      expect(identityIn(sheets, 'halle', ['other'])).toBeNull();
      const table = tableOfSheets('b.xlsx', sheets, {
        columns: ['code', 'quantite'],
        optional: [],
        others: 'ignored',
      });
      expect(table.faults).toEqual([]);
      expect(table.rows.map((row) => [row.line, row.get('code'), row.get('quantite')])).toEqual([
        [4, '=A-1', ''],
        [5, 'A-2', '3'],
        [6, 'Total', '0'],
      ]);
      expect(sheets[0]!.rows.at(-1)!.cells[3]).toEqual({ text: '0', kind: 'number', formula: true });
    }
  });

  test('widths fit within bounds', () => {
    expect([fittingWidth([], 8, 20), fittingWidth(['a\nbonjour bonjour'], 8, 20)]).toEqual([8, 17]);
    expect(fittingWidth(['x'.repeat(90)], 8, 20)).toBe(20);
  });
});

describe('a text that looks like a formula', () => {
  test('stays a text in a workbook that LibreOffice reads and gives as CSV', async () => {
    if (!requireTool('soffice')) return;
    const file = await writeWorkbook({
      title: 'x',
      creator: 'x',
      createdOn: '2026-11-26',
      sheets: [
        {
          name: 'x',
          columns: [{ width: 20 }],
          footer: 'x',
          rows: HOSTILE.map((text) => ({ cells: [cell.text(text)] })),
        },
      ],
    });
    const shown = asCsv(file).split(/\r?\n/).slice(0, HOSTILE.length);
    expect(shown.map((line) => line.replace(/^"|"$/g, '').replaceAll('""', '"').trim())).toEqual(
      // LibreOffice writes in an encoding without full-width signs: they become plain ones, which is why we guard them too.
      HOSTILE.map((text) => text.normalize('NFKC').trim()),
    );
  });

  test.each([FRENCH_CSV, STANDARD_CSV])('stays a text in CSV that LibreOffice opens: %j', (dialect) => {
    if (!requireTool('soffice')) return;
    const text = dialect.start + HOSTILE.map((value) => csvLine([value, 'x'], dialect)).join('');
    const [sheet] = readSpreadsheet(fromCsv(Buffer.from(text))).values();
    const cells = [...sheet!].filter(([at]) => at.startsWith('A'));
    expect(cells).toHaveLength(HOSTILE.length);
    for (const [, { formula }] of cells) expect(formula).toBeUndefined();
  });
});
