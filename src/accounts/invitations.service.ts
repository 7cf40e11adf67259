import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, IsNull } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import type { Caller, Scope } from '../platform/access/caller.js';
import { lockName } from '../platform/database/named-lock.js';
import { Refused } from '../platform/refusals/refused.js';
import { OneTimeLink } from './one-time-link.entity.js';
import { OneTimeLinksService } from './one-time-links.service.js';
import { FIRST_OF_A_MEMBER, INVITABLE } from './permissions.rules.js';
import { Person } from './person.entity.js';
import { RoleGrant } from './role-grant.entity.js';
import { requirePlace, validatorLock } from './roles.service.js';
import { type Grant, type Role, ROLES } from './roles.rules.js';

export interface InvitedPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** A group as its room loaded it: its id, and the buyers that were invited to it. */
export type GroupScope = Required<Pick<Scope, 'groupId' | 'buyerIds'>>;

/** Who may invite whom, to do what, where. */
@Injectable()
export class InvitationsService {
  constructor(private readonly links: OneTimeLinksService) {}

  /** @throws {Refused} NOT_FOUND, FORBIDDEN, ROLE_NOT_INVITABLE, ROLE_ALREADY_HELD, MAIL_NOT_CONFIGURED */
  async inviteForBuyer(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    buyerId: string,
    person: InvitedPerson,
  ): Promise<string> {
    const trace = caller.require('buyer.people.invite', { buyerIds: [buyerId] });
    requireInvitable(person.role, INVITABLE['buyer.people.invite']);
    const invitation = { ...person, buyerId, groupId: null, invitedIn: null };
    await requireNew(tx, invitation);
    return this.links.invite(tx, trace, at, invitation);
  }

  /**
   * Invites someone to act in a group; or, with `buyerId`, the first people of one of its members. Once a member has
   * someone who validates in its name, it invites the others itself: the coordinator does not choose who speaks for it.
   *
   * @throws {Refused} as `inviteForBuyer`; BUYER_NOT_IN_GROUP, MEMBER_HAS_ITS_VALIDATOR
   */
  async inviteForGroup(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    group: GroupScope,
    { buyerId, ...person }: InvitedPerson & { readonly buyerId: string | null },
  ): Promise<string> {
    const trace = caller.require('group.people.invite', group);
    if (buyerId === null) {
      requireInvitable(person.role, INVITABLE['group.people.invite']);
      const invitation = { ...person, buyerId, groupId: group.groupId, invitedIn: null };
      await requireNew(tx, invitation);
      return this.links.invite(tx, trace, at, invitation);
    }
    requireInvitable(person.role, FIRST_OF_A_MEMBER);
    if (!group.buyerIds.includes(buyerId)) throw new Refused('BUYER_NOT_IN_GROUP');
    await requireNoValidator(tx, buyerId);
    const invitation = { ...person, buyerId, groupId: null, invitedIn: group.groupId };
    await requireNew(tx, invitation);
    return this.links.invite(tx, trace, at, invitation);
  }

  /** @throws {Refused} FORBIDDEN, ROLE_ALREADY_HELD, MAIL_NOT_CONFIGURED */
  async inviteAdministrator(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    person: Omit<InvitedPerson, 'role'>,
  ): Promise<string> {
    const trace = caller.require('administrator.invite', {});
    const invitation = {
      ...person,
      role: 'administrator' as const,
      buyerId: null,
      groupId: null,
      invitedIn: null,
    };
    await requireNew(tx, invitation);
    return this.links.invite(tx, trace, at, invitation);
  }

  /** An operator at the console invites anyone to anything. @returns the secret of the link, shown once */
  async inviteByHand(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    invitation: InvitedPerson & Grant,
  ): Promise<string> {
    requirePlace(invitation);
    await requireNew(tx, invitation);
    return this.links.inviteByHand(tx, caller.trace, at, { ...invitation, invitedIn: null });
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN */
  async revokeOnBuyer(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    buyerId: string,
    invitationId: string,
  ): Promise<void> {
    const trace = caller.require('buyer.people.invite', { buyerIds: [buyerId] });
    await this.links.revoke(tx, trace, at, await waiting(tx, invitationId, { buyerId }));
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN */
  async revokeOnGroup(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    group: GroupScope,
    invitationId: string,
  ): Promise<void> {
    const trace = caller.require('group.people.invite', group);
    const { groupId } = group;
    await this.links.revoke(
      tx,
      trace,
      at,
      await waiting(tx, invitationId, { groupId }, { invitedIn: groupId }),
    );
  }
}

async function waiting(
  tx: EntityManager,
  id: string,
  ...places: FindOptionsWhere<OneTimeLink>[]
): Promise<OneTimeLink> {
  const link = await tx.findOne(OneTimeLink, {
    where: places.map((place) => ({ ...place, id, purpose: 'invitation' as const })),
    lock: { mode: 'pessimistic_write' },
  });
  if (!link) throw new Refused('NOT_FOUND');
  return link;
}

/** Once a member has someone who validates in its name, nobody else speaks for it. @throws {Refused} */
export async function requireNoValidator(tx: EntityManager, buyerId: string): Promise<void> {
  await lockName(tx, validatorLock(buyerId));
  const validated = await tx.existsBy(RoleGrant, {
    buyerId,
    role: 'commune_validator',
    revokedAt: IsNull(),
  });
  if (!validated) return;
  const { name } = await tx.findOneOrFail(Buyer, { where: { id: buyerId } });
  throw new Refused('MEMBER_HAS_ITS_VALIDATOR', name);
}

function requireInvitable(role: Role, possible: readonly Role[]): void {
  if (possible.includes(role)) return;
  const words = possible.map((name) => `${name} (${ROLES[name].french})`).join(', ');
  throw new Refused('ROLE_NOT_INVITABLE', ROLES[role].french, words);
}

/** An invitation to what the person holds already would only confuse it. */
async function requireNew(
  tx: EntityManager,
  { email, role, buyerId, groupId }: InvitedPerson & Grant,
): Promise<void> {
  const person = await tx.findOne(Person, { where: { email: email.toLowerCase() } });
  if (!person) return;
  if (person.closedAt) throw new Refused('ACCOUNT_CLOSED');
  const held = await tx.existsBy(RoleGrant, {
    personId: person.id,
    role,
    buyerId: buyerId ?? IsNull(),
    groupId: groupId ?? IsNull(),
    revokedAt: IsNull(),
  });
  if (held) throw new Refused('ROLE_ALREADY_HELD', ROLES[role].french);
}
