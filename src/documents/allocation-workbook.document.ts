import { sum } from '../money/amounts.js';
import { frenchRate, NBSP } from '../money/french.js';
import { address } from '../platform/xlsx/address.js';
import {
  blank,
  cents,
  columnSum,
  date,
  formula,
  integer,
  rate,
  text,
  type Cell,
} from '../platform/xlsx/cells.js';
import type { Look } from '../platform/xlsx/styles.js';
import type { Row, Sheet } from '../platform/xlsx/workbook.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { KEY_LABEL, keyMeaning, SHARING_RULE } from './allocation-workbook-basis.js';
import { controlSheet, globalVerdict } from './allocation-workbook-control.js';
import { footerText, SHEETS, summaryLayout, versionText } from './allocation-workbook-layout.js';
import { allocationModel, type AllocationModel, type Share } from './allocation-workbook-model.js';
import { allocationSheet, detailSheet } from './allocation-workbook-tables.js';
import { type DocumentKind, WORKBOOK, XLSX } from './document-kind.js';
import { duration } from './dossier-changes.rules.js';

/** Who buys for how much, and who bears which share of the procedure: signed values, with formulas that audit them. */
export const allocationWorkbookDocument: DocumentKind<AllocationModel> = {
  ...WORKBOOK,
  kind: 'allocation-workbook',
  part: 'internal',
  templateVersion: '3',
  mediaType: XLSX,
  subjects: () => [''],
  fileName: () => 'repartition.xlsx',
  model: allocationModel,
  render: (model) =>
    writeWorkbook({
      title: `${model.title} – répartition`,
      creator: model.coordinator,
      createdOn: model.takenOn,
      sheets: [
        summarySheet(model),
        allocationSheet(model),
        detailSheet(model),
        controlSheet(model),
        parametersSheet(model),
      ],
    }),
};

function summarySheet(model: AllocationModel): Sheet {
  const at = summaryLayout(model);
  const rows: Row[] = [];
  /** Formulas of other sheets point at these rows: a row out of place must never be written. */
  const place = (row: number, ...added: Row[]): void => {
    if (rows.length + 1 !== row) throw new Error(`row ${row} of the summary would be row ${rows.length + 1}`);
    rows.push(...added);
  };
  const figures = (row: number, { net, vat }: Share): Cell[] => [
    cents(net),
    cents(vat),
    formula(`D${row}+E${row}`, cents(net + vat)),
  ];
  const heading = (first: string, second: string, third: string): Row => ({
    look: 'header',
    height: 20,
    cells: [
      text(first),
      text(second, 'headerLeft'),
      text(third),
      text('Montant HT'),
      text('TVA'),
      text('Montant TTC'),
    ],
  });
  const line = (row: number, label: string, share: Share, look: Look = 'body'): Row => ({
    look,
    cells: [blank(), text(label), blank(), ...figures(row, share)],
  });
  const section = (title: string): Row => ({ cells: [text(title, 'section')], height: 22 });
  const shared = { net: model.costTotal.net - model.borne.net, vat: model.costTotal.vat - model.borne.vat };

  place(
    1,
    { cells: [text('Répartition entre les membres', 'title')], height: 26 },
    { cells: [text(`${model.title} – ${versionText(model)}`, 'subtitle')], height: 20 },
    {
      cells: [text(`Coordonnateur${NBSP}: ${model.coordinator}`, 'subtitle')],
      height: 20,
    },
    {
      height: 22,
      cells: [undefined, text('Verdict de tous les contrôles', 'strong'), globalVerdict(model)],
    },
    { cells: [] },
    section('Montants'),
    heading('', '', ''),
  );
  const vat = sum(model.total.vat);
  place(
    at.needs,
    line(at.needs, 'Besoins des membres, estimés par an', { net: model.total.net, vat }, 'strong'),
    ...model.vatRates.map((vatRate, index): Row => ({
      cells: [
        blank(),
        text(`dont TVA à ${frenchRate(vatRate)}`),
        blank(),
        blank(),
        cents(model.total.vat[index]!),
        blank(),
      ],
    })),
  );
  place(
    at.costs,
    line(at.costs, 'Frais de procédure', model.costTotal, 'strong'),
    line(at.borne, 'dont supportés par le coordonnateur', model.borne),
    {
      cells: [
        blank(),
        text('dont répartis entre les membres'),
        blank(),
        formula(`D${at.costs}-D${at.borne}`, cents(shared.net)),
        formula(`E${at.costs}-E${at.borne}`, cents(shared.vat)),
        formula(`F${at.costs}-F${at.borne}`, cents(shared.net + shared.vat)),
      ],
    },
    { cells: [] },
    section('Par lot et par an'),
    heading('Lot', 'Intitulé', 'Membres'),
  );
  place(
    at.firstLot,
    ...model.lots.map((lot, index): Row => ({
      cells: [
        integer(lot.number, 'centered'),
        text(lot.title),
        integer(lot.members),
        ...figures(at.firstLot + index, lot),
      ],
    })),
    totalRow(at.firstLot, at.lotTotal, model.lots),
    { cells: [] },
    section('Frais de procédure'),
    heading('N°', 'Objet', 'Membres'),
  );
  place(
    at.firstCost,
    ...model.costs.map((cost, index): Row => ({
      cells: [
        integer(index + 1, 'centered'),
        text(`${cost.label} (${cost.lots.length === 0 ? 'tous les lots' : lotNames(cost.lots)})`),
        integer(cost.shares.length),
        ...figures(at.firstCost + index, cost),
      ],
    })),
    totalRow(at.firstCost, at.costTotal, model.costs),
    { cells: [] },
    ...notices(model),
  );
  return {
    name: SHEETS.summary,
    footer: footerText(model, 'synthèse'),
    locked: true,
    columns: [{ width: 7 }, { width: 62 }, { width: 11 }, { width: 18 }, { width: 17 }, { width: 18 }],
    alarms: [{ range: address(at.verdict, at.verdictRow), formula: `$C$${at.verdictRow}<>"OK"` }],
    rows,
  };
}

const lotNames = (lots: readonly number[]): string =>
  `lot${lots.length > 1 ? 's' : ''}${NBSP}${lots.join(', ')}`;

function totalRow(first: number, row: number, lines: readonly Share[]): Row {
  const net = sum(lines.map((line) => line.net));
  const vat = sum(lines.map((line) => line.vat));
  return {
    look: 'total',
    cells: [
      blank(),
      text('Total'),
      blank(),
      columnSum(4, first, row - 1, cents(net)),
      columnSum(5, first, row - 1, cents(vat)),
      columnSum(6, first, row - 1, cents(net + vat)),
    ],
  };
}

function notices(model: AllocationModel): Row[] {
  const meaning = keyMeaning(model.key, model.fixedShare);
  const none = model.key === 'none';
  return [
    {
      merged: true,
      cells: [
        text(
          none
            ? meaning
            : `Clé de répartition des frais${NBSP}: ${KEY_LABEL[model.key].toLowerCase()}. ${meaning}`,
          none ? 'warning' : 'paragraph',
        ),
      ],
    },
    ...(model.uncounted.length === 0
      ? []
      : [
          {
            merged: true,
            cells: [
              text(
                `Membres sans besoin compté (sans réponse, hors délai ou brouillon)${NBSP}: ${model.uncounted.join(', ')}.`,
                'paragraph',
              ),
            ],
          },
        ]),
  ];
}

function parametersSheet(model: AllocationModel): Sheet {
  const fact = (label: string, value: Cell): Row => ({ cells: [text(label, 'label'), value] });
  const words = (label: string, value: string): Row => fact(label, text(value, 'fact'));
  return {
    name: SHEETS.parameters,
    footer: footerText(model, 'paramètres'),
    locked: true,
    columns: [{ width: 34 }, { width: 90 }],
    rows: [
      { cells: [text('Paramètres', 'title')], height: 26 },
      {
        cells: [
          text(
            'Valeurs arrêtées avec le dossier. Les formules de ce classeur contrôlent, elles ne simulent pas.',
            'subtitle',
          ),
        ],
        height: 20,
      },
      { cells: [] },
      words('Objet', model.title),
      words('Coordonnateur', model.coordinator),
      words('Durée', duration(model.years, model.renewals)),
      fact('Années fermes', integer(model.years, 'fact')),
      fact('Reconductions d’un an', integer(model.renewals, 'fact')),
      words('Clé de répartition des frais', KEY_LABEL[model.key]),
      words('Ce qu’elle signifie', keyMeaning(model.key, model.fixedShare)),
      ...(model.fixedShare === null ? [] : [fact('Part fixe', rate(model.fixedShare, 'fact'))]),
      ...(model.key === 'none' ? [] : [words('Règle de partage', SHARING_RULE)]),
      words(
        'Calcul des montants',
        `Ligne${NBSP}= quantité × prix unitaire HT, arrondie au centime (demi-centime vers le haut). TVA calculée une fois par membre, lot et taux.`,
      ),
      ...model.vatRates.map((vatRate, index) => fact(`Taux de TVA ${index + 1}`, rate(vatRate, 'fact'))),
      words('Source des populations', model.populationSources.join(', ')),
      fact('Version du dossier', integer(model.version, 'fact')),
      fact('Date du dossier', date(model.takenOn, 'fact')),
      words('Empreinte SHA-256 du dossier', model.sha256),
    ],
  };
}
