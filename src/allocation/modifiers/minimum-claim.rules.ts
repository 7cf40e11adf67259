import { type Cents, sum } from '../../money/amounts.js';
import { frenchEuros, NBSP } from '../../money/french.js';

/** What a member owes from one run; negative: it is owed. */
export interface Due {
  readonly debtorKey: string;
  readonly debtorName: string;
  /** The run, as people call it: « Répartition 2027 ». */
  readonly origin: string;
  readonly amount: Cents;
}

/**
 * What becomes of a due under the floor: `claim`, claimed all the same; `group`, all the dues of a debtor make one claim,
 * which waits while it is under the floor; `waive`, never claimed, and borne by the coordinator.
 */
export type UnderFloor = 'claim' | 'group' | 'waive';

export type ClaimDecision = 'claimed' | 'waiting' | 'waived' | 'refunded' | 'nothing_due';

export interface DecidedClaim {
  readonly debtorKey: string;
  readonly debtorName: string;
  readonly origins: readonly string[];
  readonly amount: Cents;
  readonly decision: ClaimDecision;
  readonly sentence: string;
}

/**
 * Which claims to issue: one decision per due, or one per debtor when grouped. Their amounts add up to those of the dues.
 *
 * @param floor under which a claim is not issued: 15 € (CGCT L1611-5, D1611-1; law.md §11, 13), excluded
 */
export function decideClaims(dues: readonly Due[], floor: Cents, under: UnderFloor): DecidedClaim[] {
  const groups = new Map<string, Due[]>();
  for (const [at, due] of dues.entries()) {
    const name = under === 'group' ? due.debtorKey : String(at);
    groups.set(name, [...(groups.get(name) ?? []), due]);
  }
  return [...groups.values()].map((group) => {
    const [{ debtorKey, debtorName }, amount] = [group[0]!, sum(group.map((due) => due.amount))];
    const decision = decide(amount, floor, under);
    const origins = group.map(({ origin }) => origin);
    const sentence = `${debtorName}${NBSP}: ${WORDS[decision](amount, floor)}${groupedWords(origins)}.`;
    return { debtorKey, debtorName, origins, amount, decision, sentence };
  });
}

function decide(amount: Cents, floor: Cents, under: UnderFloor): ClaimDecision {
  if (amount === 0n) return 'nothing_due';
  if (amount < 0n) return 'refunded';
  if (amount >= floor || under === 'claim') return 'claimed';
  return under === 'group' ? 'waiting' : 'waived';
}

const WORDS: Readonly<Record<ClaimDecision, (amount: Cents, floor: Cents) => string>> = {
  claimed: (amount) => `titre de ${frenchEuros(amount)} à émettre`,
  waiting: (amount, floor) =>
    `${frenchEuros(amount)} en attente d’autres sommes, sous le seuil de ${frenchEuros(floor)}`,
  waived: (amount, floor) =>
    `${frenchEuros(amount)} non réclamés, sous le seuil de ${frenchEuros(floor)}, à la charge du coordonnateur`,
  refunded: (amount) => `${frenchEuros(-amount)} à lui rembourser`,
  nothing_due: () => 'rien à payer',
};

const groupedWords = (origins: readonly string[]): string =>
  origins.length > 1 ? ` (sommes groupées${NBSP}: ${origins.join(', ')})` : '';
