import type { AllocationMember } from '../member.rules.js';

/** A figure that a key needs and that a member lacks: what it is, and what to enter; French, without capital nor full stop. */
export interface MissingBase {
  readonly missing: string;
  readonly enter: string;
}

/** A parameter of a key that cannot be, in the same words. */
export type ParameterFaultCode =
  | 'negative_parameter'
  | 'floor_above_cap'
  | 'strata_disordered'
  | 'fixed_share_out_of_range'
  | 'alphas_not_one'
  | 'alpha_not_positive';

export interface ParameterFault {
  readonly code: ParameterFaultCode;
  readonly problem: string;
  readonly enter: string;
}

/**
 * A key that weighs each member by itself. A proportional key shares a total by these weights; a tariff says what each
 * member owes, whatever the costs are, in 1 / `denominator` of a cent.
 */
export interface KeyRule<Choice> {
  readonly nature: 'proportional' | 'tariff';
  /** French name, without a capital. */
  readonly name: string;
  /** Whether a weight depends on the lots of the cost line. */
  readonly byLot: boolean;
  /** 1 for a proportional key. */
  readonly denominator: bigint;
  faults(choice: Choice): readonly ParameterFault[];
  /** @param lots those of the cost line; empty: all */
  weigh(choice: Choice, member: AllocationMember, lots: readonly number[]): bigint | MissingBase;
  /** A weight, or a total of weights, as people read it: « 4 200 habitants (population municipale 2023) ». */
  words(choice: Choice, weight: bigint): string;
  /** The figure alone: « 57 379 », « 1 200,00 € ». */
  figure(weight: bigint): string;
}

export const NO_FAULT: readonly ParameterFault[] = [];

/** Faults of amounts that may not be negative; `what` is a French name with its article. */
export const negativeFaults = (
  values: readonly (readonly [what: string, value: bigint | null])[],
): ParameterFault[] =>
  values.flatMap(([what, value]) =>
    value === null || value >= 0n
      ? []
      : [
          {
            code: 'negative_parameter' as const,
            problem: `${what} est négatif`,
            enter: 'entrer un montant positif ou nul',
          },
        ],
  );

export const floorFaults = (floor: bigint | null, cap: bigint | null): ParameterFault[] =>
  floor !== null && cap !== null && floor > cap
    ? [
        {
          code: 'floor_above_cap',
          problem: 'le plancher dépasse le plafond',
          enter: 'baisser le plancher ou relever le plafond',
        },
      ]
    : [];

/** min(max(value, floor), cap), each bound optional. */
export function clamped(value: bigint, floor: bigint | null, cap: bigint | null): bigint {
  const raised = floor !== null && value < floor ? floor : value;
  return cap !== null && raised > cap ? cap : raised;
}
