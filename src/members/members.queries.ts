import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { jsonInstant } from '../platform/database/json-instant.js';
import type { PlainDate } from '../calendar/plain-date.js';
import { BUYER_KIND } from '../buyers/buyers.queries.js';
import { STATE } from '../groups/groups.queries.js';
import type { LaunchingGroup, LaunchMember, Mandated } from './launch.rules.js';
import type { DecisionKind, MembershipState } from '../groups/membership.rules.js';

/** Where a buyer stands in a group, and since when. */
export interface MemberRow {
  readonly buyerId: string;
  readonly name: string;
  /** Null while only its SIREN is known: it may be invited, not join. */
  readonly siret: string | null;
  readonly inseeCode: string | null;
  readonly state: MembershipState;
  readonly invitedAt: Date | null;
  readonly interestedAt: Date | null;
  readonly joinedAt: Date | null;
  readonly declinedAt: Date | null;
  readonly declineReason: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawalReason: string | null;
  readonly decisionKind: DecisionKind | null;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
  readonly sentToPrefectureOn: PlainDate | null;
  readonly enforceableOn: PlainDate | null;
  /** Consultations launched with it, that are neither over nor renounced: they bind it. */
  readonly boundBy: string[];
  readonly version: number;
}

export interface SignatureRow {
  readonly buyerId: string;
  readonly name: string;
  readonly signedOn: PlainDate;
  readonly signatoryName: string;
  readonly signatoryCapacity: string;
  readonly recordedAt: string;
}

export interface AgreementVersionRow {
  readonly number: number;
  readonly label: string;
  readonly summary: string;
  readonly adoptedOn: PlainDate;
  readonly signatures: SignatureRow[];
  /** Members that signed neither this version nor a later one, which carries it. */
  readonly missing: { readonly buyerId: string; readonly name: string }[];
}

/** Where a member is in the list: by its name, then its id. */
export type MemberPlace = readonly [name: string, buyerId: string];

const MEMBER = `select m.buyer_id as "buyerId", b.name, b.siret, b.insee_code as "inseeCode", ${STATE} as state,
    m.invited_at as "invitedAt", m.interested_at as "interestedAt", m.joined_at as "joinedAt",
    m.declined_at as "declinedAt", m.decline_reason as "declineReason", m.withdrawn_at as "withdrawnAt",
    m.withdrawal_reason as "withdrawalReason", m.decision_kind as "decisionKind",
    m.resolution_on::text as "resolutionOn", m.resolution_number as "resolutionNumber",
    m.sent_to_prefecture_on::text as "sentToPrefectureOn", m.enforceable_on::text as "enforceableOn",
    array(select l.consultation_id from group_launch g join group_launch_member l using (consultation_id)
          where g.group_id = m.group_id and l.buyer_id = m.buyer_id and g.ended_at is null
            and not exists (select from renunciation r
                            where r.consultation_id = l.consultation_id and r.buyer_id = l.buyer_id)
          order by g.launched_at, l.consultation_id) as "boundBy",
    m.version
  from membership m join buyer b on b.id = m.buyer_id`;

/** What counts as signed by a member: recorded since it joined, the last time that it did. */
const SIGNED = `s.buyer_id = m.buyer_id and s.group_id = m.group_id and s.recorded_at >= m.joined_at`;
const ACTIVE = `m.joined_at is not null and m.withdrawn_at is null`;
/**
 * Who conducts the award procedure of the group `g`: the coordinator, and the holders of that mission. One that is no
 * member may sign too; what it signed before it left counts no more.
 */
const MANDATED = `(select jsonb_agg(jsonb_build_object('buyerId', b.id, 'name', b.name, 'isEpci', ${BUYER_KIND} = 'epci',
    'isMember', m.buyer_id is not null and ${ACTIVE},
    'hasSigned', exists (select from agreement_signature s
                         where s.group_id = g.id and s.buyer_id = b.id and s.version_number = last.number
                           and s.recorded_at >= coalesce(m.withdrawn_at, m.joined_at, '-infinity')))
    order by b.id <> g.coordinator_id, b.name_key collate "C", b.id)
  from (select g.coordinator_id as id
        union select held.buyer_id from group_mission held where held.group_id = g.id and held.mission = 'passation') as party
  join buyer b on b.id = party.id
  left join membership m on m.group_id = g.id and m.buyer_id = b.id)`;

@Injectable()
export class MembersQueries {
  async member(tx: EntityManager, groupId: string, buyerId: string): Promise<MemberRow | null> {
    const [row] = await tx.query<MemberRow[]>(`${MEMBER} where m.group_id = $1 and m.buyer_id = $2`, [
      groupId,
      buyerId,
    ]);
    return row ?? null;
  }

  /** By name. @param only those that stand there, and those of that cluster; null: all */
  members(
    tx: EntityManager,
    groupId: string,
    { state, clusterId }: { readonly state: MembershipState | null; readonly clusterId: string | null },
    after: MemberPlace | null,
    limit: number,
  ): Promise<MemberRow[]> {
    return tx.query<MemberRow[]>(
      `${MEMBER} where m.group_id = $1 and ($2::text is null or ${STATE} = $2)
         and ($3::text is null or (b.name_key collate "C", m.buyer_id) > (search_key($3) collate "C", $4::uuid))
         and ($6::uuid is null or exists (select from cluster_member c where c.cluster_id = $6 and c.buyer_id = m.buyer_id))
       order by b.name_key collate "C", m.buyer_id limit $5`,
      [groupId, state, after?.[0] ?? null, after?.[1] ?? null, limit, clusterId],
    );
  }

  /** The ids of buyers given by id or by SIRET, among those that exist. */
  buyers(
    tx: EntityManager,
    buyerIds: readonly string[],
    sirets: readonly string[],
  ): Promise<{ id: string; siret: string }[]> {
    return tx.query<{ id: string; siret: string }[]>(
      `select id, siret from buyer where id = any($1::uuid[]) or siret = any($2::text[])`,
      [buyerIds, sirets],
    );
  }

  /** The agreement and its avenants, in order, each with who signed it, and the members who did not. */
  agreement(tx: EntityManager, groupId: string): Promise<AgreementVersionRow[]> {
    return tx.query<AgreementVersionRow[]>(
      `select v.number, v.label, v.summary, v.adopted_on::text as "adoptedOn",
         coalesce((select jsonb_agg(jsonb_build_object('buyerId', s.buyer_id, 'name', b.name, 'signedOn', s.signed_on,
                     'signatoryName', s.signatory_name, 'signatoryCapacity', s.signatory_capacity,
                     'recordedAt', ${jsonInstant('s.recorded_at')}) order by b.name_key collate "C", s.buyer_id)
                   from agreement_signature s join buyer b on b.id = s.buyer_id
                   where s.group_id = v.group_id and s.version_number = v.number), '[]') as signatures,
         coalesce((select jsonb_agg(jsonb_build_object('buyerId', m.buyer_id, 'name', b.name) order by b.name_key collate "C", m.buyer_id)
                   from membership m join buyer b on b.id = m.buyer_id
                   where m.group_id = v.group_id and ${ACTIVE} and not exists (
                     select from agreement_signature s where ${SIGNED} and s.version_number >= v.number)), '[]') as missing
       from agreement_version v where v.group_id = $1 order by v.number`,
      [groupId],
    );
  }

  /** When a member first signed the agreement or an avenant of it, since it joined; null when it did not. */
  async signedFirstOn(
    tx: EntityManager,
    { groupId, buyerId }: { readonly groupId: string; readonly buyerId: string },
  ): Promise<PlainDate | null> {
    const [row] = await tx.query<{ on: PlainDate | null }[]>(
      `select min(s.signed_on)::text as on
       from membership m join agreement_signature s on ${SIGNED} where m.group_id = $1 and m.buyer_id = $2`,
      [groupId, buyerId],
    );
    return row?.on ?? null;
  }

  /** What `launchReadiness` (launch.rules.ts) judges: the active members, by name. Null when there is no such group. */
  async launching(tx: EntityManager, groupId: string): Promise<LaunchingGroup | null> {
    const [row] = await tx.query<
      { agreement: string | null; coordinatorId: string; mandated: Mandated[]; members: LaunchMember[] }[]
    >(
      `select last.label as agreement, g.coordinator_id as "coordinatorId", ${MANDATED} as mandated,
         coalesce((select jsonb_agg(jsonb_build_object('buyerId', m.buyer_id, 'name', b.name,
                     'isCommune', ${BUYER_KIND} = 'commune', 'isPrivate', b.kind = 'private', 'decisionKind', m.decision_kind,
                     'enforceableOn', m.enforceable_on,
                     'hasSigned', exists (select from agreement_signature s
                                          where ${SIGNED} and s.version_number = last.number)) order by b.name_key collate "C", m.buyer_id)
                   from membership m join buyer b on b.id = m.buyer_id
                   where m.group_id = g.id and ${ACTIVE}), '[]') as members
       from purchasing_group g
       left join lateral (select number, label from agreement_version
                          where group_id = g.id order by number desc limit 1) as last on true
       where g.id = $1`,
      [groupId],
    );
    return row ?? null;
  }
}
