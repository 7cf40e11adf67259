import { frenchDate } from '../calendar/plain-date.js';
import { centsFromDecimal, sum } from '../money/amounts.js';
import { frenchCount, NBSP } from '../money/french.js';
import type { NamedAmounts } from '../needs/needs-totals.queries.js';
import { blank, cents, columnSum, integer, text } from '../platform/xlsx/cells.js';
import { firstRow, type Row, type Sheet } from '../platform/xlsx/workbook.js';
import type { NeedsExportModel } from './needs-export-reading.service.js';

/** Title, subject and state: the same above every sheet. */
export const banner = (model: NeedsExportModel, title: string, ...notes: readonly string[]): Row[] => [
  { cells: [text(title, 'title')], height: 26 },
  { cells: [text(model.title, 'subtitle')], height: 20 },
  { cells: [text(model.state, 'subtitle')], height: 20 },
  ...notes.map((note) => ({ cells: [text(note, 'note')], merged: true })),
];

export const footer = (model: NeedsExportModel): string =>
  `${model.title} – besoins recensés – ${frenchDate(model.takenOn)}`;

const yearsOf = ({ firmYears, renewals }: NeedsExportModel): number => firmYears + renewals;
const overall = (model: NeedsExportModel, what: string): string => {
  const years = yearsOf(model);
  return `${what} sur ${years}${NBSP}an${years > 1 ? 's' : ''}`;
};

const ROUNDING =
  'Montants des quantités estimées aux prix unitaires estimés\u00a0: chaque ligne arrondie au centime, puis la somme. TVA calculée une fois sur le total de chaque taux\u00a0: les TTC de deux feuilles peuvent différer de quelques centimes.';

/** Amounts a year and overall, HT and TTC, whatever they are told apart by. */
function amountSheet(
  model: NeedsExportModel,
  sheet: Pick<Sheet, 'name' | 'banner'>,
  headings: readonly [code: string | null, name: string],
  rows: readonly NamedAmounts[],
  total: { readonly members: number | null } | null,
): Sheet {
  const columns = [
    ...(headings[0] === null ? [] : [{ header: headings[0], width: 17, look: 'centered' as const }]),
    { header: headings[1], width: 54, headerLook: 'headerLeft' as const },
    { header: 'Membres ayant un besoin', width: 14 },
    { header: 'HT par an', width: 17 },
    { header: 'TTC par an', width: 17 },
    { header: overall(model, 'HT'), width: 18 },
    { header: overall(model, 'TTC'), width: 18 },
  ];
  const whole: Omit<Sheet, 'rows'> = {
    ...sheet,
    columns,
    footer: footer(model),
    landscape: true,
    headerHeight: 50,
    frozenColumns: headings[0] === null ? 1 : 2,
  };
  const years = BigInt(yearsOf(model));
  const figures = rows.map(({ net, gross }) => [centsFromDecimal(net), centsFromDecimal(gross)] as const);
  const body = rows.map((row, index): Row => {
    const [net, gross] = figures[index]!;
    return {
      cells: [
        ...(headings[0] === null ? [] : [text(row.code)]),
        text(row.name),
        integer(row.members),
        ...[net, gross, net * years, gross * years].map((amount) => cents(amount)),
      ],
    };
  });
  if (total === null) return { ...whole, rows: body };
  const first = firstRow(whole);
  const last = first + body.length - 1;
  const sums = [0, 1].map((at) => sum(figures.map((one) => one[at]!)));
  body.push({
    look: 'total',
    cells: [
      blank(),
      text('Total'),
      total.members === null ? blank() : integer(total.members),
      ...[...sums, ...sums.map((one) => one * years)].map((amount, index) =>
        columnSum(4 + index, first, last, cents(amount)),
      ),
    ],
  });
  return { ...whole, rows: body };
}

export function lotSheet(model: NeedsExportModel): Sheet {
  const lines =
    model.lines === null
      ? [
          `Le détail compte ${frenchCount(model.lineCount)} lignes, plus qu’un classeur n’en lit bien\u00a0: le demander en CSV.`,
        ]
      : [];
  return amountSheet(
    model,
    {
      name: 'Synthèse par lot',
      banner: [
        ...banner(model, 'Besoins recensés, par lot'),
        { cells: [text(missing(model), 'warning')], merged: true },
        ...[ROUNDING, ...lines].map((note) => ({ cells: [text(note, 'note')], merged: true })),
      ],
    },
    ['Lot', 'Intitulé'],
    model.lots,
    { members: model.members.filter(({ members }) => members > 0).length },
  );
}

/** The reader of a total must know whom it leaves out. */
function missing({ uncounted }: NeedsExportModel): string {
  const names = [...new Set(uncounted.map(({ name }) => name))];
  if (names.length === 0) return 'Tous les membres de chaque lot sont comptés.';
  const told = names.slice(0, 12).join(', ');
  const more = names.length > 12 ? ` et ${frenchCount(names.length - 12)} autres` : '';
  return `Totaux établis sans\u00a0: ${told}${more} (lot par lot sur la feuille «\u00a0Non comptés\u00a0»).`;
}

export const memberSheet = (model: NeedsExportModel): Sheet =>
  amountSheet(
    model,
    {
      name: 'Par membre',
      banner: banner(
        model,
        'Besoins recensés, par membre',
        'Seuls figurent les membres dont un besoin compte. Un montant nul est un «\u00a0aucun besoin\u00a0» déclaré.',
      ),
    },
    ['SIRET', 'Membre'],
    // One row is one member: how many ask is 1 or 0.
    model.members,
    { members: model.members.filter(({ members }) => members > 0).length },
  );

/** Clusters overlap: no total is made of them. */
export const clusterSheet = (model: NeedsExportModel, caution: string): Sheet =>
  amountSheet(
    model,
    { name: 'Par pôle', banner: banner(model, 'Besoins recensés, par pôle de proximité', caution) },
    [null, 'Pôle'],
    model.clusters.map((row) => ({ ...row, name: row.name === '' ? 'Hors pôle' : row.name })),
    null,
  );
