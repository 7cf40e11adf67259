import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BUYER_KIND } from '../buyers/buyers.queries.js';
import { STATE } from '../groups/groups.queries.js';

/** Buyers by where they stand in a group, and the inhabitants of those that are members. */
export interface ClusterFigures {
  readonly invited: number;
  readonly interested: number;
  readonly members: number;
  readonly declined: number;
  readonly withdrawn: number;
  /**
   * Sum of the municipal populations of the communes that are members, each of its latest vintage; those without a figure
   * add nothing. The inhabitants of an EPCI, or of any other body, are those of communes: it adds nothing itself.
   */
  readonly municipalPopulation: number;
  /** Communes that are members, without a figure. */
  readonly withoutPopulation: number;
}

export interface ClusterFiguresRow extends ClusterFigures {
  readonly line: 'cluster' | 'outside' | 'total';
  /** The cluster's; null on the two other lines. */
  readonly id: string | null;
  readonly name: string | null;
  readonly leadBuyerId: string | null;
  readonly leadName: string | null;
}

@Injectable()
export class GroupClustersQueries {
  /** One line per cluster of which a buyer was invited, by name; then those in none, and all of them, each once. */
  figures(tx: EntityManager, groupId: string): Promise<ClusterFiguresRow[]> {
    return tx.query<ClusterFiguresRow[]>(
      `with standing as (select m.buyer_id, ${STATE} as state from membership m where m.group_id = $1),
       figure as (
         select distinct on (p.buyer_id) p.buyer_id, p.value
         from buyer_population p join standing using (buyer_id) where p.kind = 'municipale'
         order by p.buyer_id, p.vintage desc nulls last, p.in_force_on desc nulls last),
       placed as (
         select 'cluster' as line, c.cluster_id, standing.* from standing join cluster_member c using (buyer_id)
         union all
         select 'outside', null, standing.* from standing
         where not exists (select from cluster_member c where c.buyer_id = standing.buyer_id)
         union all
         select 'total', null, standing.* from standing),
       counted as (
         select line, cluster_id,
           count(*) filter (where state = 'invited')::int as invited,
           count(*) filter (where state = 'interested')::int as interested,
           count(*) filter (where state = 'member')::int as members,
           count(*) filter (where state = 'declined')::int as declined,
           count(*) filter (where state = 'withdrawn')::int as withdrawn,
           coalesce(sum(figure.value) filter (where state = 'member' and ${BUYER_KIND} = 'commune'), 0)::int as "municipalPopulation",
           count(*) filter (where state = 'member' and ${BUYER_KIND} = 'commune' and figure.value is null)::int as "withoutPopulation"
         from placed join buyer b on b.id = placed.buyer_id left join figure on figure.buyer_id = b.id group by line, cluster_id)
       select line, c.id, c.name, c.lead_buyer_id as "leadBuyerId", lead.name as "leadName", invited, interested, members,
              declined, withdrawn, "municipalPopulation", "withoutPopulation"
       from counted left join cluster c on c.id = counted.cluster_id left join buyer lead on lead.id = c.lead_buyer_id
       order by line, search_key(c.name) collate "C", c.id`,
      [groupId],
    );
  }

  /** How many of the buyers invited are of several clusters, and so counted several times in their lines. */
  async overlapping(tx: EntityManager, groupId: string): Promise<number> {
    const [row] = await tx.query<{ n: number }[]>(
      `select count(*)::int as n from (
         select from membership m join cluster_member c using (buyer_id) where m.group_id = $1
         group by m.buyer_id having count(*) > 1) as several`,
      [groupId],
    );
    return row!.n;
  }
}
