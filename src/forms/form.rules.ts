import { changedLine, type LineValues, sameLine } from '../declarations/lines.rules.js';
import { itemCodeKey } from '../items/items.rules.js';
import { readUnit, unitLabel } from '../items/units.rules.js';
import { quantityFromDecimal, quantityToDecimal } from '../money/amounts.js';
import { readQuantity } from '../money/decimal-words.js';
import { frenchQuantity, NBSP } from '../money/french.js';
import { needFaults } from '../needs/needs.rules.js';

/** A row of a file as it was read, whatever the file was. */
export interface FormRow {
  /** Line of the file or of the paste, row of the sheet. */
  readonly line: number;
  readonly code: string;
  readonly estimate: string;
  /** Null: the file has no such column, and what is typed stays. */
  readonly minimum: string | null;
  readonly maximum: string | null;
  /** Empty where the file does not tell it. */
  readonly unit: string;
  /** The quantity is the last result of a formula. */
  readonly formula: boolean;
  /** The code or the quantity is in cells merged with those of other rows or columns. */
  readonly merged: boolean;
}

/** An item that the member may declare, and what is typed of it. */
export interface KnownLine extends LineValues {
  readonly itemId: string;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly version: number;
}

export interface Quantities {
  readonly estimate: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
}

/** A row that is not taken, and why: French, without a capital nor a full stop. */
export interface RejectedRow {
  readonly line: number;
  readonly code: string;
  readonly value: string;
  readonly problem: string;
  readonly correction: string;
}

export interface FormChange {
  readonly line: number;
  readonly itemId: string;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  /** Decimal texts; null: nothing is said. */
  readonly before: Quantities;
  readonly after: Quantities;
  readonly formula: boolean;
}

export interface FormJudgement {
  readonly changes: readonly FormChange[];
  /** Rows that say what is typed already. */
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
  /** Items of which the file says nothing: they stay as they are. */
  readonly absent: readonly KnownLine[];
  /** Items of accepted rows. */
  readonly taken: ReadonlySet<string>;
}

type Problem = readonly [problem: string, correction: string, value?: string];

/**
 * What a file would change in a declaration, line by line. A row is matched by the code of its item alone: rows may have
 * moved, columns too.
 *
 * @param stale the file was made for a catalogue that has changed: an unknown code was known then
 */
export function judgeForm(
  rows: readonly FormRow[],
  lines: readonly KnownLine[],
  stale: boolean,
): FormJudgement {
  const known = new Map(lines.map((line) => [itemCodeKey(line.code), line]));
  const said = rows.filter(({ code, estimate, minimum, maximum }) =>
    [code, estimate, minimum ?? '', maximum ?? ''].some((cell) => cell !== ''),
  );
  const twins = twinsAmong(said);
  const rejected: RejectedRow[] = [];
  const changes: FormChange[] = [];
  const taken = new Set<string>();
  const seen = new Set<string>();
  let unchanged = 0;
  for (const row of said) {
    const line = known.get(itemCodeKey(row.code));
    const read = line ? readRow(row, line, twins) : unknownCode(row, stale);
    if (line) seen.add(line.itemId);
    if (isProblem(read)) {
      const [problem, correction, value = row.estimate] = read;
      rejected.push({ line: row.line, code: row.code, value, problem, correction });
      continue;
    }
    // The same item said twice in the same words is said once.
    if (taken.has(line!.itemId)) continue;
    taken.add(line!.itemId);
    const after = changedLine(line!, read);
    if (sameLine(line!, after)) unchanged += 1;
    else changes.push(changeOf(row, line!, after));
  }
  return { changes, unchanged, rejected, taken, absent: lines.filter(({ itemId }) => !seen.has(itemId)) };
}

const isProblem = (read: Problem | Partial<Quantities>): read is Problem => Array.isArray(read);

const changeOf = ({ line, formula }: FormRow, known: KnownLine, after: LineValues): FormChange => ({
  ...{ line, formula },
  itemId: known.itemId,
  code: known.code,
  designation: known.designation,
  unit: unitLabel(known.unit),
  before: quantitiesOf(known),
  after: quantitiesOf(after),
});

const quantitiesOf = ({ estimate, minimum, maximum }: LineValues): Quantities => ({
  estimate,
  minimum,
  maximum,
});

/** Codes that several rows give with different quantities, and the lines of these rows. */
function twinsAmong(rows: readonly FormRow[]): ReadonlyMap<string, readonly number[]> {
  const byCode = new Map<string, FormRow[]>();
  for (const row of rows) {
    const key = itemCodeKey(row.code);
    byCode.set(key, [...(byCode.get(key) ?? []), row]);
  }
  const sayings = ({ estimate, minimum, maximum }: FormRow): string =>
    [estimate, minimum, maximum].map((cell) => (cell === null ? '' : asWritten(cell))).join('|');
  return new Map(
    [...byCode]
      .filter(([, same]) => new Set(same.map(sayings)).size > 1)
      .map(([key, same]) => [key, same.map(({ line }) => line)]),
  );
}

/** « 12 » and « 12,0 » are the same quantity. */
function asWritten(cell: string): string {
  const reading = readQuantity(cell);
  return reading.ok ? quantityToDecimal(reading.value) : cell;
}

function unknownCode({ code }: FormRow, stale: boolean): Problem {
  if (code === '')
    return ['le code de l’article manque', 'écrire le code dans la colonne «\u00a0Code article\u00a0»'];
  return stale
    ? [
        'cet article n’est plus au bordereau des lots de ce membre',
        'retirer la ligne, ou reprendre le fichier, fait sur le bordereau d’aujourd’hui',
      ]
    : ['cet article n’est d’aucun lot que ce membre a rejoint', 'corriger le code, ou retirer la ligne'];
}

/** What a row says of its item; a column that the file lacks stays as typed, unless the quantity goes. */
function readRow(
  row: FormRow,
  line: KnownLine,
  twins: ReadonlyMap<string, readonly number[]>,
): Problem | Partial<Quantities> {
  const same = twins.get(itemCodeKey(row.code));
  if (same)
    return [
      `cet article est donné ${same.length}\u00a0fois, avec des quantités différentes (lignes ${same.join(', ')})`,
      'n’en garder qu’une ligne',
    ];
  if (row.merged)
    return [
      'cette cellule est fusionnée avec d’autres\u00a0: on ne sait pas à quelle ligne va la quantité',
      'défusionner les cellules, et écrire une quantité par ligne',
    ];
  if (row.unit !== '' && !sameUnit(row.unit, line.unit))
    return [
      `l’unité de cet article est «\u00a0${unitLabel(line.unit)}\u00a0», et non «\u00a0${row.unit}\u00a0»`,
      `donner la quantité en ${unitLabel(line.unit)}`,
    ];
  if (row.formula && row.estimate === '')
    return ['la formule de cette cellule n’a pas de résultat', 'écrire la quantité elle-même'];
  return readQuantities(row, line);
}

function readQuantities(row: FormRow, line: KnownLine): Problem | Partial<Quantities> {
  const read: { -readonly [K in keyof Quantities]?: string | null } = {};
  for (const [field, what] of FIELDS) {
    const cell = row[field];
    if (cell === null) continue;
    const reading = readQuantity(cell, what);
    if (!reading.ok && !reading.empty) return [reading.problem, reading.correction, cell];
    read[field] = reading.ok ? quantityToDecimal(reading.value) : null;
  }
  if (read.estimate === null) {
    if ((read.minimum ?? null) !== null || (read.maximum ?? null) !== null)
      return ['un minimum ou un maximum sans quantité estimée', 'donner la quantité estimée, ou les effacer'];
    return { estimate: null, minimum: null, maximum: null };
  }
  return disorder({ ...quantitiesOf(line), ...read }) ?? read;
}

const FIELDS = [
  ['estimate', 'la quantité estimée'],
  ['minimum', 'la quantité minimale'],
  ['maximum', 'la quantité maximale'],
] as const;

function disorder({ estimate, minimum, maximum }: Quantities): Problem | null {
  const number = (text: string | null) => (text === null ? null : quantityFromDecimal(text));
  const faults = needFaults({
    estimate: quantityFromDecimal(estimate!),
    minimum: number(minimum),
    maximum: number(maximum),
  });
  const french = (text: string) => frenchQuantity(quantityFromDecimal(text));
  if (faults.includes('minimum_above_estimate'))
    return [`le minimum (${french(minimum!)}) dépasse la quantité estimée`, 'le baisser, ou l’effacer'];
  if (faults.includes('estimate_above_maximum'))
    return [
      `la quantité estimée dépasse le maximum (${french(maximum!)})`,
      'baisser la quantité, ou relever le maximum',
    ];
  return null;
}

function sameUnit(written: string, unit: string): boolean {
  const [a, b] = [readUnit(written), readUnit(unit)];
  return a.ok && b.ok
    ? unitLabel(a.unit.code) === unitLabel(b.unit.code)
    : unitLabel(written).toLowerCase() === unitLabel(unit).toLowerCase();
}

/** « 12 », « 12 (minimum 5, maximum 20) », « rien n’est dit ». */
export function quantitiesWords({ estimate, minimum, maximum }: Quantities): string {
  if (estimate === null) return 'rien n’est dit';
  const french = (text: string) => frenchQuantity(quantityFromDecimal(text));
  const bounds = [
    ...(minimum === null ? [] : [`minimum ${french(minimum)}`]),
    ...(maximum === null ? [] : [`maximum ${french(maximum)}`]),
  ];
  return `${french(estimate)}${bounds.length > 0 ? ` (${bounds.join(', ')})` : ''}`;
}

/** « VH-001 : 12 → 15 sac ». */
export const changeWords = ({ code, unit, before, after }: FormChange): string =>
  `${code}${NBSP}: ${quantitiesWords(before)} → ${quantitiesWords(after)}${after.estimate === null ? '' : `${NBSP}${unit}`}`;
