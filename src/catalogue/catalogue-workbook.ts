import type { PlainDate } from '../calendar/plain-date.js';
import { unitPriceFromDecimal, vatRateFromDecimal } from '../money/amounts.js';
import { blank, integer, rate, text, unitPrice } from '../platform/xlsx/cells.js';
import type { Sheet, Workbook } from '../platform/xlsx/workbook.js';
import { CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS } from './catalogue.import.js';
import { type FiledItem, filedCells } from './catalogue-file.rules.js';
import { UNITS } from '../items/units.rules.js';

const WIDTHS = [6, 34, 11, 13, 17, 14, 48, 12, 16, 14, 10, 12, 12, 22, 14];

/** The catalogue of a consultation as a workbook that people fill and send back, with the units that it understands. */
export function catalogueWorkbook(title: string, items: readonly FiledItem[], on: PlainDate): Workbook {
  const headers = [...CATALOGUE_COLUMNS, ...CATALOGUE_OPTIONAL_COLUMNS];
  const footer = `${title}, bordereau`;
  const catalogue: Sheet = {
    name: 'Bordereau',
    columns: headers.map((header, index) => ({ header, width: WIDTHS[index]!, look: 'line' })),
    banner: [
      {
        cells: [
          text(
            `${title} : une ligne par article. Garder les titres des colonnes ; les unités sont dans la feuille « Unités ».`,
            'note',
          ),
        ],
        merged: true,
      },
    ],
    rows: items.map((item) => {
      const cells = filedCells(item).map((cell) => (cell === '' ? blank() : text(cell)));
      cells[0] = integer(item.lotNumber);
      cells[9] = unitPrice(unitPriceFromDecimal(item.unitPrice));
      cells[10] = rate(vatRateFromDecimal(item.vatRate));
      if (item.reuseShare !== null) cells[14] = rate(vatRateFromDecimal(item.reuseShare));
      return { cells };
    }),
    frozenColumns: 1,
    footer,
    landscape: true,
    filterToRow: items.length + 2,
  };
  const units: Sheet = {
    name: 'Unités',
    columns: [
      { header: 'unité', width: 24, look: 'line' },
      { header: 'code', width: 8, look: 'line' },
      { header: 'se comprend aussi', width: 60, look: 'line' },
    ],
    rows: UNITS.map(({ code, singular, plural, synonyms }) => ({
      cells: [
        text(singular),
        text(code),
        text([...new Set([plural, ...synonyms])].filter((name) => name !== singular).join(', ')),
      ],
    })),
    footer,
  };
  return { title: `${title} - bordereau`, creator: 'Halle', createdOn: on, sheets: [catalogue, units] };
}
