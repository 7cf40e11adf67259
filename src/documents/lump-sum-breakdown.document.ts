import { frenchDate } from '../calendar/plain-date.js';
import { frenchRate, NBSP } from '../money/french.js';
import { columnRange } from '../platform/xlsx/address.js';
import { blank, cents, formula, integer, quantity, rate, text, unitPrice } from '../platform/xlsx/cells.js';
import type { Cell } from '../platform/xlsx/cells.js';
import type { Row, Sheet } from '../platform/xlsx/workbook.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { type DocumentKind, WORKBOOK, XLSX } from './document-kind.js';
import { priceScheduleModel, type PriceScheduleModel } from './price-schedule-model.js';
import { two } from './template-document.js';

const FIRST_ITEM = 7;

/**
 * The breakdown of the lump sum of a lot (DPGF), for the contracts that are not framework agreements: a lump sum is paid
 * whatever the quantities (CCP R2112-6).
 */
export const lumpSumBreakdownDocument: DocumentKind<PriceScheduleModel> = {
  ...WORKBOOK,
  kind: 'lump-sum-breakdown',
  part: 'dce',
  templateVersion: '2',
  mediaType: XLSX,
  subjects: ({ content }) =>
    content.lots
      .filter(({ contractForm }) => contractForm === 'ordinaire')
      .map(({ number }) => String(number)),
  fileName: (subject) => `dce/lot-${two(subject)}-dpgf.xlsx`,
  model: priceScheduleModel,
  render: (model) =>
    writeWorkbook({
      title: `${model.title} – lot ${model.lot.number} – DPGF`,
      creator: model.coordinator,
      createdOn: model.takenOn,
      sheets: [sheetOf(model)],
    }),
};

function sheetOf(model: PriceScheduleModel): Sheet {
  const last = FIRST_ITEM + model.items.length - 1;
  const price = `F${FIRST_ITEM}`;
  return {
    name: 'DPGF',
    footer: `${model.title} – lot ${model.lot.number}, décomposition du prix global et forfaitaire – version ${model.version} du ${frenchDate(model.takenOn)}`,
    landscape: true,
    locked: true,
    frozenColumns: 3,
    headerHeight: 34,
    columns: [
      { header: 'N°', width: 6, look: 'centered' },
      { header: 'Code', width: 11, look: 'line' },
      { header: 'Désignation', width: 50, headerLook: 'headerLeft' },
      { header: 'Unité', width: 10 },
      { header: 'Quantité par an', width: 13, look: 'line' },
      { header: 'Prix unitaire HT', width: 17, look: 'input' },
      { header: 'Taux de TVA', width: 11, look: 'line' },
      { header: 'Montant HT', width: 18, look: 'strong' },
    ],
    banner: [
      {
        cells: [text('Décomposition du prix global et forfaitaire (DPGF)', 'title')],
        height: 26,
      },
      { cells: [text(`Lot ${model.lot.number} – ${model.lot.title}`, 'section')], height: 22 },
      { cells: [text(`${model.title} – CPV ${model.lot.cpv}`, 'subtitle')], height: 20 },
      {
        merged: true,
        cells: [
          text(
            `Le candidat remplit uniquement les cases jaunes${NBSP}: un prix unitaire HT en euros par ligne, avec quatre décimales au plus. Le total est le prix global et forfaitaire, pour un an d’exécution, dû quelles que soient les quantités (article R2112-6).`,
            'paragraph',
          ),
        ],
      },
      { cells: [] },
    ],
    validations:
      model.items.length === 0
        ? []
        : [
            {
              range: columnRange(6, FIRST_ITEM, last),
              formula: `AND(ISNUMBER(${price}),${price}>=0,ROUND(${price},4)=${price})`,
              promptTitle: 'Prix unitaire HT',
              prompt: 'En euros, positif ou nul, quatre décimales au plus.',
              errorTitle: 'Prix refusé',
              error: `Saisissez un nombre positif ou nul, avec quatre décimales au plus. Exemple${NBSP}: 12,3450.`,
            },
          ],
    rows: [...lines(model), ...totals(model, last)],
  };
}

const EMPTY = { ...cents(0n), value: '' };

const lines = ({ items }: PriceScheduleModel): Row[] =>
  items.map((item, index) => {
    const row = FIRST_ITEM + index;
    return {
      cells: [
        integer(index + 1),
        text(item.code),
        text(item.designation),
        text(item.unitLabel),
        quantity(item.quantity),
        { ...unitPrice(0n), value: null },
        rate(item.vatRate),
        formula(`IF(F${row}="","",ROUND(E${row}*F${row},2))`, EMPTY),
      ],
    };
  });

/** Blank until a first price is typed: a total of 0 € would look like an offer. */
function totals({ items, vatRates }: PriceScheduleModel, last: number): Row[] {
  const amounts = columnRange(8, FIRST_ITEM, last);
  const rates = columnRange(7, FIRST_ITEM, last);
  const total = last + 1;
  const line = (label: string, expression: string, vatRate?: Cell): Row => ({
    look: vatRate === undefined ? 'total' : 'subtotal',
    cells: [
      ...[blank(), blank(), text(label), blank(), blank(), { ...blank(), look: 'plain' as const }],
      vatRate ?? blank(),
      items.length === 0 ? EMPTY : formula(`IF(COUNT(${amounts})=0,"",${expression})`, EMPTY),
    ],
  });
  return [
    line('Prix global et forfaitaire HT, pour un an', `SUM(${amounts})`),
    ...vatRates.map((vatRate, index) => {
      const own = `G${total + 1 + index}`;
      return line(
        `TVA à ${frenchRate(vatRate)}`,
        `ROUND(SUMIF(${rates},${own},${amounts})*${own},2)`,
        rate(vatRate),
      );
    }),
    line(
      'Prix global et forfaitaire TTC, pour un an',
      `SUM(${columnRange(8, total, total + vatRates.length)})`,
    ),
  ];
}
