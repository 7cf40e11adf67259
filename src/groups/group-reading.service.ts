import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { DataSource, type EntityManager } from 'typeorm';
import type { GroupScope } from '../accounts/invitations.service.js';
import { parisDate } from '../calendar/plain-date.js';
import type { Caller } from '../platform/access/caller.js';
import type { PermissionKey } from '../platform/access/permission-key.js';
import type { Trace } from '../platform/journal/trace.js';
import { Clock } from '../platform/clock/clock.js';
import { cursorOf, type PageQuery } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { type GroupRow, GroupsQueries } from './groups.queries.js';

/** Groups as people read them, within their rights. */
@Injectable()
export class GroupReadingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: GroupsQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws {Refused} NOT_FOUND when there is no such group */
  async scope(tx: EntityManager, groupId: string): Promise<GroupScope> {
    const buyerIds = await this.queries.invitedBuyers(tx, groupId);
    if (!buyerIds) throw new Refused('NOT_FOUND');
    return { groupId, buyerIds };
  }

  /** @throws {Refused} BUYER_DECLINED for one that answered that it does not join: nobody is invited in its name */
  async requireNotDeclined(tx: EntityManager, groupId: string, buyerId: string): Promise<void> {
    if (await this.queries.hasDeclined(tx, groupId, buyerId)) throw new Refused('BUYER_DECLINED');
  }

  /** @throws {Refused} HAS_WITHDRAWN for one that left: what it buys is no more of the group's business */
  async requireNotWithdrawn(tx: EntityManager, groupId: string, buyerId: string): Promise<void> {
    if ((await this.queries.memberState(tx, groupId, buyerId)) === 'withdrawn')
      throw new Refused('HAS_WITHDRAWN');
  }

  /**
   * Asserts a right about one buyer in a group, held on the group or on that buyer. Another member, who sees the group and
   * so knows of its members, is told that it may not; anyone else, that there is nothing there.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN
   */
  async requireOnMember(
    tx: EntityManager,
    caller: Caller,
    key: PermissionKey,
    { groupId, buyerId }: { readonly groupId: string; readonly buyerId: string },
  ): Promise<Trace> {
    const group = await this.scope(tx, groupId);
    const target = { groupId, buyerIds: group.buyerIds.filter((invited) => invited === buyerId) };
    if (!caller.may(key, target) && caller.may('group.read', group)) throw new Refused('FORBIDDEN');
    return caller.require(key, target);
  }

  /**
   * The groups that the caller may read, one more than the page where there is one.
   *
   * @throws {Refused} NOT_FOUND for a reading link, which stands for no account; MALFORMED_CURSOR
   */
  async listOf(caller: Caller, query: PageQuery): Promise<GroupRow[]> {
    const { personId } = caller;
    if (personId === null) throw new Refused('NOT_FOUND');
    caller.require('group.list', { personId });
    const after = namedPlace(cursorOf(query));
    const today = parisDate(this.clock.now());
    return this.queries.groupsOf(this.dataSource.manager, personId, today, after, query.limit + 1);
  }

  /** @throws {Refused} NOT_FOUND */
  async read(caller: Caller, groupId: string): Promise<GroupRow> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.scope(tx, groupId));
    return (await this.queries.group(tx, groupId))!;
  }
}

/** A place in a list sorted by a name, then an id. @throws {Refused} MALFORMED_CURSOR */
export function namedPlace(
  cursor: readonly (string | number)[] | undefined,
): readonly [name: string, id: string] | null {
  if (!cursor) return null;
  const [name, id] = cursor;
  if (cursor.length !== 2 || typeof name !== 'string' || !isUUID(id)) throw new Refused('MALFORMED_CURSOR');
  return [name, String(id)];
}
