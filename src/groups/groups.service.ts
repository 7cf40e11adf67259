import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RolesService } from '../accounts/roles.service.js';
import { newId } from '../platform/database/id.js';
import type { JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { lockGroup } from './group-lock.queries.js';
import { GroupsQueries } from './groups.queries.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

export interface Launch {
  readonly groupId: string;
  readonly consultationId: string;
  /** The members that it is launched with: from then on, nobody else. */
  readonly buyerIds: readonly string[];
}

@Injectable()
export class GroupsService {
  constructor(
    private readonly journal: Journal,
    private readonly roles: RolesService,
    private readonly queries: GroupsQueries,
  ) {}

  /** `lockGroup`, for the rooms that this service is given to. @throws {Refused} NOT_FOUND */
  lock(tx: EntityManager, groupId: string): Promise<PurchasingGroup> {
    return lockGroup(tx, groupId);
  }

  /**
   * Opens the coordinator's group of that title, or finds it, and locks its row until the transaction ends: two
   * people working on the same group follow each other.
   */
  async open(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    coordinatorId: string,
    title: string,
  ): Promise<string> {
    const id = newId();
    await tx
      .createQueryBuilder()
      .insert()
      .into(PurchasingGroup)
      .values({ id, coordinatorId, title })
      .orIgnore()
      .execute();
    const group = await tx.findOneOrFail(PurchasingGroup, {
      where: { coordinatorId, title },
      lock: { mode: 'for_no_key_update' },
    });
    if (group.id !== id) return group.id;
    await this.journal.write(tx, trace, at, [
      { ...ofGroup(id, 'groups.open'), before: null, after: { title, coordinatorId } },
    ]);
    await this.giveConduct(tx, trace, at, id);
    return id;
  }

  /** Whoever opens a group conducts it, and may then invite others to. */
  async giveConduct(tx: EntityManager, trace: Trace, at: Date, groupId: string): Promise<void> {
    if (trace.actorKind !== 'person' || trace.actorId === null) return;
    await this.roles.give(tx, trace, at, {
      personId: trace.actorId,
      role: 'procurement_officer',
      buyerId: null,
      groupId,
      grantedBy: null,
    });
  }

  /**
   * Records that a consultation is launched, and with whom: joining later gives nothing in it (CCP L2111-1). Whoever
   * launches asked `launchReadiness` (launch.rules.ts) before, in the same transaction, and holds the consultation's lock.
   *
   * @throws {Refused} NOT_FOUND, ALREADY_LAUNCHED, LAUNCH_WITHOUT_MEMBERS, LAUNCH_BY_NON_MEMBERS
   */
  async recordLaunch(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { groupId, consultationId, buyerIds }: Launch,
  ): Promise<void> {
    await this.lock(tx, groupId);
    if (await this.queries.launch(tx, consultationId)) throw new Refused('ALREADY_LAUNCHED');
    const launched = [...new Set(buyerIds)].sort();
    if (launched.length === 0) throw new Refused('LAUNCH_WITHOUT_MEMBERS');
    const members = await this.queries.activeMembers(tx, groupId);
    const strangers = launched.filter((buyerId) => !members.includes(buyerId));
    if (strangers.length > 0)
      throw new Refused('LAUNCH_BY_NON_MEMBERS', (await this.queries.names(tx, strangers)).join(', '));
    await tx.query(`insert into group_launch (consultation_id, group_id, launched_at) values ($1, $2, $3)`, [
      consultationId,
      groupId,
      at,
    ]);
    await tx.query(
      `insert into group_launch_member (consultation_id, buyer_id) select $1, unnest($2::uuid[])`,
      [consultationId, launched],
    );
    const of = { groupId, subject: 'launch', subjectId: consultationId, key: 'groups.launch', before: null };
    await this.journal.write(tx, trace, at, [
      { ...of, buyerId: null, after: { members: launched.length } },
      ...launched.map((buyerId) => ({ ...of, buyerId, after: { consultationId } })),
    ]);
  }

  /**
   * Records that what was launched binds nobody any more: dropped, or its contracts over. Told twice, it is recorded once.
   *
   * @throws {Refused} NOT_FOUND for a consultation that was not launched
   */
  async recordLaunchEnd(tx: EntityManager, trace: Trace, at: Date, consultationId: string): Promise<void> {
    const groupId = (await this.queries.launch(tx, consultationId))?.groupId;
    if (groupId === undefined) throw new Refused('NOT_FOUND');
    await this.lock(tx, groupId);
    const launch = await this.queries.launch(tx, consultationId);
    if (launch?.endedAt) return;
    await tx.query(`update group_launch set ended_at = $2 where consultation_id = $1`, [consultationId, at]);
    const of = {
      groupId,
      buyerId: null,
      subject: 'launch',
      subjectId: consultationId,
      key: 'groups.end-launch',
    };
    await this.journal.write(tx, trace, at, [{ ...of, before: { ended: false }, after: { ended: true } }]);
  }
}

export const ofGroup = (groupId: string, key: string): Omit<JournalEntry, 'before' | 'after'> => ({
  groupId,
  buyerId: null,
  subject: 'group',
  subjectId: groupId,
  key,
});
