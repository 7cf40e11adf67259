import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { lockName } from '../platform/database/named-lock.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { requireNoValidator } from './invitations.service.js';
import { OneTimeLink } from './one-time-link.entity.js';
import { hasAdministrator, placeOf } from './one-time-links.service.js';
import { Person } from './person.entity.js';
import { RolesService, validatorLock } from './roles.service.js';
import { ROLES } from './roles.rules.js';
import { hashOfSecret } from './secrets.js';

/** What a person is told before using a link. Reading it consumes nothing: mail scanners open links. */
export interface LinkDescription {
  readonly purpose: OneTimeLink['purpose'];
  readonly email: string | null;
  readonly name: string | null;
  /** French name of the role that the link gives. */
  readonly role: string | null;
  /** The buyer or the group on which it is held. */
  readonly place: string | null;
  readonly expiresAt: Date;
  /** Whether the account will be created, and a name must be given. */
  readonly createsAccount: boolean;
}

/** What the person says on using a link; the address only for the first administrator. */
export interface LinkAnswer {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

@Injectable()
export class LinkUseService {
  constructor(
    private readonly journal: Journal,
    private readonly roles: RolesService,
  ) {}

  /** @throws {Refused} NOT_FOUND, LINK_ALREADY_USED, LINK_EXPIRED, LINK_REVOKED, ADMINISTRATOR_EXISTS */
  async describe(tx: EntityManager, at: Date, secret: string): Promise<LinkDescription> {
    const found = await tx.findOne(OneTimeLink, { where: { secretSha256: hashOfSecret(secret) } });
    const link = await this.usable(tx, at, found);
    const [place] = await tx.query<{ name: string }[]>(
      `select name from buyer where id = $1 union all select title from purchasing_group where id = $2`,
      [link.buyerId, link.groupId],
    );
    const exists = link.email !== null && (await tx.existsBy(Person, { email: link.email }));
    return {
      purpose: link.purpose,
      email: link.email,
      name: link.name,
      role: link.role && ROLES[link.role].french,
      place: place?.name ?? null,
      expiresAt: link.expiresAt,
      createsAccount: !exists,
    };
  }

  /**
   * Uses a link: finds the person's account or creates it, and gives the role that was offered.
   *
   * @returns the person's id, and whether a session may be opened for it: holding the link proves holding the address,
   * but an invitation lives long and may be forwarded, so that it opens no account that exists already
   * @throws {Refused} as `describe`; ACCOUNT_CLOSED, LINK_NEEDS_A_NAME, LINK_NEEDS_AN_ADDRESS,
   * MEMBER_HAS_ITS_VALIDATOR
   */
  async use(
    tx: EntityManager,
    entry: Pick<Trace, 'channel' | 'requestId'>,
    at: Date,
    secret: string,
    answer: LinkAnswer,
  ): Promise<{ personId: string; opens: boolean }> {
    const found = await tx.findOne(OneTimeLink, {
      where: { secretSha256: hashOfSecret(secret) },
      lock: { mode: 'pessimistic_write' },
    });
    // Two links used at once must not make two first administrators, two accounts at one address, nor two first
    // validators of one member: the second waits, then finds what the first made.
    const email = found?.email ?? answer.email?.toLowerCase();
    for (const name of [
      ...(found?.purpose === 'administrator' ? ['first administrator'] : []),
      `person ${email ?? ''}`,
      ...(found?.buyerId ? [validatorLock(found.buyerId)] : []),
    ])
      await lockName(tx, name);
    const link = await this.usable(tx, at, found);
    if (email === undefined) throw new Refused('LINK_NEEDS_AN_ADDRESS');
    const person = await tx.findOne(Person, { where: { email } });
    if (person?.closedAt) throw new Refused('ACCOUNT_CLOSED');
    // The first administrator gives an address that nobody proved: it may not be that of somebody who is here.
    if (person && link.purpose === 'administrator') throw new Refused('ADDRESS_TAKEN');
    if (link.invitedIn !== null && link.buyerId !== null) await requireNoValidator(tx, link.buyerId);
    const personId = person?.id ?? newId();
    const trace: Trace = {
      ...entry,
      actorKind: 'person',
      actorId: personId,
      actorName: null,
      tokenId: null,
      onBehalfOf: null,
    };
    if (!person) await this.createPerson(tx, trace, at, personId, email, answer.name ?? link.name);
    await tx.update(OneTimeLink, { id: link.id }, { usedAt: at, usedBy: personId });
    if (link.role)
      await this.roles.give(tx, trace, at, {
        personId,
        role: link.role,
        buyerId: link.buyerId,
        groupId: link.groupId,
        grantedBy: link.createdBy,
      });
    await this.journal.write(tx, trace, at, [
      {
        ...placeOf(link),
        subject: 'link',
        subjectId: link.id,
        key: 'accounts.use-link',
        before: null,
        after: { purpose: link.purpose },
      },
    ]);
    return { personId, opens: !person || link.purpose === 'sign_in' };
  }

  private async createPerson(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    id: string,
    email: string,
    name: string | null | undefined,
  ): Promise<void> {
    if (!name) throw new Refused('LINK_NEEDS_A_NAME');
    await tx.insert(Person, { id, email, name, createdAt: at });
    await this.journal.write(tx, trace, at, [
      {
        groupId: null,
        buyerId: null,
        subject: 'person',
        subjectId: id,
        key: 'accounts.create-person',
        before: null,
        after: { name, email },
        personal: ['name', 'email'],
      },
    ]);
  }

  /** The link as it was found, when it can still serve. */
  private async usable(tx: EntityManager, at: Date, link: OneTimeLink | null): Promise<OneTimeLink> {
    if (!link) throw new Refused('NOT_FOUND');
    if (link.usedAt) throw new Refused('LINK_ALREADY_USED');
    if (link.revokedAt) throw new Refused('LINK_REVOKED');
    if (link.purpose === 'administrator' && (await hasAdministrator(tx)))
      throw new Refused('ADMINISTRATOR_EXISTS');
    if (link.expiresAt.getTime() <= at.getTime()) throw new Refused('LINK_EXPIRED');
    return link;
  }
}
