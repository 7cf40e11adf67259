import type { PlainDate } from '../calendar/plain-date.js';

/**
 * - `euros`: euros excluding VAT, exact: their value here is in cents;
 * - `percent`: hundredths of a percent (5 % is 500n);
 * - `years`, `months`, `days`, `inhabitants`;
 * - `duty`: the rule is in force, its value is 1n; 0n where a figure repeals it.
 */
export const FIGURE_UNITS = ['euros', 'percent', 'years', 'months', 'days', 'inhabitants', 'duty'] as const;
export type FigureUnit = (typeof FIGURE_UNITS)[number];

/** Half-open: first day in force (null: before any purchase of Halle), first day no longer (null: none known). */
export type FigureInterval = readonly [from: PlainDate | null, to: PlainDate | null, value: bigint];

/** A figure of the law as Halle ships it, with the dates between which each of its values holds. */
export interface FigureRule {
  /** French, as people read it. */
  readonly label: string;
  readonly unit: FigureUnit;
  readonly article: string;
  readonly source: string;
  /** False when no official text could be read: people are told to check it. */
  readonly verified: boolean;
  /** The greatest value that it may take, where it is not that of its unit. */
  readonly most?: bigint;
  /** Oldest first; each begins where the one before it ends, or later. */
  readonly values: readonly FigureInterval[];
}

/** One value of one figure, between its dates: a line of `GET /law`. */
export interface Figure<Code extends string = string> {
  readonly code: Code;
  readonly label: string;
  /** In the smallest part of its unit. */
  readonly value: bigint;
  readonly unit: FigureUnit;
  readonly article: string;
  readonly validFrom: PlainDate | null;
  readonly validTo: PlainDate | null;
  readonly source: string;
  /** The day on which somebody read the source. */
  readonly checkedOn: PlainDate;
  readonly verified: boolean;
}

/** The one value of a figure that never changed. */
export const always = (value: bigint) => [[null, null, value]] as const;
