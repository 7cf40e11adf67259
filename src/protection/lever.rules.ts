import type { PlainDate } from '../calendar/plain-date.js';
import type { Check, Verdict } from '../law/check.js';
import type { FigureCode } from '../law/figures.js';
import type { LawOn } from '../law/law-on.js';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';
import type { Tally } from '../sourcing/answerable.rules.js';
import type { ConsultationValue } from '../terms/clauses.rules.js';
import { type Cents, centsFromDecimal, sum, vatRateFromDecimal } from '../money/amounts.js';

/** A lawful mechanism that eases the access of small firms, or a duty that acts on every lot (law.md §4). */
export interface Lever {
  /** Stable: `LOT_CAP`. */
  readonly code: string;
  /** French, as people read it. */
  readonly label: string;
  /**
   * - `lever`: a choice of the buyer, that the flag of a lot counts;
   * - `duty`: the law asks it of every lot, flag or not: nobody chooses it;
   * - `note`: to be known, nothing to do on a lot.
   */
  readonly nature: 'lever' | 'duty' | 'note';
  /** « CCP L2113-10 ». */
  readonly articles: readonly string[];
  /** What it does, in a sentence that an elected person reads aloud. */
  readonly plain: string;
  /** When it is usable, in words. */
  readonly when: string;
  /** What Halle warns of, and what it blocks, in words. */
  readonly watches: string;
  /** Dated figures that it is judged with. */
  readonly rules: readonly FigureCode[];
  /** What could not be verified in an official text, in words. */
  readonly unverified: readonly string[];
  readonly fields: readonly Field[];
  /** A lever that is judged on every lot, chosen or not, for the law may demand it. */
  readonly alone?: true;
  /** Why it may not be used on this lot, with what to do instead; null when it may. */
  readonly whyNot: (facts: LeverFacts) => string | null;
  /** @param record null when nobody chose it: only duties, notes and levers that are `alone` are then asked */
  readonly checks: (facts: LeverFacts, record: LeverRecord | null) => Check[];
}

export type FieldKind = 'text' | 'date' | 'amount' | 'percent' | 'count' | 'choice' | 'list';

/** One thing to write down when a lever is chosen. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly kind: FieldKind;
  /** Without it: the choice is refused (`choosing`), the publication is blocked (`publishing`), nothing (`never`). */
  readonly needed: 'choosing' | 'publishing' | 'never';
  /** The only values of a choice or of a list. */
  readonly choices?: readonly string[];
  /** Its words will stand in a document of the consultation: they are read for wordings that favour a place. */
  readonly printed?: true;
  /** True of one year only: a copy of the consultation does not take it over, nor any date. */
  readonly ofItsYear?: true;
}

/** What was written down: texts, days, exact decimals ("1234.50"), counts, lists. */
export type RecordValue = string | number | readonly string[];
export type LeverRecord = Readonly<Record<string, RecordValue>>;

/** A lot of the consultation. */
export interface LotFacts {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly cpvCode: string;
  readonly family: LotFamily;
  readonly contractForm: ContractForm;
  readonly itemCodes: readonly string[];
  /** Estimated value over the whole duration, excluding VAT (R2121-1, R2121-8); null: not yet said. */
  readonly value: Cents | null;
  /** Put among the small lots of the consultation. */
  readonly small: boolean;
}

/** What firms of the directory are counted by; adapted: entreprises adaptées and ESAT, each firm once. */
export type SupplierStatus = Exclude<keyof Tally, 'total'>;

/** All that a lever is judged on. What is null was not said yet: nothing is blocked for it, people are told. */
export interface LeverFacts {
  /** The law of the launch, else of the planned launch, else of today. */
  readonly law: LawOn;
  /** What was done has no day after this one. */
  readonly today: PlainDate;
  readonly launched: boolean;
  /** Firm years and renewals. */
  readonly years: number;
  readonly lot: LotFacts;
  /** All lots of the consultation, this one included. */
  readonly lots: readonly LotFacts[];
  /** The estimated value of the whole; null: read where nobody reckons it, what depends on it waits. */
  readonly estimate: ConsultationValue | null;
  /** Codes of the levers chosen on this lot. */
  readonly chosen: readonly string[];
  /** Conception-réalisation, global performance… (L2171-1). */
  readonly globalContract: boolean;
  readonly caps: {
    readonly maxLotsBid: number | null;
    readonly maxLotsAwarded: number | null;
    readonly tieRule: string | null;
  } | null;
  readonly terms: {
    /** Hundredths of a percent. */
    readonly advanceRate: bigint | null;
    readonly retentionRate: bigint | null;
    readonly environmentalClause: string | null;
    readonly socialClause: string | null;
    readonly socialExemption: string | null;
  } | null;
  readonly criteria: readonly { readonly label: string; readonly environmental: boolean }[] | null;
  /** Firms of the directory that could answer this lot, in every commune that joined it. */
  readonly suppliers: {
    readonly answerable: number;
    readonly withStatus: Readonly<Partial<Record<SupplierStatus, number>>>;
  } | null;
  /** Whether the largest buyer's real operating spending exceeds the figure of R2191-7. */
  readonly largeBuyer: boolean | null;
}

/** Builds the checks of one rule. */
export const rule = (code: string, article: string) => {
  const of =
    (verdict: Verdict) =>
    (sentence: string, figures: Check['figures'] = {}): Check => ({
      rule: code,
      article,
      verdict,
      figures,
      sentence,
    });
  return { ok: of('ok'), later: of('not_applicable_yet'), warn: of('warn'), block: of('block') };
};

export const textIn = (record: LeverRecord | null, key: string): string | null => {
  const value = record?.[key];
  return typeof value === 'string' && value !== '' ? value : null;
};
export const listIn = (record: LeverRecord | null, key: string): readonly string[] => {
  const value = record?.[key];
  return Array.isArray(value) ? (value as readonly string[]) : [];
};
export const countIn = (record: LeverRecord | null, key: string): number | null => {
  const value = record?.[key];
  return typeof value === 'number' ? value : null;
};
export const centsIn = (record: LeverRecord | null, key: string): Cents | null => {
  const text = textIn(record, key);
  return text === null ? null : centsFromDecimal(text);
};
/** Hundredths of a percent. */
export const percentIn = (record: LeverRecord | null, key: string): bigint | null => {
  const text = textIn(record, key);
  return text === null ? null : vatRateFromDecimal(text);
};

/** The value of the whole consultation; null as long as one lot has none. */
export function totalValue(lots: readonly LotFacts[]): Cents | null {
  const values = lots.map((lot) => lot.value);
  return values.some((value) => value === null) ? null : sum(values.map((value) => value ?? 0n));
}

/** « 1 lot », « 3 lots ». */
export const counted = (count: number, one: string, many: string): string =>
  `${count}\u00a0${count > 1 ? many : one}`;

/** Whether a mention names an article, however it is typed: « L. 2113-12 », « l2113‑12 ». */
export const cites = (text: string, article: string): boolean => {
  const plain = text.replace(/[\s.\u00a0\u202f]/g, '').replace(/[\u2010-\u2015]/g, '-');
  return new RegExp(`${article}(?![\\d-])`, 'i').test(plain);
};
