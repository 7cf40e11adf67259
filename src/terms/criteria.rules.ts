import { frenchDate, type PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { DATED_RULES } from '../law/dated-rules.js';
import { holdsOn } from '../law/rule-on.js';
import { wordingCheck, wordingFindings } from '../law/wording.rules.js';
import { sum, vatRateFromDecimal } from '../money/amounts.js';
import { frenchCount, frenchRate } from '../money/french.js';
import type { Problem } from '../platform/refusals/problem.rules.js';
import { type Rate, WHOLE } from './terms.rules.js';

/** An award criterion of a lot: its weight in hundredths of a percent. */
export interface Criterion {
  readonly label: string;
  readonly weight: Rate;
  /** Takes the environment into account: one does at least, or the only one is a whole-life cost that does. */
  readonly environmental: boolean;
  readonly method: string | null;
  /** Why words that speak of a place are linked to the object or its execution. */
  readonly placeMotive: string | null;
}

/** The same as it is stored and sent: its weight a decimal text in percent. */
export type CriterionText = Omit<Criterion, 'weight'> & { readonly weight: string };

export const criterion = ({
  label,
  weight,
  environmental,
  method,
  placeMotive,
}: CriterionText): Criterion => ({
  label,
  weight: vatRateFromDecimal(weight),
  environmental,
  method,
  placeMotive,
});

const folded = (label: string): string =>
  label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ');

/** A new reading of R2152-7, to the day unverified. */
const sinceOf = (code: 'ENVIRONMENTAL_CRITERION' | 'ENVIRONMENTAL_CLAUSE' | 'SOCIAL_CLAUSE'): string => {
  const [[from]] = DATED_RULES[code].values;
  return `${frenchDate(from)} (au jour près, à vérifier)`;
};
export const sinceFigure = (code: Parameters<typeof sinceOf>[0]) => ({
  'obligatoire depuis le': sinceOf(code),
});

const lackOfEnvironment = (criteria: readonly Criterion[]): { code: string; detail: string } =>
  criteria.length === 1
    ? {
        code: 'PRICE_ONLY',
        detail:
          'Un critère unique est un coût du cycle de vie qui compte l’environnement, plus jamais le prix seul (CCP R2152-7)\u00a0: ajouter un critère environnemental, ou faire de celui-ci un tel coût.',
      }
    : {
        code: 'ENVIRONMENTAL_CRITERION_MISSING',
        detail:
          'Aucun critère ne prend en compte l’environnement (CCP R2152-7)\u00a0: en ajouter un, avec sa pondération et sa méthode.',
      };

/**
 * Everything wrong in a grid of criteria.
 *
 * @param on the day the consultation is or would be launched
 */
export function criteriaProblems(criteria: readonly Criterion[], on: PlainDate): Problem[] {
  const seen = new Set<string>();
  const problems = criteria.flatMap(({ label, weight }, place): Problem[] => {
    const found: Problem[] = [];
    const refuse = (field: string, code: string, detail: string) =>
      found.push({ field: `items/${place}/${field}`, code, detail });
    if (seen.has(folded(label)))
      refuse(
        'label',
        'LABEL_TWICE',
        'Un autre critère porte déjà ce nom\u00a0: les distinguer ou les réunir.',
      );
    seen.add(folded(label));
    if (weight === 0n)
      refuse(
        'weight',
        'WEIGHT_POSITIVE',
        'Un critère pèse plus que 0\u00a0%\u00a0: le pondérer, ou le retirer.',
      );
    return found;
  });
  const total = sum(criteria.map(({ weight }) => weight));
  if (total !== WHOLE)
    problems.push({
      field: 'items',
      code: 'WEIGHTS_MAKE_100',
      detail: `Les pondérations totalisent ${frenchRate(total)}\u00a0: elles font 100\u00a0% exactement.`,
    });
  if (holdsOn('ENVIRONMENTAL_CRITERION', on) && !criteria.some(({ environmental }) => environmental))
    problems.push({ field: 'items', ...lackOfEnvironment(criteria) });
  return problems;
}

/** The words of one criterion that block it until a motive: places, origins, brands without « ou équivalent ». */
export const criterionPlaceWords = (
  { label, method }: Pick<Criterion, 'label' | 'method'>,
  names: readonly string[],
): string[] => [
  ...new Set(
    [label, method ?? ''].flatMap((text) => wordingFindings(text, { names })).map(({ word }) => word),
  ),
];

/**
 * Weights, environmental criterion (R2152-7) and geographic wording of each criterion.
 *
 * @param names the communes of the group, whose names count as places
 */
export function criteriaChecks(
  criteria: readonly Criterion[],
  names: readonly string[],
  on: PlainDate,
): Check[] {
  return [
    weightsCheck(criteria),
    environmentalCheck(criteria, on),
    ...criteria.map(({ label, method, placeMotive }, place) =>
      wordingCheck(
        {
          where: `le critère ${place + 1}, «\u00a0${label}\u00a0»,`,
          texts: [label, method ?? ''],
          names,
          motive: placeMotive,
        },
        true,
      ),
    ),
  ];
}

function weightsCheck(criteria: readonly Criterion[]): Check {
  const total = sum(criteria.map(({ weight }) => weight));
  const base = {
    rule: 'CRITERIA_WEIGHTS',
    article: 'CCP L2152-7, R2152-11 et R2152-12',
    figures: { critères: frenchCount(criteria.length), 'somme des pondérations': frenchRate(total) },
  };
  if (criteria.length === 0)
    return {
      ...base,
      verdict: 'block',
      sentence: 'Le lot n’a pas de critère d’attribution\u00a0: en inscrire, pondérés à 100\u00a0% en tout.',
    };
  return total === WHOLE
    ? { ...base, verdict: 'ok', sentence: 'Les pondérations font 100\u00a0%.' }
    : {
        ...base,
        verdict: 'block',
        sentence: `Les pondérations totalisent ${frenchRate(total)}\u00a0: les corriger pour faire 100\u00a0%.`,
      };
}

function environmentalCheck(criteria: readonly Criterion[], on: PlainDate): Check {
  const environmental = criteria.filter((one) => one.environmental);
  const base = {
    rule: 'ENVIRONMENTAL_CRITERION',
    article: DATED_RULES.ENVIRONMENTAL_CRITERION.article,
    figures: {
      'critères environnementaux': frenchCount(environmental.length),
      'leur poids': frenchRate(sum(environmental.map(({ weight }) => weight))),
      lancement: frenchDate(on),
      ...sinceFigure('ENVIRONMENTAL_CRITERION'),
    },
  };
  if (environmental.length > 0)
    return { ...base, verdict: 'ok', sentence: 'Un critère au moins prend en compte l’environnement.' };
  if (!holdsOn('ENVIRONMENTAL_CRITERION', on))
    return {
      ...base,
      verdict: 'ok',
      sentence: 'Aucun critère environnemental\u00a0: il n’en faut pas pour un lancement à cette date.',
    };
  return { ...base, verdict: 'block', sentence: lackOfEnvironment(criteria).detail };
}
