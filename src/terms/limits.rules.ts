import type { Check } from '../law/check.js';
import { type Cents, centsFromDecimal, sum } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import type { Problem } from '../platform/refusals/problem.rules.js';
import type { LimitTotals, LotTerms } from './terms.rules.js';

/** What one member may order at most, and owes at least, in a lot: euros excluding VAT over the whole contract. */
export interface MemberLimit {
  readonly buyerId: string;
  readonly minimum: Cents | null;
  readonly maximum: Cents | null;
}

/** The same as it is stored and sent, in decimal texts. */
export interface MemberLimitText {
  readonly buyerId: string;
  readonly minimum: string | null;
  readonly maximum: string | null;
}

export const memberLimit = ({ buyerId, minimum, maximum }: MemberLimitText): MemberLimit => ({
  buyerId,
  minimum: minimum === null ? null : centsFromDecimal(minimum),
  maximum: maximum === null ? null : centsFromDecimal(maximum),
});

export const totalsOf = (limits: readonly MemberLimit[]): LimitTotals => ({
  count: limits.length,
  maximum: sum(limits.map(({ maximum }) => maximum ?? 0n)),
  minimum: sum(limits.map(({ minimum }) => minimum ?? 0n)),
});

/**
 * Everything wrong in the limits of a lot's members.
 *
 * @param terms the lot's own amounts; null: nobody wrote them
 * @param participants the members that joined the lot
 */
export function limitProblems(
  limits: readonly MemberLimit[],
  terms: Pick<LotTerms, 'maximum' | 'minimum'> | null,
  participants: ReadonlySet<string>,
): Problem[] {
  if (limits.length === 0) return [];
  const seen = new Set<string>();
  const problems = limits.flatMap(({ buyerId, minimum, maximum }, place): Problem[] => {
    const found: Problem[] = [];
    const refuse = (field: string, code: string, detail: string) =>
      found.push({ field: `items/${place}/${field}`, code, detail });
    if (seen.has(buyerId))
      refuse('buyerId', 'MEMBER_TWICE', 'Ce membre figure deux fois\u00a0: réunir ses limites.');
    seen.add(buyerId);
    if (!participants.has(buyerId))
      refuse(
        'buyerId',
        'NOT_A_PARTICIPANT',
        'Cet acheteur ne participe pas au lot\u00a0: seul un membre du lot y a des limites.',
      );
    if (minimum === null && maximum === null)
      refuse(
        'maximum',
        'LIMIT_EMPTY',
        'Indiquer un minimum ou un maximum, ou retirer ce membre de la liste.',
      );
    if (minimum !== null && maximum !== null && minimum > maximum)
      refuse(
        'minimum',
        'MINIMUM_ABOVE_MAXIMUM',
        `Le minimum (${frenchEuros(minimum)}) dépasse le maximum (${frenchEuros(maximum)}) de ce membre\u00a0: corriger l’un ou l’autre.`,
      );
    return found;
  });
  return [...problems, ...totalProblems(totalsOf(limits), terms)];
}

function totalProblems(totals: LimitTotals, terms: Pick<LotTerms, 'maximum' | 'minimum'> | null): Problem[] {
  const maximum = terms?.maximum ?? null;
  if (maximum === null)
    return [
      {
        field: 'items',
        code: 'LOT_MAXIMUM_FIRST',
        detail: 'Le lot n’a pas de maximum\u00a0: le fixer d’abord, les limites des membres s’y tiennent.',
      },
    ];
  const problems: Problem[] = [];
  const refuse = (code: string, detail: string) => problems.push({ field: 'items', code, detail });
  if (totals.maximum > maximum)
    refuse(
      'MAXIMA_ABOVE_LOT',
      `Les maximums des membres totalisent ${frenchEuros(totals.maximum)} et dépassent le maximum du lot (${frenchEuros(maximum)}) de ${frenchEuros(totals.maximum - maximum)}\u00a0: les réduire, ou relever celui du lot.`,
    );
  const minimum = terms?.minimum ?? null;
  if (totals.minimum > (minimum ?? maximum))
    refuse(
      minimum === null ? 'MINIMA_ABOVE_LOT_MAXIMUM' : 'MINIMA_ABOVE_LOT_MINIMUM',
      minimum === null
        ? `Les minimums des membres totalisent ${frenchEuros(totals.minimum)} et dépassent le maximum du lot (${frenchEuros(maximum)})\u00a0: les réduire.`
        : `Les minimums des membres totalisent ${frenchEuros(totals.minimum)} et dépassent le minimum annoncé du lot (${frenchEuros(minimum)})\u00a0: les réduire, ou relever celui du lot.`,
    );
  return problems;
}

/** Σ of the members' limits against the lot's (CCP R2162-4). A member's minimum is owed to the holder. */
export function memberLimitsCheck(terms: LotTerms, limits: readonly MemberLimit[]): Check {
  const totals = totalsOf(limits);
  const { maximum, minimum } = terms;
  const amount = (value: Cents | null): string => (value === null ? 'aucun' : frenchEuros(value));
  const base = {
    rule: 'MEMBER_LIMITS',
    article: 'CCP R2162-4',
    figures: {
      'somme des maximums des membres': frenchEuros(totals.maximum),
      'maximum du lot': amount(maximum),
      'somme des minimums des membres': frenchEuros(totals.minimum),
      'minimum du lot': amount(minimum),
    },
  };
  if (limits.length === 0)
    return {
      ...base,
      verdict: 'ok',
      sentence: 'Aucun membre n’a de limite propre\u00a0: seul le maximum du lot borne les commandes.',
    };
  const [problem] = totalProblems(totals, terms);
  if (problem) return { ...base, verdict: 'block', sentence: problem.detail };
  if (totals.minimum > 0n && minimum === null)
    return {
      ...base,
      verdict: 'warn',
      sentence: `Les minimums des membres, ${frenchEuros(totals.minimum)} en tout, sont dus au titulaire\u00a0: annoncer ce total comme minimum du lot.`,
    };
  if (minimum !== null && totals.minimum < minimum && limits.some((limit) => limit.minimum !== null))
    return {
      ...base,
      verdict: 'warn',
      sentence: `Le minimum du lot dépasse de ${frenchEuros(minimum - totals.minimum)} ce que doivent les membres\u00a0: dire qui doit cette part au titulaire.`,
    };
  return { ...base, verdict: 'ok', sentence: 'Les limites des membres se tiennent dans celles du lot.' };
}
