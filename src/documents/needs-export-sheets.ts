import { parisDate } from '../calendar/plain-date.js';
import { unitLabel } from '../items/units.rules.js';
import { CLUSTERS_OVERLAP } from '../members/cluster-totals.rules.js';
import {
  centsFromDecimal,
  quantityFromDecimal,
  sum,
  unitPriceFromDecimal,
  vatOf,
  vatRateFromDecimal,
} from '../money/amounts.js';
import type { ItemTotals } from '../needs/needs-totals.queries.js';
import { counted, packsOf } from '../needs/packs.rules.js';
import {
  blank,
  type Cell,
  cents,
  columnSum,
  date,
  integer,
  quantity,
  rate,
  text,
  unitPrice,
} from '../platform/xlsx/cells.js';
import { type Column, firstRow, pagesWide, type Row, type Sheet } from '../platform/xlsx/workbook.js';
import { banner, clusterSheet, footer } from './needs-export-layout.js';
import type { CountedLine, UncountedRow } from './needs-export.queries.js';
import type { NeedsExportModel } from './needs-export-reading.service.js';

const ITEM: readonly Column[] = [
  { header: 'Lot', width: 5, look: 'centered' },
  { header: 'Code', width: 11, look: 'line' },
  { header: 'Désignation', width: 36, headerLook: 'headerLeft' },
  { header: 'Unité', width: 9 },
];
const PACKS: readonly Column[] = [
  { header: 'Condition-\nnement', width: 11, look: 'centered' },
  { header: 'Condition-\nnements\nà commander', width: 13 },
  { header: 'Pour un conditionnement complet', width: 25, headerLook: 'headerLeft' },
];

const quantityCell = (value: string): Cell => quantity(quantityFromDecimal(value));

const packsCells = (estimate: string, { packaging, unit }: ItemTotals): Cell[] => {
  const packs = packsOf(quantityFromDecimal(estimate), packaging);
  return [
    text(packaging),
    packs === null ? blank() : integer(packs.packs),
    text(packs === null || packs.lacking === 0n ? '' : `il manque ${counted(packs.lacking, unit)}`),
  ];
};

const itemCells = ({ lotNumber, code, designation, unit }: ItemTotals): Cell[] => [
  integer(lotNumber),
  text(code),
  text(designation),
  text(unitLabel(unit)),
];

/** What each item totals, in quantities, packs and amounts. */
export function itemSheet(model: NeedsExportModel): Sheet {
  const columns: Column[] = [
    ...ITEM,
    { header: 'Minimum', width: 11 },
    { header: 'Estimé', width: 11, look: 'strong' },
    { header: 'Maximum', width: 11 },
    ...PACKS,
    { header: 'Prix unitaire estimé HT', width: 13 },
    { header: 'HT par an', width: 15 },
    { header: 'TTC par an', width: 15 },
    { header: 'Membres', width: 9 },
  ];
  const sheet: Omit<Sheet, 'rows'> = {
    name: 'Par article',
    columns,
    banner: banner(model, 'Besoins recensés, par article', 'Quantités par an.'),
    footer: footer(model),
    landscape: true,
    headerHeight: 50,
    frozenColumns: 3,
    pagesWide: pagesWide(columns, 3),
  };
  const rows = model.items.map((item): Row => ({
    cells: [
      ...itemCells(item),
      ...[item.minimum, item.estimate, item.maximum].map((value) => quantityCell(value)),
      ...packsCells(item.estimate, item),
      unitPrice(unitPriceFromDecimal(item.unitPrice)),
      cents(centsFromDecimal(item.net)),
      cents(centsFromDecimal(item.gross)),
      integer(item.members),
    ],
  }));
  const first = firstRow(sheet);
  const last = first + rows.length - 1;
  const total = (column: number, amounts: readonly string[]): Cell =>
    columnSum(column, first, last, cents(sum(amounts.map(centsFromDecimal))));
  rows.push({
    look: 'total',
    cells: [
      ...[blank(), blank(), text('Total'), ...Array.from({ length: 8 }, () => blank())],
      total(
        12,
        model.items.map(({ net }) => net),
      ),
      total(
        13,
        model.items.map(({ gross }) => gross),
      ),
      blank(),
    ],
  });
  return { ...sheet, rows, filterToRow: last };
}

/** Clusters as they are delivered: their amounts, then the packs of each item. */
export function clusterSheets(model: NeedsExportModel): Sheet[] {
  if (model.clusters.every(({ name }) => name === '')) return [];
  const byId = new Map(model.items.map((item) => [item.id, item]));
  const columns: Column[] = [
    { header: 'Pôle', width: 30, headerLook: 'headerLeft' },
    ...ITEM,
    { header: 'Estimé', width: 11, look: 'strong' },
    ...PACKS,
  ];
  return [
    clusterSheet(model, CLUSTERS_OVERLAP),
    {
      name: 'Articles par pôle',
      columns,
      banner: banner(model, 'Conditionnements, par pôle de proximité', CLUSTERS_OVERLAP),
      footer: footer(model),
      landscape: true,
      headerHeight: 50,
      frozenColumns: 1,
      rows: model.clusterItems.map(({ clusterName, itemId, estimate }) => {
        const item = byId.get(itemId)!;
        return {
          cells: [
            text(clusterName),
            ...itemCells(item),
            quantityCell(estimate),
            ...packsCells(estimate, item),
          ],
        };
      }),
    },
  ];
}

const WHY: Readonly<Record<UncountedRow['why'], string>> = {
  late: 'Réponse hors délai, non acceptée',
  draft: 'Déclaration commencée, dont rien ne compte',
  silent: 'Sans réponse',
};

/** Nobody is left out unnamed. */
export const uncountedSheet = (model: NeedsExportModel): Sheet => ({
  name: 'Non comptés',
  columns: [
    { header: 'SIRET', width: 17, look: 'centered' },
    { header: 'Membre', width: 44, headerLook: 'headerLeft' },
    { header: 'Lot', width: 7, look: 'centered' },
    { header: 'Pourquoi', width: 44, headerLook: 'headerLeft' },
    { header: 'Sorti du lot le', width: 14 },
  ],
  banner: banner(
    model,
    'Membres dont rien n’est compté',
    model.uncounted.length === 0
      ? 'Aucun\u00a0: chaque membre est compté dans chacun de ses lots.'
      : 'Le silence d’un membre n’est ni un zéro, ni sa quantité de l’an passé\u00a0: il n’entre dans aucun total.',
  ),
  footer: footer(model),
  landscape: true,
  rows: model.uncounted.map(({ siret, name, lotNumber, why, excludedAt }) => ({
    cells: [
      text(siret),
      text(name),
      integer(lotNumber),
      text(WHY[why]),
      excludedAt === null ? blank() : date(parisDate(excludedAt)),
    ],
  })),
});

/** One row per member and item, as the database sends them. */
export function linesSheet(model: NeedsExportModel, lines: AsyncIterable<CountedLine>): Sheet {
  const columns: Column[] = [
    ...ITEM.map((column): Column => ({ ...column, look: column.look ?? 'line' })),
    { header: 'SIRET', width: 16, look: 'line' },
    { header: 'Membre', width: 28, headerLook: 'headerLeft', look: 'line' },
    { header: 'Minimum', width: 11 },
    { header: 'Estimé', width: 11, look: 'strong' },
    { header: 'Maximum', width: 11 },
    { header: 'Prix unitaire estimé HT', width: 13 },
    { header: 'TVA', width: 8 },
    { header: 'HT par an', width: 15 },
    { header: 'TTC par an', width: 15 },
  ];
  const sheet = { columns, banner: banner(model, 'Détail, par article et par membre', 'Quantités par an.') };
  return {
    ...sheet,
    name: 'Détail',
    footer: footer(model),
    landscape: true,
    headerHeight: 50,
    frozenColumns: 3,
    pagesWide: pagesWide(columns, 3),
    rows: [],
    streamed: rowsOf(lines),
    filterToRow: firstRow(sheet) + model.lineCount - 1,
  };
}

async function* rowsOf(lines: AsyncIterable<CountedLine>): AsyncGenerator<Row, void, undefined> {
  for await (const line of lines) yield lineRow(line);
}

function lineRow(line: CountedLine): Row {
  const net = centsFromDecimal(line.net);
  const vatRate = vatRateFromDecimal(line.vatRate);
  return {
    cells: [
      ...[integer(line.lotNumber), text(line.code), text(line.designation), text(unitLabel(line.unit))],
      ...[text(line.siret), text(line.member)],
      line.minimum === null ? blank() : quantityCell(line.minimum),
      quantityCell(line.estimate),
      line.maximum === null ? blank() : quantityCell(line.maximum),
      ...[unitPrice(unitPriceFromDecimal(line.unitPrice)), rate(vatRate)],
      ...[cents(net), cents(net + vatOf(net, vatRate))],
    ],
  };
}
