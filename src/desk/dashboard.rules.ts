import type { DeclarationState } from '../declarations/declaration.rules.js';
import { type Cents, divideRounded, sum } from '../money/amounts.js';
import { SIGNAL_LIMITS } from '../signals/signals.rules.js';

/** Where the members of a census are. Answered, drafts, without answer, refused and contested make the whole. */
export interface Progress {
  readonly members: number;
  /** Transmitted, whatever it waits for; a draft over what was transmitted leaves it answered. */
  readonly answered: number;
  readonly drafts: number;
  readonly noAnswer: number;
  readonly refused: number;
  readonly contested: number;
  readonly awaitingValidation: number;
  readonly awaitingDecision: number;
  /** Changed since they were transmitted. */
  readonly modified: number;
  /** Whose last version came after the deadline. */
  readonly late: number;
  /** Out of a lot at least, for having said nothing of it. */
  readonly excluded: number;
}

export interface MemberProgress {
  readonly state: DeclarationState;
  readonly late: boolean;
  readonly excluded: boolean;
}

export function progressOf(members: readonly MemberProgress[]): Progress {
  const among = (...states: DeclarationState[]): number =>
    members.filter(({ state }) => states.includes(state)).length;
  return {
    members: members.length,
    answered: among('transmitted', 'locked', 'modified', 'awaiting_validation', 'awaiting_decision'),
    drafts: among('draft'),
    noAnswer: among('not_started'),
    refused: among('refused'),
    contested: among('contested'),
    awaitingValidation: among('awaiting_validation'),
    awaitingDecision: among('awaiting_decision'),
    modified: among('modified'),
    late: members.filter(({ late }) => late).length,
    excluded: members.filter(({ excluded }) => excluded).length,
  };
}

/** On what a projection rests: last year's quantities of the member, or what the others need by inhabitant. */
export const PROJECTION_BASES = ['last_year', 'median'] as const;
export type ProjectionBasis = (typeof PROJECTION_BASES)[number];

export interface Projection {
  readonly basis: ProjectionBasis;
  /** Cents HT a year. */
  readonly yearly: Cents;
}

/** A lot, as far as its members spoke. Amounts in cents HT a year, by member. */
export interface LotSaid {
  /** Members that joined it, by name. */
  readonly joined: readonly string[];
  /** Members put out of it for their silence, by name, and when. */
  readonly excluded: readonly { readonly buyerId: string; readonly at: Date }[];
  /** What counts; 0n: nothing is needed. A member that said nothing has no amount. */
  readonly counted: ReadonlyMap<string, Cents>;
  /** Last year's quantities at this year's estimated prices; a member whose past is not known has no amount. */
  readonly lastYear: ReadonlyMap<string, Cents>;
}

/** A member that is not in the total. */
export interface MissingMember {
  readonly buyerId: string;
  /** Null: it may still answer. */
  readonly excludedAt: Date | null;
  /** Null: nothing tells what it would need. */
  readonly projection: Projection | null;
}

export interface LotFigures {
  readonly members: number;
  /** Cents HT a year of what counts, and nothing else. */
  readonly yearly: Cents;
  readonly missing: readonly MissingMember[];
  /** With the missing members as they are projected. */
  readonly projectedYearly: Cents;
  /** False: a missing member could not be projected. */
  readonly projectionComplete: boolean;
  readonly change: Change | null;
}

/** The same members, then and now: those who said nothing are no decline. */
export interface Change {
  readonly members: number;
  readonly lastYear: Cents;
  readonly thisYear: Cents;
  /** Tenths of a percent, halves away from zero; null: nothing was bought last year. */
  readonly permille: bigint | null;
}

/**
 * What a lot amounts to. A silent member counts neither for zero nor for last year's figure: it is named, and what it might
 * need is told apart.
 *
 * @param populations inhabitants, of the members whose population is known
 */
export function lotFigures(said: LotSaid, populations: ReadonlyMap<string, bigint>): LotFigures {
  const median = medianPerInhabitant(said.counted, populations);
  const missing = [
    ...said.joined.filter((buyerId) => !said.counted.has(buyerId)).map((buyerId) => ({ buyerId, at: null })),
    ...said.excluded,
  ].map(({ buyerId, at }): MissingMember => ({
    buyerId,
    excludedAt: at,
    projection: project(said.lastYear.get(buyerId), median, populations.get(buyerId)),
  }));
  const yearly = sum(said.counted.values());
  return {
    ...{ members: said.counted.size, yearly, missing },
    projectedYearly: yearly + sum(missing.map(({ projection }) => projection?.yearly ?? 0n)),
    projectionComplete: missing.every(({ projection }) => projection !== null),
    change: changeOf(said),
  };
}

function project(
  lastYear: Cents | undefined,
  median: Ratio | null,
  inhabitants: bigint | undefined,
): Projection | null {
  if (lastYear !== undefined) return { basis: 'last_year', yearly: lastYear };
  if (median === null || inhabitants === undefined) return null;
  return { basis: 'median', yearly: divideRounded(median.over * inhabitants, median.under) };
}

function changeOf({ counted, lastYear }: LotSaid): Change | null {
  const known = [...counted].filter(([buyerId]) => lastYear.has(buyerId));
  if (known.length === 0) return null;
  const [before, now] = [
    sum(known.map(([buyerId]) => lastYear.get(buyerId)!)),
    sum(known.map(([, net]) => net)),
  ];
  return {
    ...{ members: known.length, lastYear: before, thisYear: now },
    permille: before === 0n ? null : divideRounded((now - before) * 1000n, before),
  };
}

/** An exact fraction. */
interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

/** Null where too few members tell: one of them would then be the median. The mean of the two middle ones where even. */
function medianPerInhabitant(
  amounts: ReadonlyMap<string, Cents>,
  populations: ReadonlyMap<string, bigint>,
): Ratio | null {
  const ratios = [...amounts]
    .flatMap(([buyerId, over]): Ratio[] => {
      const under = populations.get(buyerId) ?? 0n;
      return under > 0n ? [{ over, under }] : [];
    })
    .sort((a, b) => {
      const [left, right] = [a.over * b.under, b.over * a.under];
      return left < right ? -1 : left > right ? 1 : 0;
    });
  if (ratios.length < SIGNAL_LIMITS.medianMembers) return null;
  const low = ratios[(ratios.length - 1) >> 1]!;
  const high = ratios[ratios.length >> 1]!;
  return { over: low.over * high.under + high.over * low.under, under: 2n * low.under * high.under };
}
