import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { toldMemberships } from '../groups/groups-told.queries.js';
import { GroupsQueries } from '../groups/groups.queries.js';
import { GroupsService } from '../groups/groups.service.js';
import type { PurchasingGroup } from '../groups/purchasing-group.entity.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import {
  absenceRefusal,
  answerFaults,
  AnswersRefused,
  type AnswerToJudge,
  type MembershipAnswer,
  type PlacedAnswerFault,
  UNKNOWN_PLACE,
} from './answers.rules.js';
import { AnswersQueries } from './answers.queries.js';

/** The answers of a whole group at once, read from a file: written as a set, judged one by one. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly journal: Journal,
    private readonly groups: GroupsService,
    private readonly queries: AnswersQueries,
    private readonly launches: GroupsQueries,
  ) {}

  /**
   * What forbids the answers of a file, and members that it may not leave out: every fault. For good when the caller
   * holds the group's lock, else as things are now.
   */
  async judge(
    tx: EntityManager,
    at: Date,
    group: Pick<PurchasingGroup, 'id' | 'kind' | 'endsOn' | 'coordinatorId' | 'reservedClusterId'>,
    answers: readonly AnswerToJudge[],
  ): Promise<PlacedAnswerFault[]> {
    const { id: groupId, kind, endsOn } = group;
    const today = parisDate(at);
    const intake = { kind, endsOn, launched: await this.launches.hasLaunched(tx, groupId) };
    const places = await this.queries.places(tx, groupId);
    const given = new Set(answers.map(({ buyerId }) => buyerId));
    const outsiders = await this.queries.outsiders(tx, group, [...given]);
    const faults = answers.flatMap((answer) => {
      const { buyerId, name, siret } = answer;
      const known = places.get(buyerId) ?? UNKNOWN_PLACE;
      const place = { ...known, outside: outsiders.has(buyerId) };
      const told = answerFaults(answer, place, intake, today);
      return told.map((fault) => ({ ...fault, buyerId, name, siret, inFile: true }));
    });
    const absent = [...places].flatMap(([buyerId, place]): PlacedAnswerFault[] => {
      const code = given.has(buyerId) ? null : absenceRefusal(place);
      if (code === null) return [];
      return [{ field: 'answer', code, buyerId, name: place.name, siret: place.siret, inFile: false }];
    });
    return [...faults, ...absent];
  }

  /**
   * Makes the group's answers those given: new ones recorded, changed ones updated; those that only files told of, and
   * that this one no longer tells, are removed. Those that were only invited, that declined by themselves or withdrew
   * stay so.
   *
   * @throws {Refused} NOT_FOUND
   * @throws {AnswersRefused} with every fault; nothing is written
   */
  async record(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    answers: readonly MembershipAnswer[],
  ): Promise<void> {
    const group = await this.groups.lock(tx, groupId);
    const faults = await this.judge(tx, at, group, await this.queries.toJudge(tx, answers));
    if (faults.length > 0) throw new AnswersRefused(faults);
    const before = await toldMemberships(tx, groupId);
    await this.write(tx, at, groupId, answers);
    const of = { groupId, subject: 'membership', key: 'groups.answer' };
    const after = await toldMemberships(tx, groupId);
    await this.journal.write(tx, trace, at, entriesBetween(of, before, after));
  }

  private async write(
    tx: EntityManager,
    at: Date,
    groupId: string,
    answers: readonly MembershipAnswer[],
  ): Promise<void> {
    const gone = [...(await this.queries.places(tx, groupId))]
      .filter(
        ([, { standing, toldByFiles }]) => toldByFiles && (standing === 'member' || standing === 'declined'),
      )
      .map(([buyerId]) => buyerId);
    await tx.query(
      `insert into membership (group_id, buyer_id, joined_at, declined_at, municipal_population, population_source,
                               decision_kind, resolution_on, resolution_number)
       select $1, buyer_id, case when joins then $8::timestamptz end, case when not joins then $8::timestamptz end,
              population, source, case when resolution_on is not null then 'resolution' end,
              resolution_on, resolution_number
       from unnest($2::uuid[], $3::boolean[], $4::integer[], $5::text[], $6::date[], $7::text[])
         as answer (buyer_id, joins, population, source, resolution_on, resolution_number)
       on conflict (group_id, buyer_id) do update set
         joined_at = case when excluded.joined_at is not null
           then coalesce(membership.joined_at, excluded.joined_at) end,
         declined_at = case when excluded.declined_at is not null
           then coalesce(membership.declined_at, excluded.declined_at) end,
         decline_reason = case when excluded.declined_at is not null then membership.decline_reason end,
         municipal_population = excluded.municipal_population, population_source = excluded.population_source,
         -- The file says nothing of the kind nor of the transmission: they hold for the decision that they were told of.
         decision_kind = case when ${TOLD_DECISION} = membership.resolution_on
           then coalesce(membership.decision_kind, excluded.decision_kind) else excluded.decision_kind end,
         sent_to_prefecture_on =
           case when ${TOLD_DECISION} = membership.resolution_on then membership.sent_to_prefecture_on end,
         enforceable_on =
           case when ${TOLD_DECISION} = membership.resolution_on then membership.enforceable_on end,
         resolution_on = ${TOLD_DECISION},
         resolution_number = case when ${KEPT_DECISION} then membership.resolution_number
           else excluded.resolution_number end,
         version = membership.version + 1
       where (membership.joined_at is not null, membership.declined_at is not null,
              membership.municipal_population, membership.population_source,
              membership.resolution_on, membership.resolution_number)
         is distinct from (excluded.joined_at is not null, excluded.declined_at is not null,
              excluded.municipal_population, excluded.population_source, ${TOLD_DECISION},
              case when ${KEPT_DECISION} then membership.resolution_number else excluded.resolution_number end)`,
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
      `delete from membership where group_id = $1 and buyer_id <> all($2::uuid[]) and buyer_id = any($3::uuid[])`,
      [groupId, answers.map((answer) => answer.buyerId), gone],
    );
  }
}

/** A decision that a buyer recorded is not taken away by a file that tells none. */
const KEPT_DECISION = `(excluded.resolution_on is null and excluded.joined_at is not null and membership.invited_at is not null)`;
const TOLD_DECISION = `(case when ${KEPT_DECISION} then membership.resolution_on else excluded.resolution_on end)`;
