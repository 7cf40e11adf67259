import type { Check } from '../law/check.js';
import { type ContractForm, isFramework, type LotFamily } from '../lots/lots.rules.js';
import { type Cents, sum } from '../money/amounts.js';
import { frenchCount, frenchEuros } from '../money/french.js';
import { frenchLots } from './lots-told.rules.js';

/** A lot, as far as what it is worth depends on it. Amounts in cents excluding VAT. */
export interface LotToValue {
  readonly number: number;
  readonly family: LotFamily;
  readonly form: ContractForm;
  /** Of an accord-cadre, over its whole duration; null: not said. */
  readonly maximum: Cents | null;
  /** What each member needs in one year; empty: nobody said. */
  readonly yearlyNeeds: readonly Cents[];
}

/** All that the estimated value counts (CCP R2121-1 to R2121-8). */
export interface ToValue {
  readonly lots: readonly LotToValue[];
  readonly firmYears: number;
  /** Of one year each. */
  readonly renewals: number;
  readonly options: Cents;
  /** Premiums paid to candidates or holders. */
  readonly premiums: Cents;
  /** Other contracts of the same works operation (R2121-5), outside this consultation. */
  readonly restOfOperation: Cents;
}

export interface LotValue {
  readonly number: number;
  readonly family: LotFamily;
  readonly form: ContractForm;
  /** Over the total duration; null: the amount is not said. */
  readonly net: Cents | null;
  /** What it is worth at least: of an accord-cadre whose maximum is not said, what its members need. */
  readonly known: Cents;
  /** The members' needs over the total duration; 0n: none was said. */
  readonly needs: Cents;
}

export interface EstimatedValue {
  /** Cents excluding VAT: what is known. The value is at least that. */
  readonly net: Cents;
  /** False: a lot says no amount, or there is no lot. */
  readonly complete: boolean;
  /** Renewals included. */
  readonly years: number;
  readonly lots: readonly LotValue[];
  readonly options: Cents;
  readonly premiums: Cents;
  readonly restOfOperation: Cents;
}

/**
 * The value that decides the procedure: every lot, renewals, options and premiums included (R2121-1). An accord-cadre
 * counts its maximum over its whole duration (R2121-8), a plain contract what all members need; works count the whole
 * operation (R2121-5). A lot whose amount nobody said is not counted as nothing: the value is then incomplete. As long as
 * an accord-cadre has no maximum, the needs are a floor: its maximum will not be below them.
 */
export function estimatedValue(given: ToValue): EstimatedValue {
  const { firmYears, renewals, options, premiums, restOfOperation } = given;
  const years = firmYears + renewals;
  const lots = given.lots.map(({ number, family, form, maximum, yearlyNeeds }): LotValue => {
    const needs = sum(yearlyNeeds) * BigInt(years);
    const net = isFramework(form) ? maximum : needs === 0n ? null : needs;
    return { number, family, form, needs, net, known: net ?? needs };
  });
  return {
    net: knownOf(lots) + options + premiums + restOfOperation,
    complete: lots.length > 0 && lots.every(({ net }) => net !== null),
    ...{ years, lots, options, premiums, restOfOperation },
  };
}

/** Σ of what lots are known to be worth, in cents excluding VAT. */
export const knownOf = (lots: readonly Pick<LotValue, 'known'>[]): Cents =>
  sum(lots.map(({ known }) => known));

/** « 216 000,00 € HT », « au moins 216 000,00 € HT » when the value is incomplete. */
export const frenchValue = ({ net, complete }: Pick<EstimatedValue, 'net' | 'complete'>): string =>
  `${complete ? '' : 'au moins '}${frenchEuros(net)} HT`;

/** The same after « la valeur estimée est »: « de 216 000,00 € HT », « d’au moins 216 000,00 € HT ». */
export const ofFrenchValue = (value: Pick<EstimatedValue, 'net' | 'complete'>): string =>
  `${value.complete ? 'de ' : 'd’'}${frenchValue(value)}`;

/** « 1 an », « 4 ans ». */
export const frenchYears = (years: number): string => `${frenchCount(years)}\u00a0an${years > 1 ? 's' : ''}`;

/** Tells the value and what it is made of; `warn` as long as a lot says no amount. */
export function valueCheck(value: EstimatedValue): Check {
  const frameworks = value.lots.filter(({ form }) => isFramework(form));
  const plain = value.lots.filter(({ form }) => !isFramework(form));
  const extra = (name: string, net: Cents) => (net > 0n ? { [name]: frenchEuros(net) } : {});
  const base = {
    rule: 'ESTIMATED_VALUE',
    article: 'CCP R2121-1, R2121-5, R2121-8',
    figures: {
      'valeur estimée': frenchValue(value),
      durée: `${frenchYears(value.years)}, reconductions comprises`,
      ...extra('maximums des accords-cadres HT', knownOf(frameworks.filter(({ net }) => net !== null))),
      ...extra('besoins des accords-cadres sans maximum HT', knownOf(withoutMaximum(frameworks))),
      ...extra('besoins des marchés ordinaires HT', knownOf(plain)),
      ...extra('options HT', value.options),
      ...extra('primes HT', value.premiums),
      ...extra('autres marchés de l’opération HT', value.restOfOperation),
    },
  };
  if (value.lots.length === 0)
    return {
      ...base,
      verdict: 'warn',
      sentence: 'La consultation n’a pas de lot\u00a0: sa valeur ne peut pas être estimée. Ajouter ses lots.',
    };
  const silent = value.lots.filter(({ net }) => net === null);
  if (silent.length > 0) return { ...base, verdict: 'warn', sentence: incompleteSentence(value, silent) };
  return {
    ...base,
    verdict: 'ok',
    sentence: `La valeur estimée est de ${frenchValue(value)} sur ${frenchYears(value.years)}, reconductions, options et tous lots compris.`,
  };
}

/** Accords-cadres whose maximum nobody said. */
const withoutMaximum = (lots: readonly LotValue[]): LotValue[] =>
  lots.filter(({ form, net }) => isFramework(form) && net === null);

function incompleteSentence(value: EstimatedValue, silent: readonly LotValue[]): string {
  const without = (lots: readonly LotValue[], what: string): string[] =>
    lots.length > 0 ? [`${frenchLots(lots)}\u00a0: ${what}`] : [];
  const missing = [
    ...without(
      silent.filter(({ form }) => isFramework(form)),
      'indiquer le maximum',
    ),
    ...without(
      silent.filter(({ form }) => !isFramework(form)),
      'recueillir les besoins',
    ),
  ];
  const floors = withoutMaximum(silent).filter(({ known }) => known > 0n);
  const told =
    floors.length > 0 ? ` Sans maximum, les besoins comptent au moins (${frenchLots(floors)}).` : '';
  return `La valeur estimée est incomplète, ${frenchValue(value)}\u00a0: des lots n’ont pas de montant et ne comptent pas pour zéro. ${capital(missing.join('\u00a0; '))}.${told}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Beyond 1.3 times what members need, a maximum asks for a reason: a rule of good practice, not of the code. */
const AMPLE = { numerator: 13n, denominator: 10n } as const;

/**
 * Whether the maxima of accords-cadres fit what members need over the same duration: below it orders would stop before
 * the end, far above it the maximum tells bidders nothing (R2121-8, R2162-4).
 */
export function maximaCheck(value: EstimatedValue): Check {
  const framed = value.lots.filter(({ form, net }) => isFramework(form) && net !== null);
  const compared = framed.filter(({ needs }) => needs > 0n);
  const [maxima, needs] = [knownOf(compared), sum(compared.map((lot) => lot.needs))];
  const unframed = withoutMaximum(value.lots).filter((lot) => lot.needs > 0n);
  const base = {
    rule: 'FRAMEWORK_MAXIMA',
    article: 'CCP R2121-8, R2162-4',
    figures: {
      'maximums HT': frenchEuros(maxima),
      'besoins déclarés HT': frenchEuros(needs),
      ...(unframed.length > 0
        ? { 'besoins des accords-cadres sans maximum HT': frenchEuros(knownOf(unframed)) }
        : {}),
      durée: frenchYears(value.years),
    },
  };
  if (compared.length === 0)
    return {
      ...base,
      verdict: 'not_applicable_yet',
      sentence:
        unframed.length > 0
          ? `Des accords-cadres ont des besoins et pas de maximum (${frenchLots(unframed)})\u00a0: l’indiquer, rien n’est encore à comparer.`
          : framed.length === 0
            ? 'Aucun accord-cadre n’a de maximum à comparer aux besoins.'
            : 'Aucun besoin n’est déclaré pour les accords-cadres\u00a0: leurs maximums ne peuvent pas encore être comparés.',
    };
  const short = compared.filter((lot) => lot.net! < lot.needs);
  if (short.length > 0)
    return {
      ...base,
      verdict: 'warn',
      sentence: `Le maximum est inférieur aux besoins déclarés (${frenchLots(short)})\u00a0: les commandes s’arrêteraient avant la fin. L’augmenter, ou revoir les besoins.`,
    };
  if (AMPLE.denominator * maxima > AMPLE.numerator * needs)
    return {
      ...base,
      verdict: 'warn',
      sentence: `Les maximums (${frenchEuros(maxima)} HT) dépassent de plus de 30\u00a0% les besoins déclarés (${frenchEuros(needs)} HT)\u00a0: les réduire, ou dire au dossier pourquoi.`,
    };
  return {
    ...base,
    verdict: 'ok',
    sentence: `Les maximums couvrent les besoins déclarés sur ${frenchYears(value.years)}, sans les dépasser de plus de 30\u00a0%.`,
  };
}
