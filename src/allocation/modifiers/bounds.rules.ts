import type { Cents } from '../../money/amounts.js';
import { splitAmount } from '../../money/split.js';

/** Caps and floors of what a member bears in the whole run; the others share what a cap leaves or a floor takes. */
export interface Bounds {
  /** Whether they are written HT or TTC. */
  readonly basis: 'net' | 'gross';
  readonly floor: Cents | null;
  readonly cap: Cents | null;
  /** By member key: replaces both bounds above. */
  readonly byMember: ReadonlyMap<string, { readonly floor: Cents | null; readonly cap: Cents | null }>;
}

export type Frozen = 'floor' | 'cap' | null;

/** One amount to share, as the bounds see it. */
export interface BoundedLine {
  /** Not negative. */
  readonly amount: bigint;
  /** Positions of those that may bear it, in the list of bounds. */
  readonly sharers: readonly number[];
  /** Whether the sharer at this place weighs anything. */
  weighs(place: number): boolean;
  /** Shares an amount among the places still free, 0 for the others; null when none of these weighs anything. */
  spread(amount: bigint, free: readonly boolean[]): bigint[] | null;
}

export interface BoundedShares {
  /** By line, then by place among its sharers. */
  readonly shares: readonly bigint[][];
  /** What is left of each line for those that no bound holds. */
  readonly residuals: readonly bigint[];
  /** By position: the bound that holds this member. */
  readonly frozen: readonly Frozen[];
}

export type BoundsFault =
  | { readonly code: 'caps_below_total'; readonly sum: bigint; readonly total: bigint }
  | { readonly code: 'floors_above_total'; readonly sum: bigint; readonly total: bigint }
  | { readonly code: 'bounds_unreachable'; readonly line: number };

/**
 * Shares every line, then holds at its bound each member that crosses it and shares again what is left, until nobody
 * crosses one. When some cross their cap and others their floor, only the side that weighs more is held, then all is
 * seen again: holding both at once could hold a member that need not be (the same rule as CSS Flexbox, §9.7). All who
 * cross are held together, so that the order of the members changes nothing. Each turn holds one member more: it ends.
 *
 * With one line, a solution is found whenever there is one. With several lines of different members there may be one
 * that is not found: what a member held at its bound bears in each line keeps the proportions of its shares there.
 *
 * @param floors by position; 0 for none. @param caps by position; null for none. A member that weighs nothing has none.
 */
export function boundedShares(
  lines: readonly BoundedLine[],
  floors: readonly bigint[],
  caps: readonly (bigint | null)[],
): BoundedShares | BoundsFault {
  const places = placesIn(lines);
  const weighing = weighingIn(lines);
  const impossible = infeasible(lines, weighing, floors, caps);
  if (impossible) return impossible;
  const frozen: Frozen[] = floors.map(() => null);
  const held: bigint[][] = lines.map(({ sharers }) => sharers.map(() => 0n));
  const residuals = lines.map(({ amount }) => amount);
  for (;;) {
    const shares: bigint[][] = [];
    const totals = floors.map(() => 0n);
    for (const [at, line] of lines.entries()) {
      const free = line.sharers.map((position) => frozen[position] === null);
      const left = residuals[at]!;
      const spread = left < 0n ? null : left === 0n ? line.sharers.map(() => 0n) : line.spread(left, free);
      if (spread === null) return { code: 'bounds_unreachable', line: at };
      shares.push(spread);
      for (const [place, position] of line.sharers.entries()) totals[position]! += spread[place]!;
    }
    const crossing = crossings(weighing, frozen, totals, floors, caps);
    if (crossing.size === 0)
      return {
        shares: shares.map((line, at) => line.map((share, place) => share + held[at]![place]!)),
        residuals,
        frozen,
      };
    for (const [position, bound] of crossing) {
      frozen[position] = bound;
      const profile = profileOf(position, lines, places, shares, residuals);
      const kept = bound === 'cap' ? caps[position]! : floors[position]!;
      if (kept === 0n) continue;
      if (profile.every((share) => share === 0n))
        return { code: 'bounds_unreachable', line: places.findIndex((place) => place.has(position)) };
      for (const [at, share] of splitAmount(kept, profile).entries()) {
        if (share === 0n) continue;
        held[at]![places[at]!.get(position)!] = share;
        residuals[at]! -= share;
      }
    }
  }
}

/** In which proportions a member bears each line: as its present shares, or as its lines while it has none. */
function profileOf(
  position: number,
  lines: readonly BoundedLine[],
  places: readonly ReadonlyMap<number, number>[],
  shares: readonly bigint[][],
  residuals: readonly bigint[],
): bigint[] {
  const placeIn = places.map((place) => place.get(position));
  const profile = placeIn.map((place, at) => (place === undefined ? 0n : shares[at]![place]!));
  if (profile.some((share) => share > 0n)) return profile;
  return placeIn.map((place, at) =>
    place === undefined || !lines[at]!.weighs(place) || residuals[at]! < 0n ? 0n : residuals[at]!,
  );
}

/** By line: the place of each position among its sharers. Lines of the same members have the same list, read once. */
function placesIn(lines: readonly BoundedLine[]): ReadonlyMap<number, number>[] {
  const known = new Map<readonly number[], ReadonlyMap<number, number>>();
  return lines.map(({ sharers }) => {
    const places = known.get(sharers) ?? new Map(sharers.map((position, place) => [position, place]));
    known.set(sharers, places);
    return places;
  });
}

function infeasible(
  lines: readonly BoundedLine[],
  weighing: ReadonlySet<number>,
  floors: readonly bigint[],
  caps: readonly (bigint | null)[],
): BoundsFault | null {
  let [total, lowest, highest] = [0n, 0n, 0n];
  let capped = true;
  for (const { amount } of lines) total += amount;
  for (const position of weighing) {
    lowest += floors[position]!;
    const cap = caps[position]!;
    if (cap === null) capped = false;
    else highest += cap;
  }
  if (capped && highest < total) return { code: 'caps_below_total', sum: highest, total };
  return lowest > total ? { code: 'floors_above_total', sum: lowest, total } : null;
}

function weighingIn(lines: readonly BoundedLine[]): Set<number> {
  const positions = new Set<number>();
  for (const line of lines)
    for (const [place, position] of line.sharers.entries()) if (line.weighs(place)) positions.add(position);
  return positions;
}

function crossings(
  weighing: ReadonlySet<number>,
  frozen: readonly Frozen[],
  totals: readonly bigint[],
  floors: readonly bigint[],
  caps: readonly (bigint | null)[],
): Map<number, 'floor' | 'cap'> {
  const over: number[] = [];
  const under: number[] = [];
  let violation = 0n;
  for (const position of weighing) {
    if (frozen[position] !== null) continue;
    const [total, floor, cap] = [totals[position]!, floors[position]!, caps[position]!];
    if (total < floor) {
      under.push(position);
      violation += floor - total;
    } else if (cap !== null && total > cap) {
      over.push(position);
      violation -= total - cap;
    }
  }
  const crossing = new Map<number, 'floor' | 'cap'>();
  if (violation >= 0n) for (const position of under) crossing.set(position, 'floor');
  if (violation <= 0n) for (const position of over) crossing.set(position, 'cap');
  return crossing;
}
