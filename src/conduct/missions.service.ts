import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Check } from '../law/check.js';
import type { Caller } from '../platform/access/caller.js';
import { Journal } from '../platform/journal/journal.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { ConductQueries } from './conduct.queries.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import { lockGroup } from '../groups/group-lock.queries.js';
import {
  defaultMissions,
  type HeldMission,
  type Mission,
  missionChecks,
  MISSIONS,
  type Operation,
  type PaidBy,
  paidBy,
  saysWhoAwards,
  settledMissions,
  solidarityPerimeter,
  strangersIn,
} from './missions.rules.js';

export interface AskedMission {
  readonly mission: Mission;
  readonly buyerIds: readonly string[];
}

/** Who conducts what, and what follows from it. */
export interface MissionsState {
  /** 0 when nobody chose yet. */
  readonly version: number;
  readonly chosen: boolean;
  readonly missions: readonly HeldMission[];
  readonly paidBy: PaidBy;
  readonly joint: readonly Operation[];
  readonly alone: readonly Operation[];
  readonly checks: readonly Check[];
}

/** The missions of a group: which buyer conducts what in the name of the others (CCP L2113-7). */
@Injectable()
export class MissionsService {
  constructor(
    private readonly groups: GroupReadingService,
    private readonly queries: ConductQueries,
    private readonly journal: Journal,
  ) {}

  /** @throws {Refused} NOT_FOUND when there is no such group */
  async read(tx: EntityManager, groupId: string): Promise<MissionsState> {
    const parties = await this.queries.parties(tx, groupId);
    const [coordinator] = parties;
    if (!coordinator) throw new Refused('NOT_FOUND');
    // Before the missions: were they changed in between, the older version would be refused, never the newer accepted.
    const version = await this.queries.missionsVersion(tx, groupId);
    const rows = await this.queries.missions(tx, groupId);
    const missions =
      version === 0
        ? defaultMissions(partyOf(coordinator))
        : settledMissions(rows.map(({ mission, ...holder }) => ({ mission, holders: [holder] })));
    return {
      ...{ version, chosen: version > 0, missions, paidBy: paidBy(missions, coordinator.buyerId) },
      ...solidarityPerimeter(missions),
      checks: missionChecks(missions, partyOf(coordinator), new Set(parties.map(({ buyerId }) => buyerId))),
    };
  }

  /**
   * Entrusts the missions: those that are not named are done by each member alone; the award procedure must be named.
   *
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, FORBIDDEN, AGREEMENT_SIGNED while members are bound by its latest version, STALE_VERSION
   * with the current state, MISSION_HOLDER_NOT_MEMBER or AWARD_PROCEDURE_UNASSIGNED with each place
   */
  async assign(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    groupId: string,
    version: number,
    asked: readonly AskedMission[],
  ): Promise<MissionsState> {
    const trace = caller.require('group.conduct.write', await this.groups.scope(tx, groupId));
    await lockGroup(tx, groupId);
    const signed = await this.queries.signedAgreement(tx, groupId);
    if (signed) throw new Refused('AGREEMENT_SIGNED', BOUND, signed.signatories, signed.label);
    const current = await this.read(tx, groupId);
    if (current.version !== version) throw new Refused('STALE_VERSION').withCurrent(current);
    const parties = await this.queries.parties(tx, groupId);
    const known = new Map(parties.map((party) => [party.buyerId, partyOf(party)]));
    const strangers = strangersIn(asked, new Set(known.keys()));
    const unassigned = saysWhoAwards(asked) ? [] : [UNASSIGNED];
    if (strangers.length > 0)
      throw new Refused('MISSION_HOLDER_NOT_MEMBER').withFaults([
        ...strangers.map(strangerFault),
        ...unassigned,
      ]);
    if (unassigned.length > 0) throw new Refused('AWARD_PROCEDURE_UNASSIGNED').withFaults(unassigned);
    const missions = settledMissions(
      asked.map(({ mission, buyerIds }) => ({ mission, holders: buyerIds.map((id) => known.get(id)!) })),
    );
    if (current.chosen && sameText(toldMissions(current.missions), toldMissions(missions))) return current;
    await tx.query(
      `insert into group_conduct (group_id, version) values ($1, 1)
       on conflict (group_id) do update set version = group_conduct.version + 1`,
      [groupId],
    );
    await tx.query(`delete from group_mission where group_id = $1`, [groupId]);
    const rows = missions.flatMap(({ mission, holders }) =>
      holders.map(({ buyerId }) => ({ mission, buyerId })),
    );
    await tx.query(
      `insert into group_mission (group_id, mission, buyer_id)
       select $1, mission, buyer_id from unnest($2::text[], $3::uuid[]) as given (mission, buyer_id)`,
      [groupId, rows.map(({ mission }) => mission), rows.map(({ buyerId }) => buyerId)],
    );
    await this.journal.write(tx, trace, at, [
      {
        ...{ groupId, buyerId: null, subject: 'missions', subjectId: groupId, key: 'groups.assign-missions' },
        before: current.chosen ? toldMissions(current.missions) : null,
        after: toldMissions(missions),
      },
    ]);
    return this.read(tx, groupId);
  }
}

/** What members who signed may no longer find changed: who answers for what follows from who does it (CCP L2113-7). */
const BOUND = 'les missions, et la solidarité qui en découle, ne changent plus';

const UNASSIGNED: Fault = {
  in: 'body',
  pointer: '#/missions',
  code: 'saysWhoAwards',
  detail: 'La passation n’est confiée à personne\u00a0: nommer le coordonnateur, ou un ou plusieurs membres.',
};

const partyOf = ({ buyerId, name }: { readonly buyerId: string; readonly name: string }) => ({
  buyerId,
  name,
});

/** Each mission with the ids of its holders, always in one order: an empty list is a mission that each does alone. */
const toldMissions = (missions: readonly HeldMission[]): Record<Mission, string[]> => {
  const holdersOf = (mission: Mission): string[] =>
    missions
      .filter((held) => held.mission === mission)
      .flatMap(({ holders }) => holders.map(({ buyerId }) => buyerId))
      .sort();
  return Object.fromEntries(MISSIONS.map((mission) => [mission, holdersOf(mission)])) as Record<
    Mission,
    string[]
  >;
};

const sameText = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const strangerFault = ([mission, buyer]: readonly [number, number]): Fault => ({
  in: 'body',
  pointer: `#/missions/${mission}/buyerIds/${buyer}`,
  code: 'isMember',
  detail: 'Cet acheteur n’est ni le coordonnateur du groupement, ni l’un de ses membres.',
});
