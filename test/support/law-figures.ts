import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { FigureCode } from '../../src/law/figures.js';

/** A day to come, of which tests may write the law: that day alone. */
export const LAW_DAY = '2027-06-01';
export const DAY_AFTER = '2027-06-02';

/** A figure of that day alone, in the smallest part of its unit; 0 repeals a duty. */
export const onLawDay = (source: DataSource, code: FigureCode, value: bigint): Promise<unknown> =>
  source.query(
    `insert into law_figure (id, code, value, valid_from, valid_to, source, checked_on, verified, recorded_at)
     values ($1, $2, $3, $4, $5, 'JORF', '2026-11-20', true, now())`,
    [randomUUID(), code, value.toString(), LAW_DAY, DAY_AFTER],
  );
