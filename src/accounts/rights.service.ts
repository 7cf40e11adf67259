import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { Caller } from '../platform/access/caller.js';
import { Clock } from '../platform/clock/clock.js';
import type { Channel, Trace } from '../platform/journal/trace.js';
import { AccountsQueries } from './accounts.queries.js';
import { judge, judgeAnywhere, type Rights } from './judge.rules.js';
import { Person } from './person.entity.js';
import type { Grant } from './roles.rules.js';
import { hashOfSecret, looksLikeToken, readReadingLink } from './secrets.js';
import { SigningKeys } from './signing-keys.js';

/** How a request came in. */
export interface Entry {
  readonly channel: Channel;
  readonly requestId: string | null;
}

interface TokenRow extends Narrowing {
  readonly id: string;
  readonly personId: string;
  readonly keys: string[];
}

interface Narrowing {
  readonly groupId: string | null;
  readonly buyerId: string | null;
}

/** Tells who a credential stands for, and what that person, token or link may do now. */
@Injectable()
export class RightsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly signingKeys: SigningKeys,
    private readonly queries: AccountsQueries,
  ) {}

  /** @returns null when the token or link is unknown, revoked, out of date, or its person's account closed */
  async ofCredential(secret: string, entry: Entry): Promise<Caller | null> {
    if (looksLikeToken(secret)) return this.ofToken(secret, entry);
    return (await this.ofReadingLink(secret, entry))?.caller ?? null;
  }

  /** @returns null when the account is closed or does not exist */
  async ofPerson(personId: string, entry: Entry): Promise<Caller | null> {
    const tx = this.dataSource.manager;
    const open = await tx.existsBy(Person, { id: personId, closedAt: IsNull() });
    if (!open) return null;
    const rights = {
      personId,
      grants: await this.queries.grants(tx, personId, this.clock.now()),
      ...UNLIMITED,
    };
    return callerOf(rights, { ...entry, ...NOBODY, actorKind: 'person', actorId: personId });
  }

  private async ofToken(secret: string, entry: Entry): Promise<Caller | null> {
    const tx = this.dataSource.manager;
    const now = this.clock.now();
    const [token] = await tx.query<TokenRow[]>(
      `select t.id, t.person_id as "personId", t.keys, t.group_id as "groupId", t.buyer_id as "buyerId"
       from api_token t join person p on p.id = t.person_id and p.closed_at is null
       where t.secret_sha256 = $1 and t.revoked_at is null and t.expires_at > $2`,
      [hashOfSecret(secret), now],
    );
    if (!token) return null;
    await this.noteUse('api_token', token.id, now);
    const rights = {
      personId: token.personId,
      grants: await this.queries.grants(tx, token.personId, now),
      onlyKeys: new Set(token.keys),
      onlyGroupId: token.groupId,
      onlyBuyerId: token.buyerId,
    };
    const who = { actorKind: 'person', actorId: token.personId, tokenId: token.id } as const;
    return callerOf(rights, { ...entry, ...NOBODY, ...who });
  }

  /** Who reads by a link, and the one group that it reads; null as `ofCredential`. */
  async ofReadingLink(text: string, entry: Entry): Promise<{ caller: Caller; groupId: string } | null> {
    const now = this.clock.now();
    const id = readReadingLink(await this.signingKeys.current(), text, now);
    if (id === null) return null;
    const [link] = await this.dataSource.query<{ groupId: string }[]>(
      `select group_id as "groupId" from reading_link where id = $1 and revoked_at is null and expires_at > $2`,
      [id, now],
    );
    if (!link) return null;
    await this.noteUse('reading_link', id, now);
    const grants: Grant[] = [{ role: 'elected_reader', groupId: link.groupId, buyerId: null }];
    const rights = { personId: null, grants, ...UNLIMITED };
    const caller = callerOf(rights, { ...entry, ...NOBODY, actorKind: 'reader', actorId: id });
    return { caller, groupId: link.groupId };
  }

  /** To the minute: reading a thousand pages must not write a thousand rows. */
  private async noteUse(table: 'api_token' | 'reading_link', id: string, at: Date): Promise<void> {
    await this.dataSource.query(
      `update ${table} set last_used_at = $2
       where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')`,
      [id, at],
    );
  }
}

const UNLIMITED = { onlyKeys: null, onlyGroupId: null, onlyBuyerId: null } as const;
const NOBODY = { actorId: null, actorName: null, tokenId: null, onBehalfOf: null } as const;

const callerOf = (rights: Rights, trace: Trace): Caller =>
  new Caller(
    trace,
    rights.personId,
    (key, scope) => judge(rights, key, scope),
    (key) => judgeAnywhere(rights, key),
  );
