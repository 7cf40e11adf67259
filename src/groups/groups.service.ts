import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RolesService } from '../accounts/roles.service.js';
import type { PlainDate } from '../calendar/plain-date.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween, type JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { toldMemberships } from './groups-told.queries.js';
import { lockGroup } from './group-lock.queries.js';
import { GroupsQueries } from './groups.queries.js';
import { ConductQueries } from '../conduct/conduct.queries.js';
import { heldWords } from '../conduct/missions.rules.js';
import { PurchasingGroup } from './purchasing-group.entity.js';
import { ReservedClusterQueries } from './reserved-cluster.queries.js';

export interface MembershipAnswer {
  readonly buyerId: string;
  readonly joins: boolean;
  readonly municipalPopulation: number | null;
  readonly populationSource: string | null;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
}

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
    private readonly conduct: ConductQueries,
    private readonly reserved: ReservedClusterQueries,
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
   * Makes the group's answers those given: new ones recorded, changed ones updated, others removed. Those that were only
   * invited stay so. The caller holds the group's lock.
   *
   * @throws {Refused} MEMBER_OF_A_LAUNCH, MISSION_HOLDER_CANNOT_WITHDRAW for members that would no longer be; BUYER_OUTSIDE_CLUSTER
   * for those that would become members of a group that is reserved to others
   */
  async recordAnswers(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    answers: readonly MembershipAnswer[],
  ): Promise<void> {
    const before = await toldMemberships(tx, groupId);
    const joining = answers.filter((answer) => answer.joins).map((answer) => answer.buyerId);
    const bound = (await this.queries.bound(tx, groupId)).filter(({ buyerId }) => !joining.includes(buyerId));
    if (bound.length > 0) throw new Refused('MEMBER_OF_A_LAUNCH', bound.map(({ name }) => name).join(', '));
    await this.requireEntries(tx, groupId, joining);
    await tx.query(
      `insert into membership (group_id, buyer_id, joined_at, declined_at, municipal_population, population_source,
                               decision_kind, resolution_on, resolution_number)
       select $1, buyer_id, case when joins then $8::timestamptz end, case when not joins then $8::timestamptz end,
              population, source, case when resolution_on is not null then 'resolution' end,
              resolution_on, resolution_number
       from unnest($2::uuid[], $3::boolean[], $4::integer[], $5::text[], $6::date[], $7::text[])
         as answer (buyer_id, joins, population, source, resolution_on, resolution_number)
       on conflict (group_id, buyer_id) do update set
         joined_at = case when excluded.joined_at is not null then
           case when membership.withdrawn_at is null then coalesce(membership.joined_at, excluded.joined_at)
                else excluded.joined_at end end,
         declined_at = case when excluded.declined_at is not null then coalesce(membership.declined_at, excluded.declined_at) end,
         decline_reason = case when excluded.declined_at is not null then membership.decline_reason end,
         withdrawn_at = null, withdrawal_reason = null,
         municipal_population = excluded.municipal_population, population_source = excluded.population_source,
         -- The file says nothing of the kind nor of the transmission: they hold for the decision that they were told of.
         decision_kind = case when membership.resolution_on = excluded.resolution_on
           then coalesce(membership.decision_kind, excluded.decision_kind) else excluded.decision_kind end,
         sent_to_prefecture_on =
           case when membership.resolution_on = excluded.resolution_on then membership.sent_to_prefecture_on end,
         enforceable_on =
           case when membership.resolution_on = excluded.resolution_on then membership.enforceable_on end,
         resolution_on = excluded.resolution_on, resolution_number = excluded.resolution_number,
         version = membership.version + 1
       where (membership.joined_at is not null and membership.withdrawn_at is null, membership.declined_at is not null,
              membership.municipal_population, membership.population_source,
              membership.resolution_on, membership.resolution_number)
         is distinct from (excluded.joined_at is not null, excluded.declined_at is not null,
              excluded.municipal_population, excluded.population_source,
              excluded.resolution_on, excluded.resolution_number)`,
      [
        groupId,
        answers.map((answer) => answer.buyerId),
        answers.map((answer) => answer.joins),
        answers.map((answer) => answer.municipalPopulation),
        answers.map((answer) => answer.populationSource),
        answers.map((answer) => answer.resolutionOn),
        answers.map((answer) => answer.resolutionNumber),
        at,
      ],
    );
    await tx.query(
      `delete from membership where group_id = $1 and buyer_id <> all($2::uuid[])
       and coalesce(joined_at, declined_at) is not null and withdrawn_at is null`,
      [groupId, answers.map((answer) => answer.buyerId)],
    );
    const of = { groupId, subject: 'membership', key: 'groups.answer' };
    const after = await toldMemberships(tx, groupId);
    await this.journal.write(tx, trace, at, entriesBetween(of, before, after));
  }

  /** What joining and withdrawing ask of each buyer, asked of all those that a file gives. */
  private async requireEntries(
    tx: EntityManager,
    groupId: string,
    joining: readonly string[],
  ): Promise<void> {
    const members = await this.queries.activeMembers(tx, groupId);
    const group = await tx.findOneByOrFail(PurchasingGroup, { id: groupId });
    await this.reserved.requireInside(
      tx,
      group,
      joining.filter((buyerId) => !members.includes(buyerId)),
    );
    const leaving = members.filter((buyerId) => !joining.includes(buyerId));
    const held = await this.conduct.missionsHeldBy(tx, groupId, leaving);
    if (held.length > 0) throw new Refused('MISSION_HOLDER_CANNOT_WITHDRAW', heldWords(held));
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
