import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { articleOf, holds, type LawOn, requiredValue, valueOf } from '../law/law-on.js';
import { type IsCommune, wordingCheck } from '../law/wording.rules.js';
import type { LotFamily } from '../lots/lots.rules.js';
import type { Cents } from '../money/amounts.js';
import { frenchCount, frenchEuros } from '../money/french.js';
import { sinceFigure } from './criteria.rules.js';
import type { LotTerms, SocialExemptionGround } from './terms.rules.js';

/** The environmental execution clause, in every contract (L2112-2). */
export function environmentalClauseCheck({ environmentalClause }: LotTerms, law: LawOn): Check {
  const base = {
    rule: 'ENVIRONMENTAL_CLAUSE',
    article: articleOf('clause_environnementale'),
    figures: {
      'clause environnementale': environmentalClause === null ? 'aucune' : 'inscrite',
      lancement: frenchDate(law.on),
      ...sinceFigure(law, 'clause_environnementale'),
    },
  };
  if (environmentalClause !== null)
    return { ...base, verdict: 'ok', sentence: 'Le contrat a une clause environnementale.' };
  return holds(law, 'clause_environnementale')
    ? {
        ...base,
        verdict: 'block',
        sentence:
          'Le contrat n’a pas de clause environnementale\u00a0: en inscrire une, liée à l’objet, parmi ses conditions d’exécution.',
      }
    : {
        ...base,
        verdict: 'ok',
        sentence: 'Aucune clause environnementale\u00a0: il n’en faut pas pour un lancement à cette date.',
      };
}

/**
 * The one estimated value of the whole consultation (R2121-1 to R2121-8). The room « procedure » reckons it, from what is
 * said later than the terms: this one is told it, and never adds anything up.
 */
export interface ConsultationValue {
  /** Cents excluding VAT: the value is at least that. */
  readonly net: Cents;
  readonly complete: boolean;
  /** Whether its main object has the threshold of works. */
  readonly works: boolean;
}

const thresholdOf = ({ works }: ConsultationValue, law: LawOn): Cents | undefined =>
  valueOf(law, works ? 'formalisee_travaux' : 'formalisee_fs');

/**
 * Whether a consultation comes under the social clause: not to be judged without its value; perhaps, as long as what is
 * known of it is incomplete and below the threshold.
 */
export type SocialDuty = 'unjudged' | 'unknown_threshold' | 'free' | 'perhaps' | 'due';
export function socialDuty(value: ConsultationValue | null, law: LawOn): SocialDuty {
  if (value === null) return 'unjudged';
  const threshold = thresholdOf(value, law);
  if (threshold === undefined) return 'unknown_threshold';
  if (value.net >= threshold) return 'due';
  return value.complete ? 'free' : 'perhaps';
}

/** What both compare, under French names. */
export function socialFigures(value: ConsultationValue | null, law: LawOn): Readonly<Record<string, string>> {
  if (value === null) return { 'valeur estimée de la consultation': 'jugée avec la procédure' };
  const threshold = thresholdOf(value, law);
  return {
    'valeur estimée de la consultation': `${value.complete ? '' : 'au moins '}${frenchEuros(value.net)}`,
    'seuil européen': threshold === undefined ? 'non connu à cette date' : frenchEuros(threshold),
  };
}

const GROUND_WORDS: Readonly<Record<SocialExemptionGround, string>> = {
  immediate_solution: 'solution immédiatement disponible',
  no_link: 'lien insuffisant avec l’objet',
  competition: 'concurrence restreinte ou exécution difficile',
  short_works: 'travaux de courte durée',
};

/** The social clause from the European threshold up, or one of four grounds and its motive (L2112-2-1). */
export function socialClauseCheck(
  terms: LotTerms,
  lot: { readonly family: LotFamily; readonly months: number },
  value: ConsultationValue | null,
  law: LawOn,
): Check {
  const { socialExemption, socialExemptionGround: ground } = terms;
  const base = {
    rule: 'SOCIAL_CLAUSE',
    article: articleOf('clause_sociale'),
    figures: {
      ...socialFigures(value, law),
      'clause sociale': terms.socialClause === null ? 'aucune' : 'inscrite',
      dispense: ground === null ? 'aucune' : GROUND_WORDS[ground],
      lancement: frenchDate(law.on),
      ...sinceFigure(law, 'clause_sociale'),
    },
  };
  if (terms.socialClause !== null)
    return { ...base, verdict: 'ok', sentence: 'Le contrat a une clause sociale.' };
  if (!holds(law, 'clause_sociale'))
    return {
      ...base,
      verdict: 'ok',
      sentence: 'Aucune clause sociale\u00a0: il n’en faut pas pour un lancement à cette date.',
    };
  const short = requiredValue(law, 'clause_sociale_travaux_courts');
  if (ground === 'short_works' && (lot.family !== 'travaux' || BigInt(lot.months) >= short))
    return {
      ...base,
      verdict: 'block',
      sentence: `Cette dispense vaut pour des travaux de moins de ${frenchCount(short)}\u00a0mois, et le lot n’en est pas\u00a0: choisir un autre cas, ou inscrire une clause.`,
    };
  if (ground !== null && socialExemption !== null)
    return {
      ...base,
      verdict: 'ok',
      sentence: `Dispense de clause sociale, motivée\u00a0: ${socialExemption}`,
    };
  return { ...base, ...SOCIAL_DUTY[socialDuty(value, law)] };
}

const SOCIAL_DUTY: Readonly<Record<SocialDuty, Pick<Check, 'verdict' | 'sentence'>>> = {
  unjudged: {
    verdict: 'not_applicable_yet',
    sentence:
      'Ni clause sociale ni motif d’une dispense\u00a0: ils sont dus si la valeur estimée atteint le seuil européen, ce que disent la procédure et les vérifications de la consultation.',
  },
  unknown_threshold: {
    verdict: 'block',
    sentence:
      'Le seuil européen n’est pas connu à cette date\u00a0: inscrire une clause sociale, ou le motif d’une dispense.',
  },
  free: {
    verdict: 'ok',
    sentence: 'La valeur estimée est inférieure au seuil européen\u00a0: la clause sociale est facultative.',
  },
  perhaps: {
    verdict: 'warn',
    sentence:
      'La valeur estimée n’est pas complète\u00a0: dire le montant de chaque lot, maximum ou besoins, ou inscrire une clause sociale.',
  },
  due: {
    verdict: 'block',
    sentence:
      'La valeur estimée atteint le seuil européen\u00a0: inscrire une clause sociale, ou le motif d’une dispense.',
  },
};

/** Food products, agricultural products, restaurant and canteen services (CPV divisions 15 and 03, groups 553 and 555). */
const FOOD_CPV = ['15', '03', '553', '555'];

/** Prices are revisable where raw materials swing, expressly food (R2112-13). */
export function priceCheck({ priceKind, priceFormula }: LotTerms, cpvCode: string): Check {
  const food = FOOD_CPV.some((prefix) => cpvCode.startsWith(prefix));
  const words = { fixed: 'ferme', revisable: 'révisable', adjustable: 'ferme actualisable' } as const;
  const base = {
    rule: 'PRICE_REVISION',
    article: 'CCP R2112-13',
    figures: {
      'nature du prix': priceKind === null ? 'non indiquée' : words[priceKind],
      formule: priceFormula === null ? 'aucune' : 'inscrite',
      CPV: cpvCode,
      'matières premières alimentaires': food ? 'oui' : 'non',
    },
  };
  if (priceKind === 'revisable' && priceFormula === null)
    return {
      ...base,
      verdict: 'block',
      sentence:
        'Le prix est révisable sans formule\u00a0: inscrire la date du prix initial, le calcul et la périodicité de la révision.',
    };
  if (food && priceKind !== 'revisable')
    return {
      ...base,
      verdict: 'warn',
      sentence:
        'Le lot achète des denrées\u00a0: un prix révisable est obligatoire quand les cours des matières premières alimentaires pèsent sur lui. Le choisir, ou vérifier que ce n’est pas le cas.',
    };
  if (priceKind === null)
    return {
      ...base,
      verdict: 'warn',
      sentence: 'Le lot ne dit pas si son prix est ferme ou révisable\u00a0: le choisir.',
    };
  return { ...base, verdict: 'ok', sentence: `Le prix est ${words[priceKind]}.` };
}

/** Prices compared with VAT: the decree that allows it could not be read. */
export function priceBasisCheck({ vatBasis }: LotTerms): Check {
  const base = {
    rule: 'PRICE_BASIS',
    article: 'CCP R2152-7',
    figures: { 'prix comparés': vatBasis === 'net' ? 'HT' : 'TTC' },
  };
  return vatBasis === 'net'
    ? { ...base, verdict: 'ok', sentence: 'Les prix sont comparés hors taxes.' }
    : {
        ...base,
        verdict: 'warn',
        sentence:
          'Les prix sont comparés TTC\u00a0: le texte qui le permet n’a pas pu être lu. Le vérifier avant de publier.',
      };
}

/** Geographic words in the clauses: they only warn. */
export const clauseWordingCheck = (terms: LotTerms, names: readonly string[], isCommune?: IsCommune): Check =>
  wordingCheck(
    {
      where: 'le texte des clauses',
      texts: [terms.environmentalClause, terms.socialClause, terms.penalties, terms.orderSharingNote].map(
        (text) => text ?? '',
      ),
      ...{ names, isCommune, motive: null },
    },
    false,
  );

/** The same in the formula of the price; none where no formula is written. */
export const formulaWordingChecks = (
  { priceFormula }: LotTerms,
  names: readonly string[],
  isCommune?: IsCommune,
): Check[] =>
  priceFormula === null
    ? []
    : [
        wordingCheck(
          {
            ...{ kind: 'price_formula', where: 'la formule du prix', texts: [priceFormula] },
            ...{ names, isCommune, motive: null },
          },
          false,
        ),
      ];
