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

/** What its coordinator says of its statutes, and of what it asks of the members; null: not told. */
export interface FreeOfChargeRow {
  readonly statutesProvide: boolean | null;
  /** Euros excluding VAT. */
  readonly agentTimeShared: string | null;
  readonly disbursementsShared: string | null;
  readonly version: number;
}

/** The agreement in its latest version, and how many members it binds. */
export interface SignedAgreementRow {
  readonly label: string;
  readonly signatories: number;
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
       order by b.id <> g.coordinator_id, b.name_key collate "C", b.id`,
      [groupId],
    );
  }

  /**
   * The latest version of the agreement, if a member signed it: it then binds, until an avenant. A signature counts as
   * for a launch, recorded since its member joined for the last time; of a member that left, it binds no more.
   */
  async signedAgreement(tx: EntityManager, groupId: string): Promise<SignedAgreementRow | null> {
    const [last] = await tx.query<SignedAgreementRow[]>(
      `select v.label, (select count(*)::int from agreement_signature s
                        join membership m on m.group_id = s.group_id and m.buyer_id = s.buyer_id
                        where s.group_id = v.group_id and s.version_number = v.number and ${IS_MEMBER}
                          and s.recorded_at >= m.joined_at) as signatories
       from agreement_version v where v.group_id = $1 order by v.number desc limit 1`,
      [groupId],
    );
    return last && last.signatories > 0 ? last : null;
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
       where held.group_id = $1 order by b.name_key collate "C", b.id`,
      [groupId],
    );
  }

  /**
   * The missions that these buyers hold, by name: none of them leaves the group with one in hand. Until somebody chose,
   * the coordinator has the award procedure (missions.rules.ts).
   */
  missionsHeldBy(tx: EntityManager, groupId: string, buyerIds: readonly string[]): Promise<MissionRow[]> {
    return tx.query<MissionRow[]>(
      `select held.mission, held.buyer_id as "buyerId", b.name
       from (select mission, buyer_id from group_mission where group_id = $1
             union all
             select 'passation', g.coordinator_id from purchasing_group g
             where g.id = $1 and not exists (select from group_conduct c where c.group_id = g.id)) as held
       join buyer b on b.id = held.buyer_id
       where held.buyer_id = any($2::uuid[]) order by b.name_key collate "C", b.id`,
      [groupId, buyerIds],
    );
  }

  /** Null when nobody chose yet: the coordinator's, without casting vote. */
  async committee(tx: EntityManager, groupId: string): Promise<CommitteeRow | null> {
    const [row] = await tx.query<CommitteeRow[]>(
      `select kind, casting_vote as "castingVote", version from group_committee where group_id = $1`,
      [groupId],
    );
    return row ?? null;
  }

  /** Null when nobody told. */
  async freeOfCharge(tx: EntityManager, groupId: string): Promise<FreeOfChargeRow | null> {
    const [row] = await tx.query<FreeOfChargeRow[]>(
      `select statutes_provide as "statutesProvide", agent_time_shared as "agentTimeShared",
              disbursements_shared as "disbursementsShared", version
       from group_free_of_charge where group_id = $1`,
      [groupId],
    );
    return row ?? null;
  }
}
