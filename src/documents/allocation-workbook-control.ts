import { sum, type Cents } from '../money/amounts.js';
import { frenchRate, NBSP } from '../money/french.js';
import { address, columnRange, on } from '../platform/xlsx/address.js';
import { cents, formula, integer, text, type Cell } from '../platform/xlsx/cells.js';
import type { Row, Sheet } from '../platform/xlsx/workbook.js';
import {
  allocationLayout,
  CONTROL,
  detailLayout,
  footerText,
  SHEETS,
  summaryLayout,
  versionText,
} from './allocation-workbook-layout.js';
import { type AllocationModel, counted } from './allocation-workbook-model.js';

const OK = 'OK';
const GAP = 'ÉCART';

/** One side of a check: what the workbook computes, and what it computes to. */
interface Side {
  readonly formula: string;
  readonly value: Cents;
}

interface Check {
  readonly label: string;
  readonly computed: Side;
  readonly expected: Side;
}

/** Everything that must add up, worked out by the reader's spreadsheet from the values it holds. */
function checks(model: AllocationModel): Check[] {
  const allocation = allocationLayout(model);
  const detail = detailLayout(model);
  const summary = summaryLayout(model);
  const { members, total } = model;

  const side = (formula: string, value: Cents): Side => ({ formula, value });
  const signed = (column: number, row: number, value: Cents): Side =>
    side(on(SHEETS.summary, address(column, row)), value);
  const sumOf = (sheet: string, column: number, first: number, last: number): string =>
    last < first ? '0' : `SUM(${on(sheet, columnRange(column, first, last))})`;
  const overMembers = (column: number, value: Cents): Side =>
    side(sumOf(SHEETS.allocation, column, allocation.firstMember, allocation.lastMember), value);

  const vat = sum(total.vat);
  const membersNet = sum(members.map((member) => member.net));
  const membersVat = model.vatRates.map((_, index) => sum(members.map((member) => member.vat[index]!)));
  const sharesNet = sum(members.map((member) => member.share.net));
  const sharesVat = sum(members.map((member) => member.share.vat));
  const detailNet = sum(model.needs.map((need) => need.net));
  const shares = model.costs.flatMap((cost) => cost.shares);
  const net = overMembers(allocation.net, membersNet);
  const totalNet = signed(summary.net, summary.needs, total.net);
  const needLots = on(SHEETS.detail, columnRange(detail.lot, detail.firstNeed, detail.lastNeed));
  const needNets = on(SHEETS.detail, columnRange(detail.net, detail.firstNeed, detail.lastNeed));

  return [
    { label: 'Σ des montants HT des membres = total HT', computed: net, expected: totalNet },
    {
      label: 'Σ des montants HT des lots = total HT',
      computed: side(
        sumOf(SHEETS.summary, summary.net, summary.firstLot, summary.lotTotal - 1),
        sum(model.lots.map((lot) => lot.net)),
      ),
      expected: totalNet,
    },
    {
      label: 'Σ des lignes de détail HT = total HT',
      computed: side(sumOf(SHEETS.detail, detail.net, detail.firstNeed, detail.lastNeed), detailNet),
      expected: totalNet,
    },
    ...model.vatRates.map((rate, index) => ({
      label: `Σ de la TVA à ${frenchRate(rate)} des membres = total de ce taux`,
      computed: overMembers(allocation.firstVat + index, membersVat[index]!),
      expected: signed(summary.vat, summary.needs + 1 + index, total.vat[index]!),
    })),
    {
      label: 'Total HT + TVA de tous les taux = total TTC des membres',
      computed: side(
        `${totalNet.formula}+${on(SHEETS.summary, address(summary.vat, summary.needs))}`,
        total.net + vat,
      ),
      expected: overMembers(allocation.gross, membersNet + sum(membersVat)),
    },
    ...model.lots.map((lot, index) => ({
      label: `Lot ${lot.number}${NBSP}: Σ des membres = Σ du détail`,
      computed: overMembers(
        allocation.firstLot + index,
        sum(members.map((member) => counted(member.lots[index]))),
      ),
      expected: side(
        model.needs.length === 0 ? '0' : `SUMIF(${needLots},${lot.number},${needNets})`,
        sum(model.needs.filter((need) => need.lot === lot.number).map((need) => need.net)),
      ),
    })),
    {
      label: 'Σ des quotes-parts HT = frais répartis HT',
      computed: overMembers(allocation.shareNet, sharesNet),
      expected: signed(summary.net, summary.shared, model.costTotal.net - model.borne.net),
    },
    {
      label: 'Σ des quotes-parts de TVA = TVA des frais répartis',
      computed: overMembers(allocation.shareVat, sharesVat),
      expected: signed(summary.vat, summary.shared, model.costTotal.vat - model.borne.vat),
    },
    {
      label: 'Σ du détail des frais HT = Σ des quotes-parts HT',
      computed: side(
        sumOf(SHEETS.detail, detail.net, detail.firstShare, detail.lastShare),
        sum(shares.map((share) => share.net)),
      ),
      expected: overMembers(allocation.shareNet, sharesNet),
    },
    {
      label: 'Σ du détail des frais TVA = Σ des quotes-parts de TVA',
      computed: side(
        sumOf(SHEETS.detail, detail.vat, detail.firstShare, detail.lastShare),
        sum(shares.map((share) => share.vat)),
      ),
      expected: overMembers(allocation.shareVat, sharesVat),
    },
  ];
}

const verdict = (list: readonly Check[]): string =>
  list.every((check) => check.computed.value === check.expected.value) ? OK : GAP;

/** The verdict on all checks, as a formula that reads it on *Contrôle*. */
export const globalVerdict = (model: AllocationModel): Cell =>
  formula(
    on(SHEETS.control, address(CONTROL.verdictColumn, CONTROL.verdictRow)),
    text(verdict(checks(model))),
    'verdict',
  );

export function controlSheet(model: AllocationModel): Sheet {
  const list = checks(model);
  const verdicts = columnRange(
    CONTROL.verdictColumn,
    CONTROL.firstCheck,
    CONTROL.firstCheck + list.length - 1,
  );
  return {
    name: SHEETS.control,
    columns: [
      { header: 'N°', width: 6, look: 'centered' },
      { header: 'Contrôle', width: 62, headerLook: 'headerLeft' },
      { header: 'Montant calculé', width: 18, look: 'line' },
      { header: 'Montant attendu', width: 18, look: 'line' },
      { header: 'Différence', width: 19, look: 'line' },
      { header: 'Verdict', width: 12, look: 'verdict' },
    ],
    headerHeight: 24,
    landscape: true,
    footer: footerText(model, 'contrôle'),
    locked: true,
    alarms: [
      { range: verdicts, formula: `$F${CONTROL.firstCheck}<>"${OK}"` },
      {
        range: address(CONTROL.verdictColumn, CONTROL.verdictRow),
        formula: `$F$${CONTROL.verdictRow}<>"${OK}"`,
      },
    ],
    banner: [
      { cells: [text('Contrôle des montants', 'title')], height: 26 },
      { cells: [text(`${model.title} – ${versionText(model)}`, 'subtitle')], height: 20 },
      {
        height: 22,
        cells: [
          undefined,
          undefined,
          undefined,
          undefined,
          text('Verdict général', 'strong'),
          // Counting the good ones: a check in error is neither « OK » nor « ÉCART ».
          formula(
            `IF(COUNTIF(${verdicts},"${OK}")=ROWS(${verdicts}),"${OK}","${GAP}")`,
            text(verdict(list)),
            'verdict',
          ),
        ],
      },
      { cells: [] },
    ],
    rows: list.map((check, index) => checkRow(check, index)),
  };
}

function checkRow(check: Check, index: number): Row {
  const row = CONTROL.firstCheck + index;
  const difference = check.computed.value - check.expected.value;
  return {
    cells: [
      integer(index + 1),
      text(check.label),
      formula(check.computed.formula, cents(check.computed.value)),
      formula(check.expected.formula, cents(check.expected.value)),
      formula(`ROUND(C${row}-D${row},2)`, cents(difference)),
      formula(`IF(E${row}=0,"${OK}","${GAP}")`, text(difference === 0n ? OK : GAP)),
    ],
  };
}
