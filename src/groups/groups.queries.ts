import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import { BUYER_KEY } from '../buyers/buyers.queries.js';
import { type GroupKind, type MembershipState, stateOf } from './membership.rules.js';

export interface MembershipRow {
  readonly buyerId: string;
  /** INSEE code, else SIRET, else SIREN. */
  readonly key: string;
  readonly siret: string;
  readonly inseeCode: string | null;
  readonly name: string;
  readonly joined: boolean;
  readonly population: number | null;
  readonly populationSource: string | null;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
}

/** A group, and its members in the figures that anyone who may see it sees. */
export interface GroupRow {
  readonly id: string;
  readonly title: string;
  readonly coordinatorId: string;
  readonly coordinatorName: string;
  readonly kind: GroupKind;
  readonly object: string | null;
  readonly families: string[];
  readonly startsOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  readonly membersSeeEachOther: boolean;
  readonly reservedClusterId: string | null;
  readonly reservedClusterName: string | null;
  readonly invited: number;
  readonly interested: number;
  readonly members: number;
  readonly declined: number;
  readonly withdrawn: number;
  readonly createdAt: Date;
  readonly version: number;
}

export interface LaunchRow {
  readonly consultationId: string;
  readonly groupId: string;
  readonly launchedAt: Date;
  readonly endedAt: Date | null;
}

/** A member that a launch binds: it is neither over nor renounced. */
export interface BoundRow {
  readonly consultationId: string;
  readonly buyerId: string;
  readonly name: string;
}

/** `stateOf` (membership.rules.ts) in SQL, on a membership `m`. */
export const STATE = `case when m.declined_at is not null then 'declined' when m.withdrawn_at is not null then 'withdrawn'
  when m.joined_at is not null then 'member' when m.interested_at is not null then 'interested' else 'invited' end`;

const GROUP = `select g.id, g.title, g.coordinator_id as "coordinatorId", b.name as "coordinatorName", g.kind, g.object,
    g.families, g.starts_on::text as "startsOn", g.ends_on::text as "endsOn",
    g.members_see_each_other as "membersSeeEachOther", g.reserved_cluster_id as "reservedClusterId",
    (select c.name from cluster c where c.id = g.reserved_cluster_id) as "reservedClusterName", counted.*, g.created_at as "createdAt", g.version
  from purchasing_group g join buyer b on b.id = g.coordinator_id
  cross join lateral (
    select count(*) filter (where state = 'invited')::int as invited,
           count(*) filter (where state = 'interested')::int as interested,
           count(*) filter (where state = 'member')::int as members,
           count(*) filter (where state = 'declined')::int as declined,
           count(*) filter (where state = 'withdrawn')::int as withdrawn
    from (select ${STATE} as state from membership m where m.group_id = g.id) as standing) as counted`;

@Injectable()
export class GroupsQueries {
  async group(tx: EntityManager, groupId: string): Promise<GroupRow | null> {
    const [row] = await tx.query<GroupRow[]>(`${GROUP} where g.id = $1`, [groupId]);
    return row ?? null;
  }

  /**
   * The groups on which a person holds a role, and those to which a buyer was invited on which it holds one; all of them
   * for an administrator. By title.
   *
   * @param today mandates count between their dates, unless contested
   * @param after title and id after which the page begins
   */
  groupsOf(
    tx: EntityManager,
    personId: string,
    today: PlainDate,
    after: readonly [title: string, id: string] | null,
    limit: number,
  ): Promise<GroupRow[]> {
    return tx.query<GroupRow[]>(
      `with held as (
         select role, buyer_id, group_id from role_grant
         where person_id = $1 and revoked_at is null and contested_at is null
           and (starts_on is null or $2::date between starts_on and ends_on))
       ${GROUP}
       where exists (
           select from held where held.role = 'administrator' or held.group_id = g.id
             or held.buyer_id = g.coordinator_id
             or held.buyer_id in (select buyer_id from membership where group_id = g.id))
         and ($3::text is null or (search_key(g.title) collate "C", g.id) > (search_key($3) collate "C", $4::uuid))
       order by search_key(g.title) collate "C", g.id limit $5`,
      [personId, today, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }

  /** The coordinator and the buyers that were invited, whatever they answered; null when there is no such group. */
  async invitedBuyers(tx: EntityManager, groupId: string): Promise<string[] | null> {
    const [row] = await tx.query<{ buyerIds: string[] }[]>(
      `select array(select buyer_id from membership where group_id = g.id union select g.coordinator_id) as "buyerIds"
       from purchasing_group g where g.id = $1`,
      [groupId],
    );
    return row?.buyerIds ?? null;
  }

  async hasDeclined(tx: EntityManager, groupId: string, buyerId: string): Promise<boolean> {
    return (await this.memberState(tx, groupId, buyerId)) === 'declined';
  }

  /** Where a buyer stands; null when it was never invited. */
  async memberState(tx: EntityManager, groupId: string, buyerId: string): Promise<MembershipState | null> {
    const [row] = await tx.query<Parameters<typeof stateOf>[0][]>(
      `select interested_at as "interestedAt", joined_at as "joinedAt", declined_at as "declinedAt",
              withdrawn_at as "withdrawnAt"
       from membership where group_id = $1 and buyer_id = $2`,
      [groupId, buyerId],
    );
    const state = stateOf(row ?? null);
    return state === 'not_invited' ? null : state;
  }

  /** The buyers that are members today, in the order of their ids. */
  async activeMembers(tx: EntityManager, groupId: string): Promise<string[]> {
    const rows = await tx.query<{ buyerId: string }[]>(
      `select buyer_id as "buyerId" from membership
       where group_id = $1 and joined_at is not null and withdrawn_at is null order by buyer_id`,
      [groupId],
    );
    return rows.map(({ buyerId }) => buyerId);
  }

  /** Those who answered, and stand by it, sorted by key: what the documents tell. Who withdrew is of none. */
  memberships(tx: EntityManager, groupId: string): Promise<MembershipRow[]> {
    return tx.query<MembershipRow[]>(
      `select b.id as "buyerId", ${BUYER_KEY} as key, b.siret, b.insee_code as "inseeCode", b.name,
              m.joined_at is not null as joined, m.municipal_population as population,
              m.population_source as "populationSource", m.resolution_on::text as "resolutionOn",
              m.resolution_number as "resolutionNumber"
       from membership m join buyer b on b.id = m.buyer_id
       where m.group_id = $1 and coalesce(m.joined_at, m.declined_at) is not null and m.withdrawn_at is null
       order by ${BUYER_KEY} collate "C"`,
      [groupId],
    );
  }

  async launch(tx: EntityManager, consultationId: string): Promise<LaunchRow | null> {
    const [row] = await tx.query<LaunchRow[]>(
      `select consultation_id as "consultationId", group_id as "groupId", launched_at as "launchedAt",
              ended_at as "endedAt"
       from group_launch where consultation_id = $1`,
      [consultationId],
    );
    return row ?? null;
  }

  /** Whether anything of the group was ever launched. */
  async hasLaunched(tx: EntityManager, groupId: string): Promise<boolean> {
    const [row] = await tx.query<{ launched: boolean }[]>(
      `select exists (select from group_launch where group_id = $1) as launched`,
      [groupId],
    );
    return row!.launched;
  }

  /**
   * Whether what was launched is for that buyer: it was a member at the launch (joining later gives nothing, G7), and has
   * not renounced.
   */
  async isLaunchMember(tx: EntityManager, consultationId: string, buyerId: string): Promise<boolean> {
    const [row] = await tx.query<{ of: boolean }[]>(
      `select exists (select from group_launch_member l where l.consultation_id = $1 and l.buyer_id = $2
         and not exists (select from renunciation r
                         where r.consultation_id = l.consultation_id and r.buyer_id = l.buyer_id)) as of`,
      [consultationId, buyerId],
    );
    return row!.of;
  }

  /** Members that a launch still binds, in the order of their names. */
  bound(tx: EntityManager, groupId: string): Promise<BoundRow[]> {
    return tx.query<BoundRow[]>(
      `select l.consultation_id as "consultationId", l.buyer_id as "buyerId", b.name
       from group_launch g join group_launch_member l using (consultation_id) join buyer b on b.id = l.buyer_id
       where g.group_id = $1 and g.ended_at is null
         and not exists (select from renunciation r
                         where r.consultation_id = l.consultation_id and r.buyer_id = l.buyer_id)
       order by b.name_key collate "C", l.buyer_id`,
      [groupId],
    );
  }

  /** Names of buyers, sorted. */
  async names(tx: EntityManager, buyerIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ name: string }[]>(
      `select name from buyer where id = any($1::uuid[]) order by name_key collate "C", id`,
      [buyerIds],
    );
    return rows.map(({ name }) => name);
  }
}
