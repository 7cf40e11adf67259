import { frenchDate, type PlainDate } from '../calendar/plain-date.js';
import type { Figure, FigureRule } from './figure.js';
import { FIGURE_CODES, type FigureCode, FIGURES } from './figures.js';

/** The day on which the shipped figures were last read against their sources. */
export const SHIPPED_CHECKED_ON: PlainDate = '2026-11-23';

/**
 * The law of one day: that of sending the notice, else of launching the consultation (CCP R2121-3); the planned day for
 * a preview. Rules take it as an argument and never ask for today.
 */
export interface LawOn {
  readonly on: PlainDate;
  /** What is in force on that day, at most one value by code. */
  readonly figures: ReadonlyMap<FigureCode, Figure<FigureCode>>;
}

/** What the law is asked for. */
export interface LawMoment {
  readonly on: PlainDate;
  /** Only figures recorded by then count; null: every one. */
  readonly knownAt: Date | null;
}

/** No value of a figure is known for that day: the answer waits for the text, nothing is guessed. */
export class LawUnknown extends Error {
  constructor(
    readonly code: FigureCode,
    readonly on: PlainDate,
  ) {
    super(`no figure for ${code} on ${on}`);
    this.name = 'LawUnknown';
  }

  /** One French sentence: what is missing, and what to do. */
  get sentence(): string {
    const { label, article }: FigureRule = FIGURES[this.code];
    return `Aucun chiffre n’est connu au ${frenchDate(this.on)} pour «\u00a0${label}\u00a0» (${article})\u00a0: l’ajouter au droit daté, ou choisir une autre date.`;
  }
}

const covers = ({ validFrom, validTo }: Figure, on: PlainDate): boolean =>
  (validFrom === null || validFrom <= on) && (validTo === null || on < validTo);

const isRepealed = ({ unit, value }: Figure): boolean => unit === 'duty' && value === 0n;

/** The shipped values of one figure, oldest first. */
export function shipped(code: FigureCode): Figure<FigureCode>[] {
  const { label, unit, article, source, verified, values }: FigureRule = FIGURES[code];
  return values.map(([validFrom, validTo, value]) => ({
    ...{ code, label, value, unit, article, validFrom, validTo, source, verified },
    checkedOn: SHIPPED_CHECKED_ON,
  }));
}

/**
 * The law of a day.
 *
 * @param added figures recorded since, in the order of their recording: among those that hold on a day the last one
 *   recorded prevails over the others and over what is shipped. What it cuts short is told so: the end of a value is the
 *   first day of the next one that prevails over it.
 */
export function lawOn(on: PlainDate, added: readonly Figure<FigureCode>[]): LawOn {
  const figures = new Map<FigureCode, Figure<FigureCode>>();
  for (const code of FIGURE_CODES) {
    const ranked = [...shipped(code), ...added.filter((figure) => figure.code === code)];
    const place = ranked.findLastIndex((figure) => covers(figure, on));
    const found = ranked[place];
    if (found === undefined || isRepealed(found)) continue;
    const nextFrom = ranked
      .slice(place + 1)
      .flatMap(({ validFrom }) => (validFrom !== null && validFrom > on ? [validFrom] : []))
      .sort()
      .at(0);
    figures.set(
      code,
      nextFrom !== undefined && (found.validTo === null || nextFrom < found.validTo)
        ? { ...found, validTo: nextFrom }
        : found,
    );
  }
  return { on, figures };
}

/** The value of a figure; undefined when none is in force on the day. */
export const valueOf = ({ figures }: LawOn, code: FigureCode): bigint | undefined => figures.get(code)?.value;

/** The figure in force on the day. @throws {LawUnknown} when none is known */
export function figureOf({ on, figures }: LawOn, code: FigureCode): Figure<FigureCode> {
  const figure = figures.get(code);
  if (figure === undefined) throw new LawUnknown(code, on);
  return figure;
}

/** Its value. @throws {LawUnknown} when none is known for the day */
export const requiredValue = (law: LawOn, code: FigureCode): bigint => figureOf(law, code).value;

/** Whether a duty is in force on the day. */
export const holds = (law: LawOn, code: FigureCode): boolean => law.figures.has(code);

/** The article of a rule, whether it is in force or not. */
export const articleOf = (code: FigureCode): string => FIGURES[code].article;

/**
 * The first day of a duty: of the one in force on the day, else of the one shipped that is to come; null when it always
 * held, or was repealed.
 */
export function dutySince(
  { on, figures }: LawOn,
  code: FigureCode,
): { readonly day: PlainDate | null; readonly verified: boolean } {
  const inForce = figures.get(code);
  const { validFrom: day, verified } = inForce ?? shipped(code)[0]!;
  return { day: inForce === undefined && day !== null && day <= on ? null : day, verified };
}
