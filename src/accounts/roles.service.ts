import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThanOrEqual, MoreThanOrEqual, Not } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import type { JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { lockName } from '../platform/database/named-lock.js';
import { Refused } from '../platform/refusals/refused.js';
import { Person } from './person.entity.js';
import { RoleGrant } from './role-grant.entity.js';
import { canBeHeldOn, type Grant, type Holding, holdingOf, type Role, ROLES } from './roles.rules.js';

export interface GivenRole extends Grant {
  readonly personId: string;
  readonly grantedBy: string | null;
}

export interface MandateTerms {
  readonly email: string;
  /** The act that gives mandate. */
  readonly reference: string;
  readonly startsOn: PlainDate;
  /** Last day, included. */
  readonly endsOn: PlainDate;
}

const PLACES: Record<Holding, string> = {
  buyer: 'un acheteur',
  group: 'un groupement',
  instance: 'l’installation',
};

/** Roles held, from their gift to their end; a mandate is a delegate's role, and may be contested. */
@Injectable()
export class RolesService {
  constructor(private readonly journal: Journal) {}

  /** @throws {Refused} ROLE_ALREADY_HELD, ROLE_NEEDS_A_PLACE */
  async give(tx: EntityManager, trace: Trace, at: Date, given: GivenRole): Promise<string> {
    const { personId, role, buyerId, groupId, grantedBy } = given;
    requirePlace(given);
    if (role === 'commune_validator' && buyerId !== null) await lockName(tx, validatorLock(buyerId));
    const open = await tx.existsBy(Person, { id: personId, closedAt: IsNull() });
    if (!open) throw new Refused('ACCOUNT_CLOSED');
    const held = await tx.existsBy(RoleGrant, {
      personId,
      role,
      buyerId: buyerId ?? IsNull(),
      groupId: groupId ?? IsNull(),
      revokedAt: IsNull(),
    });
    if (held) throw new Refused('ROLE_ALREADY_HELD', ROLES[role].french);
    const id = newId();
    await tx.insert(RoleGrant, { id, personId, role, buyerId, groupId, grantedBy, grantedAt: at });
    await this.journal.write(tx, trace, at, [
      { ...entryOf({ id, buyerId, groupId }, 'accounts.give-role'), before: null, after: { role, personId } },
    ]);
    return id;
  }

  /** Ends a role held on a buyer, mandates apart. @throws {Refused} NOT_FOUND, FORBIDDEN, LAST_VALIDATOR */
  async revokeOnBuyer(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    buyerId: string,
    grantId: string,
  ): Promise<void> {
    const trace = caller.require('buyer.people.invite', { buyerIds: [buyerId] });
    await lockName(tx, validatorLock(buyerId));
    const grant = await tx.findOne(RoleGrant, {
      where: { id: grantId, buyerId, role: Not<Role>('delegate') },
    });
    if (grant?.role === 'commune_validator') await requireAnotherValidator(tx, buyerId, grant.id);
    await this.end(tx, trace, at, grant);
  }

  /** Takes a mandate back. @throws {Refused} NOT_FOUND, FORBIDDEN */
  async revokeMandate(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    buyerId: string,
    grantId: string,
  ): Promise<void> {
    const trace = caller.require('buyer.mandate.give', { buyerIds: [buyerId] });
    const where = { id: grantId, buyerId, role: 'delegate' as const };
    await this.end(tx, trace, at, await tx.findOne(RoleGrant, { where }));
  }

  /** Ends a role held on a group; the right was asserted by the caller. @throws {Refused} NOT_FOUND */
  async revokeOnGroup(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    grantId: string,
  ): Promise<void> {
    await this.end(tx, trace, at, await tx.findOne(RoleGrant, { where: { id: grantId, groupId } }));
  }

  /** Ends the role that a person holds there, an administrator's included. @throws {Refused} LAST_ADMINISTRATOR, NOT_FOUND */
  async revoke(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { personId, role, buyerId, groupId }: Omit<GivenRole, 'grantedBy'>,
  ): Promise<void> {
    await lockName(tx, 'first administrator');
    const grants = await tx.find(RoleGrant, {
      where: { role, buyerId: buyerId ?? IsNull(), groupId: groupId ?? IsNull(), revokedAt: IsNull() },
    });
    const grant = grants.find((candidate) => candidate.personId === personId) ?? null;
    if (grant && role === 'administrator' && grants.length === 1) throw new Refused('LAST_ADMINISTRATOR');
    await this.end(tx, trace, at, grant);
  }

  /**
   * Records a mandate: from its first day to its last, the delegate may type in the buyer's name.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, PERSON_UNKNOWN, MANDATE_DATES_DISORDERED, MANDATE_ALREADY_GIVEN,
   * MANDATE_TO_ONESELF
   */
  async giveMandate(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    buyerId: string,
    terms: MandateTerms,
  ): Promise<string> {
    const trace = caller.require('buyer.mandate.give', { buyerIds: [buyerId] });
    const { reference, startsOn, endsOn } = terms;
    if (endsOn < startsOn || endsOn < parisDate(at)) throw new Refused('MANDATE_DATES_DISORDERED');
    const email = terms.email.toLowerCase();
    const delegate = await tx.findOne(Person, { where: { email, closedAt: IsNull() } });
    if (!delegate) throw new Refused('PERSON_UNKNOWN', email);
    if (delegate.id === caller.personId) throw new Refused('MANDATE_TO_ONESELF');
    await lockName(tx, `mandate ${buyerId} ${delegate.id}`);
    const overlaps = await tx.existsBy(RoleGrant, {
      personId: delegate.id,
      buyerId,
      role: 'delegate',
      revokedAt: IsNull(),
      contestedAt: IsNull(),
      startsOn: LessThanOrEqual(endsOn),
      endsOn: MoreThanOrEqual(startsOn),
    });
    if (overlaps) throw new Refused('MANDATE_ALREADY_GIVEN');
    const id = newId();
    await tx.insert(RoleGrant, {
      id,
      personId: delegate.id,
      role: 'delegate',
      buyerId,
      grantedBy: caller.personId,
      grantedAt: at,
      mandateReference: reference,
      startsOn,
      endsOn,
    });
    await this.journal.write(tx, trace, at, [
      {
        ...entryOf({ id, buyerId, groupId: null }, 'accounts.give-mandate'),
        before: null,
        after: { personId: delegate.id, reference, startsOn, endsOn },
      },
    ]);
    return id;
  }

  /**
   * Contests a mandate: it gives no right from this instant on. What was done under it stays in the journal.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, MANDATE_ALREADY_CONTESTED
   */
  async contestMandate(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    buyerId: string,
    grantId: string,
    reason: string,
  ): Promise<void> {
    const trace = caller.require('buyer.mandate.contest', { buyerIds: [buyerId] });
    const mandate = await tx.findOne(RoleGrant, {
      where: { id: grantId, buyerId, role: 'delegate' },
      lock: { mode: 'pessimistic_write' },
    });
    if (!mandate) throw new Refused('NOT_FOUND');
    if (mandate.contestedAt ?? mandate.revokedAt) throw new Refused('MANDATE_ALREADY_CONTESTED');
    await tx.update(
      RoleGrant,
      { id: grantId },
      { contestedAt: at, contestedBy: caller.personId, contestReason: reason },
    );
    await this.journal.write(tx, trace, at, [
      { ...entryOf(mandate, 'accounts.contest-mandate'), before: null, after: { reason } },
    ]);
  }

  private async end(tx: EntityManager, trace: Trace, at: Date, grant: RoleGrant | null): Promise<void> {
    if (!grant || grant.revokedAt) throw new Refused('NOT_FOUND');
    const { affected } = await tx.update(RoleGrant, { id: grant.id, revokedAt: IsNull() }, { revokedAt: at });
    if (affected === 0) throw new Refused('NOT_FOUND');
    await this.journal.write(tx, trace, at, [
      {
        ...entryOf(grant, 'accounts.revoke-role'),
        before: { role: grant.role, personId: grant.personId },
        after: null,
      },
    ]);
  }
}

/** Held by whoever adds, or counts, those who validate in a buyer's name: the first of them is one. */
export const validatorLock = (buyerId: string): string => `validator ${buyerId}`;

/** A member without anyone who validates would fall back to whom the coordinator chooses. */
async function requireAnotherValidator(tx: EntityManager, buyerId: string, grantId: string): Promise<void> {
  const others = await tx.existsBy(RoleGrant, {
    id: Not(grantId),
    buyerId,
    role: 'commune_validator',
    revokedAt: IsNull(),
  });
  if (others) return;
  const { name } = await tx.findOneOrFail(Buyer, { where: { id: buyerId } });
  throw new Refused('LAST_VALIDATOR', name);
}

/** @throws {Refused} ROLE_NEEDS_A_PLACE when the role is not held on such a thing */
export function requirePlace(grant: Grant): void {
  const { french, heldOn } = ROLES[grant.role];
  if (canBeHeldOn(grant.role, holdingOf(grant))) return;
  throw new Refused('ROLE_NEEDS_A_PLACE', french, heldOn.map((holding) => PLACES[holding]).join(' ou '));
}

const entryOf = (
  grant: { readonly id: string; readonly groupId: string | null; readonly buyerId: string | null },
  key: string,
): Pick<JournalEntry, 'groupId' | 'buyerId' | 'subject' | 'subjectId' | 'key'> => ({
  groupId: grant.groupId,
  buyerId: grant.buyerId,
  subject: 'role',
  subjectId: grant.id,
  key,
});
