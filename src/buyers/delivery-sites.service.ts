import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Refused } from '../platform/refusals/refused.js';

export interface GivenSite {
  /** That of a site that stays; absent for a new one. */
  readonly id?: string;
  readonly label: string;
  readonly address: string;
  readonly hours: string | null;
}

/** Where goods are brought, for a buyer or a cluster. Whoever calls locks the owner and writes the journal. */
@Injectable()
export class DeliverySitesService {
  /**
   * Replaces the sites of an owner; those that are sent again keep their id, which lots may name.
   *
   * @throws {Refused} DELIVERY_SITE_UNKNOWN for an id that is not one of its sites, or is given twice
   */
  async replace(
    tx: EntityManager,
    { buyerId = null, clusterId = null }: { buyerId?: string | null; clusterId?: string | null },
    given: readonly GivenSite[],
  ): Promise<void> {
    const rows = await tx.query<{ id: string }[]>(
      `select id from delivery_site where buyer_id is not distinct from $1::uuid
         and cluster_id is not distinct from $2::uuid for update`,
      [buyerId, clusterId],
    );
    const kept = given.flatMap(({ id }) => id?.toLowerCase() ?? []);
    const unknown = kept.filter((id, i) => kept.indexOf(id) < i || !rows.some((row) => row.id === id));
    if (unknown.length > 0) throw new Refused('DELIVERY_SITE_UNKNOWN', unknown.join(', '));
    await tx.query(`set constraints delivery_site_label_is_unique deferred`);
    await tx.query(
      `delete from delivery_site where buyer_id is not distinct from $1::uuid
         and cluster_id is not distinct from $2::uuid and id <> all($3::uuid[])`,
      [buyerId, clusterId, kept],
    );
    await tx.query(
      `insert into delivery_site (id, buyer_id, cluster_id, label, address, hours)
       select id, $1::uuid, $2::uuid, label, address, hours
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as given (id, label, address, hours)
       on conflict (id) do update set label = excluded.label, address = excluded.address, hours = excluded.hours`,
      [
        buyerId,
        clusterId,
        given.map(({ id }) => id ?? newId()),
        given.map(({ label }) => label),
        given.map(({ address }) => address),
        given.map(({ hours }) => hours),
      ],
    );
    await tx.query(`set constraints delivery_site_label_is_unique immediate`);
  }
}
