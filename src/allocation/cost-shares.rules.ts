import type { Check } from '../law/check.js';
import { type Cents, sum } from '../money/amounts.js';
import { frenchEuros } from '../money/french.js';
import {
  type CostLine,
  type SharedCost,
  shareCosts,
  type SharingFault,
  type SharingKey,
  type SharingMember,
  SharingRefused,
} from './sharing.rules.js';

const BASE = { rule: 'COST_SHARES', article: 'CCP L2113-7' } as const;

const FAULT_WORDS: Readonly<Record<SharingFault, string>> = {
  nobody_concerned: 'aucun membre n’a de besoin valide dans leurs lots. Corriger ces lots, ou la clé',
  population_missing:
    'la population municipale manque pour un membre concerné. La renseigner, ou choisir une autre clé',
  no_population: 'la population des membres concernés est nulle. Choisir une autre clé',
  no_need_amount: 'le besoin des membres concernés vaut 0,00\u00a0€. Choisir une autre clé',
};

/**
 * Whether the shares of the procedure costs that the agreement lays down add up to them (CCP L2113-7), to the cent. Null
 * while there is no cost to share.
 *
 * @param fixedShare as {@link shareCosts} takes it
 */
export function costSharesCheck(
  key: SharingKey,
  fixedShare: bigint | null,
  costs: readonly CostLine[],
  members: readonly SharingMember[],
): Check | null {
  if (costs.length === 0) return null;
  try {
    return key === 'none'
      ? borneByCoordinator(costs)
      : sharesCheck(shareCosts(key, fixedShare, costs, members));
  } catch (error) {
    if (!(error instanceof SharingRefused)) throw error;
    const { label, net } = costs[error.position]!;
    return {
      ...BASE,
      verdict: 'block',
      figures: { total: frenchEuros(sum(costs.map((cost) => cost.net))), frais: label },
      sentence: `Les frais «\u00a0${label}\u00a0» (${frenchEuros(net)} HT) ne peuvent être répartis\u00a0: ${FAULT_WORDS[error.fault]}.`,
    };
  }
}

/** Adds the shares up, however they were made: those of each line, excl. VAT and VAT. */
export function sharesCheck(shared: readonly SharedCost[]): Check {
  const shares = shared.flatMap((cost) => cost.shares);
  const total = sum(shared.map(({ cost }) => cost.net));
  const vat = sum(shared.map((one) => one.vat));
  const figures = {
    total: frenchEuros(total),
    parts: frenchEuros(sum(shares.map((share) => share.net))),
    'TVA du total': frenchEuros(vat),
    'TVA des parts': frenchEuros(sum(shares.map((share) => share.vat))),
    membres: String(new Set(shares.map(({ memberKey }) => memberKey)).size),
  };
  const wrong = shared.find(
    (one) => gap(one.cost.net, one.shares, 'net') !== 0n || gap(one.vat, one.shares, 'vat') !== 0n,
  );
  return wrong
    ? {
        ...BASE,
        verdict: 'block',
        figures: { ...figures, frais: wrong.cost.label },
        sentence: `Les parts des frais «\u00a0${wrong.cost.label}\u00a0» ne font pas leur total\u00a0: écart de ${frenchEuros(gap(wrong.cost.net, wrong.shares, 'net'))} HT et de ${frenchEuros(gap(wrong.vat, wrong.shares, 'vat'))} de TVA. Les répartir de nouveau.`,
      }
    : {
        ...BASE,
        verdict: 'ok',
        figures,
        sentence: `Les parts des frais font leur total, au centime près\u00a0: ${frenchEuros(total)} HT et ${frenchEuros(vat)} de TVA.`,
      };
}

const gap = (total: Cents, shares: SharedCost['shares'], of: 'net' | 'vat'): Cents =>
  total - sum(shares.map((share) => share[of]));

function borneByCoordinator(costs: readonly CostLine[]): Check {
  const total = frenchEuros(sum(costs.map(({ net }) => net)));
  return {
    ...BASE,
    verdict: 'ok',
    figures: { total, parts: frenchEuros(0n) },
    sentence: `Le coordonnateur garde les frais à sa charge, ${total} HT\u00a0: il n’y a pas de part à répartir.`,
  };
}
