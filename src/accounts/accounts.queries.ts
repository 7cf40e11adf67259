import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import type { Key } from './permissions.rules.js';
import type { Grant, Role } from './roles.rules.js';

export interface PersonRow {
  readonly id: string;
  readonly email: string | null;
  readonly name: string;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly hasPassword: boolean;
  readonly version: number;
}

/** A role that someone holds, with what people need to recognise it. */
export interface RoleRow {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly role: Role;
  readonly buyerId: string | null;
  readonly buyerName: string | null;
  readonly groupId: string | null;
  readonly groupTitle: string | null;
  readonly grantedAt: Date;
  readonly mandateReference: string | null;
  readonly startsOn: PlainDate | null;
  readonly endsOn: PlainDate | null;
  readonly contestedAt: Date | null;
  readonly contestReason: string | null;
}

export interface InvitationRow {
  readonly id: string;
  readonly buyerId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly mailedAt: Date | null;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface TokenRow {
  readonly id: string;
  readonly label: string;
  readonly keys: Key[];
  readonly groupId: string | null;
  readonly buyerId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface ReadingLinkRow {
  readonly id: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const PERSON = `id, email, name, created_at as "createdAt", closed_at as "closedAt",
  password_hash is not null as "hasPassword", version`;

const ROLE = `r.id, r.person_id as "personId", p.name as "personName", r.role, r.buyer_id as "buyerId",
  b.name as "buyerName", r.group_id as "groupId", g.title as "groupTitle", r.granted_at as "grantedAt",
  r.mandate_reference as "mandateReference", r.starts_on::text as "startsOn", r.ends_on::text as "endsOn",
  r.contested_at as "contestedAt", r.contest_reason as "contestReason"
  from role_grant r join person p on p.id = r.person_id
  left join buyer b on b.id = r.buyer_id left join purchasing_group g on g.id = r.group_id`;

const INVITATION = `id, buyer_id as "buyerId", email, name, role, created_at as "createdAt", expires_at as "expiresAt",
  mailed_at as "mailedAt", used_at as "usedAt", revoked_at as "revokedAt"
  from one_time_link`;

@Injectable()
export class AccountsQueries {
  /** The roles that a person holds on that day: mandates count between their dates, in Paris, unless contested. */
  grants(tx: EntityManager, personId: string, at: Date): Promise<Grant[]> {
    return tx.query<Grant[]>(
      `select role, buyer_id as "buyerId", group_id as "groupId" from role_grant
       where person_id = $1 and revoked_at is null and contested_at is null
         and (starts_on is null or $2::date between starts_on and ends_on)`,
      [personId, parisDate(at)],
    );
  }

  async person(tx: EntityManager, id: string): Promise<PersonRow | null> {
    const [row] = await tx.query<PersonRow[]>(
      `select ${PERSON} from person where id = $1 and erased_at is null`,
      [id],
    );
    return row ?? null;
  }

  /** People in the order in which they came, after the given id: UUIDv7 sorts by instant. @param limit null: all */
  people(tx: EntityManager, after: string | null, limit: number | null): Promise<PersonRow[]> {
    return tx.query<PersonRow[]>(
      `select ${PERSON} from person
       where erased_at is null and ($1::uuid is null or id > $1) order by id limit $2`,
      [after, limit],
    );
  }

  /** Every role held by anyone. */
  allRoles(tx: EntityManager): Promise<RoleRow[]> {
    return tx.query<RoleRow[]>(`select ${ROLE} where r.revoked_at is null order by r.id`);
  }

  rolesOfPerson(tx: EntityManager, personId: string): Promise<RoleRow[]> {
    return this.roles(tx, 'r.person_id', personId);
  }

  rolesOnBuyer(tx: EntityManager, buyerId: string): Promise<RoleRow[]> {
    return this.roles(tx, 'r.buyer_id', buyerId);
  }

  rolesOnGroup(tx: EntityManager, groupId: string): Promise<RoleRow[]> {
    return this.roles(tx, 'r.group_id', groupId);
  }

  private roles(
    tx: EntityManager,
    column: 'r.person_id' | 'r.buyer_id' | 'r.group_id',
    id: string,
  ): Promise<RoleRow[]> {
    return tx.query<RoleRow[]>(`select ${ROLE} where ${column} = $1 and r.revoked_at is null order by r.id`, [
      id,
    ]);
  }

  /** Every invitation to act for a buyer, the newest first. */
  invitationsOnBuyer(tx: EntityManager, buyerId: string): Promise<InvitationRow[]> {
    return tx.query(`select ${INVITATION} where purpose = 'invitation' and buyer_id = $1 order by id desc`, [
      buyerId,
    ]);
  }

  /** Every invitation to act in a group, or for one of its members at its request, the newest first. */
  invitationsOnGroup(tx: EntityManager, groupId: string): Promise<InvitationRow[]> {
    return tx.query(
      `select ${INVITATION} where purpose = 'invitation' and coalesce(group_id, invited_in) = $1 order by id desc`,
      [groupId],
    );
  }

  /** A person's tokens, the newest first, revoked ones included: never their secrets. */
  tokens(tx: EntityManager, personId: string): Promise<TokenRow[]> {
    return tx.query<TokenRow[]>(
      `select id, label, keys, group_id as "groupId", buyer_id as "buyerId", created_at as "createdAt",
              expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
       from api_token where person_id = $1 order by id desc`,
      [personId],
    );
  }

  /** A group's reading links, the newest first. */
  readingLinks(tx: EntityManager, groupId: string): Promise<ReadingLinkRow[]> {
    return tx.query<ReadingLinkRow[]>(
      `select id, label, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt",
              revoked_at as "revokedAt"
       from reading_link where group_id = $1 order by id desc`,
      [groupId],
    );
  }
}
