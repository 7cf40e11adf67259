import type { Check } from '../law/check.js';
import { type IsCommune, wordingCheck } from '../law/wording.rules.js';
import { frenchCount } from '../money/french.js';
import type { Problem } from '../platform/refusals/problem.rules.js';

/** How many lots one bidder may bid for and win (CCP L2113-10), and what decides when it ranks first on more. */
export interface CapsTerms {
  readonly maxLotsBid: number | null;
  readonly maxLotsAwarded: number | null;
  readonly tieRule: string | null;
}

export const NO_CAPS: CapsTerms = { maxLotsBid: null, maxLotsAwarded: null, tieRule: null };

/** Rules in use, offered to whoever writes one. */
export const USUAL_TIE_RULES: readonly string[] = [
  'Le candidat indique dans son offre l’ordre de préférence des lots\u00a0; les lots lui sont attribués dans cet ordre, jusqu’au nombre maximal.',
  'Les lots sont attribués au candidat selon la combinaison la moins coûteuse pour l’acheteur, compte tenu de l’offre classée deuxième sur chaque lot.',
  'Les lots sont attribués au candidat par ordre décroissant de leur valeur estimée, jusqu’au nombre maximal.',
];

export function capsProblems({ maxLotsBid, maxLotsAwarded, tieRule }: CapsTerms): Problem[] {
  const problems: Problem[] = [];
  if (maxLotsBid !== null && maxLotsAwarded !== null && maxLotsAwarded > maxLotsBid)
    problems.push({
      field: 'maxLotsAwarded',
      code: 'AWARDED_ABOVE_BID',
      detail: `On ne gagne pas plus de lots (${frenchCount(maxLotsAwarded)}) qu’on n’en demande (${frenchCount(maxLotsBid)})\u00a0: corriger l’un ou l’autre.`,
    });
  if (maxLotsAwarded !== null && tieRule === null)
    problems.push({
      field: 'tieRule',
      code: 'TIE_RULE_REQUIRED',
      detail:
        'Le nombre de lots attribués à un candidat est limité\u00a0: indiquer la règle qui départage ses lots (CCP R2113-1).',
    });
  return problems;
}

/** The documents say the caps, and the rule applied when the ranking exceeds them (R2113-1). */
export function tieRuleCheck(caps: CapsTerms, lotCount: number): Check {
  const { maxLotsBid, maxLotsAwarded, tieRule } = caps;
  const cap = (value: number | null): string => (value === null ? 'tous' : frenchCount(value));
  const base = {
    rule: 'TIE_RULE',
    article: 'CCP L2113-10 et R2113-1',
    figures: {
      lots: frenchCount(lotCount),
      'lots demandés au plus': cap(maxLotsBid),
      'lots attribués au plus': cap(maxLotsAwarded),
      'règle de départage': tieRule === null ? 'aucune' : 'inscrite',
    },
  };
  const [problem] = capsProblems(caps);
  if (problem) return { ...base, verdict: 'block', sentence: problem.detail };
  const useless = [maxLotsBid, maxLotsAwarded].some((value) => value !== null && value >= lotCount);
  if (useless)
    return {
      ...base,
      verdict: 'warn',
      sentence: `La consultation compte ${frenchCount(lotCount)}\u00a0${lotCount > 1 ? 'lots' : 'lot'}\u00a0: une limite qui les permet tous ne limite rien. La réduire, ou la retirer.`,
    };
  return {
    ...base,
    verdict: 'ok',
    sentence:
      maxLotsBid === null && maxLotsAwarded === null
        ? 'Un candidat peut demander et gagner tous les lots.'
        : 'Les limites de lots par candidat sont complètes.',
  };
}

/**
 * What decides between candidates decides the award: it is read as a criterion, and no motive excuses it. None where no
 * rule is written.
 */
export const tieRuleWordingChecks = (
  { tieRule }: CapsTerms,
  names: readonly string[],
  isCommune?: IsCommune,
): Check[] =>
  tieRule === null
    ? []
    : [
        wordingCheck(
          {
            ...{ kind: 'tie_rule', where: 'la règle qui départage les candidats', texts: [tieRule] },
            ...{ names, isCommune, motive: null },
          },
          true,
        ),
      ];
