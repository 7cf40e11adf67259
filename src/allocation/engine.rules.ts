import { type Cents, divideRounded, sum } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import { splitAmount } from '../money/split.js';
import { amountsOf, costRefusals } from './costs.rules.js';
import { fixedParts, fixedThenRest } from './keys/fixed-variable.rules.js';
import { mixedParts } from './keys/mixed.rules.js';
import {
  isTariff,
  type KeyChoice,
  keyName,
  parameterFaults,
  ruleOf,
  type TariffChoice,
} from './keys/registry.rules.js';
import { type AllocationCost, type AllocationMember, byKey } from './member.rules.js';
import { boundLines, type Divide } from './bound-lines.rules.js';
import { indexRatio, indexRefusals } from './modifiers/indexation.rules.js';
import { type Modifiers, NO_MODIFIER } from './modifiers/modifiers.rules.js';
import { periodOf, presenceRefusals } from './modifiers/prorata.rules.js';
import { Pools } from './pools.rules.js';
import { aboutMember, type AllocationRefusal, ofParameter, refusal } from './refusals.rules.js';
import type { AllocatedLine, AllocationResult, Amounts, Pool } from './result.rules.js';

export type Allocation =
  | { readonly ok: true; readonly result: AllocationResult }
  /** Every problem at once. */
  | { readonly ok: false; readonly refusals: readonly AllocationRefusal[] };

const refused = (refusals: readonly AllocationRefusal[]): Allocation => ({ ok: false, refusals });

/**
 * Shares the costs by one key. HT and VAT of a cost are each split on the same weights by largest remainder, ties to the
 * lowest key (INSEE code, SIRET where there is none), so that the shares of a cost, of a VAT rate, and of all, always
 * add up; under a tariff, shares and what the coordinator keeps add up to the costs TTC. The order of members and the
 * presence of one that weighs nothing change no share.
 */
export function allocate(
  choice: KeyChoice,
  costs: readonly AllocationCost[],
  given: readonly AllocationMember[],
  modifiers: Modifiers = NO_MODIFIER,
): Allocation {
  const members = given.toSorted(byKey);
  const { indexation, presence } = modifiers;
  const priced = isTariff(choice)
    ? 'tariff'
    : costs.some((cost) => cost.indexed)
      ? 'indexed-cost'
      : 'nothing';
  const first = [
    ...twice(members),
    ...parameterFaults(choice).map(ofParameter),
    ...costRefusals(choice, costs, modifiers),
    ...indexRefusals(indexation, priced),
    ...presenceRefusals(presence, members),
  ];
  // Weights are looked at even so: people should see every figure that lacks at once, not one screen after another.
  const pools = new Pools(choice, members, modifiers);
  const tariff = isTariff(choice) ? pools.of(WHOLE_GROUP, 0) : null;
  const circles = tariff || choice.key === 'none' ? [] : costs.map((cost, at) => pools.of(cost, at));
  const refusals = [...first, ...(tariff ? pools.refusals().filter(isNoTariffZero) : pools.refusals())];
  if (refusals.length > 0) return refused(refusals);

  const amounts = costs.map((cost) => amountsOf(cost, indexation));
  const total = { net: sum(amounts.map(({ net }) => net)), vat: sum(amounts.map(({ vat }) => vat)) };
  const found = { choice, modifiers, members, costs, total };
  const gross = total.net + total.vat;
  if (tariff) {
    const line = tariffLine(choice as TariffChoice, tariff, modifiers);
    return { ok: true, result: { ...found, lines: [line], kept: gross - line.net } };
  }
  if (choice.key === 'none') return { ok: true, result: { ...found, lines: [], kept: gross } };
  const divides = dividers(choice, amounts);
  const lines = costs.map((cost, at) => freeLine(cost, at, amounts[at]!, circles[at]!, divides[at]!));
  const bounded = modifiers.bounds ? boundLines(lines, divides, members, modifiers.bounds) : lines;
  return 'code' in bounded
    ? refused([bounded])
    : { ok: true, result: { ...found, lines: bounded, kept: 0n } };
}

/** A tariff knows no cost: it is owed once, by every member. */
const WHOLE_GROUP: AllocationCost = {
  label: 'Participation',
  net: 0n,
  vatRate: 0n,
  vat: 0n,
  indexed: false,
  lots: [],
  memberKeys: [],
};

/** A tariff that asks nothing of anybody is no fault. */
const isNoTariffZero = ({ code }: AllocationRefusal): boolean => code !== 'no_base';

/** Two members of one key would leave ties to the order given. */
const twice = (members: readonly AllocationMember[]): AllocationRefusal[] =>
  members
    .filter(({ key }, i) => i > 0 && members[i - 1]!.key === key)
    .map((member) =>
      refusal(
        'member_twice',
        `le code ${member.key} est donné deux fois`,
        'retirer le doublon',
        aboutMember(member),
      ),
    );

function dividers(choice: KeyChoice, amounts: readonly Amounts[]): Divide[] {
  if (choice.key === 'fixed-variable') {
    const parts = fixedParts(
      choice,
      amounts.map(({ net }) => net),
    );
    return parts.map((part) => (amount) => fixedThenRest(amount, part));
  }
  const divide: Divide =
    choice.key === 'mixed' ? (amount) => mixedParts(amount, choice) : (amount) => [amount];
  return amounts.map(() => divide);
}

function freeLine(
  cost: AllocationCost,
  at: number,
  { net, vat }: Amounts,
  pool: Pool,
  divide: Divide,
): AllocatedLine {
  const [netParts, vatParts] = [divide(net), divide(vat)];
  return {
    ...{ cost: at, label: cost.label, vatRate: cost.vatRate ?? 0n, net, vat, pool, netParts, vatParts },
    nets: splitParts(netParts, pool),
    vats: splitParts(vatParts, pool),
    bounded: null,
  };
}

/** Sharers stand in the order of their keys: an equal remainder goes to the first, which is the lowest. */
function splitParts(parts: readonly Cents[], pool: Pool): bigint[] {
  if (pool.parts.length === 1) return splitAmount(parts[0]!, pool.parts[0]!.weights);
  const shares = pool.sharers.map(() => 0n);
  for (const [i, { weights }] of pool.parts.entries())
    for (const [place, share] of splitAmount(parts[i]!, weights).entries()) shares[place]! += share;
  return shares;
}

/** Each fee is rounded once, by itself: a member can check it without knowing the others'. */
function tariffLine(choice: TariffChoice, pool: Pool, { presence, indexation }: Modifiers): AllocatedLine {
  const ratio = indexRatio(indexation);
  const denominator = ruleOf(choice).denominator * periodOf(presence) * ratio.denominator;
  const nets = pool.parts[0]!.weights.map((weight) => divideRounded(weight * ratio.numerator, denominator));
  const net = sum(nets);
  return {
    ...{
      cost: null,
      label: `Participation, ${keyName(choice.key)}`,
      vatRate: 0n,
      net,
      vat: 0n,
      pool,
      bounded: null,
    },
    ...{ netParts: [net], vatParts: [0n], nets, vats: nets.map(() => 0n) },
  };
}

/** « 12,30 € restent à la charge du coordonnateur », or that a tariff asks for more than the costs. */
export function keptSentence({ kept }: Pick<AllocationResult, 'kept'>): string | null {
  if (kept === 0n) return null;
  return kept > 0n
    ? `${frenchEuros(kept)} TTC restent à la charge du coordonnateur.`
    : `Les participations dépassent les frais de ${frenchEuros(-kept)}\u00a0: une marge peut être soumise à la TVA.`;
}
