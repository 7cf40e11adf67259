import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { KeptOutsideQueries } from '../autonomy/kept-outside.queries.js';
import { centsFromDecimal, centsToDecimal } from '../money/amounts.js';
import { familyLedger } from './family-ledger.rules.js';
import type { FamilyLedgerAnswer } from './family-ledger.dto.js';
import { type FamilyShareRow, NeedsQueries } from './needs.queries.js';

/** What one member buys, family by family: through its group, and outside. */
@Injectable()
export class FamilyLedgerService {
  constructor(
    private readonly needs: NeedsQueries,
    private readonly kept: KeptOutsideQueries,
  ) {}

  /** @param consultationId only what is bought in that consultation; null: in all those of the group */
  async read(
    tx: EntityManager,
    groupId: string,
    buyerId: string,
    consultationId: string | null,
    on: PlainDate,
  ): Promise<FamilyLedgerAnswer> {
    const shares = await this.needs.yearlySharesByFamily(tx, groupId, buyerId, consultationId);
    const kept = await this.kept.ofGroup(tx, groupId, buyerId);
    const ledger = familyLedger(
      shares.map(({ nature, family, net }) => ({ nature, family, net: centsFromDecimal(net) })),
      kept.map(({ nature, family, annualAmount }) => ({
        nature,
        family,
        net: centsFromDecimal(annualAmount),
      })),
      on,
    );
    return {
      on,
      consultations: consultationsIn(shares),
      families: ledger.map(({ share, residue, total, threshold, ...entry }) => ({
        ...entry,
        share: centsToDecimal(share),
        residue: centsToDecimal(residue),
        total: centsToDecimal(total),
        threshold: centsToDecimal(threshold),
      })),
    };
  }
}

function consultationsIn(shares: readonly FamilyShareRow[]): { id: string; title: string }[] {
  const titles = new Map(shares.map((row) => [row.consultationId, row.consultationTitle]));
  return [...titles].map(([id, title]) => ({ id, title }));
}
