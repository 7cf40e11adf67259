import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../accounts/roles.rules.js';
import type { PlainDate } from '../calendar/plain-date.js';

/** Somebody to write to, for one buyer. */
export interface Recipient {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly buyerId: string;
  readonly buyerName: string;
  /** May say yes in the member's name: the mayor, or its direction. */
  readonly validates: boolean;
}

/** Those who type the needs of a member, and those who transmit them. */
export const TYPISTS: readonly Role[] = [
  ...(['commune_secretary', 'commune_validator', 'procurement_officer', 'delegate'] as const),
];
export const SUBMITTERS: readonly Role[] = ['commune_secretary', 'commune_validator', 'procurement_officer'];
export const VALIDATORS: readonly Role[] = ['commune_validator'];

@Injectable()
export class RecipientsQueries {
  /** Those that hold one of these roles on one of these buyers that day, by address then buyer. */
  ofBuyers(
    tx: EntityManager,
    buyerIds: readonly string[],
    roles: readonly Role[],
    day: PlainDate,
  ): Promise<Recipient[]> {
    return tx.query<Recipient[]>(
      `select p.id as "personId", p.name, p.email, b.id as "buyerId", b.name as "buyerName",
              bool_or(r.role = any($4)) as validates
       from role_grant r join person p on p.id = r.person_id join buyer b on b.id = r.buyer_id
       where r.buyer_id = any($1::uuid[]) and r.role = any($2) and r.revoked_at is null and r.contested_at is null
         and (r.starts_on is null or $3::date between r.starts_on and r.ends_on)
         and p.closed_at is null and p.email is not null
       group by p.id, b.id order by p.email, search_key(b.name) collate "C", b.id`,
      [buyerIds, roles, day, VALIDATORS],
    );
  }

  /** Those who conduct the censuses of a group, by address. */
  ofCoordinator(tx: EntityManager, groupId: string): Promise<Recipient[]> {
    return tx.query<Recipient[]>(
      `select p.id as "personId", p.name, p.email, g.coordinator_id as "buyerId", b.name as "buyerName", false as validates
       from purchasing_group g join buyer b on b.id = g.coordinator_id
       join role_grant r on r.role = 'procurement_officer' and r.revoked_at is null
         and (r.group_id = g.id or r.buyer_id = g.coordinator_id)
       join person p on p.id = r.person_id and p.closed_at is null and p.email is not null
       where g.id = $1 group by p.id, g.coordinator_id, b.name order by p.email`,
      [groupId],
    );
  }
}
