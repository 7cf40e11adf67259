import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RolesService } from '../accounts/roles.service.js';
import type { PlainDate } from '../calendar/plain-date.js';
import { newId } from '../platform/database/id.js';
import { entriesBetween, type Told } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

export interface MembershipAnswer {
  readonly buyerId: string;
  readonly joins: boolean;
  readonly municipalPopulation: number | null;
  readonly populationSource: string | null;
  readonly resolutionOn: PlainDate | null;
  readonly resolutionNumber: string | null;
}

@Injectable()
export class GroupsService {
  constructor(
    private readonly journal: Journal,
    private readonly roles: RolesService,
  ) {}

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
      lock: { mode: 'pessimistic_write' },
    });
    if (group.id !== id) return group.id;
    await this.journal.write(tx, trace, at, [
      {
        groupId: id,
        buyerId: null,
        subject: 'group',
        subjectId: id,
        key: 'groups.open',
        before: null,
        after: { title, coordinatorId },
      },
    ]);
    // Whoever opens a group conducts it, and may then invite others to.
    if (trace.actorKind === 'person' && trace.actorId !== null)
      await this.roles.give(tx, trace, at, {
        personId: trace.actorId,
        role: 'procurement_officer',
        buyerId: null,
        groupId: id,
        grantedBy: null,
      });
    return id;
  }

  /** Makes the group's memberships those given: new answers recorded, changed ones updated, withdrawn rows removed. */
  async recordAnswers(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    answers: readonly MembershipAnswer[],
  ): Promise<void> {
    const before = await toldMemberships(tx, groupId);
    await tx.query(
      `insert into membership (group_id, buyer_id, joined_at, declined_at, municipal_population, population_source,
                               resolution_on, resolution_number)
       select $1, buyer_id, case when joins then $8::timestamptz end, case when not joins then $8::timestamptz end,
              population, source, resolution_on, resolution_number
       from unnest($2::uuid[], $3::boolean[], $4::integer[], $5::text[], $6::date[], $7::text[])
         as answer (buyer_id, joins, population, source, resolution_on, resolution_number)
       on conflict (group_id, buyer_id) do update set
         joined_at = case when excluded.joined_at is not null then coalesce(membership.joined_at, excluded.joined_at) end,
         declined_at = case when excluded.declined_at is not null then coalesce(membership.declined_at, excluded.declined_at) end,
         municipal_population = excluded.municipal_population, population_source = excluded.population_source,
         resolution_on = excluded.resolution_on, resolution_number = excluded.resolution_number
       where (membership.joined_at is null, membership.municipal_population, membership.population_source,
              membership.resolution_on, membership.resolution_number)
         is distinct from (excluded.joined_at is null, excluded.municipal_population, excluded.population_source,
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
    await tx.query(`delete from membership where group_id = $1 and buyer_id <> all($2::uuid[])`, [
      groupId,
      answers.map((answer) => answer.buyerId),
    ]);
    const of = { groupId, subject: 'membership', key: 'groups.answer' };
    const after = await toldMemberships(tx, groupId);
    await this.journal.write(tx, trace, at, entriesBetween(of, before, after));
  }
}

/** A group's memberships as the journal tells them. */
const toldMemberships = (tx: EntityManager, groupId: string): Promise<Told[]> =>
  tx.query<Told[]>(
    `select group_id as "subjectId", buyer_id as "buyerId",
            jsonb_build_object('answer', case when joined_at is null then 'declined' else 'joined' end,
              'municipalPopulation', municipal_population, 'populationSource', population_source,
              'resolutionOn', resolution_on, 'resolutionNumber', resolution_number) as state
     from membership where group_id = $1 order by buyer_id`,
    [groupId],
  );
