import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/database/id.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Mailer } from '../platform/mail/mailer.js';
import { Refused } from '../platform/refusals/refused.js';
import { OneTimeLink } from './one-time-link.entity.js';
import { Person } from './person.entity.js';
import type { Grant } from './roles.rules.js';
import { hashOfSecret, newSecret } from './secrets.js';

const DAY = 86_400_000;
/** Town halls read their mail; they also close for a week. */
const INVITATION_MS = 14 * DAY;
const SIGN_IN_MS = 30 * 60_000;
const ADMINISTRATOR_MS = DAY;
/** Sign-in links that may wait for one address: more would only fill its mailbox. */
const SIGN_IN_LINKS_WAITING = 3;

export interface Invitation extends Grant {
  /** The group whose coordinator invites the first people of a member; else null. */
  readonly invitedIn: string | null;
  readonly email: string;
  readonly name: string;
}

/** Makes links that work once, and the mails that carry them. Using one is in `link-use.service.ts`. */
@Injectable()
export class OneTimeLinksService {
  constructor(
    private readonly journal: Journal,
    private readonly jobs: JobRequests,
    private readonly mailer: Mailer,
  ) {}

  /**
   * Records an invitation and asks for its mail. The right to invite was asserted by the caller.
   *
   * @returns the invitation's id
   * @throws {Refused} MAIL_NOT_CONFIGURED
   */
  async invite(tx: EntityManager, trace: Trace, at: Date, invitation: Invitation): Promise<string> {
    const link = await this.record(tx, trace, at, invitation);
    await this.mail(tx, link.id);
    return link.id;
  }

  /** The same for an operator at the console, who hands the secret over. @returns the secret, shown once */
  async inviteByHand(tx: EntityManager, trace: Trace, at: Date, invitation: Invitation): Promise<string> {
    const secret = newSecret();
    await this.record(tx, trace, at, invitation, hashOfSecret(secret));
    return secret;
  }

  /** Revokes an invitation that was not used; one that was is left alone. */
  async revoke(tx: EntityManager, trace: Trace, at: Date, link: OneTimeLink): Promise<void> {
    if (link.usedAt ?? link.revokedAt) return;
    await tx.update(OneTimeLink, { id: link.id }, { revokedAt: at });
    await this.journal.write(tx, trace, at, [
      {
        ...placeOf(link),
        subject: 'invitation',
        subjectId: link.id,
        key: 'accounts.revoke-invitation',
        before: { role: link.role },
        after: null,
      },
    ]);
  }

  /**
   * Mails a sign-in link, if the address has an open account. Whoever asks is told the same in every case, so that
   * nobody learns who has an account.
   *
   * @throws {Refused} MAIL_NOT_CONFIGURED
   */
  async requestSignIn(tx: EntityManager, at: Date, email: string): Promise<void> {
    if (!this.mailer.isConfigured) throw new Refused('MAIL_NOT_CONFIGURED');
    const person = await tx.findOne(Person, {
      where: { email: email.toLowerCase() },
      lock: { mode: 'pessimistic_write' },
    });
    if (!person || person.closedAt) return;
    const [waiting] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from one_time_link
       where purpose = 'sign_in' and email = $1 and used_at is null and revoked_at is null and expires_at > $2`,
      [person.email, at],
    );
    if (waiting!.count >= SIGN_IN_LINKS_WAITING) return;
    await forgetOldLinks(tx, at);
    const id = newId();
    await tx.insert(OneTimeLink, {
      id,
      purpose: 'sign_in',
      email: person.email,
      createdAt: at,
      expiresAt: new Date(at.getTime() + SIGN_IN_MS),
    });
    await this.mail(tx, id);
  }

  /** A link to create the first administrator. @returns its secret, or null when there is an administrator already */
  async firstAdministrator(tx: EntityManager, at: Date): Promise<string | null> {
    if (await hasAdministrator(tx)) return null;
    const secret = newSecret();
    await tx.insert(OneTimeLink, {
      id: newId(),
      purpose: 'administrator',
      secretSha256: hashOfSecret(secret),
      role: 'administrator',
      createdAt: at,
      expiresAt: new Date(at.getTime() + ADMINISTRATOR_MS),
    });
    return secret;
  }

  private async record(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    invitation: Invitation,
    secretSha256: Buffer | null = null,
  ): Promise<{ id: string }> {
    const email = invitation.email.toLowerCase();
    const { role, buyerId, groupId, invitedIn, name } = invitation;
    await forgetOldLinks(tx, at);
    const id = newId();
    await tx.insert(OneTimeLink, {
      id,
      purpose: 'invitation',
      secretSha256,
      email,
      name,
      role,
      buyerId,
      groupId,
      invitedIn,
      createdAt: at,
      createdBy: trace.actorKind === 'person' ? trace.actorId : null,
      expiresAt: new Date(at.getTime() + INVITATION_MS),
    });
    await this.journal.write(tx, trace, at, [
      {
        ...placeOf(invitation),
        subject: 'invitation',
        subjectId: id,
        key: 'accounts.invite',
        before: null,
        after: { role, email },
        personal: ['email'],
      },
    ]);
    return { id };
  }

  private async mail(tx: EntityManager, linkId: string): Promise<void> {
    if (!this.mailer.isConfigured) throw new Refused('MAIL_NOT_CONFIGURED');
    await this.jobs.request(tx, 'account.mail-link', { linkId });
  }
}

/** Names and addresses in links are of no use a year after the link's end: they go. */
async function forgetOldLinks(tx: EntityManager, at: Date): Promise<void> {
  await tx.query(
    `delete from one_time_link where coalesce(used_at, revoked_at, expires_at) < $1::timestamptz - interval '1 year'`,
    [at],
  );
}

/** Where a journal line about a role belongs. */
export const placeOf = (grant: {
  readonly groupId: string | null;
  readonly buyerId: string | null;
}): { groupId: string | null; buyerId: string | null } => ({
  groupId: grant.groupId,
  buyerId: grant.buyerId,
});

export async function hasAdministrator(tx: EntityManager): Promise<boolean> {
  const [row] = await tx.query<{ exists: boolean }[]>(
    `select exists (select from role_grant r join person p on p.id = r.person_id
                    where r.role = 'administrator' and r.revoked_at is null and p.closed_at is null)`,
  );
  return row!.exists;
}
