import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { OfferedLots } from './bulletins.rules.js';

@Injectable()
export class BulletinsQueries {
  /** The lots of a consultation, and who may join those that are reserved to a cluster. */
  async offered(tx: EntityManager, consultationId: string): Promise<OfferedLots> {
    const lots = await tx.query<{ number: number; members: string[] | null }[]>(
      `select number, case when reserved_cluster_id is not null then
                array(select buyer_id from cluster_member m where m.cluster_id = lot.reserved_cluster_id) end as members
       from lot where consultation_id = $1`,
      [consultationId],
    );
    return {
      numbers: new Set(lots.map(({ number }) => number)),
      reservedTo: new Map(
        lots.flatMap(({ number, members }) =>
          members === null ? [] : [[number, new Set(members)] as const],
        ),
      ),
    };
  }

  /** When the members of a group decided to join, where that is known, by buyer. */
  async decisions(tx: EntityManager, groupId: string): Promise<Map<string, PlainDate>> {
    const rows = await tx.query<{ buyerId: string; decidedOn: PlainDate }[]>(
      `select buyer_id as "buyerId", resolution_on::text as "decidedOn" from membership
       where group_id = $1 and resolution_on is not null`,
      [groupId],
    );
    return new Map(rows.map(({ buyerId, decidedOn }) => [buyerId, decidedOn]));
  }

  /** Those of the buyers given that are no active members of the group: they may join no lot. */
  async strangers(tx: EntityManager, groupId: string, buyerIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ buyerId: string }[]>(
      `select given.buyer_id as "buyerId" from (select distinct unnest($2::uuid[]) as buyer_id) as given
       where not exists (select from membership m where m.group_id = $1 and m.buyer_id = given.buyer_id
                         and m.joined_at is not null and m.withdrawn_at is null)
       order by given.buyer_id`,
      [groupId, buyerIds],
    );
    return rows.map(({ buyerId }) => buyerId);
  }
}
