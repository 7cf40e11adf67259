import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { Refused } from '../platform/refusals/refused.js';
import { DeliverySiteUsesService } from './delivery-site-uses.service.js';

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
  constructor(private readonly uses: DeliverySiteUsesService) {}

  /**
   * Replaces the sites of an owner; those that are sent again keep their id, which lots may name. One that is left out
   * while what was launched or cancelled names it is kept for that, and shown nowhere else.
   *
   * @throws {Refused} DELIVERY_SITE_UNKNOWN for an id that is not one of its sites, or is given twice;
   * DELIVERY_SITE_IN_USE for those left out that something still in preparation names
   */
  async replace(
    tx: EntityManager,
    at: Date,
    { buyerId = null, clusterId = null }: { buyerId?: string | null; clusterId?: string | null },
    given: readonly GivenSite[],
  ): Promise<void> {
    // Whoever gives one of them to a lot holds its row, or waits for this one: uses are then counted once and for all.
    const rows = await tx.query<{ id: string; label: string }[]>(
      `select id, label from delivery_site where buyer_id is not distinct from $1::uuid
         and cluster_id is not distinct from $2::uuid and retired_at is null order by id for update`,
      [buyerId, clusterId],
    );
    const kept = given.flatMap(({ id }) => id?.toLowerCase() ?? []);
    const unknown = kept.filter((id, i) => kept.indexOf(id) < i || !rows.some((row) => row.id === id));
    if (unknown.length > 0) throw new Refused('DELIVERY_SITE_UNKNOWN', unknown.join(', '));
    await tx.query(`set constraints delivery_site_label_is_unique deferred`);
    const leftOut = rows.filter(({ id }) => !kept.includes(id));
    const retired = await this.stillNamed(tx, leftOut);
    await tx.query(`update delivery_site set retired_at = $2 where id = any($1::uuid[])`, [retired, at]);
    await tx.query(`delete from delivery_site where id = any($1::uuid[])`, [
      leftOut.map(({ id }) => id).filter((id) => !retired.includes(id)),
    ]);
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

  /** Of the sites left out, those that stay for what is over. @throws {Refused} DELIVERY_SITE_IN_USE */
  private async stillNamed(
    tx: EntityManager,
    leftOut: readonly { readonly id: string; readonly label: string }[],
  ): Promise<string[]> {
    const uses = await this.uses.of(
      tx,
      leftOut.map(({ id }) => id),
    );
    const held = leftOut.flatMap(({ id, label }) => {
      const open = uses.filter((use) => use.open && use.siteId === id).map(({ words }) => words);
      return open.length === 0 ? [] : [`«\u00a0${label}\u00a0», dans ${open.join(', ')}`];
    });
    if (held.length > 0) throw new Refused('DELIVERY_SITE_IN_USE', held.join('\u00a0; '));
    return leftOut.map(({ id }) => id).filter((id) => uses.some(({ siteId }) => siteId === id));
  }
}
