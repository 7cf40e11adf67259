import type { Cents } from '../money/amounts.js';
import { splitAmount } from '../money/split.js';
import { addFractions, type Fraction, fraction, reduced } from './fraction.rules.js';
import { ruleOf, type SimpleChoice } from './keys/registry.rules.js';
import type { AllocationMember } from './member.rules.js';
import type { Frozen } from './modifiers/bounds.rules.js';
import { indexRatio } from './modifiers/indexation.rules.js';
import { daysOf, periodOf } from './modifiers/prorata.rules.js';
import type { AllocatedLine, AllocationResult, PoolPart } from './result.rules.js';

/**
 * What became of the cents that rounding down left over: `exact`, there was nothing to round; `received`, one came for
 * a larger remainder; `received_by_tie`, for the lowest key among equal ones; the two others, none came.
 */
export type SpareCent = 'exact' | 'received' | 'received_by_tie' | 'missed' | 'missed_by_tie';

export interface PartExplanation {
  readonly choice: SimpleChoice;
  /** What the part shares, in cents. */
  readonly base: Cents;
  /** Before prorata. */
  readonly weight: bigint;
  readonly days: bigint;
  readonly totalWeight: bigint;
  /** Cents, before rounding. */
  readonly exact: Fraction;
  readonly rounded: Cents;
  readonly spare: SpareCent;
  /** How many cents were left over in all. */
  readonly spareCents: bigint;
}

/** Why a member bears what it bears of one line. */
export interface ShareExplanation {
  readonly member: AllocationMember;
  readonly label: string;
  readonly net: Cents;
  readonly vat: Cents;
  readonly gross: Cents;
  /** What the parts share: HT, or TTC under bounds written TTC. */
  readonly basis: 'net' | 'gross';
  /** One per part of the key; a member that a bound holds has none. */
  readonly parts: readonly PartExplanation[];
  /** Cents, the sum of the parts; null for a member that a bound holds. */
  readonly exact: Fraction | null;
  readonly frozen: Frozen;
  /** Whether bounds took or left something in this line. */
  readonly residual: boolean;
}

/** The explanations of one line, by place among its sharers. Computed on what the result holds; nothing is stored. */
export function explainLine(result: AllocationResult, line: AllocatedLine): ShareExplanation[] {
  const trace = line.bounded;
  const amounts = trace ? trace.residualParts : line.netParts;
  const parts = line.pool.parts.map((part, i) => {
    const weights = trace
      ? part.weights.map((weight, place) => (trace.frozen[place] ? 0n : weight))
      : part.weights;
    return ruleOf(part.choice).nature === 'tariff' && result.choice.key === part.choice.key
      ? explainFee(result, line, part)
      : explainPart(result, line, { ...part, weights }, amounts[i] ?? 0n);
  });
  const basis = trace?.basis ?? 'net';
  return line.pool.sharers.map((position, place) => {
    const [net, vat] = [line.nets[place]!, line.vats[place]!];
    const frozen = trace?.frozen[place] ?? null;
    const own = frozen ? [] : parts.map((explained) => explained[place]!);
    return {
      ...{ member: result.members[position]!, label: line.label, net, vat, gross: net + vat, basis, frozen },
      parts: own,
      exact: frozen ? null : reduced(addFractions(own.map(({ exact }) => exact))),
      residual: trace !== null && trace.residual !== (basis === 'net' ? line.net : line.net + line.vat),
    };
  });
}

/** Null when the member does not share the line. */
export function explainShare(
  result: AllocationResult,
  line: AllocatedLine,
  memberKey: string,
): ShareExplanation | null {
  const place = line.pool.sharers.findIndex((position) => result.members[position]!.key === memberKey);
  return place < 0 ? null : explainLine(result, line)[place]!;
}

function explainPart(
  result: AllocationResult,
  line: AllocatedLine,
  { choice, weights }: PoolPart,
  base: Cents,
): PartExplanation[] {
  const totalWeight = weights.reduce((total, weight) => total + weight, 0n);
  // Everybody that weighs in this part is held by a bound: it had nothing left to share.
  const whole = totalWeight === 0n ? 1n : totalWeight;
  const magnitude = base < 0n ? -base : base;
  const shares = totalWeight === 0n ? weights.map(() => 0n) : splitAmount(base, weights);
  const remainders = weights.map((weight) => (magnitude * weight) % whole);
  const received = shares.map((share, place) => {
    const down = (magnitude * weights[place]!) / whole;
    return (share < 0n ? -share : share) > down;
  });
  let [spareCents, lastIn, firstOut]: [bigint, bigint | null, bigint] = [0n, null, 0n];
  for (const [place, remainder] of remainders.entries())
    if (received[place]) {
      spareCents += 1n;
      if (lastIn === null || remainder < lastIn) lastIn = remainder;
    } else if (remainder > firstOut) firstOut = remainder;
  const spareOf = (place: number): SpareCent => {
    const remainder = remainders[place]!;
    if (received[place]) return remainder === firstOut ? 'received_by_tie' : 'received';
    if (remainder === 0n) return 'exact';
    return remainder === lastIn ? 'missed_by_tie' : 'missed';
  };
  return line.pool.sharers.map((position, place) => {
    const days = daysOf(result.modifiers.presence, result.members[position]!);
    const weight = weights[place]!;
    return {
      ...{ choice, base, days, totalWeight, rounded: shares[place]!, spare: spareOf(place), spareCents },
      weight: days === 0n ? 0n : weight / days,
      exact: fraction(base * weight, whole),
    };
  });
}

/** A fee is no part of a base: it is its own, prorated and indexed, then rounded by itself. */
function explainFee(result: AllocationResult, line: AllocatedLine, part: PoolPart): PartExplanation[] {
  const { presence, indexation } = result.modifiers;
  const ratio = indexRatio(indexation);
  const denominator = ruleOf(part.choice).denominator * periodOf(presence) * ratio.denominator;
  return line.pool.sharers.map((position, place) => {
    const days = daysOf(presence, result.members[position]!);
    const weight = part.weights[place]!;
    return {
      ...{ choice: part.choice, base: line.net, days, totalWeight: part.total, rounded: line.nets[place]! },
      ...{ spare: 'exact' as const, spareCents: 0n, weight: days === 0n ? 0n : weight / days },
      exact: reduced(fraction(weight * ratio.numerator, denominator)),
    };
  });
}
