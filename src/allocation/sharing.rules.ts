import { type Cents, divideRounded, vatOf, type VatRate } from '../money/amounts.js';
import { splitAmount } from '../money/split.js';

/** How procedure costs are shared. The contract itself never is: each member pays what it orders. */
export const SHARING_KEYS = ['none', 'equal', 'population', 'need', 'fixed-variable'] as const;
export type SharingKey = (typeof SHARING_KEYS)[number];

export interface SharingMember {
  /** INSEE code, or SIRET where there is none: decides ties. */
  readonly key: string;
  readonly population: number | null;
  /** € HT a year of valid need, by lot number; a lot with a positive quantity is present even at 0,00 €. */
  readonly needs: ReadonlyMap<number, Cents>;
}

export interface CostLine {
  readonly label: string;
  readonly net: Cents;
  readonly vatRate: VatRate;
  /** Lot numbers; empty: all lots. */
  readonly lots: readonly number[];
}

export interface SharedCost {
  readonly cost: CostLine;
  /** VAT of the line, rounded once. */
  readonly vat: Cents;
  readonly shares: readonly { readonly memberKey: string; readonly net: Cents; readonly vat: Cents }[];
}

export type SharingFault = 'nobody_concerned' | 'population_missing' | 'no_population' | 'no_need_amount';

/** A cost line that the chosen key cannot share, and whom it fails for. */
export class SharingRefused extends Error {
  override readonly name = 'SharingRefused';
  constructor(
    readonly fault: SharingFault,
    /** Place of the line in the list given. */
    readonly position: number,
    readonly memberKeys: readonly string[],
  ) {
    super(`${fault}: cost line ${position}${memberKeys.length > 0 ? `, ${memberKeys.join(', ')}` : ''}`);
  }
}

/**
 * Shares each cost line among the members that have a positive valid need in one of its lots. HT and VAT are split on
 * the same weights by largest remainder, ties to the lowest key; the shares of a line always add up to it.
 *
 * @param fixedShare part split equally under `fixed-variable`, in ten-thousandths (3000n is 30 %)
 * @throws {SharingRefused} when a line concerns nobody, or when the key has no base for it
 */
export function shareCosts(
  key: SharingKey,
  fixedShare: bigint | null,
  costs: readonly CostLine[],
  members: readonly SharingMember[],
): SharedCost[] {
  return costs.map((cost, position) => {
    const vat = vatOf(cost.net, cost.vatRate);
    if (key === 'none') return { cost, vat, shares: [] };
    const sharing = members.filter((member) => concerns(cost, member));
    if (sharing.length === 0) throw new SharingRefused('nobody_concerned', position, []);
    const split = splitter(key, fixedShare, cost, sharing, position);
    const nets = split(cost.net);
    const vats = split(vat);
    return {
      cost,
      vat,
      shares: sharing.map((member, i) => ({ memberKey: member.key, net: nets[i]!, vat: vats[i]! })),
    };
  });
}

const concerns = (cost: CostLine, member: SharingMember): boolean =>
  cost.lots.length === 0 ? member.needs.size > 0 : cost.lots.some((lot) => member.needs.has(lot));

function splitter(
  key: Exclude<SharingKey, 'none'>,
  fixedShare: bigint | null,
  cost: CostLine,
  members: readonly SharingMember[],
  position: number,
): (amount: Cents) => bigint[] {
  const keys = members.map((member) => member.key);
  const equally = (amount: Cents): bigint[] =>
    splitAmount(
      amount,
      keys.map(() => 1n),
      keys,
    );
  if (key === 'equal') return equally;
  if (key === 'need') {
    const weights = members.map((member) => needIn(cost, member));
    if (weights.every((weight) => weight === 0n)) throw new SharingRefused('no_need_amount', position, keys);
    return (amount) => splitAmount(amount, weights, keys);
  }
  const weights = populations(members, position);
  if (key === 'population') return (amount) => splitAmount(amount, weights, keys);
  return (amount) => {
    const fixed = divideRounded(amount * (fixedShare ?? 0n), 10_000n);
    const rest = splitAmount(amount - fixed, weights, keys);
    return equally(fixed).map((share, i) => share + rest[i]!);
  };
}

function needIn(cost: CostLine, member: SharingMember): Cents {
  let total = 0n;
  for (const [lot, amount] of member.needs)
    if (cost.lots.length === 0 || cost.lots.includes(lot)) total += amount;
  return total;
}

function populations(members: readonly SharingMember[], position: number): bigint[] {
  const missing = members.filter((member) => member.population === null).map((member) => member.key);
  if (missing.length > 0) throw new SharingRefused('population_missing', position, missing);
  const weights = members.map((member) => BigInt(member.population ?? 0));
  if (weights.every((weight) => weight === 0n))
    throw new SharingRefused(
      'no_population',
      position,
      members.map((member) => member.key),
    );
  return weights;
}
