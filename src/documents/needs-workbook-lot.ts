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
import { firstRow, pagesWide, type Column, type Row, type Sheet } from '../platform/xlsx/workbook.js';
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
/** Code and designation stay in sight, and are repeated on each page. */
const REPEATED = 2;
const PRICE = 5;
const AMOUNT = 9;
const FIRST_MEMBER = ITEM_COLUMNS.length + 1;
/** Right of the repeated columns, hence printed once, and on the first page. */
const NOTES = [REPEATED + 1, ITEM_COLUMNS.length] as const;
/** What a row of notes may hold without growing taller than a row can be. */
const NOTE_LENGTH = 1_500;

const banner = (model: NeedsWorkbookModel, lot: NeedsLot): Row[] => [
  { cells: [text(`Lot ${lot.number} – ${lot.title}`, 'title')], height: 26 },
  // What stands in the repeated columns must be short: it would be cut on the pages that follow.
  {
    cells: [
      text(`Quantités par an – version ${model.version} du ${frenchDate(model.takenOn)}`, 'subtitle'),
      undefined,
      text(`CPV ${lot.cpv} (${lot.cpvLabel})`, 'subtitle'),
    ],
    height: 20,
  },
  {
    cells: [text(`0${NBSP}: aucun besoin, confirmé. Vide${NBSP}: sans réponse.`, 'subtitle')],
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
  const sheet: Omit<Sheet, 'rows'> = {
    name,
    columns,
    banner: banner(model, lot),
    repeatedBanner: 1,
    // Turned names wrap on two lines at most in this height.
    headerHeight: Math.min(200, 20 + longest * 6.6),
    frozenColumns: REPEATED,
    landscape: true,
    pagesWide: pagesWide(columns, REPEATED),
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
  const notes = said.flatMap(([what, names]) => paragraphs(names).map((list) => `${what}${NBSP}: ${list}.`));
  return [
    { cells: [] },
    ...(notes.length > 0 ? notes : ['Tous les membres du lot ont répondu.']).map((note) => ({
      merged: NOTES,
      cells: [undefined, undefined, text(note, 'note')],
    })),
  ];
}

function paragraphs(names: readonly string[]): string[] {
  const lists: string[] = [];
  for (const name of names) {
    const last = lists.at(-1);
    if (last === undefined || last.length + name.length > NOTE_LENGTH) lists.push(name);
    else lists[lists.length - 1] = `${last}, ${name}`;
  }
  return lists;
}
