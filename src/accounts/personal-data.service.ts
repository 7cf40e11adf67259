import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { MailOutbox } from '../platform/mail/mail-outbox.service.js';
import { MailQueries } from '../platform/mail/mail.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import { AccountsQueries } from './accounts.queries.js';
import { PeopleService } from './people.service.js';
import { Person } from './person.entity.js';

/** What replaces the name of someone who was erased: roles and journal lines keep pointing at somebody. */
export const ERASED_NAME = 'Personne effacée';

/** A person's rights over what is kept about it (GDPR, articles 15, 17 and 20). */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly queries: AccountsQueries,
    private readonly people: PeopleService,
    private readonly journal: Journal,
    private readonly mails: MailQueries,
    private readonly outbox: MailOutbox,
  ) {}

  /** Everything that is kept about a person, in plain JSON. Secrets are hashes and are not of it. */
  async export(tx: EntityManager, personId: string): Promise<Record<string, unknown>> {
    const person = await this.queries.person(tx, personId);
    if (!person) throw new Refused('NOT_FOUND');
    const sessions = await tx.query<unknown[]>(
      `select expire as "expiresAt" from user_session where sess ->> 'personId' = $1 order by expire`,
      [personId],
    );
    const links = await this.links(tx, person.email!);
    const acts = await tx.query<unknown[]>(
      `select at, key, subject, subject_id as "subjectId", group_id as "groupId", buyer_id as "buyerId", channel,
              request_id as "requestId", before, after
       from journal_entry
       where actor_kind = 'person' and actor_id = $1::uuid or subject = 'person' and subject_id = $1::uuid::text
          or $1::uuid::text in (after ->> 'personId', before ->> 'personId')
       order by at, id`,
      [personId],
    );
    return {
      person,
      roles: await this.queries.rolesOfPerson(tx, personId),
      endedRoles: await tx.query(
        `select role, buyer_id as "buyerId", group_id as "groupId", granted_at as "grantedAt", revoked_at as "revokedAt",
                mandate_reference as "mandateReference", starts_on::text as "startsOn", ends_on::text as "endsOn"
         from role_grant where person_id = $1 and revoked_at is not null order by id`,
        [personId],
      ),
      tokens: await this.queries.tokens(tx, personId),
      sessions,
      links,
      mails: await this.mails.received(tx, person.email!, personId),
      acts,
    };
  }

  /** What was sent to an address that has no account: invitations that nobody answered, mails. */
  async ofAddress(tx: EntityManager, email: string): Promise<{ links: unknown[]; mails: unknown[] }> {
    return { links: await this.links(tx, email), mails: await this.mails.received(tx, email, null) };
  }

  private links(tx: EntityManager, email: string): Promise<unknown[]> {
    return tx.query<unknown[]>(
      `select purpose, email, name, role, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"
       from one_time_link where email = $1 order by id`,
      [email.toLowerCase()],
    );
  }

  /**
   * Takes an address and its name out of every link and mail; links that waited are revoked, mails that waited never leave.
   *
   * @param personId null for an address without an account
   * @returns how many had it
   */
  async eraseAddress(
    tx: EntityManager,
    at: Date,
    email: string,
    personId: string | null = null,
  ): Promise<number> {
    const [, links] = await tx.query<[unknown[], number]>(
      `update one_time_link set email = null, name = null,
              revoked_at = case when used_at is null then coalesce(revoked_at, $2) end
       where email = $1`,
      [email.toLowerCase(), at],
    );
    return links + (await this.outbox.erase(tx, at, email, personId));
  }

  /**
   * Erases a person: name, address, password, sessions, tokens, links and mails go; roles end. The journal keeps what was done,
   * by an id that names nobody any more: public accounts must stay provable (GDPR, article 17 §3 b and d).
   *
   * @throws {Refused} NOT_FOUND, LAST_ADMINISTRATOR
   */
  async erase(tx: EntityManager, trace: Trace, at: Date, personId: string): Promise<void> {
    const person = await tx.findOne(Person, { where: { id: personId } });
    if (!person || person.erasedAt) throw new Refused('NOT_FOUND');
    await this.people.closeAccount(tx, trace, at, personId);
    await tx.query(`delete from api_token where person_id = $1`, [personId]);
    await this.eraseAddress(tx, at, person.email!, personId);
    await tx.update(
      Person,
      { id: personId },
      {
        email: null,
        name: ERASED_NAME,
        passwordHash: null,
        erasedAt: at,
        version: () => 'version + 1',
      },
    );
    await this.journal.write(tx, trace, at, [
      {
        groupId: null,
        buyerId: null,
        subject: 'person',
        subjectId: personId,
        key: 'accounts.erase',
        before: { name: person.name, email: person.email },
        after: { name: null, email: null },
        personal: ['name', 'email'],
      },
    ]);
  }
}
