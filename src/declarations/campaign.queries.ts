import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CampaignDates } from './campaign.rules.js';

export interface CampaignRow extends CampaignDates {
  readonly consultationId: string;
  readonly openedAt: Date;
  readonly validationRequired: boolean;
  readonly version: number;
}

/** A member that said nothing of a lot that it joined. */
export interface SilentRow {
  readonly buyerId: string;
  readonly buyerName: string;
  readonly lotId: string;
  readonly lotNumber: number;
}

@Injectable()
export class CampaignQueries {
  /** The census of a consultation, on the database's clock when the transaction began; null: none was opened. */
  async campaign(tx: EntityManager, consultationId: string): Promise<CampaignRow | null> {
    const [row] = await tx.query<CampaignRow[]>(
      `select consultation_id as "consultationId", opened_at as "openedAt", deadline, closed_at as "closedAt",
              validation_required as "validationRequired", version, now() as now
       from need_campaign where consultation_id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  /** Whether a group asks that a validator confirms what is transmitted, and the version of that choice (0: none made). */
  async settings(
    tx: EntityManager,
    groupId: string,
  ): Promise<{ readonly validationRequired: boolean; readonly version: number }> {
    const [row] = await tx.query<{ validationRequired: boolean; version: number }[]>(
      `select validation_required as "validationRequired", version from need_settings where group_id = $1`,
      [groupId],
    );
    return row ?? { validationRequired: false, version: 0 };
  }

  /** Lots joined, of which nothing counts: silence is not a zero. By name, then number. */
  silent(tx: EntityManager, consultationId: string): Promise<SilentRow[]> {
    return tx.query<SilentRow[]>(
      `select p.buyer_id as "buyerId", b.name as "buyerName", p.lot_id as "lotId", l.number as "lotNumber"
       from lot_participation p join lot l on l.id = p.lot_id join buyer b on b.id = p.buyer_id
       where p.consultation_id = $1 and not exists (
         select from need_line n
         where n.consultation_id = $1 and n.buyer_id = p.buyer_id and n.lot_id = p.lot_id and n.standing = 'valid')
       order by search_key(b.name) collate "C", b.id, l.number`,
      [consultationId],
    );
  }
}
