import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { centsFromDecimal, vatRateFromDecimal } from '../money/amounts.js';
import { parseDecimal } from '../money/decimal.js';
import { type CostSharing, FIXED_SHARE_SCALE } from './allocation.service.js';
import type { SharingKey } from './sharing.rules.js';

interface CostRow {
  readonly label: string;
  readonly net: string;
  readonly vatRate: string;
  readonly lots: readonly number[];
}

@Injectable()
export class AllocationQueries {
  /** The key chosen and the cost lines, in their order; no choice made means that the coordinator bears the costs. */
  async sharing(tx: EntityManager, consultationId: string): Promise<CostSharing> {
    const [choice] = await tx.query<{ key: SharingKey; fixedShare: string | null }[]>(
      `select sharing_key as key, fixed_share as "fixedShare" from cost_sharing where consultation_id = $1`,
      [consultationId],
    );
    const rows = await tx.query<CostRow[]>(
      `select label, net, vat_rate as "vatRate",
              array(select lot.number from cost_line_lot c join lot on lot.id = c.lot_id
                    where c.cost_line_id = cost_line.id order by lot.number) as lots
       from cost_line where consultation_id = $1 order by position`,
      [consultationId],
    );
    return {
      key: choice?.key ?? 'none',
      fixedShare: choice?.fixedShare ? parseDecimal(choice.fixedShare, FIXED_SHARE_SCALE) : null,
      costs: rows.map((row) => ({
        label: row.label,
        net: centsFromDecimal(row.net),
        vatRate: vatRateFromDecimal(row.vatRate),
        lots: row.lots,
      })),
    };
  }
}
