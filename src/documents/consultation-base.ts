import { frenchDay } from '../calendar/day-arithmetic.js';
import { frenchDate } from '../calendar/plain-date.js';
import { type Cents, centsFromDecimal, sum } from '../money/amounts.js';
import { frenchAmount, frenchEuros, frenchNumber, NBSP } from '../money/french.js';
import { eurosInWords } from '../money/in-words.js';
import type { TextModel } from '../platform/texts/text-document.js';
import type { Dossier, DossierLot, DossierVersion } from './dossier.js';
import { filled } from './particulars.rules.js';
import type { Purchase, PurchaseFigure, PurchaseLot } from './purchase.js';

/** What every text of a consultation may say, in French dress; each adds its own to it. */
export interface ConsultationBase extends TextModel {
  readonly date: string;
  readonly object: string;
  readonly group: { readonly title: string; readonly permanent: boolean };
  readonly coordinator: BasePlace & { readonly isEpci: boolean; readonly hasNeed: boolean };
  readonly memberCount: number;
  readonly members: readonly BasePlace[];
  readonly lotCount: number;
  readonly lots: readonly BaseLot[];
  readonly years: number;
  readonly renewals: number;
  readonly longestYears: number;
  readonly procedure: BaseProcedure;
  /** What people wrote for the documents, or the gap that asks for it, by the code of `particulars.rules.ts`. */
  readonly p: Readonly<Record<string, string>>;
}

export interface BasePlace {
  readonly name: string;
  /** In groups of digits. */
  readonly siret: string;
  readonly inseeCode: string | null;
}

export interface BaseLot {
  readonly number: number;
  readonly title: string;
  readonly cpv: string;
  readonly cpvLabel: string;
  readonly family: DossierLot['family'];
  readonly contractForm: string;
  readonly isFramework: boolean;
  /** Names of its members. */
  readonly members: readonly string[];
  /** All members of the consultation joined it. */
  readonly joinedByAll: boolean;
  /** € HT a year of what its members declared, without its unit. */
  readonly yearlyNet: string;
}

export interface BaseProcedure {
  /** Codes of `PurchaseProcedure`: the sentences are in the templates. Empty: nobody knows yet. */
  readonly followed: string;
  readonly isFormal: boolean;
  readonly inTwoSteps: boolean;
  readonly mainObject: string;
  readonly electronic: boolean;
  /** « mardi 15 décembre 2026 à 12 h 00 »; else the gap that asks for it. */
  readonly offersLimit: string;
  readonly candidaciesLimit: string;
}

/** The purchase of a dossier that has one: `subjects` of the texts that need it see to it. */
export function purchaseOf({ purchase }: Dossier): Purchase {
  if (!purchase) throw new Error('a dossier without its purchase');
  return purchase;
}

const FORMAL = ['open', 'restricted', 'negotiated', 'dialogue'];
const TWO_STEPS = ['restricted', 'negotiated', 'dialogue'];
export const gap = (what: string): string => `[À compléter${NBSP}: ${what}]`;

/** The base of any text on a consultation. */
export function consultationBase({ content, number, takenOn, sha256 }: DossierVersion): ConsultationBase {
  const purchase = purchaseOf(content);
  const { procedure, group } = purchase;
  const { coordinator } = content;
  return {
    title: content.title,
    version: number,
    takenOn,
    sha256,
    date: frenchDate(takenOn),
    object: purchase.object ?? content.title,
    group: { title: group.title, permanent: group.kind === 'permanent' },
    coordinator: {
      ...placeOf(coordinator),
      isEpci: group.coordinatorKind === 'epci',
      hasNeed: netOf(content.amounts.filter(({ memberKey }) => memberKey === coordinator.key)) > 0n,
    },
    memberCount: content.members.length,
    members: content.members.map(placeOf),
    lotCount: content.lots.length,
    lots: content.lots.map((lot) => baseLot(content, lot)),
    years: content.years,
    renewals: content.renewals,
    longestYears: content.years + content.renewals,
    procedure: {
      followed: procedure.followed ?? '',
      isFormal: FORMAL.includes(procedure.followed ?? ''),
      inTwoSteps: TWO_STEPS.includes(procedure.followed ?? ''),
      mainObject: procedure.mainObject,
      electronic: procedure.electronic,
      offersLimit: momentWords(procedure.offersLimit) ?? gap('date et heure limites de réception des offres'),
      candidaciesLimit:
        momentWords(procedure.candidaciesLimit) ?? gap('date et heure limites de réception des candidatures'),
    },
    p: filled('consultation', purchase.particulars.consultation),
  };
}

export function baseLot(content: Dossier, lot: DossierLot): BaseLot {
  const { number, title, cpv, cpvLabel, family, contractForm } = lot;
  return {
    ...{ number, title, cpv, cpvLabel, family, contractForm },
    isFramework: contractForm !== 'ordinaire',
    members: content.members.filter(({ lots }) => lots.includes(number)).map(({ name }) => name),
    joinedByAll: content.members.every(({ lots }) => lots.includes(number)),
    yearlyNet: frenchAmount(netOf(content.amounts.filter((amount) => amount.lot === number))),
  };
}

/** What the purchase says of a lot, found by the number that a subject bears. */
export function lotOf(
  content: Dossier,
  subject: string,
): { readonly lot: DossierLot; readonly bought: PurchaseLot } {
  const lot = content.lots.find(({ number }) => String(number) === subject);
  const bought = purchaseOf(content).lots.find(({ number }) => String(number) === subject);
  if (!lot || !bought) throw new Error(`no lot ${subject} in this dossier`);
  return { lot, bought };
}

const placeOf = ({ name, siret, inseeCode }: Dossier['coordinator']): BasePlace => ({
  name,
  siret: frenchSiret(siret),
  inseeCode,
});

/** In groups of digits: the SIREN, then the establishment. */
export const frenchSiret = (siret: string): string =>
  `${frenchNumber(siret.slice(0, 9))}${NBSP}${siret.slice(9)}`;

/** "2026-12-15T12:00" → « mardi 15 décembre 2026 à 12 h 00 ». */
export function momentWords(local: string | null): string | null {
  if (local === null) return null;
  const [day, time] = local.split('T');
  return `${frenchDay(day!)} à ${time!.replace(':', `${NBSP}h${NBSP}`)}`;
}

export const netOf = (amounts: readonly { readonly net: string }[]): Cents =>
  sum(amounts.map(({ net }) => centsFromDecimal(net)));

/** An amount as deeds write it: « 1 230,50 € (mille deux cent trente euros et cinquante centimes) ». */
export interface AmountWords {
  readonly figures: string;
  readonly words: string;
}
export const amountWords = (decimal: string): AmountWords => {
  const cents = centsFromDecimal(decimal);
  return { figures: frenchEuros(cents), words: eurosInWords(cents) };
};

/** « 12,5 % » from a canonical "12.5". */
export const percent = (decimal: string): string => `${frenchNumber(decimal)}${NBSP}%`;

/** A figure of the law of the launch, without its unit; the gap that asks for it when that law does not know it. */
export function lawFigure({ law }: Pick<Purchase, 'law'>, code: string, what: string): string {
  const figure = law[code];
  return figure ? figureWords(figure) : gap(what);
}

function figureWords({ value, unit }: PurchaseFigure): string {
  if (unit === 'euros') return frenchEuros(centsFromDecimal(value));
  const trimmed = frenchNumber(value.includes('.') ? value.replace(/\.?0+$/, '') : value);
  return unit === 'percent' ? `${trimmed}${NBSP}%` : trimmed;
}
/** Whether a duty is in force on the day of the launch. */
export const lawHolds = ({ law }: Pick<Purchase, 'law'>, code: string): boolean => Object.hasOwn(law, code);
