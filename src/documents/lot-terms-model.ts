import { NBSP } from '../money/french.js';
import type { Dossier } from './dossier.js';
import {
  type AmountWords,
  type BaseLot,
  amountWords,
  baseLot,
  frenchSiret,
  lotOf,
  percent,
} from './consultation-base.js';
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
  /** One of them at least takes the environment into account (R2152-7). */
  readonly greenCriterion: boolean;
  readonly clauses: readonly ClauseModel[];
  /** Words of measures, by the document that says them; each line once. */
  readonly said: Readonly<Record<ClausePlace, readonly string[]>>;
  /** Only some firms may answer (L2113-12 to L2113-15). */
  readonly reserved: boolean;
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
  /** Judged on the price schedule, not on the memo. */
  readonly priced: boolean;
}

const PRICE = /^(prix|coût|montant)\b/iu;

/** Lots of which the same is said: one sentence for all of them. */
export interface LotGroup {
  /** « 1 à 4 et 7 ». */
  readonly numbers: string;
  readonly several: boolean;
  /** The first of them. */
  readonly lot: LotTermsModel;
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
  const said = (place: ClausePlace): string[] => textsOf(bought.clauses, place);
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
    criteria: bought.criteria.map(({ weight, ...criterion }) => ({
      ...criterion,
      weight: percent(weight),
      priced: PRICE.test(criterion.label),
    })),
    greenCriterion: bought.criteria.some(({ environmental }) => environmental),
    clauses: bought.clauses.map(clauseModel),
    said: { rules: said('rules'), terms: said('terms'), technical: said('technical') },
    reserved: bought.clauses.some(({ articles }) => articles.some((article) => RESERVED.test(article))),
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

/** The documents of the consultation that may say the words of a measure. */
export type ClausePlace = 'rules' | 'terms' | 'technical';

/**
 * Where each printed field of the measures belongs, by its label: a tie rule is no technical specification. A label that
 * is not here is said everywhere, so that no mention that the law asks for is ever lost.
 */
export const CLAUSE_PLACES: Readonly<Record<string, readonly ClausePlace[]>> = {
  'Mention dans l’avis et le dossier de consultation': ['rules', 'terms'],
  'Clause sur les attributions récentes': ['rules'],
  'Règle de départage': ['rules'],
  'Clause du CCAP': ['terms'],
  Clause: ['terms'],
  'Signes de qualité par article': ['technical'],
  'Exigence écrite': ['technical'],
};

const RESERVED = /\bL2113-1[235]\b/;

const textsOf = (clauses: readonly PurchaseClause[], place: ClausePlace): string[] => [
  ...new Set(
    clauses.flatMap(({ texts }) =>
      texts
        .filter(({ label }) => CLAUSE_PLACES[label]?.includes(place) ?? true)
        .flatMap(({ text }) => paragraphs(text)),
    ),
  ),
];

/** Lots in groups of which `key` is the same, in the order of the first of each. */
export function groupsOf(lots: readonly LotTermsModel[], key: (lot: LotTermsModel) => unknown): LotGroup[] {
  const groups = new Map<string, LotTermsModel[]>();
  for (const lot of lots) {
    const own = JSON.stringify(key(lot));
    groups.set(own, [...(groups.get(own) ?? []), lot]);
  }
  return [...groups.values()].map((group) => ({
    numbers: numbersOf(group),
    several: group.length > 1,
    lot: group[0]!,
  }));
}

/** What tells one way of sharing the orders between holders from another (R2162-14). */
export const sharingOf = (lot: LotTermsModel): unknown => [
  ...[lot.contractForm, lot.orderSharing, lot.cascadeDelayHours, lot.orderShares, lot.orderSharingNote],
];

/** A member, with its lots: those that may order (R2162-6). */
export interface MemberLots {
  readonly key: string;
  readonly name: string;
  readonly siret: string;
  /** « 1, 4 et 6 à 9 »; empty: none. */
  readonly lots: string;
  readonly joinsAll: boolean;
}

export const memberLots = ({ members, lots }: Dossier): MemberLots[] =>
  members.map((member) => ({
    key: member.key,
    name: member.name,
    siret: frenchSiret(member.siret),
    lots: numbersOf([...member.lots].sort((a, b) => a - b).map((number) => ({ number }))),
    joinsAll: lots.every(({ number }) => member.lots.includes(number)),
  }));

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

/** « 1, 4 et 6 à 9 »: three numbers that follow one another are a span. */
export function numbersOf(lots: readonly { readonly number: number }[]): string {
  const spans: number[][] = [];
  for (const { number } of lots) {
    const last = spans.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else spans.push([number]);
  }
  const words = (span: readonly number[]): string[] =>
    span.length < 3 ? span.map(String) : [[span[0], span.at(-1)].join(`${NBSP}à${NBSP}`)];
  return frenchList(spans.flatMap(words));
}
