import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import { GroupsQueries } from '../groups/groups.queries.js';
import type { Place } from './membership.service.js';

/** The sheets of a group's buyers, which whoever conducts it may complete: what is signed and published needs them. */
@Injectable()
export class MemberBuyersService {
  constructor(
    private readonly groups: GroupReadingService,
    private readonly queries: GroupsQueries,
  ) {}

  /**
   * Asserts that the caller may complete the sheet of a buyer that is invited to the group, interested or a member. The
   * group is not locked: whoever gives a SIRET takes the lock on all of them before any row, and that a buyer declines
   * meanwhile does no harm.
   *
   * @throws {Refused} FORBIDDEN; NOT_FOUND, also for a buyer that was never invited; HAS_DECLINED, HAS_WITHDRAWN
   */
  async require(tx: EntityManager, caller: Caller, { groupId, buyerId }: Place): Promise<Trace> {
    const trace = await this.groups.requireOnMember(tx, caller, 'group.member-buyers.edit', {
      groupId,
      buyerId,
    });
    const state = await this.queries.memberState(tx, groupId, buyerId);
    if (state === null) throw new Refused('NOT_FOUND');
    if (state === 'declined') throw new Refused('HAS_DECLINED');
    if (state === 'withdrawn') throw new Refused('HAS_WITHDRAWN');
    return trace;
  }
}
