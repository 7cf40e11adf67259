import { frenchRate, NBSP } from '../money/french.js';
import { columnRange, on } from '../platform/xlsx/address.js';
import {
  blank,
  cents,
  formula,
  integer,
  quantity,
  rate,
  text,
  unitPrice,
  type Cell,
} from '../platform/xlsx/cells.js';
import type { Row, Sheet } from '../platform/xlsx/workbook.js';
import type { PriceScheduleModel } from './price-schedule-model.js';

const BPU = 'BPU';
const DQE = 'DQE';
/** Both sheets begin their items on the same row: a price and its quantity are easily matched. */
const FIRST_ITEM = 7;

const heading = (model: PriceScheduleModel, name: string, notice: string): Row[] => [
  { cells: [text(name, 'title')], height: 26 },
  { cells: [text(`Lot ${model.lot.number} – ${model.lot.title}`, 'section')], height: 22 },
  { cells: [text(`${model.title} – CPV ${model.lot.cpv}`, 'subtitle')], height: 20 },
  { merged: true, cells: [text(notice, 'paragraph')] },
  { cells: [] },
];

/** BPU: the only cells that a bidder may fill in are the unit prices. */
export function priceSheet(model: PriceScheduleModel, footer: string): Sheet {
  const last = FIRST_ITEM + model.items.length - 1;
  const price = `F${FIRST_ITEM}`;
  return {
    name: BPU,
    footer,
    landscape: true,
    locked: true,
    frozenColumns: 3,
    headerHeight: 34,
    columns: [
      { header: 'N°', width: 6, look: 'centered' },
      { header: 'Code', width: 11, look: 'line' },
      { header: 'Désignation', width: 54, headerLook: 'headerLeft' },
      { header: 'Unité', width: 10 },
      { header: 'Conditionnement', width: 17, look: 'centered' },
      { header: 'Prix unitaire HT', width: 18, look: 'input' },
      { header: 'Taux de TVA', width: 11 },
    ],
    banner: heading(
      model,
      'Bordereau des prix unitaires (BPU)',
      `Le candidat remplit uniquement les cases jaunes${NBSP}: un prix unitaire HT en euros par ligne, pour l’unité indiquée, avec quatre décimales au plus. Le candidat s’identifie dans l’acte d’engagement.`,
    ),
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
    rows: model.items.map((item, index) => ({
      cells: [
        integer(index + 1),
        text(item.code),
        text(item.designation),
        text(item.unitLabel),
        text(item.packaging),
        { ...unitPrice(0n), value: null },
        rate(item.vatRate),
      ],
    })),
  };
}

/** DQE: the same items, the quantities of all members, and the amounts that the prices of the BPU give. */
export function quantitySheet(model: PriceScheduleModel, footer: string): Sheet {
  const last = FIRST_ITEM + model.items.length - 1;
  const prices = on(BPU, columnRange(6, FIRST_ITEM, last));
  const amounts = columnRange(7, FIRST_ITEM, last);
  const rates = columnRange(6, FIRST_ITEM, last);
  const total = last + 1;
  const empty = { ...cents(0n), value: '' };
  const emptyPrice = { ...unitPrice(0n), value: '' };
  /** Blank until a first price is typed: a total of 0 € would look like an offer. */
  const summary = (label: string, expression: string, vatRate?: Cell): Row => ({
    look: vatRate === undefined ? 'total' : 'subtotal',
    cells: [
      blank(),
      text(label),
      blank(),
      blank(),
      blank(),
      vatRate ?? blank(),
      model.items.length === 0 ? empty : formula(`IF(COUNT(${amounts})=0,"",${expression})`, empty),
    ],
  });
  const rows: Row[] = model.items.map((item, index) => {
    const row = FIRST_ITEM + index;
    const price = on(BPU, `F${row}`);
    return {
      cells: [
        text(item.code),
        text(item.designation),
        text(item.unitLabel),
        quantity(item.quantity),
        formula(`IF(${price}="","",${price})`, emptyPrice),
        rate(item.vatRate),
        formula(`IF(E${row}="","",ROUND(D${row}*E${row},2))`, empty),
      ],
    };
  });
  rows.push(summary('Total HT', `SUM(${amounts})`));
  model.vatRates.forEach((vatRate, index) => {
    const own = `F${total + 1 + index}`;
    const vat = `ROUND(SUMIF(${rates},${own},${amounts})*${own},2)`;
    rows.push(summary(`TVA à ${frenchRate(vatRate)}`, vat, rate(vatRate)));
  });
  const lastSum = total + model.vatRates.length;
  rows.push(summary('Total TTC', `SUM(${columnRange(7, total, lastSum)})`));
  rows.push({ cells: [] });
  rows.push({
    cells: [
      undefined,
      text('Prix restant à renseigner dans le BPU', 'label'),
      undefined,
      model.items.length === 0
        ? integer(0, 'strong')
        : formula(`COUNTBLANK(${prices})`, integer(model.items.length, 'strong')),
    ],
  });
  return {
    name: DQE,
    footer,
    landscape: true,
    locked: true,
    frozenColumns: 2,
    headerHeight: 34,
    columns: [
      { header: 'Code', width: 11, look: 'line' },
      { header: 'Désignation', width: 54, headerLook: 'headerLeft' },
      { header: 'Unité', width: 10 },
      { header: 'Quantité annuelle estimée', width: 17, look: 'line' },
      { header: 'Prix unitaire HT', width: 17, look: 'line' },
      { header: 'Taux de TVA', width: 11, look: 'line' },
      { header: 'Montant HT', width: 19, look: 'strong' },
    ],
    banner: heading(
      model,
      'Détail quantitatif estimatif (DQE)',
      `Document non contractuel. Les quantités sont la somme des besoins annuels estimés des membres du groupement${NBSP}; elles servent à comparer les offres et n’engagent pas les acheteurs. Les prix sont repris du BPU${NBSP}: rien n’est à saisir ici.`,
    ),
    rows,
  };
}
