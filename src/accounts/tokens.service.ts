import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import { AccountsQueries } from './accounts.queries.js';
import { ApiToken } from './api-token.entity.js';
import { keysOf } from './judge.rules.js';
import { type Key, NOT_FOR_TOKENS } from './permissions.rules.js';
import { hashOfSecret, newToken } from './secrets.js';

const DAY = 86_400_000;

export interface TokenRequest {
  readonly label: string;
  readonly keys: readonly Key[];
  /** Days of validity. */
  readonly days: number;
  readonly groupId: string | null;
  readonly buyerId: string | null;
}

/** API tokens: a script acts as a person, with fewer rights. */
@Injectable()
export class TokensService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: AccountsQueries,
  ) {}

  /**
   * @returns the token's id, and its secret, which is shown this once
   * @throws {Refused} FORBIDDEN, TOKEN_RIGHT_NOT_HELD, TOKEN_RIGHT_PERSONAL, TOKEN_NARROWED_TWICE, PLACE_UNKNOWN
   */
  async create(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    personId: string,
    request: TokenRequest,
  ): Promise<{ id: string; secret: string; expiresAt: Date }> {
    const trace = caller.require('account.secure', { personId });
    const personal = request.keys.filter((key) => NOT_FOR_TOKENS.includes(key));
    if (personal.length > 0) throw new Refused('TOKEN_RIGHT_PERSONAL', personal.join(', '));
    const { groupId, buyerId } = request;
    if (groupId !== null && buyerId !== null) throw new Refused('TOKEN_NARROWED_TWICE');
    await requirePlaceExists(tx, groupId, buyerId);
    const held = keysOf(await this.queries.grants(tx, personId, at));
    const missing = request.keys.filter((key) => !held.has(key));
    if (missing.length > 0) throw new Refused('TOKEN_RIGHT_NOT_HELD', missing.join(', '));
    const [id, secret] = [newId(), newToken()];
    const { label } = request;
    const keys = [...new Set(request.keys)].sort();
    const expiresAt = new Date(at.getTime() + request.days * DAY);
    await tx.insert(ApiToken, {
      id,
      personId,
      label,
      secretSha256: hashOfSecret(secret),
      keys,
      groupId,
      buyerId,
      createdAt: at,
      expiresAt,
    });
    await this.journal.write(tx, trace, at, [
      {
        groupId: null,
        buyerId: null,
        subject: 'token',
        subjectId: id,
        key: 'accounts.create-token',
        before: null,
        after: { keys, groupId, buyerId, expiresAt: expiresAt.toISOString() },
      },
    ]);
    return { id, secret, expiresAt };
  }

  /** @throws {Refused} NOT_FOUND when there is no such token, or it is another person's, or revoked already */
  async revoke(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    personId: string,
    tokenId: string,
  ): Promise<void> {
    const trace = caller.require('account.secure', { personId });
    const { affected } = await tx.update(
      ApiToken,
      { id: tokenId, personId, revokedAt: IsNull() },
      { revokedAt: at },
    );
    if (affected === 0) throw new Refused('NOT_FOUND');
    await this.journal.write(tx, trace, at, [
      {
        groupId: null,
        buyerId: null,
        subject: 'token',
        subjectId: tokenId,
        key: 'accounts.revoke-token',
        before: { revoked: false },
        after: { revoked: true },
      },
    ]);
  }
}

/** A token narrowed to nothing would be good for nothing, and say nothing. */
async function requirePlaceExists(
  tx: EntityManager,
  groupId: string | null,
  buyerId: string | null,
): Promise<void> {
  const [row] = await tx.query<{ known: boolean }[]>(
    `select ($1::uuid is null or exists (select from purchasing_group where id = $1))
        and ($2::uuid is null or exists (select from buyer where id = $2)) as known`,
    [groupId, buyerId],
  );
  if (!row!.known) throw new Refused('PLACE_UNKNOWN');
}
