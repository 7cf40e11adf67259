import type { Cents } from '../../money/amounts.js';
import { frenchEuros } from '../../money/french.js';
import { type KeyRule, negativeFaults, type ParameterFault } from './key.rules.js';
import { inhabitants, type PopulationBase, populationOf } from './population.rules.js';

export interface Stratum {
  /** Lowest population of the stratum; it ends where the next one begins. */
  readonly from: number;
  readonly tariff: Cents;
}

/** A flat yearly fee per stratum of population. */
export interface StrataChoice extends PopulationBase {
  readonly key: 'strata';
  /** In ascending order of `from`. */
  readonly strata: readonly Stratum[];
}

export const STRATA: KeyRule<StrataChoice> = {
  nature: 'tariff',
  name: 'tarif par strate de population',
  figure: frenchEuros,
  byLot: false,
  denominator: 1n,
  faults: ({ strata }) => [
    ...negativeFaults(strata.map(({ tariff }) => ['le tarif d’une strate', tariff] as const)),
    ...orderFaults(strata),
  ],
  weigh(choice, member) {
    const population = populationOf(choice, member);
    if (typeof population !== 'bigint') return population;
    const stratum = choice.strata.findLast(({ from }) => BigInt(from) <= population);
    return (
      stratum?.tariff ?? {
        missing: `aucune strate ne couvre ${inhabitants(population)}`,
        enter: 'ajouter une strate qui commence plus bas',
      }
    );
  },
  words: (_, weight) => `tarif de sa strate, ${frenchEuros(weight)}`,
};

const orderFaults = (strata: readonly Stratum[]): ParameterFault[] =>
  strata.length > 0 && strata.every(({ from }, i) => i === 0 || from > strata[i - 1]!.from)
    ? []
    : [
        {
          code: 'strata_disordered',
          problem: strata.length === 0 ? 'aucune strate n’est entrée' : 'les strates ne se suivent pas',
          enter: 'entrer les strates de la plus petite à la plus grande, sans doublon',
        },
      ];
