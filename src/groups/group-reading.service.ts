import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { GroupScope } from '../accounts/invitations.service.js';
import type { Caller } from '../platform/access/caller.js';
import { Refused } from '../platform/refusals/refused.js';
import { type GroupRow, GroupsQueries } from './groups.queries.js';

/** Groups as people read them, within their rights. */
@Injectable()
export class GroupReadingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: GroupsQueries,
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

  /** @throws {Refused} NOT_FOUND */
  async read(caller: Caller, groupId: string): Promise<GroupRow> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.scope(tx, groupId));
    return (await this.queries.group(tx, groupId))!;
  }
}
