import type { PlainDate } from '../calendar/plain-date.js';
import type { LineRow } from '../declarations/declarations.queries.js';
import { unitLabel } from '../items/units.rules.js';
import {
  lineAmount,
  type Quantity,
  quantityFromDecimal,
  sum,
  unitPriceFromDecimal,
} from '../money/amounts.js';
import { readQuantity } from '../money/decimal-words.js';
import { NBSP } from '../money/french.js';
import { address, columnRange } from '../platform/xlsx/address.js';
import {
  blank,
  type Cell,
  cents,
  formula,
  integer,
  quantity,
  text,
  unitPrice,
} from '../platform/xlsx/cells.js';
import { fittingWidth, identitySheet, instructions, quantityInputs } from '../platform/xlsx/fillable.js';
import { type Column, firstRow, type Row, type Sheet, type Workbook } from '../platform/xlsx/workbook.js';
import { IDENTITY_SHEET, type IdentityFact } from './form.import.js';
import type { Quantities, RejectedRow } from './form.rules.js';

/** What the workbook of a member is made of. */
export interface FormModel {
  readonly buyerName: string;
  readonly title: string;
  /** In French: « mardi 15 décembre 2026 à 17 h 00 (heure de Paris) ». */
  readonly deadline: string;
  readonly on: PlainDate;
  readonly identity: Readonly<Record<IdentityFact, string>>;
  /** « 1 – Sel de déneigement », by lot. */
  readonly lots: ReadonlyMap<string, string>;
  readonly lines: readonly LineRow[];
  /** Of a file that comes back annotated. */
  readonly notes: FormNotes | null;
}

export interface FormNotes {
  /** What the file says, by item: as it was written where that is refused. */
  readonly said: ReadonlyMap<string, { readonly [K in keyof Quantities]: string | null }>;
  /** What is wrong, by item. */
  readonly problems: ReadonlyMap<string, string>;
  /** Rows that are of no item of this member. */
  readonly others: readonly RejectedRow[];
}

const INSTRUCTIONS = [
  `1. Remplir seulement les cases jaunes${NBSP}: la quantité que votre collectivité achète en un an, dans l’unité de la ligne.`,
  `2. Écrire 0 s’il n’y a pas de besoin. Une case vide ne dit rien${NBSP}: ni zéro, ni la quantité de l’an passé.`,
  `3. Écrire un nombre seul, sans unité${NBSP}: 12 ou 12,5. Le conditionnement dit combien il y en a par unité.`,
  `4. Les prix sont des estimations hors taxes${NBSP}: ils servent à préparer l’achat, pas à le payer.`,
  `5. Enregistrer au format «${NBSP}Classeur Excel (.xlsx)${NBSP}», puis renvoyer ce fichier${NBSP}: il est vérifié avant que rien ne change.`,
];
/** Rows of the banner: the names, the instructions, the total. */
const TOTAL_ROW = 8;

/** The workbook in which a member gives its needs, as it stands or annotated with what is wrong. */
export function formWorkbook(model: FormModel): Workbook {
  const title = `Besoins annuels, ${model.buyerName}`;
  const others = model.notes?.others ?? [];
  return {
    title: `${title} - ${model.title}`,
    creator: 'Halle',
    createdOn: model.on,
    sheets: [
      needsSheet(model, title),
      ...(others.length > 0 ? [othersSheet(others, title)] : []),
      identitySheet(IDENTITY_SHEET, model.identity),
    ],
  };
}

/** Places of the columns, from 1: the bounds are there only for whom they were typed. */
function placesOf(bounded: boolean) {
  const price = bounded ? 10 : 8;
  return {
    quantity: 7,
    bounds: bounded ? ([8, 9] as const) : null,
    price,
    amount: price + 1,
    problem: price + 2,
  };
}

function needsSheet(model: FormModel, title: string): Sheet {
  const { lines } = model;
  const said = (line: LineRow): Quantities => model.notes?.said.get(line.itemId) ?? line;
  const at = placesOf(lines.some((line) => said(line).minimum !== null || said(line).maximum !== null));
  const columns = columnsOf(model, at.bounds !== null);
  const first = firstRow({ columns, banner: Array.from({ length: TOTAL_ROW }, () => ({ cells: [] })) });
  const last = first + lines.length - 1;
  return {
    columns,
    banner: banner(model, at, [first, last], said),
    name: 'Besoins',
    footer: `${title} – ${model.title}`,
    landscape: true,
    locked: true,
    sortable: true,
    frozenColumns: 2,
    headerHeight: 34,
    filterToRow: last,
    validations: (at.bounds ? [at.quantity, ...at.bounds] : [at.quantity]).map((column) =>
      quantityInputs(columnRange(column, first, last)),
    ),
    alarms: [
      {
        range: columnRange(at.problem, first, last),
        formula: `LEN($${address(at.problem, first)})>0`,
      },
    ],
    rows: lines.map((line, index) => rowOf(model, line, said(line), at, first + index)),
  };
}

type Places = ReturnType<typeof placesOf>;

function columnsOf({ lines, lots, notes }: FormModel, bounded: boolean): Column[] {
  const input = (header: string): Column => ({ header, width: 13, look: 'input' });
  return [
    { header: 'Lot', width: fittingWidth(lots.values(), 8, 26), look: 'line' },
    {
      header: 'Code article',
      width: fittingWidth(
        lines.map(({ code }) => code),
        11,
        20,
      ),
      look: 'line',
    },
    {
      header: 'Désignation',
      width: fittingWidth(
        lines.map(({ designation }) => designation),
        26,
        46,
      ),
      headerLook: 'headerLeft',
    },
    {
      header: 'Unité',
      width: fittingWidth(
        lines.map(({ unit }) => unitLabel(unit)),
        9,
        16,
      ),
    },
    {
      header: 'Conditionnement',
      width: fittingWidth(
        lines.map(({ packaging }) => packaging),
        17,
        24,
      ),
      look: 'body',
    },
    { header: 'Quantité de l’an passé', width: 13, look: 'line' },
    input('Quantité estimée'),
    ...(bounded ? [input('Quantité min'), input('Quantité max')] : []),
    { header: 'Prix unitaire estimé HT', width: 14, look: 'line' },
    { header: 'Montant estimé HT', width: 16, look: 'strong' },
    { header: 'À corriger', width: notes ? 42 : 14, look: 'body' },
  ];
}

function banner(
  { buyerName, title, deadline, lines, notes }: FormModel,
  at: Places,
  [first, last]: readonly [number, number],
  said: (line: LineRow) => Quantities,
): Row[] {
  const read = lines.map((line) => [line, typed(said(line).estimate)] as const);
  const total = sum(read.map(([line, value]) => (value === null ? 0n : amountOf(line, value))));
  const given = read.filter(([, value]) => value !== null).length;
  const cells: (Cell | undefined)[] = [text('Total estimé HT', 'total')];
  for (let column = 2; column < at.problem; column += 1) cells.push(blank('total'));
  const inputs = columnRange(at.quantity, first, last);
  cells[at.quantity - 2] = text('Remplies', 'total');
  cells[at.quantity - 1] = formula(`COUNT(${inputs})`, integer(given, 'total'));
  cells[at.amount - 1] = formula(`SUM(${columnRange(at.amount, first, last)})`, cents(total, 'total'));
  return [
    { cells: [text(`Besoins annuels – ${buyerName}`, 'title')], height: 26 },
    {
      merged: true,
      cells: [
        notes
          ? text(`${title} – ${wrongWords(notes)}`, 'warning')
          : text(`${title} – à renvoyer avant le ${deadline}`, 'subtitle'),
      ],
      height: 20,
    },
    ...instructions(INSTRUCTIONS),
    { cells },
  ];
}

function wrongWords({ problems, others }: FormNotes): string {
  const counted = (count: number, one: string, several: string): string[] =>
    count === 0 ? [] : [`${count}${NBSP}${count > 1 ? several : one}`];
  const wrong = [
    ...counted(problems.size, 'ligne à corriger, en rouge', 'lignes à corriger, en rouge'),
    ...counted(
      others.length,
      `ligne dans la feuille «${NBSP}Lignes non reprises${NBSP}»`,
      `lignes dans la feuille «${NBSP}Lignes non reprises${NBSP}»`,
    ),
  ];
  return wrong.length === 0
    ? 'rien à corriger'
    : `${wrong.join(', ')}${NBSP}: corriger, enregistrer, renvoyer ce fichier.`;
}

const typed = (value: string | null): Quantity | null => {
  if (value === null) return null;
  const reading = readQuantity(value);
  return reading.ok ? reading.value : null;
};

const amountOf = ({ unitPrice: price }: LineRow, value: Quantity) =>
  lineAmount(value, unitPriceFromDecimal(price));

function rowOf({ lots, notes }: FormModel, line: LineRow, said: Quantities, at: Places, row: number): Row {
  const own = address(at.quantity, row);
  const value = typed(said.estimate);
  const emptyAmount = { ...cents(0n), value: '' };
  return {
    cells: [
      text(lots.get(line.lotId)!),
      text(line.code),
      text(line.designation),
      text(unitLabel(line.unit)),
      text(line.packaging),
      line.lastYear === null ? blank() : quantity(quantityFromDecimal(line.lastYear)),
      inputCell(said.estimate),
      ...(at.bounds ? [inputCell(said.minimum), inputCell(said.maximum)] : []),
      unitPrice(unitPriceFromDecimal(line.unitPrice)),
      formula(
        `IF(ISNUMBER(${own}),ROUND(${own}*${address(at.price, row)},2),"")`,
        value === null ? emptyAmount : cents(amountOf(line, value)),
      ),
      text(notes?.problems.get(line.itemId) ?? ''),
    ],
  };
}

/** What cannot be read is shown as it was written, where it is to be corrected. */
function inputCell(value: string | null): Cell {
  const read = typed(value);
  if (read !== null) return quantity(read);
  return value === null || value === '' ? { ...quantity(0n), value: null } : text(value);
}

const othersSheet = (others: readonly RejectedRow[], footer: string): Sheet => ({
  name: 'Lignes non reprises',
  footer,
  landscape: true,
  locked: true,
  banner: [
    { cells: [text('Lignes non reprises', 'title')], height: 26 },
    {
      merged: true,
      cells: [
        text(
          `Ces lignes du fichier n’ont pas trouvé leur article${NBSP}: elles ne sont pas dans la feuille «${NBSP}Besoins${NBSP}». Y reporter ce qui doit l’être.`,
          'note',
        ),
      ],
    },
  ],
  columns: [
    { header: 'Ligne', width: 8, look: 'centered' },
    { header: 'Code lu', width: 18, look: 'line' },
    { header: 'Valeur lue', width: 18 },
    { header: 'Problème', width: 54 },
    { header: 'Correction', width: 54 },
  ],
  rows: others.map(({ line, code, value, problem, correction }) => ({
    cells: [integer(line), text(code), text(value), text(problem), text(correction)],
  })),
});
