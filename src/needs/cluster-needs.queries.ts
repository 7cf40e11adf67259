import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A line of the table: a cluster by its id, those who are of none, or all. */
export type ClusterLine = string;
export const OUTSIDE: ClusterLine = 'outside';
export const TOTAL: ClusterLine = 'total';

export interface NamedCluster {
  readonly id: string;
  readonly name: string;
  readonly leadBuyerId: string;
  readonly leadName: string;
}

export interface ClusterLotRow {
  readonly line: ClusterLine;
  /** Null: in all the lots together. */
  readonly lotId: string | null;
  /** Buyers that joined it, or joined a lot at least. */
  readonly participants: number;
  /** € HT a year of their valid needs, decimal string of two decimals: lines rounded, then summed. */
  readonly net: string;
}

/** Valid quantities of an item, decimal strings of three decimals; an empty minimum counts 0, an empty maximum the estimate. */
export interface ClusterItemRow {
  readonly line: ClusterLine;
  readonly itemId: string;
  readonly code: string;
  readonly designation: string;
  readonly unit: string;
  readonly minimum: string;
  readonly estimate: string;
  readonly maximum: string;
}

/** Participations of a consultation ($1), of these buyers only when they are given ($2), in each line where they count. */
const PLACED = `joined as (
    select lot_id, buyer_id from lot_participation
    where consultation_id = $1 and ($2::uuid[] is null or buyer_id = any($2))),
  placed as (
    select c.cluster_id::text as line, joined.* from joined join cluster_member c using (buyer_id)
    union all
    select '${OUTSIDE}', joined.* from joined
    where not exists (select from cluster_member c where c.buyer_id = joined.buyer_id)
    union all
    select '${TOTAL}', joined.* from joined)`;

@Injectable()
export class ClusterNeedsQueries {
  /** The clusters of which a buyer was invited to the group of the consultation, or of these buyers only; by name. */
  clusters(
    tx: EntityManager,
    consultationId: string,
    buyerIds: readonly string[] | null,
  ): Promise<NamedCluster[]> {
    return tx.query<NamedCluster[]>(
      `select c.id, c.name, c.lead_buyer_id as "leadBuyerId", lead.name as "leadName"
       from cluster c join buyer lead on lead.id = c.lead_buyer_id
       where exists (select from cluster_member k join membership m on m.buyer_id = k.buyer_id
                     join consultation on consultation.group_id = m.group_id
                     where k.cluster_id = c.id and consultation.id = $1
                       and ($2::uuid[] is null or k.buyer_id = any($2)))
       order by search_key(c.name) collate "C", c.id`,
      [consultationId, buyerIds],
    );
  }

  /** Who joined which lot and what they ask for, line by line; what counts nobody has no row. */
  lots(
    tx: EntityManager,
    consultationId: string,
    buyerIds: readonly string[] | null,
  ): Promise<ClusterLotRow[]> {
    return tx.query<ClusterLotRow[]>(
      `with ${PLACED},
       need as (
         select line.lot_id, line.buyer_id, sum(line_amount(line.estimate, item.unit_price)) as net
         from need_line line join item on item.id = line.item_id
         where line.consultation_id = $1 and line.standing = 'valid' group by line.lot_id, line.buyer_id)
       select line, placed.lot_id as "lotId", count(distinct placed.buyer_id)::int as participants,
              coalesce(sum(need.net), 0.00) as net
       from placed left join need on need.lot_id = placed.lot_id and need.buyer_id = placed.buyer_id
       group by grouping sets ((line, placed.lot_id), (line))`,
      [consultationId, buyerIds],
    );
  }

  /** What they ask for of each item of a lot, in the order of its catalogue. */
  items(
    tx: EntityManager,
    consultationId: string,
    buyerIds: readonly string[] | null,
    lotId: string,
  ): Promise<ClusterItemRow[]> {
    return tx.query<ClusterItemRow[]>(
      `with ${PLACED}
       select placed.line, item.id as "itemId", item.code, item.designation, item.unit,
              sum(coalesce(need.minimum, 0.000)) as minimum, sum(need.estimate) as estimate,
              sum(coalesce(need.maximum, need.estimate)) as maximum
       from placed join need_line need on need.lot_id = placed.lot_id and need.buyer_id = placed.buyer_id
       join item on item.id = need.item_id
       where placed.lot_id = $3 and need.standing = 'valid'
       group by placed.line, item.id order by item.position, item.code`,
      [consultationId, buyerIds, lotId],
    );
  }
}
