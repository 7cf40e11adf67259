import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Nature } from './kept-outside.rules.js';

export interface KeptRow {
  readonly id: string;
  readonly buyerId: string;
  readonly buyerName: string;
  readonly nature: Nature;
  readonly family: string;
  readonly label: string | null;
  readonly site: string | null;
  /** € excl. VAT a year, decimal string of two decimals. */
  readonly annualAmount: string;
  readonly reason: string;
  readonly recordedAt: Date;
  readonly version: number;
}

/** What members keep outside their group. */
@Injectable()
export class KeptOutsideQueries {
  /** In the order of the names, then of the families; only a buyer's when one is given. */
  ofGroup(tx: EntityManager, groupId: string, buyerId: string | null): Promise<KeptRow[]> {
    return tx.query<KeptRow[]>(
      `select k.id, k.buyer_id as "buyerId", b.name as "buyerName", k.nature, k.family, k.label, k.site,
              k.annual_amount as "annualAmount", k.reason, k.recorded_at as "recordedAt", k.version
       from kept_outside k join buyer b on b.id = k.buyer_id
       where k.group_id = $1 and ($2::uuid is null or k.buyer_id = $2)
       order by b.name_key collate "C", b.id, k.nature, k.family collate "C", k.id`,
      [groupId, buyerId],
    );
  }

  async one(tx: EntityManager, groupId: string, buyerId: string, id: string): Promise<KeptRow | null> {
    const rows = await tx.query<KeptRow[]>(
      `select k.id, k.buyer_id as "buyerId", b.name as "buyerName", k.nature, k.family, k.label, k.site,
              k.annual_amount as "annualAmount", k.reason, k.recorded_at as "recordedAt", k.version
       from kept_outside k join buyer b on b.id = k.buyer_id
       where k.group_id = $1 and k.buyer_id = $2 and k.id = $3`,
      [groupId, buyerId, id],
    );
    return rows[0] ?? null;
  }
}
