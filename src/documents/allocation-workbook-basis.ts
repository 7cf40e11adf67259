import { centsFromDecimal, sum, type Cents, type VatRate } from '../money/amounts.js';
import { parseDecimal } from '../money/decimal.js';
import { frenchCount, frenchEuros, frenchRate, NBSP } from '../money/french.js';
import type { Dossier, DossierCost, DossierShare, SharingKeyName } from './dossier.js';

/** A member's share of a cost, with the words that let an accountant work it out again. */
export type ExplainedShare = DossierShare & { readonly basis: string };

/** "0.3" → 3000n, in hundredths of a percent. */
export const fixedShareRate = (fixedShare: string | null): VatRate | null =>
  fixedShare === null ? null : parseDecimal(fixedShare, 4);

/** « 1 864 / 117 234 hab. » for each member that shares the cost, in the order of its shares. */
export function costExplanations(content: Dossier, cost: DossierCost): ExplainedShare[] {
  const { key, fixedShare } = content.sharing;
  const keys = new Set(cost.shares.map((share) => share.memberKey));
  const population = new Map(content.members.map((member) => [member.key, member.population]));
  const inhabitants = [...keys].reduce((total, member) => total + (population.get(member) ?? 0), 0);
  const concerned = content.amounts.filter(
    (amount) => keys.has(amount.memberKey) && (cost.lots.length === 0 || cost.lots.includes(amount.lot)),
  );
  const needs = new Map<string, Cents>();
  for (const { memberKey, net } of concerned)
    needs.set(memberKey, (needs.get(memberKey) ?? 0n) + centsFromDecimal(net));
  const need = sum(needs.values());

  const equal = `1 / ${keys.size} membre${keys.size > 1 ? 's' : ''}`;
  const byPopulation = (memberKey: string): string =>
    `${frenchCount(population.get(memberKey) ?? 0)} / ${frenchCount(inhabitants)}${NBSP}hab.`;
  const basis = (memberKey: string): string => {
    switch (key) {
      case 'equal':
        return equal;
      case 'population':
        return byPopulation(memberKey);
      case 'need':
        return `${frenchEuros(needs.get(memberKey) ?? 0n)} / ${frenchEuros(need)} de besoins HT`;
      case 'fixed-variable': {
        const fixed = fixedShareRate(fixedShare) ?? 0n;
        return `(${frenchRate(fixed)} × ${equal} + ${frenchRate(10_000n - fixed)} × ${byPopulation(memberKey)})`;
      }
      case 'none':
        return '';
    }
  };
  return cost.shares.map((share) => ({ ...share, basis: basis(share.memberKey) }));
}

/** The keys in the words of the agreement. */
export const KEY_LABEL: Record<SharingKeyName, string> = {
  none: 'Aucune',
  equal: 'Parts égales',
  population: 'Population municipale',
  need: 'Montant des besoins',
  'fixed-variable': 'Part fixe et part variable',
};

/** What the key means, for whoever must vote it or check it. */
export function keyMeaning(key: SharingKeyName, fixedShare: bigint | null): string {
  switch (key) {
    case 'none':
      return `Aucun titre à émettre${NBSP}: le coordonnateur supporte les frais de procédure.`;
    case 'equal':
      return 'Chaque frais est partagé à parts égales entre les membres concernés.';
    case 'population':
      return 'Chaque frais est partagé entre les membres concernés au prorata de leur population municipale.';
    case 'need':
      return 'Chaque frais est partagé entre les membres concernés au prorata du montant HT de leurs besoins dans les lots du frais.';
    case 'fixed-variable': {
      const fixed = fixedShare ?? 0n;
      return `Chaque frais est partagé entre les membres concernés${NBSP}: ${frenchRate(fixed)} à parts égales, ${frenchRate(10_000n - fixed)} au prorata de leur population municipale.`;
    }
  }
}

/** Who shares a cost, and how cents are rounded: common to all keys but « none » (law.md §11, 16 and 17). */
export const SHARING_RULE =
  `Membres concernés${NBSP}: ceux qui ont un besoin positif dans un lot du frais (tous les lots si le frais n’en nomme aucun). ` +
  `Le HT et la TVA de chaque frais sont répartis chacun au centime, au plus fort reste${NBSP}; à égalité, le code INSEE le plus petit d’abord (SIRET à défaut).`;
