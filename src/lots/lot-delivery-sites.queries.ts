import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeliverySiteUse } from '../buyers/delivery-site-uses.service.js';

/** A delivery site of a lot, and whose it is. */
export interface LotDeliverySiteRow {
  readonly id: string;
  readonly label: string;
  readonly address: string;
  readonly hours: string | null;
  /** The member that it belongs to, or null when it is a cluster's. */
  readonly buyerId: string | null;
  readonly clusterId: string | null;
  /** Name of one or the other. */
  readonly ownerName: string;
  /** Whether a member that joined the lot is delivered there: itself, or one of the cluster. */
  readonly participates: boolean;
}

/** A site that is asked for a lot, as it is found. */
export interface AskedSiteRow {
  readonly id: string;
  /** Whether the lot may be delivered there: it is of a member that joined it, or of a cluster of which one was invited. */
  readonly admitted: boolean;
}

@Injectable()
export class LotDeliverySitesQueries {
  /** By owner and name. */
  sites(tx: EntityManager, lotId: string): Promise<LotDeliverySiteRow[]> {
    return tx.query<LotDeliverySiteRow[]>(
      `select s.id, s.label, s.address, s.hours, s.buyer_id as "buyerId", s.cluster_id as "clusterId",
              coalesce(b.name, c.name) as "ownerName",
              exists (select from lot_participation p where p.lot_id = l.lot_id and (p.buyer_id = s.buyer_id
                or p.buyer_id in (select m.buyer_id from cluster_member m where m.cluster_id = s.cluster_id))) as participates
       from lot_delivery_site l join delivery_site s on s.id = l.delivery_site_id
       left join buyer b on b.id = s.buyer_id left join cluster c on c.id = s.cluster_id
       where l.lot_id = $1
       order by search_key(coalesce(b.name, c.name)) collate "C", s.label collate "C", s.id`,
      [lotId],
    );
  }

  /** Those that exist and were not given up, locked so that none is before the transaction ends. */
  lockAsked(
    tx: EntityManager,
    { lotId, groupId }: { readonly lotId: string; readonly groupId: string },
    siteIds: readonly string[],
  ): Promise<AskedSiteRow[]> {
    return tx.query<AskedSiteRow[]>(
      `select s.id,
              case when s.buyer_id is not null
                then exists (select from lot_participation p where p.lot_id = $1 and p.buyer_id = s.buyer_id)
                else exists (select from cluster_member c join membership m on m.buyer_id = c.buyer_id
                             where c.cluster_id = s.cluster_id and m.group_id = $2) end as admitted
       from delivery_site s where s.id = any($3::uuid[]) and s.retired_at is null order by s.id for share of s`,
      [lotId, groupId, siteIds],
    );
  }

  /** Which lots name these sites; a consultation that was neither launched nor cancelled may still change. */
  uses(tx: EntityManager, siteIds: readonly string[]): Promise<DeliverySiteUse[]> {
    return tx.query<DeliverySiteUse[]>(
      `select l.delivery_site_id as "siteId",
              format(E'le lot\\u00a0%s de la consultation «\\u00a0%s\\u00a0»', lot.number, c.title) as words,
              c.launched_at is null and c.cancelled_at is null as open
       from lot_delivery_site l join lot on lot.id = l.lot_id join consultation c on c.id = lot.consultation_id
       where l.delivery_site_id = any($1::uuid[]) order by search_key(c.title) collate "C", lot.number`,
      [siteIds],
    );
  }
}
