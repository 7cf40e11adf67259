import { EARLIEST_ACT, frenchDate, isPlainDate } from '../calendar/plain-date.js';
import { formatDecimal } from '../money/decimal.js';
import { changesDirection, isBlank, oneLine, severalLines } from '../words/visible.js';
import type { Field, Lever, LeverRecord, RecordValue } from './lever.rules.js';

/** Something wrong in a record, by the field's key. */
export interface RecordFault {
  readonly key: string;
  readonly code: 'fieldMissing' | 'fieldUnknown' | 'fieldMalformed';
  readonly detail: string;
}

export interface ReadRecord {
  /** Trimmed, in the order of the fields, without those left empty. */
  readonly record: LeverRecord;
  readonly faults: readonly RecordFault[];
}

const LONGEST_TEXT = 4000;
const LONGEST_LIST = 200;
const LONGEST_LINE = 200;
const EXPECTED: Readonly<Record<Field['kind'], string>> = {
  text: `un texte de ${LONGEST_TEXT} caractères au plus est attendu`,
  date: `une date qui existe est attendue, sous la forme AAAA-MM-JJ, à partir du ${frenchDate(EARLIEST_ACT)}`,
  amount:
    'un montant en euros est attendu, écrit avec un point et deux décimales au plus, par exemple "1234.50"',
  percent: 'un taux de 0 à 100 est attendu, écrit avec un point et deux décimales au plus, par exemple "5.5"',
  count: 'un nombre entier de 0 à 9999 est attendu',
  choice: 'l’une des valeurs permises est attendue',
  list: `une liste de textes courts, sans doublon, est attendue, de ${LONGEST_LIST} lignes au plus`,
};

/** Reads what someone wrote down for a lever: every fault at once, nothing guessed. */
export function readRecord(lever: Lever, given: Readonly<Record<string, unknown>>): ReadRecord {
  const faults: RecordFault[] = [];
  const entries: [string, RecordValue][] = [];
  for (const field of lever.fields) {
    const value = Object.hasOwn(given, field.key) ? given[field.key] : undefined;
    if (isEmpty(value)) {
      if (field.needed === 'choosing')
        faults.push({
          key: field.key,
          code: 'fieldMissing',
          detail: `«\u00a0${lever.label}\u00a0» demande «\u00a0${field.label}\u00a0»\u00a0: ${field.help}`,
        });
      continue;
    }
    const read = readValue(field, value);
    if (read === undefined)
      faults.push({
        key: field.key,
        code: 'fieldMalformed',
        detail: `«\u00a0${field.label}\u00a0»\u00a0: ${expected(field)}.`,
      });
    else entries.push([field.key, read]);
  }
  const known = new Set(lever.fields.map(({ key }) => key));
  for (const key of Object.keys(given))
    if (!known.has(key))
      faults.push({
        key,
        code: 'fieldUnknown',
        detail: `«\u00a0${lever.label}\u00a0» n’a pas ce champ. Champs possibles\u00a0: ${[...known].join(', ') || 'aucun'}.`,
      });
  return { record: Object.fromEntries(entries), faults };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && isBlank(value)) ||
  (Array.isArray(value) && value.length === 0);

const expected = ({ kind, choices }: Field): string =>
  choices
    ? `${EXPECTED[kind]}\u00a0: ${choices.map((choice) => `«\u00a0${choice}\u00a0»`).join(', ')}`
    : EXPECTED[kind];

function readValue(field: Field, value: unknown): RecordValue | undefined {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' ? readable(severalLines(value), LONGEST_TEXT) : undefined;
    case 'date':
      return typeof value === 'string' && isPlainDate(value) && value >= EARLIEST_ACT ? value : undefined;
    case 'amount':
      return decimal(value, 10, 2);
    case 'percent': {
      const text = decimal(value, 3, 0);
      return text !== undefined && (text === '100' || /^\d{1,2}(\.|$)/.test(text)) ? text : undefined;
    }
    case 'count':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9999
        ? value
        : undefined;
    case 'choice':
      return typeof value === 'string' && field.choices?.includes(value) === true ? value : undefined;
    case 'list':
      return list(field, value);
  }
}

const readable = (text: string, longest: number): string | undefined =>
  text.length <= longest && !changesDirection(text) ? text : undefined;

/** "1234.5" → "1234.50": a dot, two decimals at most, no sign. */
function decimal(value: unknown, digits: number, decimals: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [, integer, fraction = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(value.trim()) ?? [];
  if (integer === undefined) return undefined;
  const scaled = BigInt(`${integer}${fraction.padEnd(2, '0')}`);
  return scaled.toString().length > digits + 2 ? undefined : formatDecimal(scaled, 2, decimals);
}

function list({ choices }: Field, value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > LONGEST_LIST) return undefined;
  const lines = value.map((line: unknown) => (typeof line === 'string' ? oneLine(line) : ''));
  const sound =
    lines.every((line) => line !== '' && readable(line, LONGEST_LINE) !== undefined) &&
    new Set(lines).size === lines.length &&
    (!choices || lines.every((line) => choices.includes(line)));
  return sound ? lines : undefined;
}
