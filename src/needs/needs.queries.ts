import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Decimal strings of three decimals. An empty minimum counts 0, an empty maximum counts the estimate. */
export interface ItemTotalRow {
  readonly itemId: string;
  readonly minimum: string;
  readonly estimate: string;
  readonly maximum: string;
}

export interface MemberAmountRow {
  readonly buyerId: string;
  readonly lotId: string;
  readonly vatRate: string;
  /** € HT a year, decimal string of two decimals: lines rounded, then summed. */
  readonly net: string;
}

export interface NeedLineRow {
  readonly buyerId: string;
  readonly itemId: string;
  readonly minimum: string | null;
  readonly estimate: string;
  readonly maximum: string | null;
}

export interface AnswerRow {
  readonly buyerId: string;
  readonly valid: number;
  readonly late: number;
  readonly draft: number;
}

/** What a buyer means to buy through the group in one family, from one consultation. */
export interface FamilyShareRow {
  readonly buyerId: string;
  readonly consultationId: string;
  readonly consultationTitle: string;
  readonly nature: 'fournitures' | 'services' | 'travaux';
  readonly family: string;
  /** € HT a year, decimal string of two decimals: lines rounded, then summed. */
  readonly net: string;
}

/** SQL: the homogeneous family of the lot `lot`. */
const LOT_FAMILY = 'coalesce(lot.purchase_family, lot.family)';
/** SQL: whether the consultation `c` counts. */
const CONSULTATION_COUNTS = 'c.cancelled_at is null';

@Injectable()
export class NeedsQueries {
  async isOfGroup(tx: EntityManager, consultationId: string, groupId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(`select from consultation where id = $1 and group_id = $2`, [
      consultationId,
      groupId,
    ]);
    return rows.length > 0;
  }

  /** The valid needs of a buyer in a group, valued, by consultation and family: of all buyers, or in all consultations, when null. */
  yearlySharesByFamily(
    tx: EntityManager,
    groupId: string,
    buyerId: string | null,
    consultationId: string | null,
  ): Promise<FamilyShareRow[]> {
    return tx.query<FamilyShareRow[]>(
      `select line.buyer_id as "buyerId", c.id as "consultationId", c.title as "consultationTitle", lot.family as nature, ${LOT_FAMILY} as family,
              sum(line_amount(line.estimate, item.unit_price)) as net
       from consultation c
       join lot on lot.consultation_id = c.id
       join need_line line on line.consultation_id = c.id and line.lot_id = lot.id
       join item on item.id = line.item_id
       where c.group_id = $1 and ($2::uuid is null or line.buyer_id = $2) and line.standing = 'valid' and ${CONSULTATION_COUNTS}
         and ($3::uuid is null or c.id = $3)
       group by line.buyer_id, c.id, c.title, lot.family, ${LOT_FAMILY}
       order by search_key(c.title) collate "C", c.id, lot.family collate "C", ${LOT_FAMILY}, line.buyer_id`,
      [groupId, buyerId, consultationId],
    );
  }

  /** Valid quantities summed by item; an item that nobody asked for has no row. */
  totalsByItem(tx: EntityManager, consultationId: string): Promise<ItemTotalRow[]> {
    return tx.query<ItemTotalRow[]>(
      `select item_id as "itemId", coalesce(sum(minimum), 0) as minimum, sum(estimate) as estimate,
              sum(coalesce(maximum, estimate)) as maximum
       from need_line where consultation_id = $1 and standing = 'valid' group by item_id`,
      [consultationId],
    );
  }

  /** Valid amounts by member, lot and VAT rate. */
  amountsByMember(tx: EntityManager, consultationId: string): Promise<MemberAmountRow[]> {
    return tx.query<MemberAmountRow[]>(
      `select line.buyer_id as "buyerId", line.lot_id as "lotId", item.vat_rate as "vatRate",
              sum(line_amount(line.estimate, item.unit_price)) as net
       from need_line line join item on item.id = line.item_id
       where line.consultation_id = $1 and line.standing = 'valid'
       group by line.buyer_id, line.lot_id, item.vat_rate`,
      [consultationId],
    );
  }

  /** Each valid line. */
  validLines(tx: EntityManager, consultationId: string): Promise<NeedLineRow[]> {
    return tx.query<NeedLineRow[]>(
      `select buyer_id as "buyerId", item_id as "itemId", minimum, estimate, maximum
       from need_line where consultation_id = $1 and standing = 'valid'`,
      [consultationId],
    );
  }

  /** Members with a positive valid need, by lot: those who share the lot's costs. */
  membersWithNeed(tx: EntityManager, consultationId: string): Promise<{ buyerId: string; lotId: string }[]> {
    return tx.query<{ buyerId: string; lotId: string }[]>(
      `select distinct buyer_id as "buyerId", lot_id as "lotId"
       from need_line where consultation_id = $1 and standing = 'valid' and estimate > 0`,
      [consultationId],
    );
  }

  /** How many lines of each standing a buyer gave; no row means no answer at all. */
  answers(tx: EntityManager, consultationId: string): Promise<AnswerRow[]> {
    return tx.query<AnswerRow[]>(
      `select buyer_id as "buyerId", count(*) filter (where standing = 'valid')::int as valid,
              count(*) filter (where standing = 'late')::int as late,
              count(*) filter (where standing = 'draft')::int as draft
       from need_line where consultation_id = $1 group by buyer_id`,
      [consultationId],
    );
  }
}
