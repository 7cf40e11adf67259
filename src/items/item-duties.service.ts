import type { LawOn } from '../law/law-on.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PaidBy } from '../conduct/missions.rules.js';
import type { Check } from '../law/check.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import { checkItemDuties } from './item-duties.rules.js';
import { itemWordingChecks } from './item-wording.rules.js';
import { ItemsQueries } from './items.queries.js';
import { LotsQueries } from '../lots/lots.queries.js';

/** What the law asks of the items of a lot, for the checks before publication. */
@Injectable()
export class ItemDutiesService {
  constructor(
    private readonly lots: LotsQueries,
    private readonly items: ItemsQueries,
    private readonly lawbook: LawbookService,
  ) {}

  /**
   * Checks of a whole consultation, lot by lot.
   *
   * @param law that of the day that counts for the procedure
   * @param paidBy who pays the holder; null when it is not decided
   */
  async ofConsultation(
    tx: EntityManager,
    consultationId: string,
    law: LawOn,
    paidBy: PaidBy | null,
  ): Promise<Map<string, Check[]>> {
    const items = await this.items.catalogue(tx, consultationId);
    const records = await this.items.newTyresOf(tx, consultationId);
    const lots = await this.lots.lots(tx, consultationId);
    return new Map(
      lots.map(({ id, number, cpvCode }) => {
        const lot = { number, cpvCode, items: items.filter(({ lotId }) => lotId === id) };
        const duties = checkItemDuties(lot, { newTyres: records.get(id) ?? null, paidBy, law });
        return [id, [...duties, ...itemWordingChecks(lot)]];
      }),
    );
  }
}
