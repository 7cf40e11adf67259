import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BUYER_KIND, latestPopulation } from '../buyers/buyers.queries.js';
import type { CommitteeBuyer, CommitteeKind } from './committee.rules.js';
import type { Mission } from './missions.rules.js';

/** SQL: whether the membership `m` makes its buyer a member now. */
const IS_MEMBER = 'm.joined_at is not null and m.withdrawn_at is null';

/** The coordinator, or a buyer that joined. */
export interface PartyRow extends CommitteeBuyer {
  readonly coordinator: boolean;
}

export interface MissionRow {
  readonly mission: Mission;
  readonly buyerId: string;
  readonly name: string;
}

export interface CommitteeRow {
  readonly kind: CommitteeKind;
  readonly castingVote: boolean;
  readonly version: number;
}

/** Who conducts a group, and who awards in it. */
@Injectable()
export class ConductQueries {
  /** The coordinator first, then the members by name; none when there is no such group. */
  parties(tx: EntityManager, groupId: string): Promise<PartyRow[]> {
    return tx.query<PartyRow[]>(
      `select b.id as "buyerId", b.name, ${BUYER_KIND} as kind, b.id = g.coordinator_id as coordinator,
              coalesce(${latestPopulation('municipale')}, m.municipal_population) as "municipalPopulation",
              ${latestPopulation('totale')} as "totalPopulation"
       from purchasing_group g
       cross join lateral (select g.coordinator_id as id
                           union select m.buyer_id from membership m where m.group_id = g.id and ${IS_MEMBER}) as party
       join buyer b on b.id = party.id
       left join membership m on m.group_id = g.id and m.buyer_id = b.id
       where g.id = $1
       order by b.id <> g.coordinator_id, b.name, b.id`,
      [groupId],
    );
  }

  /** 0 when nobody chose the missions yet. */
  async missionsVersion(tx: EntityManager, groupId: string): Promise<number> {
    const [row] = await tx.query<{ version: number }[]>(
      `select version from group_conduct where group_id = $1`,
      [groupId],
    );
    return row?.version ?? 0;
  }

  /** Each mission and each of its holders, by name; none when nobody chose yet. */
  missions(tx: EntityManager, groupId: string): Promise<MissionRow[]> {
    return tx.query<MissionRow[]>(
      `select held.mission, held.buyer_id as "buyerId", b.name
       from group_mission held join buyer b on b.id = held.buyer_id
       where held.group_id = $1 order by b.name, b.id`,
      [groupId],
    );
  }

  /** The missions that were entrusted to a buyer: it does not leave the group with them in hand. */
  async missionsHeldBy(tx: EntityManager, groupId: string, buyerId: string): Promise<Mission[]> {
    const rows = await tx.query<{ mission: Mission }[]>(
      `select mission from group_mission where group_id = $1 and buyer_id = $2`,
      [groupId, buyerId],
    );
    return rows.map(({ mission }) => mission);
  }

  /** Null when nobody chose yet: the coordinator's, without casting vote. */
  async committee(tx: EntityManager, groupId: string): Promise<CommitteeRow | null> {
    const [row] = await tx.query<CommitteeRow[]>(
      `select kind, casting_vote as "castingVote", version from group_committee where group_id = $1`,
      [groupId],
    );
    return row ?? null;
  }
}
