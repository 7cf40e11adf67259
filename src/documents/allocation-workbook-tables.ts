import { sum } from '../money/amounts.js';
import { frenchEuros, frenchRate, NBSP } from '../money/french.js';
import { address, range } from '../platform/xlsx/address.js';
import {
  blank,
  cents,
  columnSum,
  formula,
  integer,
  quantity,
  rate,
  text,
  unitPrice,
  type Cell,
} from '../platform/xlsx/cells.js';
import { pagesWide, type Column, type Row, type Sheet } from '../platform/xlsx/workbook.js';
import {
  allocationLayout,
  detailLayout,
  footerText,
  SHEETS,
  versionText,
} from './allocation-workbook-layout.js';
import { counted, type AllocationMember, type AllocationModel } from './allocation-workbook-model.js';

/** The columns that name the member stay in sight, and are repeated on each page. */
const REPEATED = 3;

const amountColumn = (header: string, amounts: readonly bigint[], strong = false): Column => ({
  header,
  width: Math.max(
    11,
    ...amounts.map((amount) => frenchEuros(amount).length + 1),
    ...header.split(/\s/).map((word) => Math.min(17, word.length + 1.5)),
  ),
  look: strong ? 'strong' : 'line',
});

/** Short enough for the columns that are repeated on each page: a longer text would be cut there. */
const ALLOCATION_NOTES = [
  `–${NBSP}: sans réponse, hors délai ou en brouillon.`,
  `0,00${NBSP}€${NBSP}: besoin nul confirmé.`,
  'Montants annuels estimés.',
  `Chaque membre paie ce qu’il commande${NBSP};`,
  'seuls les frais de procédure sont partagés.',
];

const clip = (title: string, length: number): string =>
  title.length > length ? `${title.slice(0, length - 1).trimEnd()}…` : title;

export function allocationSheet(model: AllocationModel): Sheet {
  const { members, lots, vatRates } = model;
  const at = allocationLayout(model);
  const lotTotals = lots.map((_, lot) => sum(members.map((member) => counted(member.lots[lot]))));
  const vatTotals = vatRates.map((_, index) => sum(members.map((member) => member.vat[index]!)));
  const net = sum(members.map((member) => member.net));
  const gross = net + sum(vatTotals);
  const shareNet = sum(members.map((member) => member.share.net));
  const shareVat = sum(members.map((member) => member.share.vat));
  const columns: Column[] = [
    { header: 'Code INSEE', width: 8, look: 'centered' },
    { header: 'SIRET', width: 16, look: 'centered' },
    { header: 'Membre', width: 28, headerLook: 'headerLeft' },
    { header: 'Population municipale', width: 12, look: 'line' },
    ...lots.map((lot, index) =>
      amountColumn(`Lot ${lot.number}\n${clip(lot.title, 60)}`, [lotTotals[index]!]),
    ),
    amountColumn(`Total HT\npar${NBSP}an`, [net], true),
    ...vatRates.map((vatRate, index) => amountColumn(`TVA à ${frenchRate(vatRate)}`, [vatTotals[index]!])),
    amountColumn(`Total TTC\npar${NBSP}an`, [gross], true),
    amountColumn('Quote-part des frais HT', [shareNet]),
    amountColumn('Quote-part des frais TVA', [shareVat]),
    amountColumn('Quote-part des frais TTC', [shareNet + shareVat], true),
  ];
  const headerLines = Math.max(4, ...lots.map((lot) => 2 + Math.ceil(Math.min(60, lot.title.length) / 8)));
  const down = (column: number, result: bigint): Cell =>
    columnSum(column, at.firstMember, at.lastMember, cents(result));
  return {
    name: SHEETS.allocation,
    columns,
    headerHeight: headerLines * 15,
    frozenColumns: REPEATED,
    landscape: true,
    pagesWide: pagesWide(columns, REPEATED),
    footer: footerText(model, 'répartition'),
    locked: true,
    banner: [
      { cells: [text('Répartition entre les membres', 'title')], height: 26 },
      { cells: [text(versionText(model), 'subtitle')], height: 20 },
      {
        cells: [text(`Vide${NBSP}: lot non rejoint. –${NBSP}: aucun besoin compté.`, 'subtitle')],
        height: 20,
      },
    ],
    rows: [
      ...members.map((member, index) => memberRow(model, member, at.firstMember + index)),
      {
        look: 'total',
        cells: [
          blank(),
          blank(),
          text(`Total (${members.length} membre${members.length > 1 ? 's' : ''})`),
          columnSum(
            4,
            at.firstMember,
            at.lastMember,
            integer(members.reduce((total, member) => total + member.population, 0)),
          ),
          ...lotTotals.map((total, index) => down(at.firstLot + index, total)),
          down(at.net, net),
          ...vatTotals.map((total, index) => down(at.firstVat + index, total)),
          down(at.gross, gross),
          down(at.shareNet, shareNet),
          down(at.shareVat, shareVat),
          down(at.shareGross, shareNet + shareVat),
        ],
      },
      { cells: [] },
      ...ALLOCATION_NOTES.map((note) => ({ cells: [text(note, 'subtitle' as const)] })),
    ],
  };
}

function memberRow(model: AllocationModel, member: AllocationMember, row: number): Row {
  const at = allocationLayout(model);
  const lots = range(at.firstLot, row, at.net - 1, row);
  const { net, vat } = member.share;
  const answered = member.lots.some((amount) => typeof amount === 'bigint');
  return {
    cells: [
      text(member.inseeCode ?? ''),
      text(member.siret),
      text(member.name),
      integer(member.population),
      ...member.lots.map(lotCell),
      ...(answered
        ? [
            formula(`SUM(${lots})`, cents(member.net)),
            ...member.vat.map((amount) => cents(amount)),
            formula(`SUM(${range(at.net, row, at.gross - 1, row)})`, cents(member.net + sum(member.vat))),
          ]
        : [unanswered(), ...member.vat.map(() => unanswered()), unanswered()]),
      cents(net),
      cents(vat),
      formula(`${address(at.shareNet, row)}+${address(at.shareVat, row)}`, cents(net + vat)),
    ],
  };
}

/** An absent answer is shown as such, in lots and in totals: never as the 0,00 € of a confirmed zero. */
const unanswered = (): Cell => text('–', 'centered');

function lotCell(amount: AllocationMember['lots'][number]): Cell {
  if (amount === null) return blank();
  return amount === 'unanswered' ? unanswered() : cents(amount);
}

const NEED = 'Besoin';
const COST = 'Frais';

export function detailSheet(model: AllocationModel): Sheet {
  const at = detailLayout(model);
  const needs = sum(model.needs.map((need) => need.net));
  const shown = (label: string, first: number, last: number, figures: readonly [number, bigint][]): Row => {
    const cells: (Cell | undefined)[] = [];
    // Far enough from the figure for its words to be read in full.
    cells[at.net - 4] = text(label, 'subtitle');
    for (const [column, amount] of figures)
      cells[column - 1] =
        last < first
          ? cents(0n, 'strong')
          : formula(`SUBTOTAL(109,${range(column, first, column, last)})`, cents(amount, 'strong'));
    return { cells };
  };
  return {
    name: SHEETS.detail,
    columns: [
      { header: 'Type', width: 9, look: 'centered' },
      { header: 'Code INSEE ou SIRET', width: 17, look: 'centered' },
      { header: 'Membre', width: 30, headerLook: 'headerLeft', look: 'line' },
      { header: 'Lot', width: 10, look: 'centered' },
      { header: 'Code', width: 10, look: 'line' },
      { header: 'Désignation', width: 46, headerLook: 'headerLeft' },
      { header: 'Unité', width: 9, look: 'line' },
      { header: 'Quantité', width: 12, look: 'line' },
      { header: 'Prix unitaire HT', width: 15, look: 'line' },
      { header: 'Montant HT', width: 15, look: 'strong' },
      { header: 'Taux de TVA', width: 9, look: 'line' },
      { header: 'TVA', width: 13, look: 'line' },
      { header: 'Nature M57', width: 10, look: 'centered' },
      { header: 'Base de calcul des frais', width: 72, headerLook: 'headerLeft' },
    ],
    headerHeight: 34,
    frozenColumns: 3,
    landscape: true,
    filterToRow: at.lastShare,
    footer: footerText(model, 'détail'),
    locked: true,
    banner: [
      { cells: [text('Détail des besoins et des frais', 'title')], height: 26 },
      {
        cells: [
          text(
            `${model.title} – ${versionText(model)} – la TVA des besoins est calculée par lot et par taux, dans Répartition`,
            'subtitle',
          ),
        ],
        height: 20,
      },
      shown('Besoins affichés HT', at.firstNeed, at.lastNeed, [[at.net, needs]]),
      shown('Frais affichés HT et TVA', at.firstShare, at.lastShare, [
        [at.net, model.shareTotal.net],
        [at.vat, model.shareTotal.vat],
      ]),
    ],
    rows: detailRows(model),
  };
}

/** Generated as they are written: hundreds of members make hundreds of thousands of lines. */
function* detailRows(model: AllocationModel): Iterable<Row> {
  const at = detailLayout(model);
  let row = at.firstNeed;
  for (const need of model.needs) {
    const amount = `ROUND(${address(at.quantity, row)}*${address(at.unitPrice, row)},2)`;
    yield {
      cells: [
        text(NEED),
        text(need.member.key),
        text(need.member.name),
        integer(need.lot),
        text(need.code),
        text(need.designation),
        text(need.unitLabel),
        quantity(need.quantity),
        unitPrice(need.unitPrice),
        formula(amount, cents(need.net)),
        rate(need.vatRate),
        blank(),
        text(need.m57Nature),
        blank(),
      ],
    };
    row += 1;
  }
  for (const [index, cost] of model.costs.entries())
    for (const share of cost.shares)
      yield {
        cells: [
          text(COST),
          text(share.member.key),
          text(share.member.name),
          text(cost.lots.length === 0 ? 'tous' : cost.lots.join(', ')),
          text(`Frais ${index + 1}`),
          text(cost.label),
          blank(),
          blank(),
          blank(),
          cents(share.net),
          rate(cost.vatRate),
          cents(share.vat),
          blank(),
          text(`${share.basis} × ${frenchEuros(cost.net)} HT`),
        ],
      };
}
