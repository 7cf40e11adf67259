import { type Cents, divideRounded, sum, type UnitPrice } from '../money/amounts.js';
import { frenchEuros, frenchRate, NBSP } from '../money/french.js';
import type { PopulationBase } from './keys/population.rules.js';
import { type AllocationMember, byKey } from './member.rules.js';
import { type AllocationResult, memberTotals } from './result.rules.js';

/** TTC of a member in one result. */
export interface MemberFigures {
  readonly key: string;
  readonly name: string;
  readonly gross: Cents;
  /** Ten-thousandths of a euro per inhabitant; null without that population, or with none. */
  readonly perInhabitant: UnitPrice | null;
  /** Hundredths of a percent of what all members pay; null when they pay nothing. */
  readonly percent: bigint | null;
}

/** What changes for a member from one result to another, TTC; positive: it pays more. */
export interface MemberDifference {
  readonly key: string;
  readonly name: string;
  readonly before: Cents;
  readonly after: Cents;
  readonly difference: Cents;
  readonly net: Cents;
  readonly vat: Cents;
  readonly perInhabitant: UnitPrice | null;
  /** Hundredths of a percent of what it paid before; null when that was nothing. */
  readonly percent: bigint | null;
}

export interface Comparison {
  readonly members: readonly MemberDifference[];
  /** Σ differences, which is the difference of what members pay in all. */
  readonly difference: Cents;
  /** Difference of what the coordinator keeps; with the one above, that of the totals of the costs. */
  readonly kept: Cents;
}

const HUNDREDTHS_OF_PERCENT = 10_000n;

export function figuresOf(result: AllocationResult, base: PopulationBase): MemberFigures[] {
  const { grosses } = memberTotals(result);
  const total = sum(grosses);
  return result.members.map((member, at) => {
    const gross = grosses[at]!;
    return {
      ...{ key: member.key, name: member.name, gross },
      perInhabitant: perInhabitant(gross, inhabitantsOf(member, base)),
      percent: percentOf(gross, total),
    };
  });
}

/**
 * Provisional to final, or key A to key B. A member of one result only counts for nothing in the other: it came late, or
 * withdrew.
 *
 * @param successors by key of a member of `before`, that which it became (commune nouvelle): what it paid is counted there
 */
export function compareResults(
  before: AllocationResult,
  after: AllocationResult,
  base: PopulationBase,
  successors: ReadonlyMap<string, string> = new Map(),
): Comparison {
  const rows = new Map<string, Row>();
  const add = (result: AllocationResult, side: 'before' | 'after', sign: bigint): void => {
    const { nets, vats, grosses } = memberTotals(result);
    for (const [at, member] of result.members.entries()) {
      const key = side === 'before' ? (successors.get(member.key) ?? member.key) : member.key;
      const row = rows.get(key) ?? emptyRow(key, member);
      row[side] += grosses[at]!;
      row.net += sign * nets[at]!;
      row.vat += sign * vats[at]!;
      // The member as it is now: an absorbed one has neither its name nor its population any more.
      if (side === 'after') row.member = member;
      rows.set(key, row);
    }
  };
  add(before, 'before', -1n);
  add(after, 'after', 1n);
  const members = [...rows.values()].sort(byKey).map(({ key, member, ...row }): MemberDifference => {
    const difference = row.after - row.before;
    return {
      ...{
        key,
        name: member.name,
        before: row.before,
        after: row.after,
        difference,
        net: row.net,
        vat: row.vat,
      },
      perInhabitant: perInhabitant(difference, inhabitantsOf(member, base)),
      percent: percentOf(difference, row.before),
    };
  });
  const difference = sum(members.map((member) => member.difference));
  return { members, difference, kept: after.kept - before.kept };
}

interface Row {
  readonly key: string;
  member: AllocationMember;
  before: Cents;
  after: Cents;
  net: Cents;
  vat: Cents;
}

const emptyRow = (key: string, member: AllocationMember): Row => ({
  ...{ key, member, before: 0n, after: 0n, net: 0n, vat: 0n },
});

function inhabitantsOf({ populations }: AllocationMember, { kind, vintage }: PopulationBase): bigint {
  const figure = populations.find((one) => one.kind === kind && one.vintage === vintage);
  return BigInt(figure?.value ?? 0);
}

const perInhabitant = (amount: Cents, inhabitants: bigint): UnitPrice | null =>
  inhabitants === 0n ? null : divideRounded(amount * 100n, inhabitants);

const percentOf = (amount: Cents, of: Cents): bigint | null =>
  of <= 0n ? null : divideRounded(amount * HUNDREDTHS_OF_PERCENT, of);

/** « Changé : 12,00 € à payer en plus (+ 3,2 %) »: a statement from provisional to final. */
export function settlementSentence({ name, difference, percent }: MemberDifference): string {
  if (difference === 0n) return `${name}${NBSP}: rien à payer ni à rembourser.`;
  const change = percent === null ? '' : ` (${frenchRate(percent)})`;
  return difference > 0n
    ? `${name}${NBSP}: ${frenchEuros(difference)} à payer en plus${change}.`
    : `${name}${NBSP}: ${frenchEuros(-difference)} à lui rembourser${change}.`;
}

/** « Changé : 12,00 € de moins avec cette clé (−3,2 %) »: who gains and who loses. */
export function keyChangeSentence({ name, difference, percent }: MemberDifference): string {
  if (difference === 0n) return `${name}${NBSP}: rien ne change avec cette clé.`;
  const change = percent === null ? '' : ` (${frenchRate(percent)})`;
  return difference > 0n
    ? `${name}${NBSP}: ${frenchEuros(difference)} de plus avec cette clé${change}.`
    : `${name}${NBSP}: ${frenchEuros(-difference)} de moins avec cette clé${change}.`;
}
