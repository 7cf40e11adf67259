import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { CostSharesAsker } from '../gate/cost-shares.service.js';
import { GroupsQueries } from '../groups/groups.queries.js';
import type { Check } from '../law/check.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { type Cents, centsFromDecimal } from '../money/amounts.js';
import { NeedsQueries } from '../needs/needs.queries.js';
import { AllocationQueries } from './allocation.queries.js';
import { costSharesCheck } from './cost-shares.rules.js';
import type { SharingMember } from './sharing.rules.js';

/** Tells the control before publication whether the shares of the costs add up to them. */
@Injectable()
export class CostSharesService implements OnModuleInit {
  constructor(
    private readonly asker: CostSharesAsker,
    private readonly allocation: AllocationQueries,
    private readonly consultations: ConsultationsQueries,
    private readonly groups: GroupsQueries,
    private readonly lots: LotsQueries,
    private readonly needs: NeedsQueries,
  ) {}

  /** The control, upstream, learns here whom to ask. */
  onModuleInit(): void {
    this.asker.register((tx, consultationId) => this.check(tx, consultationId));
  }

  /** Null while there is no cost to share. */
  async check(tx: EntityManager, consultationId: string): Promise<Check | null> {
    const { key, fixedShare, costs } = await this.allocation.sharing(tx, consultationId);
    if (costs.length === 0) return null;
    return costSharesCheck(key, fixedShare, costs, await this.members(tx, consultationId));
  }

  /** Those who share: members with a valid need, and what it is worth in each lot. */
  private async members(tx: EntityManager, consultationId: string): Promise<SharingMember[]> {
    const groupId = await this.consultations.groupOf(tx, consultationId);
    const lots = await this.lots.lots(tx, consultationId);
    const numbers = new Map(lots.map(({ id, number }) => [id, number]));
    const needs = new Map<string, Map<number, Cents>>();
    const add = (buyerId: string, lotId: string, net: Cents): void => {
      const byLot = needs.get(buyerId) ?? new Map<number, Cents>();
      const lot = numbers.get(lotId)!;
      needs.set(buyerId, byLot.set(lot, (byLot.get(lot) ?? 0n) + net));
    };
    const present = await this.needs.membersWithNeed(tx, consultationId);
    for (const { buyerId, lotId } of present) add(buyerId, lotId, 0n);
    for (const { buyerId, lotId, net } of await this.needs.amountsByMember(tx, consultationId))
      if (needs.get(buyerId)?.has(numbers.get(lotId)!)) add(buyerId, lotId, centsFromDecimal(net));
    return (await this.groups.memberships(tx, groupId))
      .filter(({ joined }) => joined)
      .map(({ key, population, buyerId }) => ({ key, population, needs: needs.get(buyerId) ?? new Map() }));
  }
}
