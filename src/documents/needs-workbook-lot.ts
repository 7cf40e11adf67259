import { frenchDate } from '../calendar/plain-date.js';
import { frenchQuantity, NBSP } from '../money/french.js';
import { address, range } from '../platform/xlsx/address.js';
import {
  blank,
  cents,
  columnSum,
  formula,
  quantity,
  text,
  unitPrice,
  type Cell,
} from '../platform/xlsx/cells.js';
import { firstRow, type Column, type Row, type Sheet } from '../platform/xlsx/workbook.js';
import type { NeedsItem, NeedsLot, NeedsWorkbookModel } from './needs-workbook-model.js';

/** Totals stand left of the members: they stay on the first page and in sight, however many members there are. */
const ITEM_COLUMNS: readonly Column[] = [
  { header: 'Code', width: 10, look: 'line' },
  { header: 'Désignation', width: 40, headerLook: 'headerLeft' },
  { header: 'Unité', width: 9 },
  { header: 'Condition-\nnement', width: 11, look: 'centered' },
  { header: 'Prix unitaire estimé HT', width: 15 },
  { header: 'Minimum', width: 11 },
  { header: 'Total estimé', width: 12, look: 'strong' },
  { header: 'Maximum', width: 12 },
  { header: 'Montant HT par an', width: 16, look: 'strong' },
];
const PRICE = 5;
const AMOUNT = 9;
const FIRST_MEMBER = ITEM_COLUMNS.length + 1;
/** Beyond this width, one A4 page would print below 6 points. */
const WIDTH_PER_PAGE = 330;

const banner = (model: NeedsWorkbookModel, lot: NeedsLot): Row[] => [
  { cells: [text(`Lot ${lot.number} – ${lot.title}`, 'title')], height: 26 },
  {
    cells: [
      text(
        `Quantités annuelles par membre – CPV ${lot.cpv} (${lot.cpvLabel}) – version ${model.version} du ${frenchDate(model.takenOn)}`,
        'subtitle',
      ),
    ],
    height: 20,
  },
  {
    cells: [
      text(
        `0${NBSP}: aucun besoin, confirmé par le membre. Case vide${NBSP}: sans réponse pour cet article.`,
        'subtitle',
      ),
    ],
    height: 20,
  },
  {
    height: lot.members.some((member) => member.key.length > 5) ? 118 : 46,
    cells: [
      ...ITEM_COLUMNS.slice(0, -1).map(() => blank('plain')),
      text('Code INSEE ou SIRET', 'headerLeft'),
      ...lot.members.map((member) => text(member.key, 'headerUp')),
    ],
  },
];

/** Where the sheet of a lot holds its amount per year. */
export const lotAmountAddress = (lot: NeedsLot): string => address(AMOUNT, totalRow(lot));

const FIRST_ITEM = 6;
const totalRow = (lot: NeedsLot): number => FIRST_ITEM + lot.items.length;

export function lotSheet(model: NeedsWorkbookModel, lot: NeedsLot, name: string): Sheet {
  const columns = [...ITEM_COLUMNS, ...lot.members.map((member, index) => memberColumn(lot, member, index))];
  const longest = Math.max(12, ...lot.members.map((member) => member.name.length));
  const width = columns.reduce((total, column) => total + column.width, 0);
  const sheet: Omit<Sheet, 'rows'> = {
    name,
    columns,
    banner: banner(model, lot),
    repeatedBanner: 1,
    // Turned names wrap on two lines at most in this height.
    headerHeight: Math.min(200, 20 + longest * 6.6),
    frozenColumns: 2,
    landscape: true,
    pagesWide: Math.ceil(width / WIDTH_PER_PAGE),
    footer: `${model.title} – besoins du lot ${lot.number} – version ${model.version} du ${frenchDate(model.takenOn)}`,
  };
  if (firstRow(sheet) !== FIRST_ITEM) throw new Error('the banner of a lot sheet moved its first item');
  const items = lot.items.map((item, index) => itemRow(lot, item, FIRST_ITEM + index));
  return { ...sheet, rows: [...items, totals(lot), ...notes(lot)] };
}

function memberColumn(lot: NeedsLot, member: { readonly name: string }, index: number): Column {
  const lengths = lot.items.map((item) => frenchQuantity(item.estimates[index] ?? 0n).length);
  return {
    header: member.name,
    headerLook: 'headerUp',
    width: Math.max(5.5, ...lengths.map((length) => length + 1.5)),
  };
}

function itemRow(lot: NeedsLot, item: NeedsItem, row: number): Row {
  const members = range(FIRST_MEMBER, row, FIRST_MEMBER + lot.members.length - 1, row);
  const computed = (expression: string, result: Cell): Cell =>
    lot.members.length === 0 ? result : formula(expression, result);
  return {
    cells: [
      text(item.code),
      text(item.designation),
      text(item.unitLabel),
      text(item.packaging),
      unitPrice(item.unitPrice),
      quantity(item.minimum),
      computed(`SUM(${members})`, quantity(item.estimate)),
      quantity(item.maximum),
      // Each member's line is rounded before they are added: the total times the price would give another amount.
      computed(`SUMPRODUCT(ROUND(${members}*${address(PRICE, row)},2))`, cents(item.amount)),
      ...item.estimates.map((estimate) => (estimate === null ? blank() : quantity(estimate))),
    ],
  };
}

function totals(lot: NeedsLot): Row {
  return {
    look: 'total',
    cells: [
      blank(),
      text('Total du lot, HT par an'),
      ...Array.from({ length: AMOUNT - 3 }, () => blank()),
      columnSum(AMOUNT, FIRST_ITEM, totalRow(lot) - 1, cents(lot.amount)),
    ],
  };
}

function notes(lot: NeedsLot): Row[] {
  const said = [
    ['Sans réponse', lot.uncounted.silent],
    ['Hors délai, non comptés', lot.uncounted.late],
    ['Brouillon, non comptés', lot.uncounted.drafts],
    ['Ont répondu, sans aucune ligne pour ce lot', lot.withoutLine],
  ] as const;
  const rows = said
    .filter(([, names]) => names.length > 0)
    .map(([what, names]): Row => ({
      merged: true,
      cells: [text(`${what}${NBSP}: ${names.join(', ')}.`, 'note')],
    }));
  return [
    { cells: [] },
    ...(rows.length > 0
      ? rows
      : [{ cells: [text('Tous les membres du lot ont répondu.', 'note')], merged: true }]),
  ];
}
