import { type Cents, sum, type VatRate } from '../money/amounts.js';
import type { KeyChoice, SimpleChoice } from './keys/registry.rules.js';
import type { AllocationCost, AllocationMember } from './member.rules.js';
import type { Frozen } from './modifiers/bounds.rules.js';
import type { Modifiers } from './modifiers/modifiers.rules.js';

/**
 * What an allocation finds. Lists of amounts run beside lists of members, with no object per share: two thousand
 * members and two hundred costs make four hundred thousand of them. What explains a share is computed when it is read.
 */
export interface AllocationResult {
  readonly choice: KeyChoice;
  readonly modifiers: Modifiers;
  /** In ascending order of keys. */
  readonly members: readonly AllocationMember[];
  /** As given. */
  readonly costs: readonly AllocationCost[];
  /** One per cost under a key that shares; one in all under a tariff; none when the coordinator bears the costs. */
  readonly lines: readonly AllocatedLine[];
  /** HT and VAT of all the costs, once indexed. */
  readonly total: Amounts;
  /**
   * TTC that the coordinator keeps: total − shares. 0 under a key that shares; under a tariff it may be negative, and
   * the members then pay more than the costs, which may be taxable (law.md §7.4).
   */
  readonly kept: Cents;
}

export interface Amounts {
  readonly net: Cents;
  readonly vat: Cents;
}

export interface AllocatedLine extends Amounts {
  /** Place among the costs; null under a tariff. */
  readonly cost: number | null;
  readonly label: string;
  /** 0 under a tariff, which bears no VAT. */
  readonly vatRate: VatRate;
  readonly pool: Pool;
  /** What each part of the pool shares, of the HT and of the VAT. */
  readonly netParts: readonly Cents[];
  readonly vatParts: readonly Cents[];
  /** By place among the sharers of the pool. */
  readonly nets: readonly Cents[];
  readonly vats: readonly Cents[];
  readonly bounded: BoundedTrace | null;
}

/** Who shares a line and by what: the same object for all the lines of the same lots and members. */
export interface Pool {
  /** Positions in the list of members, ascending: so are ties broken. */
  readonly sharers: readonly number[];
  readonly parts: readonly PoolPart[];
}

export interface PoolPart {
  readonly choice: SimpleChoice;
  /** By place; prorated by days of presence where asked. */
  readonly weights: readonly bigint[];
  readonly total: bigint;
}

/** How caps and floors changed a line. */
export interface BoundedTrace {
  readonly basis: 'net' | 'gross';
  /** By place. */
  readonly frozen: readonly Frozen[];
  /** What the parts shared among those that no bound holds, on the basis above. */
  readonly residual: Cents;
  readonly residualParts: readonly Cents[];
}

/** By position in the list of members. */
export interface MemberTotals {
  readonly nets: readonly Cents[];
  readonly vats: readonly Cents[];
  readonly grosses: readonly Cents[];
}

export function memberTotals(
  result: AllocationResult,
  keep: (line: AllocatedLine) => boolean = () => true,
): MemberTotals {
  const nets = result.members.map(() => 0n);
  const vats = result.members.map(() => 0n);
  for (const line of result.lines) {
    if (!keep(line)) continue;
    for (const [place, position] of line.pool.sharers.entries()) {
      nets[position]! += line.nets[place]!;
      vats[position]! += line.vats[place]!;
    }
  }
  return { nets, vats, grosses: nets.map((net, position) => net + vats[position]!) };
}

/** HT and VAT of each rate, and of each member at that rate: what an invoice or a claim shows rate by rate. */
export function totalsByRate(
  result: AllocationResult,
): ReadonlyMap<VatRate, Amounts & { readonly members: MemberTotals }> {
  const rates = [...new Set(result.lines.map((line) => line.vatRate))].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
  return new Map(
    rates.map((rate) => {
      const lines = result.lines.filter((line) => line.vatRate === rate);
      return [
        rate,
        {
          net: sum(lines.map((line) => line.net)),
          vat: sum(lines.map((line) => line.vat)),
          members: memberTotals(result, (line) => line.vatRate === rate),
        },
      ];
    }),
  );
}
