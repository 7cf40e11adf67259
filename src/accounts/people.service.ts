import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import type { JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { lockName } from '../platform/database/named-lock.js';
import { Refused } from '../platform/refusals/refused.js';
import { AccountsQueries, type PersonRow } from './accounts.queries.js';
import { isTooWeak, passwordHash, verifyPassword } from './passwords.js';
import { Person } from './person.entity.js';

/** People's accounts: their name, their password, their end. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: AccountsQueries,
  ) {}

  /**
   * Changes one's own name.
   *
   * @param version the one that was read
   * @throws {Refused} STALE_VERSION with the current state
   */
  async rename(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    personId: string,
    version: number,
    name: string,
  ): Promise<PersonRow> {
    const trace = caller.require('account.self', { personId });
    const before = await tx.findOneOrFail(Person, { where: { id: personId } });
    const { affected } = await tx.update(
      Person,
      { id: personId, version },
      { name, version: () => 'version + 1' },
    );
    const person = await this.queries.person(tx, personId);
    if (affected === 0 || !person) throw new Refused('STALE_VERSION').withCurrent(person);
    await this.journal.write(tx, trace, at, [
      {
        ...entryOf(personId, 'accounts.rename'),
        before: { name: before.name },
        after: { name },
        personal: ['name'],
      },
    ]);
    return person;
  }

  /**
   * Chooses one's password, and ends every session but the one that asks.
   *
   * @throws {Refused} FORBIDDEN, PASSWORD_TOO_WEAK
   */
  async choosePassword(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    personId: string,
    password: string,
    keptSession: string | null,
  ): Promise<void> {
    const trace = caller.require('account.secure', { personId });
    const { email, passwordHash: before } = await tx.findOneOrFail(Person, { where: { id: personId } });
    if (isTooWeak(password, email)) throw new Refused('PASSWORD_TOO_WEAK');
    await tx.update(
      Person,
      { id: personId },
      { passwordHash: await passwordHash(password), version: () => 'version + 1' },
    );
    // Whoever had come in by the old one, or by a stolen cookie, is out.
    await tx.query(`delete from user_session where sess ->> 'personId' = $1 and sid <> $2`, [
      personId,
      keptSession ?? '',
    ]);
    await this.journal.write(tx, trace, at, [
      {
        ...entryOf(personId, 'accounts.choose-password'),
        before: { password: before === null ? 'aucun' : 'ancien' },
        after: { password: 'nouveau' },
      },
    ]);
  }

  /**
   * Finds who signs in. Takes the same time whether the address is known or not.
   *
   * @throws {Refused} WRONG_PASSWORD
   */
  async byPassword(tx: EntityManager, email: string, password: string): Promise<string> {
    const person = await tx.findOne(Person, { where: { email: email.toLowerCase(), closedAt: IsNull() } });
    const matches = await verifyPassword(person?.passwordHash ?? null, password);
    if (!person || !matches) throw new Refused('WRONG_PASSWORD');
    return person.id;
  }

  /** An operator at the console creates an account. @throws {Refused} ADDRESS_TAKEN */
  async create(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { email, name }: { readonly email: string; readonly name: string },
  ): Promise<string> {
    const id = newId();
    const [inserted] = await tx.query<{ id: string }[]>(
      `insert into person (id, email, name, created_at) values ($1, lower($2), $3, $4)
       on conflict (email) do nothing returning id`,
      [id, email, name, at],
    );
    if (!inserted) throw new Refused('ADDRESS_TAKEN');
    await this.journal.write(tx, trace, at, [
      {
        ...entryOf(id, 'accounts.create-person'),
        before: null,
        after: { name, email },
        personal: ['name', 'email'],
      },
    ]);
    return id;
  }

  /**
   * Closes an account: its sessions, tokens, roles and pending invitations end at once; what it did stays in the journal.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, LAST_ADMINISTRATOR
   */
  async close(tx: EntityManager, caller: Caller, at: Date, personId: string): Promise<void> {
    const trace = caller.require('person.close', { personId });
    await this.closeAccount(tx, trace, at, personId);
  }

  /** The same, the right having been asserted. */
  async closeAccount(tx: EntityManager, trace: Trace, at: Date, personId: string): Promise<void> {
    await lockName(tx, 'first administrator');
    const person = await tx.findOne(Person, {
      where: { id: personId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!person) throw new Refused('NOT_FOUND');
    await requireAnotherAdministrator(tx, personId);
    if (!person.closedAt)
      await tx.update(Person, { id: personId }, { closedAt: at, version: () => 'version + 1' });
    await tx.query(`update role_grant set revoked_at = $2 where person_id = $1 and revoked_at is null`, [
      personId,
      at,
    ]);
    await tx.query(`update api_token set revoked_at = $2 where person_id = $1 and revoked_at is null`, [
      personId,
      at,
    ]);
    await tx.query(
      `update one_time_link set revoked_at = $2
       where created_by = $1 and used_at is null and revoked_at is null`,
      [personId, at],
    );
    await tx.query(`delete from user_session where sess ->> 'personId' = $1`, [personId]);
    await this.journal.write(tx, trace, at, [
      {
        ...entryOf(personId, 'accounts.close'),
        before: { closed: person.closedAt !== null },
        after: { closed: true },
      },
    ]);
  }
}

async function requireAnotherAdministrator(tx: EntityManager, personId: string): Promise<void> {
  const administrators = await tx.query<{ personId: string }[]>(
    `select distinct r.person_id as "personId" from role_grant r join person p on p.id = r.person_id
     where r.role = 'administrator' and r.revoked_at is null and p.closed_at is null`,
  );
  if (administrators.length === 1 && administrators[0]!.personId === personId)
    throw new Refused('LAST_ADMINISTRATOR');
}

const entryOf = (
  personId: string,
  key: string,
): Pick<JournalEntry, 'groupId' | 'buyerId' | 'subject' | 'subjectId' | 'key'> => ({
  groupId: null,
  buyerId: null,
  subject: 'person',
  subjectId: personId,
  key,
});
