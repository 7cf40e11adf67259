import { type Cents, sum } from '../money/amounts.js';
import { frenchEuros, frenchRate, NBSP } from '../money/french.js';

/** One of the suppliers of a lot with several. */
export interface LotSupplier {
  readonly key: string;
  readonly name: string;
  /** Its rank at the award: 1 is the first. */
  readonly rank: number;
  /** Hundredths of a percent that the contract promises it; only for sharing by percentages. */
  readonly share: bigint | null;
  /** € HT of all its orders; null: no ceiling of its own. */
  readonly maximum: Cents | null;
}

/** An order offered to a supplier, oldest first. A declined one counts as its turn, and for nothing in its amount. */
export interface PastOrder {
  readonly supplierKey: string;
  readonly net: Cents;
  readonly declined: boolean;
}

export type PassedOver = 'unavailable' | 'maximum_reached';

export interface SupplierChoice {
  /** Null: nobody can take the order. */
  readonly supplier: LotSupplier | null;
  readonly passed: readonly { readonly supplier: LotSupplier; readonly why: PassedOver }[];
  readonly sentence: string;
}

export interface NewOrder {
  readonly net: Cents;
  /** Keys of those that declined this order, or cannot serve it. */
  readonly unavailable: ReadonlySet<string>;
}

/** Cascade: the first by rank that can take the order. History counts for ceilings only. */
export function nextInCascade(
  suppliers: readonly LotSupplier[],
  history: readonly PastOrder[],
  order: NewOrder,
): SupplierChoice {
  return firstAble(
    byRank(suppliers),
    history,
    order,
    ({ rank }) => `premier de la cascade à pouvoir la servir (rang ${rank})`,
  );
}

/** Tour de rôle: whoever comes after the last that was offered an order, be it declined, and so on round the ranks. */
export function nextInTurn(
  suppliers: readonly LotSupplier[],
  history: readonly PastOrder[],
  order: NewOrder,
): SupplierChoice {
  const ranked = byRank(suppliers);
  const last = history.findLast(({ supplierKey }) => ranked.some(({ key }) => key === supplierKey));
  const after = last === undefined ? 0 : ranked.findIndex(({ key }) => key === last.supplierKey) + 1;
  return firstAble(
    [...ranked.slice(after), ...ranked.slice(0, after)],
    history,
    order,
    () => 'c’est son tour',
  );
}

/**
 * Shares in %: the supplier farthest below what its percentage promises of all orders, this one counted; ties to the
 * best rank. Over time each comes as near to its share as orders that cannot be cut allow.
 *
 * @throws {RangeError} when the percentages do not make 100 %: see {@link sharesFault}
 */
export function nextByShares(
  suppliers: readonly LotSupplier[],
  history: readonly PastOrder[],
  order: NewOrder,
): SupplierChoice {
  if (sharesFault(suppliers) !== null) throw new RangeError('the shares of the suppliers do not make 100 %');
  const received = receivedBy(history);
  const total = sum(received.values()) + order.net;
  const late = new Map(
    suppliers.map(({ key, share }) => [key, total * (share ?? 0n) - (received.get(key) ?? 0n) * WHOLE]),
  );
  const sorted = byRank(suppliers).sort((a, b) => {
    const [left, right] = [late.get(a.key)!, late.get(b.key)!];
    return left === right ? 0 : left > right ? -1 : 1;
  });
  return firstAble(
    sorted,
    history,
    order,
    ({ key, share }) =>
      `le plus loin de sa part de ${frenchRate(share ?? 0n)}, ayant reçu ${frenchEuros(received.get(key) ?? 0n)} HT`,
  );
}

/** 100 %, in hundredths of a percent. */
const WHOLE = 10_000n;

/** What to correct before sharing by percentages; null when all is well. */
export function sharesFault(suppliers: readonly LotSupplier[]): string | null {
  const lacking = suppliers.filter(({ share }) => share === null || share < 0n);
  if (lacking.length > 0)
    return `Pourcentage à entrer pour${NBSP}: ${lacking.map(({ name }) => name).join(', ')}.`;
  const total = sum(suppliers.map(({ share }) => share ?? 0n));
  return total === WHOLE
    ? null
    : `Les pourcentages des titulaires font ${frenchRate(total)}. Les corriger pour qu’ils fassent 100${NBSP}%.`;
}

const byRank = (suppliers: readonly LotSupplier[]): LotSupplier[] =>
  suppliers.toSorted((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

function receivedBy(history: readonly PastOrder[]): Map<string, Cents> {
  const received = new Map<string, Cents>();
  for (const { supplierKey, net, declined } of history)
    if (!declined) received.set(supplierKey, (received.get(supplierKey) ?? 0n) + net);
  return received;
}

function firstAble(
  inOrder: readonly LotSupplier[],
  history: readonly PastOrder[],
  { net, unavailable }: NewOrder,
  why: (supplier: LotSupplier) => string,
): SupplierChoice {
  const received = receivedBy(history);
  const passed: { supplier: LotSupplier; why: PassedOver }[] = [];
  for (const supplier of inOrder) {
    const { key, maximum, name } = supplier;
    if (unavailable.has(key)) passed.push({ supplier, why: 'unavailable' });
    else if (maximum !== null && (received.get(key) ?? 0n) + net > maximum)
      passed.push({ supplier, why: 'maximum_reached' });
    else return { supplier, passed, sentence: `${name}${NBSP}: ${why(supplier)}${passedWords(passed)}.` };
  }
  return {
    supplier: null,
    passed,
    sentence: `Aucun titulaire ne peut servir la commande${passedWords(passed)}.`,
  };
}

const PASSED_WORDS: Readonly<Record<PassedOver, string>> = {
  unavailable: 'ne la sert pas',
  maximum_reached: 'son maximum serait dépassé',
};

const passedWords = (passed: SupplierChoice['passed']): string =>
  passed.map(({ supplier, why }) => `${NBSP}; ${supplier.name}${NBSP}: ${PASSED_WORDS[why]}`).join('');
