import { frenchDate } from '../calendar/plain-date.js';
import type { AllocationModel } from './allocation-workbook-model.js';

/** Names of the sheets, and where each holds what the formulas of the others read. */
export const SHEETS = {
  summary: 'Synthèse',
  allocation: 'Répartition',
  detail: 'Détail',
  control: 'Contrôle',
  parameters: 'Paramètres',
} as const;

export const versionText = (model: AllocationModel): string =>
  `version ${model.version} du ${frenchDate(model.takenOn)}`;

export const footerText = (model: AllocationModel, sheet: string): string =>
  `${model.title} – ${sheet} – ${versionText(model)}`;

/** *Répartition*: one row per member, then their total. */
export function allocationLayout(model: AllocationModel) {
  const firstLot = 5;
  const net = firstLot + model.lots.length;
  const firstVat = net + 1;
  const gross = firstVat + model.vatRates.length;
  const firstMember = 5;
  return {
    firstLot,
    net,
    firstVat,
    gross,
    shareNet: gross + 1,
    shareVat: gross + 2,
    shareGross: gross + 3,
    firstMember,
    lastMember: firstMember + model.members.length - 1,
    totalRow: firstMember + model.members.length,
  } as const;
}

/** *Détail*: the lines of needs, then the shares of costs. */
export function detailLayout(model: AllocationModel) {
  const firstNeed = 6;
  const firstShare = firstNeed + model.needs.length;
  const shares = model.costs.reduce((count, cost) => count + cost.shares.length, 0);
  return {
    lot: 4,
    quantity: 8,
    unitPrice: 9,
    net: 10,
    vat: 12,
    firstNeed,
    lastNeed: firstShare - 1,
    firstShare,
    lastShare: firstShare + shares - 1,
  } as const;
}

/** *Synthèse*: amounts, then lots, then costs, one under the other. */
export function summaryLayout(model: AllocationModel) {
  const needs = 8;
  const costs = needs + 1 + model.vatRates.length;
  const firstLot = costs + 6;
  const lotTotal = firstLot + model.lots.length;
  const firstCost = lotTotal + 4;
  return {
    net: 4,
    vat: 5,
    gross: 6,
    verdict: 3,
    verdictRow: 4,
    needs,
    costs,
    borne: costs + 1,
    shared: costs + 2,
    firstLot,
    lotTotal,
    firstCost,
    costTotal: firstCost + model.costs.length,
  } as const;
}

/** *Contrôle*: the verdict on all checks stands above them. */
export const CONTROL = { verdictRow: 3, firstCheck: 6, verdictColumn: 6 } as const;
