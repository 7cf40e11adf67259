import type { Cents } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import { splitAmount } from '../money/split.js';
import type { AllocationMember } from './member.rules.js';
import { type BoundedLine, type Bounds, boundedShares, type BoundsFault } from './modifiers/bounds.rules.js';
import { aboutCost, aboutMember, type AllocationRefusal, refusal } from './refusals.rules.js';
import type { AllocatedLine, Pool } from './result.rules.js';

/** Cuts an amount of a cost (HT, VAT or TTC) into what each part of its key shares. */
export type Divide = (amount: Cents) => readonly Cents[];

/**
 * The same lines under caps and floors, or why they cannot be. On an HT basis the VAT follows the HT shares; on a TTC
 * basis the VAT is taken out of the TTC shares: both ways Σ HT and Σ VAT are those of the cost.
 */
export function boundLines(
  lines: readonly AllocatedLine[],
  divides: readonly Divide[],
  members: readonly AllocationMember[],
  bounds: Bounds,
): readonly AllocatedLine[] | AllocationRefusal {
  const [floors, caps] = [members.map(() => 0n), members.map((): bigint | null => null)];
  for (const [position, { key }] of members.entries()) {
    const { floor, cap } = bounds.byMember.get(key) ?? bounds;
    [floors[position], caps[position]] = [floor ?? 0n, cap];
  }
  const crossed = members.find(
    (_, position) => caps[position] !== null && floors[position]! > caps[position]!,
  );
  if (crossed)
    return refusal(
      'floor_above_cap',
      'son plancher dépasse son plafond',
      'baisser le plancher ou relever le plafond',
      aboutMember(crossed),
    );
  const asked = lines.map((line, at) => boundedLine(line, divides[at]!, bounds.basis));
  const found = boundedShares(asked, floors, caps);
  if ('code' in found) return boundsRefusal(found, lines, members, bounds);
  return lines.map((line, at) => {
    const [shares, residual] = [found.shares[at]!, found.residuals[at]!];
    const free = line.pool.sharers.map((position) => found.frozen[position] === null);
    const trace = {
      basis: bounds.basis,
      frozen: line.pool.sharers.map((position) => found.frozen[position]!),
      residual,
      residualParts: partsLeft(residual, line.pool, divides[at]!, free) ?? [],
    };
    const total = shares.some((share) => share > 0n);
    const vats = total ? splitAmount(line.vat, shares) : line.vats;
    const nets = bounds.basis === 'net' ? shares : shares.map((share, place) => share - vats[place]!);
    return { ...line, nets, vats, bounded: trace };
  });
}

function boundedLine(line: AllocatedLine, divide: Divide, basis: Bounds['basis']): BoundedLine {
  const { pool } = line;
  return {
    amount: basis === 'net' ? line.net : line.net + line.vat,
    sharers: pool.sharers,
    weighs: (place) => pool.parts.some(({ weights }) => weights[place]! > 0n),
    spread(amount, free) {
      const parts = partsLeft(amount, pool, divide, free);
      if (parts === null) return null;
      const shares = pool.sharers.map(() => 0n);
      for (const [i, part] of parts.entries()) {
        if (part === 0n) continue;
        const weights = pool.parts[i]!.weights.map((weight, place) => (free[place] ? weight : 0n));
        for (const [place, share] of splitAmount(part, weights).entries()) shares[place]! += share;
      }
      return shares;
    },
  };
}

/**
 * What each part shares among those still free. A part that none of them weighs in gives what it has to the first that
 * one does: the cost must be borne. Null when there is none.
 */
function partsLeft(amount: Cents, pool: Pool, divide: Divide, free: readonly boolean[]): bigint[] | null {
  const open = pool.parts.map(({ weights }) => weights.some((weight, place) => free[place] && weight > 0n));
  const refuge = open.indexOf(true);
  if (refuge < 0) return amount === 0n ? pool.parts.map(() => 0n) : null;
  const parts = [...divide(amount)];
  for (const [i, part] of parts.entries()) {
    if (open[i] || part === 0n) continue;
    parts[i] = 0n;
    parts[refuge]! += part;
  }
  return parts;
}

function boundsRefusal(
  fault: BoundsFault,
  lines: readonly AllocatedLine[],
  members: readonly AllocationMember[],
  { basis }: Bounds,
): AllocationRefusal {
  const tax = basis === 'net' ? 'HT' : 'TTC';
  if (fault.code === 'bounds_unreachable') {
    const line = lines[fault.line]!;
    return refusal(
      fault.code,
      'leurs membres ne peuvent en porter le reste sans franchir un plancher ou un plafond',
      'relever un plafond ou baisser un plancher de ces membres',
      {
        ...aboutCost(line, fault.line),
        memberKeys: line.pool.sharers.map((position) => members[position]!.key),
      },
    );
  }
  const [sum, total] = [`${frenchEuros(fault.sum)} ${tax}`, `${frenchEuros(fault.total)} ${tax}`];
  const concerned = [...new Set(lines.flatMap(({ pool }) => pool.sharers))].sort((a, b) => a - b);
  const about = { memberKeys: concerned.map((position) => members[position]!.key) };
  return fault.code === 'caps_below_total'
    ? refusal(
        fault.code,
        `les plafonds font ${sum}, moins que le total à répartir, ${total}`,
        `relever les plafonds de ${frenchEuros(fault.total - fault.sum)} au moins`,
        about,
      )
    : refusal(
        fault.code,
        `les planchers font ${sum}, plus que le total à répartir, ${total}`,
        `baisser les planchers de ${frenchEuros(fault.sum - fault.total)} au moins`,
        about,
      );
}
