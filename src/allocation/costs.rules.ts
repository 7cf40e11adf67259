import { sum, vatOf, type VatRate } from '../money/amounts.js';
import { isTariff, type KeyChoice } from './keys/registry.rules.js';
import type { AllocationCost } from './member.rules.js';
import { type Indexation, indexedAmount, indexRatio, indexRefusals } from './modifiers/indexation.rules.js';
import type { Modifiers } from './modifiers/modifiers.rules.js';
import { aboutCost, type AllocationRefusal, refusal } from './refusals.rules.js';
import type { Amounts } from './result.rules.js';

/** Every cost that cannot be shared as it is, whatever the members are. */
export function costRefusals(
  choice: KeyChoice,
  costs: readonly AllocationCost[],
  modifiers: Modifiers,
): AllocationRefusal[] {
  const refusals = costs.flatMap((cost, at) =>
    cost.vatRate === null
      ? [
          refusal(
            'vat_rate_missing',
            'leur taux de TVA manque',
            'entrer le taux de la facture (0 s’il n’y en a pas)',
            aboutCost(cost, at),
          ),
        ]
      : [],
  );
  // An index that lacks is refused by itself, and here left out.
  const usable = indexRefusals(modifiers.indexation, 'tariff').length === 0 ? modifiers.indexation : null;
  const fixed = choice.key === 'fixed-variable' && 'amount' in choice.fixed ? choice.fixed.amount : null;
  if (fixed !== null || (modifiers.bounds !== null && choice.key !== 'none'))
    for (const [at, cost] of costs.entries())
      if (cost.net < 0n || (cost.vat ?? 0n) < 0n)
        refusals.push(
          refusal(
            'negative_cost',
            'un avoir ne peut être réparti avec un plancher, un plafond ou une part fixe en euros',
            'le déduire de la facture qu’il corrige',
            aboutCost(cost, at),
          ),
        );
  if (fixed !== null && fixed > sum(costs.map((cost) => amountsOf(cost, usable).net)))
    refusals.push(
      refusal('fixed_above_total', 'la part fixe dépasse le total des frais', 'baisser la part fixe'),
    );
  if (modifiers.bounds !== null && isTariff(choice))
    refusals.push(
      refusal(
        'bounds_on_tariff',
        'un tarif n’a pas de reste à partager entre les autres membres',
        'entrer le plancher et le plafond dans le tarif, ou choisir une autre clé',
      ),
    );
  return refusals;
}

/** HT of the cost, indexed if it follows an index, and its VAT, rounded once on the line (law.md §11, 16). */
export function amountsOf(cost: AllocationCost, indexation: Indexation | null): Amounts {
  const net = cost.indexed ? indexedAmount(cost.net, indexRatio(indexation)) : cost.net;
  return { net, vat: cost.vat ?? vatOf(net, cost.vatRate ?? 0n) };
}

/**
 * The same costs with one line per VAT rate and per circle of members, for those who would rather have one spare cent
 * and one VAT per rate than per invoice: the other way that law.md §7.3 allows. Costs that say their VAT, or follow an
 * index, stay apart.
 */
export function pooledByRate(costs: readonly AllocationCost[]): AllocationCost[] {
  const pools = new Map<string, AllocationCost>();
  for (const [at, cost] of costs.entries()) {
    const apart = cost.vat !== null || cost.indexed || cost.vatRate === null;
    const circle = `${cost.lots.toSorted((a, b) => a - b).join(',')}|${cost.memberKeys.toSorted().join(',')}`;
    const name = apart ? `#${at}` : `${rateWord(cost.vatRate)}|${circle}`;
    const pool = pools.get(name);
    pools.set(
      name,
      pool ? { ...pool, net: pool.net + cost.net, label: `${pool.label}, ${cost.label}` } : cost,
    );
  }
  return [...pools.values()];
}

const rateWord = (rate: VatRate | null): string => (rate === null ? '' : rate.toString());
