import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type BuyerLine, type DeliverySiteRow, SITES } from './buyers.queries.js';

/** A cluster in a list. */
export interface ClusterLine {
  readonly id: string;
  readonly name: string;
  readonly leadBuyerId: string;
  readonly leadName: string;
  readonly members: number;
}

/** A cluster, whole. */
export interface ClusterRow extends Omit<ClusterLine, 'members'> {
  readonly members: readonly BuyerLine[];
  readonly deliverySites: readonly DeliverySiteRow[];
  readonly version: number;
}

const CLUSTER = `c.id, c.name, c.lead_buyer_id as "leadBuyerId", lead.name as "leadName"`;

@Injectable()
export class ClustersQueries {
  async cluster(tx: EntityManager, id: string): Promise<ClusterRow | null> {
    const [row] = await tx.query<ClusterRow[]>(
      `select ${CLUSTER},
              (select coalesce(json_agg(json_build_object('id', b.id, 'siret', b.siret, 'siren', b.siren,
                 'inseeCode', b.insee_code, 'name', b.name, 'kind', b.kind)
                 order by b.name_key collate "C", b.id), '[]')
                 from cluster_member m join buyer b on b.id = m.buyer_id where m.cluster_id = c.id) as members,
              (select coalesce(json_agg(${SITES} and s.cluster_id = c.id) as "deliverySites",
              c.version
       from cluster c join buyer lead on lead.id = c.lead_buyer_id where c.id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Clusters by name. @param after the name key and the id after which the page begins */
  clusters(
    tx: EntityManager,
    after: readonly [key: string, id: string] | null,
    limit: number,
  ): Promise<(ClusterLine & { readonly key: string })[]> {
    return tx.query(
      `select ${CLUSTER}, search_key(c.name) as key,
              (select count(*)::int from cluster_member m where m.cluster_id = c.id) as members
       from cluster c join buyer lead on lead.id = c.lead_buyer_id
       where $1::text is null or (search_key(c.name) collate "C", c.id) > ($1::text collate "C", $2::uuid)
       order by search_key(c.name) collate "C", c.id limit $3`,
      [...(after ?? [null, null]), limit],
    );
  }

  /** Each of these clusters with each of its members. A cluster has one at least: one without a row does not exist. */
  membersOf(
    tx: EntityManager,
    clusterIds: readonly string[],
  ): Promise<{ readonly clusterId: string; readonly buyerId: string }[]> {
    return tx.query(
      `select cluster_id as "clusterId", buyer_id as "buyerId" from cluster_member
       where cluster_id = any($1::uuid[]) order by cluster_id, buyer_id`,
      [clusterIds],
    );
  }

  /** The ids of the members of a cluster, the lead among them, in order; none when there is no such cluster. */
  async members(tx: EntityManager, clusterId: string): Promise<string[]> {
    const rows = await tx.query<{ buyerId: string }[]>(
      `select buyer_id as "buyerId" from cluster_member where cluster_id = $1 order by buyer_id`,
      [clusterId],
    );
    return rows.map((row) => row.buyerId);
  }
}
