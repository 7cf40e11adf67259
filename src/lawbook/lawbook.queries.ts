import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { Figure, FigureRule } from '../law/figure.js';
import { type FigureCode, FIGURES, isFigureCode } from '../law/figures.js';

/** What reads: a transaction, or the data source when one statement is enough. */
export type Reader = Pick<EntityManager, 'query'>;

interface Row {
  readonly code: string;
  readonly value: string;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
  readonly source: string;
  readonly checkedOn: PlainDate;
  readonly verified: boolean;
}

@Injectable()
export class LawbookQueries {
  /**
   * The figures that were recorded here, in the order of their recording.
   *
   * @param knownAt only those recorded by then; null: all
   */
  async recorded(reader: Reader, knownAt: Date | null): Promise<Figure<FigureCode>[]> {
    const rows = await reader.query<Row[]>(
      `select code, value::text, valid_from::text as "validFrom", valid_to::text as "validTo", source,
              checked_on::text as "checkedOn", verified
       from law_figure where $1::timestamptz is null or recorded_at <= $1 order by position`,
      [knownAt],
    );
    return rows.flatMap(({ code, value, ...row }) =>
      isFigureCode(code) ? [figureFrom(code, { ...row, value: BigInt(value) })] : [],
    );
  }
}

/** A figure with what its code says of it: label, unit and article. */
export function figureFrom(
  code: FigureCode,
  given: Pick<Figure, 'value' | 'validFrom' | 'validTo' | 'source' | 'checkedOn' | 'verified'>,
): Figure<FigureCode> {
  const { label, unit, article }: FigureRule = FIGURES[code];
  return { code, label, unit, article, ...given };
}
