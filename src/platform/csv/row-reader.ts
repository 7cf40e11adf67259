import { readPositive } from '../../money/decimal-words.js';
import { EARLIEST_ACT, frenchDate, isPlainDate, type PlainDate } from '../../calendar/plain-date.js';
import { changesDirection, DIRECTION_PROBLEM, oneLine } from '../../words/visible.js';
import type { Fault } from './fault.js';
import type { Table, TableRow } from './table.js';

export interface DecimalRule {
  /** How many decimals are kept. */
  readonly scale: number;
  /** French name of what is read, with its article: « le prix unitaire ». */
  readonly what: string;
  readonly optional?: boolean;
}

/**
 * Reads the cells of one row and notes each fault with its place, so that a person gets all of them at once.
 * A reading is `undefined` when it was refused, `null` when the cell is rightly empty.
 */
export class RowReader {
  private readonly columnsRefused = new Set<string>();

  constructor(
    private readonly table: Pick<Table, 'file'>,
    private readonly row: TableRow,
    private readonly faults: Fault[],
  ) {}

  /** True once a cell of this row was refused. */
  get faulty(): boolean {
    return !this.row.complete || this.columnsRefused.size > 0;
  }

  refused(column: string): boolean {
    return this.columnsRefused.has(column);
  }

  refuse(column: string, problem: string, correction: string, value = this.row.get(column)): undefined {
    this.columnsRefused.add(column);
    this.faults.push({ file: this.table.file, line: this.row.line, column, value, problem, correction });
    return undefined;
  }

  /** @param what French name with its article, for the message */
  text(column: string, what: string): string | undefined {
    const text = this.optionalText(column);
    if (text !== '' || this.refused(column)) return text === '' ? undefined : text;
    return this.refuse(column, `${what} manque`, `renseigner la colonne ${column}`);
  }

  /** The cell on one line, possibly empty; empty too when it is refused, for a control of the direction of reading. */
  optionalText(column: string): string {
    const text = oneLine(this.row.get(column));
    if (!changesDirection(text)) return text;
    this.refuse(column, DIRECTION_PROBLEM, 'le retaper');
    return '';
  }

  decimal(column: string, rule: DecimalRule & { optional: true }): bigint | null | undefined;
  decimal(column: string, rule: DecimalRule): bigint | undefined;
  decimal(column: string, { scale, what, optional }: DecimalRule): bigint | null | undefined {
    const reading = readPositive(this.row.get(column), scale, what);
    if (reading.ok) return reading.value;
    return reading.empty && optional ? null : this.refuse(column, reading.problem, reading.correction);
  }

  /** `2027-03-01` or `01/03/2027`, not before {@link EARLIEST_ACT}; null when empty. */
  date(column: string, what: string): PlainDate | null | undefined {
    const text = this.row.get(column);
    if (text === '') return null;
    const date = text.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1');
    if (!isPlainDate(date))
      return this.refuse(
        column,
        `${what} n’est pas une date du calendrier`,
        `écrire la date ainsi : 2027-03-01 (${frenchDate('2027-03-01')})`,
      );
    return date < EARLIEST_ACT
      ? this.refuse(column, `${what} précède le ${frenchDate(EARLIEST_ACT)}`, 'vérifier l’année')
      : date;
  }

  oneOf<T extends string>(column: string, allowed: readonly T[], what: string): T | undefined {
    const text = this.row.get(column).toLowerCase();
    return (
      allowed.find((value) => value === text) ??
      this.refuse(column, `${what} n’est pas une valeur connue`, `écrire ${allowed.join(', ou ')}`)
    );
  }

  /** Lot numbers separated by commas, semicolons, bars or spaces, in order and once each; undefined when one is no number. */
  lotNumbers(column: string): number[] | undefined {
    const parts = this.row
      .get(column)
      .split(/[\s,;|]+/)
      .filter((part) => part !== '');
    const wrong = parts.filter((part) => !/^[1-9]\d{0,2}$/.test(part));
    if (wrong.length > 0)
      return this.refuse(
        column,
        `numéro de lot illisible : ${wrong.join(', ')}`,
        'écrire les numéros de lot séparés par des virgules : 1,2,5',
      );
    return [...new Set(parts.map(Number))].sort((a, b) => a - b);
  }
}
