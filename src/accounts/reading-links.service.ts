import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { publicUrlOf, RuntimeConfig } from '../platform/config/config.js';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import { readingAddress } from './link-address.rules.js';
import type { GroupScope } from './invitations.service.js';
import { ReadingLink } from './reading-link.entity.js';
import { signReadingLink } from './secrets.js';
import { SigningKeys } from './signing-keys.js';

const DAY = 86_400_000;

/** Links by which elected people read a group: signed, out of date one day, revocable at once. */
@Injectable()
export class ReadingLinksService {
  constructor(
    private readonly journal: Journal,
    private readonly signingKeys: SigningKeys,
    private readonly runtime: RuntimeConfig,
  ) {}

  /**
   * @param label for whom
   * @param days of validity
   * @returns the link's id, and its address, which is shown this once
   * @throws {Refused} NOT_FOUND, FORBIDDEN
   */
  async issue(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    group: GroupScope,
    { label, days }: { readonly label: string; readonly days: number },
  ): Promise<{ id: string; url: string; expiresAt: Date }> {
    const trace = caller.require('group.reading-link.issue', group);
    const id = newId();
    const expiresAt = new Date(at.getTime() + days * DAY);
    const { groupId } = group;
    await tx.insert(ReadingLink, {
      id,
      groupId,
      label,
      createdAt: at,
      createdBy: caller.personId,
      expiresAt,
    });
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'reading-link',
        subjectId: id,
        key: 'accounts.issue-reading-link',
        before: null,
        after: { label, expiresAt: expiresAt.toISOString() },
      },
    ]);
    const word = signReadingLink(await this.signingKeys.current(), id, expiresAt);
    return { id, url: readingAddress(publicUrlOf(this.runtime.config), word), expiresAt };
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN */
  async revoke(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    group: GroupScope,
    linkId: string,
  ): Promise<void> {
    const trace = caller.require('group.reading-link.issue', group);
    const { groupId } = group;
    const { affected } = await tx.update(
      ReadingLink,
      { id: linkId, groupId, revokedAt: IsNull() },
      { revokedAt: at },
    );
    if (affected === 0) throw new Refused('NOT_FOUND');
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'reading-link',
        subjectId: linkId,
        key: 'accounts.revoke-reading-link',
        before: { revoked: false },
        after: { revoked: true },
      },
    ]);
  }
}
