import { readVatRate } from '../catalogue/catalogue-cells.import.js';
import { CENTS_SCALE } from '../money/amounts.js';
import type { Fault } from '../platform/csv/fault.js';
import { RowReader } from '../platform/csv/row-reader.js';
import type { Table } from '../platform/csv/table.js';
import type { CostLine } from './sharing.rules.js';

export const COST_COLUMNS = ['libelle', 'montant_ht', 'taux_tva', 'lots'] as const;

export interface PlacedCost extends CostLine {
  readonly line: number;
}

/**
 * Reads `couts.csv`.
 *
 * @param lotNumbers lots of the catalogue; null when they are not known
 */
export function readCosts(
  table: Table,
  lotNumbers: ReadonlySet<number> | null,
): { readonly costs: readonly PlacedCost[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [...table.faults];
  const costs: PlacedCost[] = [];
  const lineOf = new Map<string, number>();
  for (const row of table.rows) {
    if (!row.complete) continue;
    const reader = new RowReader(table, row, faults);
    const label = reader.text('libelle', 'le libellé');
    const net = reader.decimal('montant_ht', { scale: CENTS_SCALE, what: 'le montant HT' });
    const vatRate = readVatRate(reader, 'taux_tva');
    const lots = reader.lotNumbers('lots');
    const unknown = lotNumbers ? (lots ?? []).filter((lot) => !lotNumbers.has(lot)) : [];
    if (unknown.length > 0)
      reader.refuse(
        'lots',
        `lot absent du catalogue : ${unknown.join(', ')}`,
        'corriger les numéros, ou laisser vide pour tous les lots',
      );
    const same = lineOf.get(row.cells.join('\u0000'));
    if (same !== undefined)
      reader.refuse('libelle', `cette ligne est déjà écrite ligne ${same}`, 'supprimer la ligne en double');
    lineOf.set(row.cells.join('\u0000'), same ?? row.line);
    if (reader.faulty || label === undefined || net === undefined) continue;
    if (vatRate === undefined || lots === undefined) continue;
    costs.push({ line: row.line, label, net, vatRate, lots });
  }
  return { costs, faults };
}
