import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PlainDate } from '../calendar/plain-date.js';
import type { OfferedLot } from './participation.rules.js';

/** A member, the lots that it joined and the form by which it did. */
export interface MemberParticipation {
  readonly buyerId: string;
  readonly buyerName: string;
  /** By number of the lot; empty for a member that joined none. */
  readonly lotIds: string[];
  readonly formSignedOn: PlainDate | null;
  readonly signatoryName: string | null;
  readonly signatoryCapacity: string | null;
  /** Grows with each change of it; 0 while nobody recorded a form. */
  readonly version: number;
}

/** What a buyer joined, by the numbers of its lots. */
export interface JoinedLots {
  readonly buyerId: string;
  readonly lots: readonly number[];
  readonly formSignedOn: PlainDate | null;
}

/** A member: it joined, and did not withdraw. */
const ACTIVE = `m.joined_at is not null and m.withdrawn_at is null`;

@Injectable()
export class ParticipationQueries {
  /**
   * An active member of the group, which cannot withdraw until the transaction ends, and when it decided to join, where
   * that is known; null when the buyer is none.
   */
  async lockActiveMember(
    tx: EntityManager,
    groupId: string,
    buyerId: string,
  ): Promise<{ readonly decidedOn: PlainDate | null } | null> {
    const [row] = await tx.query<{ decidedOn: PlainDate | null }[]>(
      `select m.resolution_on::text as "decidedOn" from membership m where m.group_id = $1 and m.buyer_id = $2 and ${ACTIVE} for update`,
      [groupId, buyerId],
    );
    return row ?? null;
  }

  /** The lots of a consultation by number, locked, as that member finds them. */
  async lockOffered(tx: EntityManager, consultationId: string, buyerId: string): Promise<OfferedLot[]> {
    const lots = await tx.query<{ id: string; number: number; reservedClusterId: string | null }[]>(
      `select id, number, reserved_cluster_id as "reservedClusterId" from lot
       where consultation_id = $1 order by number for update`,
      [consultationId],
    );
    const reserved = lots.flatMap(({ reservedClusterId }) => reservedClusterId ?? []);
    const own = reserved.length === 0 ? [] : await this.clustersOf(tx, buyerId, reserved);
    return lots.map(({ id, number, reservedClusterId }) => ({
      id,
      number,
      reservedToOthers: reservedClusterId !== null && !own.includes(reservedClusterId),
    }));
  }

  private async clustersOf(
    tx: EntityManager,
    buyerId: string,
    among: readonly string[],
  ): Promise<readonly string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `select cluster_id as id from cluster_member where buyer_id = $1 and cluster_id = any($2::uuid[])`,
      [buyerId, among],
    );
    return rows.map(({ id }) => id);
  }

  /** Every member of the group, and every buyer that joined a lot, by name. @param clusterId only those of it; null: all */
  members(
    tx: EntityManager,
    consultationId: string,
    clusterId: string | null,
  ): Promise<MemberParticipation[]> {
    return this.read(tx, consultationId, clusterId, null);
  }

  /** One of them; null when it is none. */
  async member(
    tx: EntityManager,
    consultationId: string,
    buyerId: string,
  ): Promise<MemberParticipation | null> {
    const [member] = await this.read(tx, consultationId, null, buyerId);
    return member ?? null;
  }

  private read(
    tx: EntityManager,
    consultationId: string,
    clusterId: string | null,
    buyerId: string | null,
  ): Promise<MemberParticipation[]> {
    return tx.query<MemberParticipation[]>(
      `select b.id as "buyerId", b.name as "buyerName",
              coalesce(array_agg(p.lot_id order by lot.number) filter (where p.lot_id is not null), '{}') as "lotIds",
              max(p.form_signed_on)::text as "formSignedOn", max(p.signatory_name) as "signatoryName",
              max(p.signatory_capacity) as "signatoryCapacity", coalesce(max(f.version), 0) as version
       from consultation c
       join membership m on m.group_id = c.group_id
       join buyer b on b.id = m.buyer_id
       left join lot_participation p on p.consultation_id = c.id and p.buyer_id = b.id
       left join lot on lot.id = p.lot_id
       left join participation_form f on f.consultation_id = c.id and f.buyer_id = b.id
       where c.id = $1 and (${ACTIVE} or p.lot_id is not null)
         and ($2::uuid is null or exists (select from cluster_member k where k.cluster_id = $2 and k.buyer_id = b.id))
         and ($3::uuid is null or b.id = $3)
       group by b.id order by b.name_key collate "C", b.id`,
      [consultationId, clusterId, buyerId],
    );
  }

  /** One row per buyer that joined at least one lot. */
  joined(tx: EntityManager, consultationId: string): Promise<JoinedLots[]> {
    return tx.query<JoinedLots[]>(
      `select buyer_id as "buyerId", array_agg(lot.number order by lot.number) as lots,
              max(form_signed_on)::text as "formSignedOn"
       from lot_participation p join lot on lot.id = p.lot_id
       where p.consultation_id = $1 group by buyer_id`,
      [consultationId],
    );
  }

  /** The INSEE codes of the communes that joined each lot of a consultation, by lot id; one that none joined has no entry. */
  async communesByLot(
    tx: EntityManager,
    consultationId: string,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await tx.query<{ lotId: string; inseeCodes: string[] }[]>(
      `select p.lot_id as "lotId", array_agg(b.insee_code order by b.insee_code) as "inseeCodes"
       from lot_participation p join buyer b on b.id = p.buyer_id
       where p.consultation_id = $1 and b.insee_code is not null group by p.lot_id`,
      [consultationId],
    );
    return new Map(rows.map(({ lotId, inseeCodes }) => [lotId, inseeCodes]));
  }

  /** Whether members see each other's lots: they do, unless their group closed it. */
  async membersSeeEachOther(tx: EntityManager, groupId: string): Promise<boolean> {
    const [row] = await tx.query<{ open: boolean }[]>(
      `select g.members_see_each_other as open
       from purchasing_group g where g.id = $1`,
      [groupId],
    );
    return row?.open ?? true;
  }
}
