import type { Cents, UnitPrice } from '../../money/amounts.js';
import { fraction, frenchFraction } from '../fraction.rules.js';
import { NBSP } from '../../money/french.js';
import { clamped, floorFaults, type KeyRule, negativeFaults } from './key.rules.js';
import { type PopulationBase, populationOf } from './population.rules.js';

/** min(max(rate × population, floor), cap). */
export interface PerInhabitantChoice extends PopulationBase {
  readonly key: 'per-inhabitant';
  /** Per inhabitant, in ten-thousandths of a euro. */
  readonly rate: UnitPrice;
  readonly floor: Cents | null;
  readonly cap: Cents | null;
}

/** Ten-thousandths of a euro are hundredths of a cent. */
const DENOMINATOR = 100n;
const scaled = (amount: Cents | null): bigint | null => (amount === null ? null : amount * DENOMINATOR);

const figure = (weight: bigint): string =>
  `${frenchFraction(fraction(weight, DENOMINATOR * 100n), 4, 2)}${NBSP}€`;

export const PER_INHABITANT: KeyRule<PerInhabitantChoice> = {
  nature: 'tariff',
  name: 'tarif par habitant',
  byLot: false,
  denominator: DENOMINATOR,
  faults: ({ rate, floor, cap }) => [
    ...negativeFaults([
      ['le tarif par habitant', rate],
      ['le plancher', floor],
      ['le plafond', cap],
    ]),
    ...floorFaults(floor, cap),
  ],
  weigh(choice, member) {
    const population = populationOf(choice, member);
    if (typeof population !== 'bigint') return population;
    return clamped(choice.rate * population, scaled(choice.floor), scaled(choice.cap));
  },
  figure,
  words: (_, weight) => `tarif par habitant, ${figure(weight)}`,
};
