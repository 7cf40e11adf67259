import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import type { Figure, FigureRule } from '../law/figure.js';
import { type FigureCode, FIGURES } from '../law/figures.js';
import { type LawMoment, type LawOn, lawOn } from '../law/law-on.js';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import { readValue, VALUE_SENTENCES, valueText } from './figure-value.rules.js';
import { figureFrom, LawbookQueries, type Reader } from './lawbook.queries.js';

/** A figure to add, as it was sent. */
export interface GivenFigure {
  readonly code: FigureCode;
  /** Decimal text in the unit of its code: "60000.00" for euros, "20.00" for percent. */
  readonly value: string;
  readonly validFrom: PlainDate;
  /** First day no longer in force; null when none is known. */
  readonly validTo: PlainDate | null;
  readonly source: string;
  readonly checkedOn: PlainDate;
  readonly verified: boolean;
}

/** The law, dated: what Halle ships, and what was recorded since. */
@Injectable()
export class LawbookService {
  constructor(
    private readonly queries: LawbookQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * The law of a day, for the rules that take it: that of sending the notice, else of launching the consultation
   * (CCP R2121-3); the planned day for a preview.
   *
   * @param reader the transaction in which the rules are asked
   */
  on(reader: Reader, day: PlainDate): Promise<LawOn> {
    return this.at(reader, { on: day, knownAt: null });
  }

  /** The same, as it was known then: what is recorded after a launch changes nothing of what it was judged by. */
  async at(reader: Reader, { on, knownAt }: LawMoment): Promise<LawOn> {
    return lawOn(on, await this.queries.recorded(reader, knownAt));
  }

  /**
   * Adds a figure. It prevails, on the days that it covers, over those recorded before it and over those shipped; nothing
   * is ever changed or removed, and a mistake is mended by another figure.
   *
   * @throws {Refused} FORBIDDEN; VALIDATION for a value that is none in the unit of its code, or a source read tomorrow
   */
  async record(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    given: GivenFigure,
  ): Promise<{ readonly id: string; readonly figure: Figure<FigureCode> }> {
    const trace = caller.require('law.record', {});
    const { code, validFrom, validTo, source, checkedOn, verified } = given;
    const rule: FigureRule = FIGURES[code];
    const { unit } = rule;
    const value = readValue(rule, given.value);
    if (value === null) throw fault('value', 'figureValue', VALUE_SENTENCES[unit]);
    if (checkedOn > parisDate(at))
      throw fault('checkedOn', 'checkedInFuture', 'Une source a été lue aujourd’hui au plus tard.');
    const id = newId();
    await tx.query(
      `insert into law_figure (id, code, value, valid_from, valid_to, source, checked_on, verified, recorded_at, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, code, value.toString(), validFrom, validTo, source, checkedOn, verified, at, caller.personId],
    );
    const told = {
      code,
      unit,
      value: valueText(unit, value),
      validFrom,
      validTo,
      source,
      checkedOn,
      verified,
    };
    await this.journal.write(tx, trace, at, [
      {
        ...{ groupId: null, buyerId: null, subject: 'law-figure', subjectId: id, key: 'law.record' },
        ...{ before: null, after: told },
      },
    ]);
    return { id, figure: figureFrom(code, { value, validFrom, validTo, source, checkedOn, verified }) };
  }
}

const fault = (field: string, code: string, detail: string): Refused =>
  new Refused('VALIDATION', 1).withFaults([{ in: 'body', pointer: `#/${field}`, code, detail }]);
