import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import type { FigureCode } from '../law/figures.js';
import { articleOf, dutySince, holds, type LawOn } from '../law/law-on.js';
import { type IsCommune, wordingCheck, wordingFindings } from '../law/wording.rules.js';
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

/** The first day of a duty, as a figure of a check. */
export function sinceFigure(law: LawOn, code: FigureCode): Check['figures'] {
  const { day, verified } = dutySince(law, code);
  return day === null
    ? {}
    : { 'obligatoire depuis le': `${frenchDate(day)}${verified ? '' : ' (au jour près, à vérifier)'}` };
}

/** Words that a price is named with. Any other one says more: « coût du cycle de vie », « coût complet », « coût carbone ». */
const PRICE_NOUNS =
  /^(prix|tarifs?|tarification|montants?|couts?|devis|rabais|remises?|financiere?s?|economiques?|disante?)$/;
const PRICE_WORDS =
  /^(prix|tarifs?|tarification|montants?|couts?|devis|rabais|remises?|financiere?s?|criteres?|valeurs?|offres?|propositions?|prestations?|fournitures?|services?|travaux|produits?|articles?|livraisons?|marche|lots?|commandes?|bordereau|bpu|dqe|dpgf|detail|estimatif|quantitatif|catalogue|total|totale|totaux|global|globale|globaux|unitaires?|forfaitaires?|moyens?|annuels?|net|nets|proposee?s?|ht|ttc|hors|taxes?|toutes|comprises|economiques?|competitifs?|bas|plus|moins|meilleure?|seul|unique|disante?|achats?|de|des|du|[cdhlt]|la|le|les|et|en|au|sur|par|pour|ou|euros?)$/;

/** « Prix », « Montant de l’offre », « Coût global HT »; not « Coût global »: R2152-7 calls a whole approach so. */
const isMerePrice = ({ label }: Criterion): boolean => {
  const words = folded(label).match(/[a-z]+/g) ?? [];
  return (
    words.some((word) => PRICE_NOUNS.test(word)) &&
    words.every((word) => PRICE_WORDS.test(word)) &&
    words.join(' ') !== 'cout global'
  );
};

/** Those that do take the environment into account: a price, whatever is ticked, does not. */
const environmentalOf = (criteria: readonly Criterion[]): Criterion[] =>
  criteria.filter((one) => one.environmental && !isMerePrice(one));

const lackOfEnvironment = (criteria: readonly Criterion[]): { code: string; detail: string } => {
  const price = criteria.find((one) => one.environmental);
  if (price)
    return {
      code: 'PRICE_ONLY',
      detail: `«\u00a0${price.label}\u00a0» ne nomme qu’un prix, qui ne compte pas l’environnement (CCP R2152-7)\u00a0: ajouter un critère environnemental, ou faire de celui-ci un coût du cycle de vie et le nommer ainsi.`,
    };
  return criteria.length === 1
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
};

/**
 * Everything wrong in a grid of criteria.
 *
 * @param law that of the day on which the consultation is or would be launched
 */
export function criteriaProblems(criteria: readonly Criterion[], law: LawOn): Problem[] {
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
  if (holds(law, 'critere_environnemental') && environmentalOf(criteria).length === 0)
    problems.push({ field: 'items', ...lackOfEnvironment(criteria) });
  return problems;
}

/** The words of one criterion that block it until a motive: places, origins, brands without « ou équivalent ». */
export const criterionPlaceWords = (
  { label, method }: Pick<Criterion, 'label' | 'method'>,
  names: readonly string[],
  isCommune?: IsCommune,
): string[] => [
  ...new Set(
    [label, method ?? '']
      .flatMap((text) => wordingFindings(text, { names, isCommune }))
      .map(({ word }) => word),
  ),
];

/**
 * Weights, environmental criterion (R2152-7) and geographic wording of each criterion.
 *
 * @param names the communes of the group, whose names count as places
 * @param isCommune any commune counts where an establishment is asked for
 */
export function criteriaChecks(
  criteria: readonly Criterion[],
  names: readonly string[],
  law: LawOn,
  isCommune?: IsCommune,
): Check[] {
  return [
    weightsCheck(criteria),
    environmentalCheck(criteria, law),
    ...criteria.map(({ label, method, placeMotive }, place) =>
      wordingCheck(
        {
          where: `le critère ${place + 1}, «\u00a0${label}\u00a0»,`,
          texts: [label, method ?? ''],
          ...{ names, isCommune },
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

function environmentalCheck(criteria: readonly Criterion[], law: LawOn): Check {
  const environmental = environmentalOf(criteria);
  const base = {
    rule: 'ENVIRONMENTAL_CRITERION',
    article: articleOf('critere_environnemental'),
    figures: {
      'critères environnementaux': frenchCount(environmental.length),
      'leur poids': frenchRate(sum(environmental.map(({ weight }) => weight))),
      lancement: frenchDate(law.on),
      ...sinceFigure(law, 'critere_environnemental'),
    },
  };
  if (environmental.length > 0)
    return { ...base, verdict: 'ok', sentence: 'Un critère au moins prend en compte l’environnement.' };
  if (!holds(law, 'critere_environnemental'))
    return {
      ...base,
      verdict: 'ok',
      sentence: 'Aucun critère environnemental\u00a0: il n’en faut pas pour un lancement à cette date.',
    };
  return { ...base, verdict: 'block', sentence: lackOfEnvironment(criteria).detail };
}
