import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReservedLot } from './reserved-lots.rules.js';

/** SQL: those who take part in a lot, and are not of a cluster. */
const OUTSIDERS = (lotId: string, clusterId: string): string =>
  `array(select b.name from lot_participation p join buyer b on b.id = p.buyer_id
         where p.lot_id = ${lotId} and not exists (
           select from cluster_member m where m.cluster_id = ${clusterId} and m.buyer_id = b.id)
         order by b.name_key collate "C", b.id)`;

/** Lots that are reserved to a pôle de proximité, and who takes part in them. */
@Injectable()
export class ReservedLotsQueries {
  /** Who would be outside, were that lot reserved to that cluster, by name. `clusterName`: null when there is none. */
  async outsiders(
    tx: EntityManager,
    lotId: string,
    clusterId: string,
  ): Promise<{ readonly clusterName: string | null; readonly outsiders: readonly string[] }> {
    const [row] = await tx.query<{ clusterName: string; outsiders: string[] }[]>(
      `select name as "clusterName", ${OUTSIDERS('$1', 'cluster.id')} as outsiders from cluster where id = $2`,
      [lotId, clusterId],
    );
    return row ?? { clusterName: null, outsiders: [] };
  }

  /**
   * The reserved lots of a consultation, by number, as `reservedLotsChecks` (reserved-lots.rules.ts) judges them. A group
   * that is reserved to a cluster takes its members and the coordinator in; the others may not enter, unless they are
   * members already.
   */
  ofConsultation(tx: EntityManager, consultationId: string): Promise<ReservedLot[]> {
    return tx.query<ReservedLot[]>(
      `select lot.number, k.name as "clusterName", ${OUTSIDERS('lot.id', 'k.id')} as outsiders,
              not exists (
                select from cluster_member m where m.cluster_id = k.id and (
                  g.reserved_cluster_id is null or m.buyer_id = g.coordinator_id
                  or exists (select from cluster_member own
                             where own.cluster_id = g.reserved_cluster_id and own.buyer_id = m.buyer_id)
                  or exists (select from membership s
                             where s.group_id = g.id and s.buyer_id = m.buyer_id
                               and s.joined_at is not null and s.withdrawn_at is null))) as "nobodyMayJoin"
       from lot join cluster k on k.id = lot.reserved_cluster_id
       join consultation c on c.id = lot.consultation_id join purchasing_group g on g.id = c.group_id
       where lot.consultation_id = $1 order by lot.number`,
      [consultationId],
    );
  }
}
