import { frenchCount, NBSP } from '../../money/french.js';
import { type KeyRule, NO_FAULT } from './key.rules.js';

/** T × points / Σ points: delivery sites, meters, or lots joined. */
export interface PointsChoice {
  readonly key: 'points';
  readonly of: 'sites' | 'meters' | 'lots';
}

const NAMES = {
  sites: ['site', 'le nombre de ses sites manque', 'entrer le nombre de ses sites de livraison'],
  meters: ['compteur', 'le nombre de ses compteurs manque', 'entrer le nombre de ses compteurs'],
  lots: ['lot rejoint', '', ''],
} as const;
const PLURALS = { sites: 'sites', meters: 'compteurs', lots: 'lots rejoints' } as const;

export const POINTS: KeyRule<PointsChoice> = {
  nature: 'proportional',
  name: 'points',
  byLot: true,
  denominator: 1n,
  faults: () => NO_FAULT,
  figure: frenchCount,
  weigh({ of }, member, lots) {
    if (of === 'lots') return countIn(member.lots, lots);
    const count = member[of];
    return count === null ? { missing: NAMES[of][1], enter: NAMES[of][2] } : BigInt(count);
  },
  words: ({ of }, weight) => `${frenchCount(weight)}${NBSP}${weight > 1n ? PLURALS[of] : NAMES[of][0]}`,
};

/** How many of the lots joined are among those named; all of them when none is named. */
export function countIn(joined: ReadonlySet<number>, lots: readonly number[]): bigint {
  if (lots.length === 0) return BigInt(joined.size);
  let count = 0n;
  for (const lot of joined) if (lots.includes(lot)) count += 1n;
  return count;
}
