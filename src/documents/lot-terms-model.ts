import type { Dossier } from './dossier.js';
import { type AmountWords, amountWords, type BaseLot, baseLot, lotOf, percent } from './consultation-base.js';
import type { PurchaseClause } from './purchase.js';

/** What the documents of a consultation say of a lot: codes for the templates to turn on, figures in French dress. */
export interface LotTermsModel extends BaseLot {
  readonly small: boolean;
  /** Over the whole duration, excluding VAT. */
  readonly maximum: AmountWords | null;
  readonly minimum: AmountWords | null;
  readonly several: boolean;
  readonly holderCount: number | null;
  /** Empty: not said, or one holder. */
  readonly orderSharing: string;
  readonly cascadeDelayHours: number | null;
  /** « 60 %, 30 % et 10 % », in the order of the ranks. */
  readonly orderShares: string;
  readonly orderSharingNote: string | null;
  /** Empty: not said. */
  readonly variants: string;
  readonly comparedGross: boolean;
  readonly advanceRate: string | null;
  readonly advanceRateSme: string | null;
  /** Empty: not said. */
  readonly advanceBasis: string;
  readonly retentionRate: string | null;
  readonly retentionRateSme: string | null;
  readonly penalties: readonly string[];
  /** Empty: not said. */
  readonly priceKind: string;
  readonly priceFormula: string | null;
  readonly environmentalClause: readonly string[];
  readonly socialClause: readonly string[];
  readonly socialExemption: string | null;
  readonly criteria: readonly CriterionModel[];
  readonly clauses: readonly ClauseModel[];
  readonly limits: readonly {
    readonly member: string;
    readonly minimum: string | null;
    readonly maximum: string | null;
  }[];
}

export interface CriterionModel {
  readonly label: string;
  readonly weight: string;
  readonly environmental: boolean;
  readonly method: string | null;
}

/** Words that a measure puts in the documents. */
export interface ClauseModel {
  readonly measure: string;
  readonly articles: string;
  readonly texts: readonly string[];
}

export function lotTermsModel(content: Dossier, number: number): LotTermsModel {
  const { lot, bought } = lotOf(content, String(number));
  const { terms } = bought;
  const names = new Map(content.members.map(({ key, name }) => [key, name]));
  const amount = (value: string | null): AmountWords | null => (value === null ? null : amountWords(value));
  const rate = (value: string | null): string | null => (value === null ? null : percent(value));
  return {
    ...baseLot(content, lot),
    small: bought.small !== null,
    maximum: amount(terms.maximum),
    minimum: amount(terms.minimum),
    several: terms.holders === 'several',
    holderCount: terms.holderCount,
    orderSharing: terms.orderSharing ?? '',
    cascadeDelayHours: terms.cascadeDelayHours,
    orderShares: frenchList(terms.orderShares.map(percent)),
    orderSharingNote: terms.orderSharingNote,
    variants: terms.variants ?? '',
    comparedGross: terms.vatBasis === 'gross',
    advanceRate: rate(terms.advanceRate),
    advanceRateSme: rate(terms.advanceRateSme),
    advanceBasis: terms.advanceBasis ?? '',
    retentionRate: rate(terms.retentionRate),
    retentionRateSme: rate(terms.retentionRateSme),
    penalties: paragraphs(terms.penalties),
    priceKind: terms.priceKind ?? '',
    priceFormula: terms.priceFormula,
    environmentalClause: paragraphs(terms.environmentalClause),
    socialClause: paragraphs(terms.socialClause),
    socialExemption: terms.socialExemption,
    criteria: bought.criteria.map(({ weight, ...criterion }) => ({ ...criterion, weight: percent(weight) })),
    clauses: bought.clauses.map(clauseModel),
    limits: bought.limits.map(({ memberKey, minimum, maximum }) => ({
      member: names.get(memberKey) ?? memberKey,
      minimum: minimum === null ? null : amountWords(minimum).figures,
      maximum: maximum === null ? null : amountWords(maximum).figures,
    })),
  };
}

const clauseModel = ({ measure, articles, texts }: PurchaseClause): ClauseModel => ({
  measure,
  articles: frenchList(articles),
  texts: texts.map(({ text }) => text),
});

/** Each line of what a person wrote; none: nothing was. */
export const paragraphs = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** « A », « A et B », « A, B et C ». */
export function frenchList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} et ${last}`;
}

/** « 1, 4 et 6 ». */
export const numbersOf = (lots: readonly { readonly number: number }[]): string =>
  frenchList(lots.map(({ number }) => String(number)));
