import { frenchDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { articleOf, holds, type LawOn } from '../law/law-on.js';
import type { IsCommune } from '../law/wording.rules.js';
import type { ContractForm, LotFamily } from '../lots/lots.rules.js';
import type { Cents } from '../money/amounts.js';
import { frenchCount, frenchEuros, frenchRate } from '../money/french.js';
import { advanceChecks, retentionCheck } from './advance.rules.js';
import { type CapsTerms, tieRuleCheck, tieRuleWordingChecks } from './caps.rules.js';
import {
  clauseWordingCheck,
  type ConsultationValue,
  environmentalClauseCheck,
  formulaWordingChecks,
  priceBasisCheck,
  priceCheck,
  socialClauseCheck,
} from './clauses.rules.js';
import { type Criterion, criteriaChecks } from './criteria.rules.js';
import { type MemberLimit, memberLimitsCheck } from './limits.rules.js';
import { isByOrders, isFramework, type LotTerms, type OrderSharing } from './terms.rules.js';

/** All that the checks of one lot look at. */
export interface LotFacts {
  readonly lot: {
    readonly form: ContractForm;
    readonly family: LotFamily;
    readonly cpvCode: string;
    /** Renewals included. */
    readonly months: number;
  };
  readonly terms: LotTerms;
  readonly limits: readonly MemberLimit[];
  readonly criteria: readonly Criterion[];
  readonly caps: CapsTerms;
  readonly lotCount: number;
  /** Null: nobody tells it here. */
  readonly value: ConsultationValue | null;
  readonly operatingSpending: Cents | null;
  readonly eachMemberPays: boolean;
  /** Names of the group's communes. */
  readonly names: readonly string[];
  /** Any other commune, where an establishment is asked for. */
  readonly isCommune?: IsCommune;
}

/**
 * Every check of a lot's terms, criteria and clauses.
 *
 * @param law that of the day on which the consultation is or would be launched
 */
export function lotChecks(facts: LotFacts, law: LawOn): Check[] {
  const { lot, terms, limits, criteria, names, isCommune } = facts;
  const advance = { ...facts, form: lot.form, months: lot.months };
  return [
    maximumCheck(terms, lot.form, law),
    orderSharingCheck(terms, lot.form),
    memberLimitsCheck(terms, limits),
    tieRuleCheck(facts.caps, facts.lotCount),
    ...tieRuleWordingChecks(facts.caps, names, isCommune),
    ...criteriaChecks(criteria, names, law, isCommune),
    environmentalClauseCheck(terms, law),
    socialClauseCheck(terms, lot, facts.value, law),
    ...advanceChecks(advance, law),
    retentionCheck(advance, law),
    priceCheck(terms, lot.cpvCode),
    priceBasisCheck(terms),
    clauseWordingCheck(terms, names, isCommune),
    ...formulaWordingChecks(terms, names, isCommune),
  ];
}

/** Every accord-cadre has a maximum (R2162-4; CJEU, 17 June 2021, C-23/20). */
export function maximumCheck({ maximum, minimum }: LotTerms, form: ContractForm, law: LawOn): Check {
  const base = {
    rule: 'LOT_MAXIMUM',
    article: `${articleOf('accord_cadre_maximum')}\u00a0; CJUE, 17\u00a0juin\u00a02021, C-23/20`,
    figures: {
      'maximum du lot': maximum === null ? 'aucun' : frenchEuros(maximum),
      'minimum du lot': minimum === null ? 'aucun' : frenchEuros(minimum),
      lancement: frenchDate(law.on),
    },
  };
  if (!isFramework(form))
    return maximum === null && minimum === null
      ? { ...base, verdict: 'ok', sentence: 'Le lot n’est pas un accord-cadre\u00a0: il n’a pas de maximum.' }
      : {
          ...base,
          verdict: 'block',
          sentence:
            'Le lot est un marché ordinaire\u00a0: retirer ses montants minimum et maximum, ou changer sa forme.',
        };
  if (maximum === null)
    return holds(law, 'accord_cadre_maximum')
      ? {
          ...base,
          verdict: 'block',
          sentence: 'L’accord-cadre n’a pas de maximum\u00a0: l’indiquer, en euros HT, pour toute sa durée.',
        }
      : {
          ...base,
          verdict: 'ok',
          sentence: 'L’accord-cadre pouvait, à cette date, ne pas avoir de maximum.',
        };
  if (minimum !== null && minimum > maximum)
    return {
      ...base,
      verdict: 'block',
      sentence: 'Le minimum du lot dépasse son maximum\u00a0: corriger l’un ou l’autre.',
    };
  return {
    ...base,
    verdict: 'ok',
    sentence: `L’accord-cadre s’arrête à ${frenchEuros(maximum)} HT de commandes.`,
  };
}

const SHARING_WORDS: Readonly<Record<OrderSharing, string>> = {
  cascade: 'cascade',
  rotation: 'tour de rôle',
  percentages: 'pourcentages',
  price_per_order: 'prix par commande',
};

/** Several holders of one lot: the rule that shares their orders is announced (R2162-14). */
export function orderSharingCheck(terms: LotTerms, form: ContractForm): Check {
  const { holders, holderCount, orderSharing } = terms;
  const base = {
    rule: 'ORDER_SHARING',
    article: form === 'marches_subsequents' ? 'CCP R2162-10' : 'CCP R2162-14',
    figures: {
      titulaires:
        holders === 'single' ? 'un seul' : holderCount === null ? 'plusieurs' : frenchCount(holderCount),
      'partage des commandes': orderSharing === null ? 'aucun' : SHARING_WORDS[orderSharing],
      ...(terms.orderShares.length > 0 ? { parts: terms.orderShares.map(frenchRate).join(', ') } : {}),
      ...(terms.cascadeDelayHours === null
        ? {}
        : { 'délai de la cascade': `${frenchCount(terms.cascadeDelayHours)}\u00a0h` }),
    },
  };
  if (holders === 'single')
    return {
      ...base,
      verdict: 'ok',
      sentence: 'Un seul titulaire\u00a0: toutes les commandes lui reviennent.',
    };
  if (!isFramework(form))
    return {
      ...base,
      verdict: 'block',
      sentence:
        'Un marché ordinaire n’a qu’un titulaire\u00a0: n’en prévoir qu’un, ou faire du lot un accord-cadre.',
    };
  if (isByOrders(form) && orderSharing === null)
    return {
      ...base,
      verdict: 'block',
      sentence:
        'Plusieurs titulaires sans règle de partage des commandes\u00a0: choisir cascade, tour de rôle, pourcentages ou prix par commande.',
    };
  return {
    ...base,
    verdict: 'ok',
    sentence:
      orderSharing === null
        ? 'Les titulaires sont remis en concurrence à chaque marché subséquent.'
        : `Les commandes se partagent par ${SHARING_WORDS[orderSharing]}.`,
  };
}
