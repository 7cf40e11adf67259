import type { LawOn } from '../law/law-on.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { Check } from '../law/check.js';
import { KeptOutsideQueries, type KeptRow } from '../autonomy/kept-outside.queries.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import { centsFromDecimal, centsToDecimal } from '../money/amounts.js';
import { Refused } from '../platform/refusals/refused.js';
import { type FamilyAmount, familyLedger } from './family-ledger.rules.js';
import type { FamilyLedgerAnswer } from './family-ledger.dto.js';
import { type FamilyShareRow, NeedsQueries } from './needs.queries.js';

/** What the law says of one family of one member. */
export interface MemberFamilyCheck {
  readonly buyerId: string;
  readonly buyerName: string;
  readonly check: Check;
}

/** What one member buys, family by family: through its group, and outside. */
@Injectable()
export class FamilyLedgerService {
  constructor(
    private readonly needs: NeedsQueries,
    private readonly kept: KeptOutsideQueries,
    private readonly lawbook: LawbookService,
  ) {}

  /**
   * @param consultationId only what is bought in that consultation; null: in all those of the group
   * @throws {Refused} NOT_FOUND for a consultation that is not of the group
   */
  async read(
    tx: EntityManager,
    groupId: string,
    buyerId: string,
    consultationId: string | null,
    on: PlainDate,
  ): Promise<FamilyLedgerAnswer> {
    if (consultationId !== null && !(await this.needs.isOfGroup(tx, consultationId, groupId)))
      throw new Refused('NOT_FOUND');
    const shares = await this.needs.yearlySharesByFamily(tx, groupId, buyerId, consultationId);
    const kept = await this.kept.ofGroup(tx, groupId, buyerId);
    const ledger = familyLedger(shares.map(shareOf), kept.map(keptOf), await this.lawbook.on(tx, on));
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

  /**
   * The families that a consultation shares with what members keep outside the group, member by member. Families that are
   * only in the one or only in the other split nothing.
   *
   * @param on the day whose threshold counts
   */
  async sharedFamilies(
    tx: EntityManager,
    groupId: string,
    consultationId: string,
    law: LawOn,
  ): Promise<MemberFamilyCheck[]> {
    const shares = await this.needs.yearlySharesByFamily(tx, groupId, null, consultationId);
    const kept = await this.kept.ofGroup(tx, groupId, null);
    const members = new Map(kept.map(({ buyerId, buyerName }) => [buyerId, buyerName]));
    return [...members].flatMap(([buyerId, buyerName]) =>
      familyLedger(
        shares.filter((row) => row.buyerId === buyerId).map(shareOf),
        kept.filter((row) => row.buyerId === buyerId).map(keptOf),
        law,
      )
        .filter(({ share, residue }) => share > 0n && residue > 0n)
        .map(({ check }) => ({ buyerId, buyerName, check })),
    );
  }
}

const shareOf = ({ nature, family, net }: FamilyShareRow): FamilyAmount => ({
  nature,
  family,
  net: centsFromDecimal(net),
});
const keptOf = ({ nature, family, annualAmount }: KeptRow): FamilyAmount => ({
  nature,
  family,
  net: centsFromDecimal(annualAmount),
});

function consultationsIn(shares: readonly FamilyShareRow[]): { id: string; title: string }[] {
  const titles = new Map(shares.map((row) => [row.consultationId, row.consultationTitle]));
  return [...titles].map(([id, title]) => ({ id, title }));
}
