import type { Check } from '../law/check.js';
import { articleOf, type LawOn, requiredValue } from '../law/law-on.js';
import { type Cents, sum } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';

export type PurchaseNature = 'fournitures' | 'services' | 'travaux';

/** A yearly amount of one family, excl. VAT: bought through the group, or kept outside it. */
export interface FamilyAmount {
  readonly nature: PurchaseNature;
  /** As people write it: capitals and spaces make no other family. */
  readonly family: string;
  readonly net: Cents;
}

/** One homogeneous family of a buyer's purchases, a year. */
export interface FamilyEntry {
  readonly family: string;
  /** Works have a threshold of their own; supplies and services share one. */
  readonly works: boolean;
  /** Bought through the group. */
  readonly share: Cents;
  /** Kept outside the group. */
  readonly residue: Cents;
  /** What the law counts: the whole. */
  readonly total: Cents;
  /** Below it, no publicity and no competition are asked (CCP R2122-8). */
  readonly threshold: Cents;
  readonly check: Check;
}

/**
 * The ledger of one buyer: what it buys in each family, within the group and without. Whether it may do without
 * publicity and competition for what it keeps is judged on the whole family, never on the residue (CCP R2121-4, R2121-6).
 *
 * @param law that of the day on which the buyer launches its own purchase (CCP R2121-3)
 */
export function familyLedger(
  shares: readonly FamilyAmount[],
  kept: readonly FamilyAmount[],
  law: LawOn,
): FamilyEntry[] {
  const families = new Map<string, { family: string; works: boolean; shares: Cents[]; kept: Cents[] }>();
  const place = ({ nature, family }: FamilyAmount) => {
    const works = nature === 'travaux';
    const key = `${works ? 1 : 0} ${familyKey(family)}`;
    const known = families.get(key) ?? { family: family.trim(), works, shares: [], kept: [] };
    families.set(key, known);
    return known;
  };
  for (const amount of shares) place(amount).shares.push(amount.net);
  for (const amount of kept) place(amount).kept.push(amount.net);
  return [...families.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { family, works, ...amounts }]) => {
      const [share, residue] = [sum(amounts.shares), sum(amounts.kept)];
      const threshold = requiredValue(law, dispense(works));
      const entry = { family, works, share, residue, total: share + residue, threshold };
      return { ...entry, check: splittingCheck(entry) };
    });
}

const dispense = (works: boolean) => (works ? 'dispense_travaux' : 'dispense_fs');

/** What tells one family from another. */
export const familyKey = (family: string): string =>
  family.normalize('NFC').trim().replace(/\s+/gu, ' ').toLocaleLowerCase('fr');

function splittingCheck({
  family,
  works,
  share,
  residue,
  total,
  threshold,
}: Omit<FamilyEntry, 'check'>): Check {
  const article = articleOf(dispense(works));
  const named = `«\u00a0${family}\u00a0»`;
  const [kept, whole, limit] = [residue, total, threshold].map(frenchEuros) as [string, string, string];
  const check = (verdict: Check['verdict'], sentence: string): Check => ({
    rule: 'FAMILY_NOT_SPLIT',
    article: `CCP R2121-4 et R2121-6\u00a0; seuil\u00a0: ${article}`,
    verdict,
    figures: {
      'par le groupement, par an HT': frenchEuros(share),
      'hors du groupement, par an HT': kept,
      'total de la famille, par an HT': whole,
      seuil: limit,
    },
    sentence,
  });
  if (residue === 0n)
    return check('ok', `${named}\u00a0: rien n’est conservé hors du groupement dans cette famille.`);
  if (total < threshold)
    return check(
      'ok',
      `${named}\u00a0: ${whole} par an en tout, sous le seuil de ${limit}\u00a0: ce qui est conservé peut s’acheter sans publicité ni mise en concurrence préalables.`,
    );
  if (residue >= threshold)
    return check(
      'ok',
      `${named}\u00a0: les ${kept} conservés atteignent à eux seuls le seuil de ${limit}\u00a0: ils s’achètent avec publicité et mise en concurrence.`,
    );
  return check(
    'warn',
    `${named}\u00a0: les ${kept} conservés sont sous le seuil de ${limit}, mais la famille atteint ${whole} avec la part achetée par le groupement. ` +
      'C’est le total qui compte\u00a0: conserver cet achat ne dispense ni de publicité ni de mise en concurrence. Le confier au groupement, ou le mettre en concurrence.',
  );
}
