import type { Check } from '../law/check.js';
import type { Cents } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import { type EstimatedValue, knownOf } from './estimated-value.rules.js';

/** Thresholds differ for works. */
export const MAIN_OBJECTS = ['works', 'supplies_services'] as const;
export type MainObject = (typeof MAIN_OBJECTS)[number];

export const MAIN_OBJECT_WORDS: Readonly<Record<MainObject, string>> = {
  works: 'travaux',
  supplies_services: 'fournitures et services',
};

export interface JudgedObject {
  readonly is: MainObject;
  /** `only`: all lots are so; `chosen`: a person said so; `amount`: nobody did, the greater amount decides. */
  readonly decidedBy: 'only' | 'chosen' | 'amount';
  readonly works: Cents;
  readonly suppliesServices: Cents;
}

/**
 * What a consultation is, for the thresholds. Of lots of both kinds it is what its main object is (L1111-5), which a
 * person says; until then the greater amount decides, and of equal ones supplies and services, whose threshold is lower.
 */
export function mainObject({ lots }: EstimatedValue, chosen: MainObject | null): JudgedObject {
  const works = lots.filter(({ family }) => family === 'travaux');
  const others = lots.filter(({ family }) => family !== 'travaux');
  const amounts = { works: knownOf(works), suppliesServices: knownOf(others) };
  if (works.length === 0) return { is: 'supplies_services', decidedBy: 'only', ...amounts };
  if (others.length === 0) return { is: 'works', decidedBy: 'only', ...amounts };
  if (chosen !== null) return { is: chosen, decidedBy: 'chosen', ...amounts };
  const is = amounts.works > amounts.suppliesServices ? 'works' : 'supplies_services';
  return { is, decidedBy: 'amount', ...amounts };
}

/** Tells which thresholds count, and how that was decided. */
export function mainObjectCheck({ is, decidedBy, works, suppliesServices }: JudgedObject): Check {
  const words = MAIN_OBJECT_WORDS[is];
  const told: Readonly<Record<JudgedObject['decidedBy'], string>> = {
    only: `Tous les lots sont de même nature\u00a0: les seuils des ${words} s’appliquent.`,
    chosen: `Lots de natures différentes\u00a0: l’objet principal indiqué (${words}) donne les seuils.`,
    amount: `Lots de natures différentes\u00a0: à défaut d’objet principal indiqué, le plus grand montant (${words}) donne les seuils. L’indiquer\u00a0: l’objet principal ne se réduit pas aux montants.`,
  };
  return {
    rule: 'MAIN_OBJECT',
    article: 'CCP L1111-5',
    verdict: decidedBy === 'amount' ? 'warn' : 'ok',
    figures: {
      'lots de travaux HT': frenchEuros(works),
      'lots de fournitures et services HT': frenchEuros(suppliesServices),
    },
    sentence: told[decidedBy],
  };
}
