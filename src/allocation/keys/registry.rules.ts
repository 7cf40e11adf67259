import { ENERGY, type EnergyChoice } from './energy.rules.js';
import { EQUAL, type EqualChoice } from './equal.rules.js';
import {
  FIXED_VARIABLE_NAME,
  type FixedVariableChoice,
  fixedVariableFaults,
} from './fixed-variable.rules.js';
import { type KeyRule, NO_FAULT, type ParameterFault } from './key.rules.js';
import { MIXED_NAME, type MixedChoice, mixedFaults } from './mixed.rules.js';
import { NEED, type NeedChoice } from './need.rules.js';
import { NONE_NAME, type NoneChoice } from './none.rules.js';
import { PER_ACT, type PerActChoice } from './per-act.rules.js';
import { PER_INHABITANT, type PerInhabitantChoice } from './per-inhabitant.rules.js';
import { POINTS, type PointsChoice } from './points.rules.js';
import { POPULATION, type PopulationChoice } from './population.rules.js';
import { REALISED, type RealisedChoice } from './realised.rules.js';
import { STRATA, type StrataChoice } from './strata.rules.js';

/** Every key of law.md §7.3, with its parameters. */
export type ProportionalChoice = EqualChoice | PopulationChoice | NeedChoice | RealisedChoice | PointsChoice;
export type TariffChoice = StrataChoice | PerInhabitantChoice | EnergyChoice | PerActChoice;
/** A key that weighs members by itself. */
export type SimpleChoice = ProportionalChoice | TariffChoice;
export type CompositeChoice = FixedVariableChoice<ProportionalChoice> | MixedChoice<SimpleChoice>;
export type KeyChoice = NoneChoice | SimpleChoice | CompositeChoice;
export type KeyCode = KeyChoice['key'];

type Rules = { readonly [Code in SimpleChoice['key']]: KeyRule<Extract<SimpleChoice, { key: Code }>> };

const RULES: Rules = {
  equal: EQUAL,
  population: POPULATION,
  need: NEED,
  realised: REALISED,
  points: POINTS,
  strata: STRATA,
  'per-inhabitant': PER_INHABITANT,
  energy: ENERGY,
  'per-act': PER_ACT,
};

/** The key offered when nothing is chosen, then the others of the first screen (law.md §11, 1), then « autres clés ». */
export const KEY_CODES: readonly KeyCode[] = [
  ...(['none', 'equal', 'population', 'need'] as const),
  ...(['realised', 'fixed-variable', 'points', 'strata', 'per-inhabitant'] as const),
  ...(['energy', 'per-act', 'mixed'] as const),
];

/** The rule of a choice: what it weighs and how it is told. */
export const ruleOf = <Choice extends SimpleChoice>(choice: Choice): KeyRule<Choice> =>
  // The compiler cannot follow that the rule under a code takes the choice that bears the code.
  RULES[choice.key] as unknown as KeyRule<Choice>;

export const isTariff = (choice: KeyChoice): choice is TariffChoice =>
  choice.key in RULES && ruleOf(choice as SimpleChoice).nature === 'tariff';

/** French name of a key, without a capital. */
export function keyName(code: KeyCode): string {
  if (code === 'none') return NONE_NAME;
  if (code === 'fixed-variable') return FIXED_VARIABLE_NAME;
  return code === 'mixed' ? MIXED_NAME : RULES[code].name;
}

/** The keys that weigh, one per part of a cost; none when the coordinator bears them. */
export function partsOf(choice: KeyChoice): readonly SimpleChoice[] {
  if (choice.key === 'none') return [];
  if (choice.key === 'fixed-variable') return [{ key: 'equal' }, choice.variable];
  return choice.key === 'mixed' ? choice.parts.map((part) => part.choice) : [choice];
}

/** Every parameter that cannot be, those of the parts included. */
export function parameterFaults(choice: KeyChoice): readonly ParameterFault[] {
  const own =
    choice.key === 'fixed-variable'
      ? fixedVariableFaults(choice)
      : choice.key === 'mixed'
        ? mixedFaults(choice)
        : NO_FAULT;
  return [...own, ...partsOf(choice).flatMap((part) => ruleOf(part).faults(part))];
}
