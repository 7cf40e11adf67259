import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';

export interface MembershipRow {
  readonly buyerId: string;
  /** INSEE code, or SIRET where there is none. */
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

/** A group in the figures that anyone who may see it sees. */
export interface GroupRow {
  readonly id: string;
  readonly title: string;
  readonly coordinatorId: string;
  readonly coordinatorName: string;
  readonly members: number;
  readonly declined: number;
  readonly createdAt: Date;
}

@Injectable()
export class GroupsQueries {
  async group(tx: EntityManager, groupId: string): Promise<GroupRow | null> {
    const [row] = await tx.query<GroupRow[]>(
      `select g.id, g.title, g.coordinator_id as "coordinatorId", b.name as "coordinatorName",
              (select count(*)::int from membership m where m.group_id = g.id and m.joined_at is not null) as members,
              (select count(*)::int from membership m where m.group_id = g.id and m.declined_at is not null) as declined,
              g.created_at as "createdAt"
       from purchasing_group g join buyer b on b.id = g.coordinator_id where g.id = $1`,
      [groupId],
    );
    return row ?? null;
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
    const [row] = await tx.query<{ declined: boolean }[]>(
      `select declined_at is not null as declined from membership where group_id = $1 and buyer_id = $2`,
      [groupId, buyerId],
    );
    return row?.declined ?? false;
  }

  /** All answers of a group, sorted by key. */
  memberships(tx: EntityManager, groupId: string): Promise<MembershipRow[]> {
    return tx.query<MembershipRow[]>(
      `select b.id as "buyerId", coalesce(b.insee_code, b.siret) as key, b.siret, b.insee_code as "inseeCode", b.name,
              m.joined_at is not null as joined, m.municipal_population as population,
              m.population_source as "populationSource", m.resolution_on::text as "resolutionOn",
              m.resolution_number as "resolutionNumber"
       from membership m join buyer b on b.id = m.buyer_id
       where m.group_id = $1
       order by coalesce(b.insee_code, b.siret) collate "C"`,
      [groupId],
    );
  }
}
