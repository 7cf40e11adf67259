import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Buyer } from '../buyers/buyer.entity.js';
import { kindOf } from '../buyers/buyer.rules.js';
import { BuyersService } from '../buyers/buyers.service.js';
import { parisDate } from '../calendar/plain-date.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { entriesBetween } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { ConductQueries } from '../conduct/conduct.queries.js';
import { toldMemberships } from '../groups/groups-told.queries.js';
import { decidedTooLateFaults } from '../groups/decision-order.rules.js';
import { GroupsQueries } from '../groups/groups.queries.js';
import { GroupsService } from '../groups/groups.service.js';
import { MembersQueries } from './members.queries.js';
import { Membership } from './membership.entity.js';
import {
  type Decision,
  decisionFaults,
  type FieldFault,
  intakeRefusal,
  type MembershipCommand,
  moved,
  stateOf,
  type Transmission,
  transmissionFaults,
} from '../groups/membership.rules.js';
import { heldWords } from '../conduct/missions.rules.js';
import type { PurchasingGroup } from '../groups/purchasing-group.entity.js';
import { ReservedClusterQueries } from '../groups/reserved-cluster.queries.js';

/** One buyer in one group. */
export interface Place {
  readonly groupId: string;
  readonly buyerId: string;
}

export interface InvitedBuyers {
  /** Invited by this command. */
  readonly invited: string[];
  /** Invited already, interested or members: nothing changed. */
  readonly unchanged: string[];
  /** They declined or withdrew, and stay so: to invite them again must be said. */
  readonly answered: string[];
}

/** Where buyers stand in a group: invited, interested, members, and out. Each command locks the group first. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly journal: Journal,
    private readonly groups: GroupsService,
    private readonly queries: GroupsQueries,
    private readonly members: MembersQueries,
    private readonly buyers: BuyersService,
    private readonly conduct: ConductQueries,
    private readonly reserved: ReservedClusterQueries,
    private readonly jobs: JobRequests,
  ) {}

  /**
   * Invites buyers; those that are invited already, or members, stay as they are.
   *
   * @param again also those that declined or withdrew
   * @throws {Refused} NOT_FOUND, GROUP_IS_OVER, GROUP_LAUNCHED, BUYER_OUTSIDE_CLUSTER naming all those that are; INCONSISTENT for a buyer that does not exist
   */
  async invite(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    { buyerIds, again }: { readonly buyerIds: readonly string[]; readonly again: boolean },
  ): Promise<InvitedBuyers> {
    const group = await this.groups.lock(tx, groupId);
    await this.requireIntake(tx, group, at);
    const asked = [...new Set(buyerIds)].sort();
    const known = await tx.find(Membership, {
      where: { groupId, buyerId: In(asked) },
      order: { buyerId: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    const standing = new Map(known.map((membership) => [membership.buyerId, stateOf(membership)]));
    const outcome: InvitedBuyers = { invited: [], unchanged: [], answered: [] };
    for (const buyerId of asked) {
      const was = standing.get(buyerId) ?? 'not_invited';
      const { state } = moved(was, again ? 'invite_again' : 'invite');
      if (state !== undefined && state !== was) outcome.invited.push(buyerId);
      else outcome[was === 'declined' || was === 'withdrawn' ? 'answered' : 'unchanged'].push(buyerId);
    }
    await this.reserved.requireInside(tx, group, outcome.invited);
    const before = await toldMemberships(tx, groupId, outcome.invited);
    await tx.query(
      `insert into membership (group_id, buyer_id, invited_at) select $1, unnest($2::uuid[]), $3
       on conflict (group_id, buyer_id) do update set
         invited_at = excluded.invited_at, interested_at = null, joined_at = null, declined_at = null,
         decline_reason = null, withdrawn_at = null, withdrawal_reason = null, decision_kind = null,
         resolution_on = null, resolution_number = null, sent_to_prefecture_on = null, enforceable_on = null,
         version = membership.version + 1`,
      [groupId, outcome.invited, at],
    );
    const after = await toldMemberships(tx, groupId, outcome.invited);
    const of = { groupId, subject: 'membership', key: 'groups.invite' };
    await this.journal.write(tx, trace, at, entriesBetween(of, before, after));
    return outcome;
  }

  /** @throws {Refused} NOT_FOUND, GROUP_IS_OVER, GROUP_LAUNCHED, BUYER_OUTSIDE_CLUSTER, or as the table of membership says */
  async showInterest(tx: EntityManager, trace: Trace, at: Date, place: Place): Promise<void> {
    await this.change(tx, trace, at, place, 'show_interest', 'groups.show-interest', async (_, group) => {
      await this.requireIntake(tx, group, at);
      await this.reserved.requireInside(tx, group, [place.buyerId]);
      return { interestedAt: at };
    });
  }

  /**
   * Joins, by a decision of the buyer's council.
   *
   * @throws {Refused} VALIDATION with every fault of the decision; else as `showInterest`
   */
  async join(tx: EntityManager, trace: Trace, at: Date, place: Place, decision: Decision): Promise<void> {
    await this.change(tx, trace, at, place, 'join', 'groups.join', async (_, group) => {
      await this.requireIntake(tx, group, at);
      await this.reserved.requireInside(tx, group, [place.buyerId]);
      // Bills and published data name a member by its SIRET: one known by its SIREN alone gives it first.
      await this.buyers.requireSirets(tx, [place.buyerId]);
      refuseFaults(decisionFaults(await buyerOf(tx, place), decision, parisDate(at)));
      return { joinedAt: at, ...columnsOf(decision) };
    });
  }

  /**
   * Corrects a member's decision, or records that of one that joined without telling it.
   *
   * @param version the one that was read
   * @throws {Refused} STALE_VERSION; VALIDATION; or as the table of membership says
   */
  async recordDecision(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { version, ...place }: Place & { readonly version: number },
    decision: Decision,
  ): Promise<void> {
    await this.change(tx, trace, at, place, 'record', 'groups.record-decision', async (membership) => {
      if (membership.version !== version)
        throw new Refused('STALE_VERSION').withCurrent(
          await this.members.member(tx, place.groupId, place.buyerId),
        );
      const { sentToPrefectureOn, enforceableOn } = membership;
      const today = parisDate(at);
      refuseFaults([
        ...decisionFaults(await buyerOf(tx, place), decision, today),
        ...(sentToPrefectureOn !== null && enforceableOn !== null
          ? transmissionFaults(decision.on, { sentToPrefectureOn, enforceableOn }, today).map((fault) => ({
              ...fault,
              field: 'resolutionOn',
            }))
          : []),
        ...decidedTooLateFaults(decision.on, await this.members.signedFirstOn(tx, place)),
      ]);
      return columnsOf(decision);
    });
  }

  /**
   * Records when a member's decision was sent to the préfecture, and since when it is enforceable.
   *
   * @throws {Refused} VALIDATION with every fault; or as the table of membership says
   */
  async recordTransmission(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    place: Place,
    { sentToPrefectureOn, enforceableOn }: Transmission,
  ): Promise<void> {
    await this.change(tx, trace, at, place, 'record', 'groups.record-transmission', ({ resolutionOn }) => {
      const transmission = { sentToPrefectureOn, enforceableOn };
      refuseFaults(transmissionFaults(resolutionOn, transmission, parisDate(at)));
      return transmission;
    });
  }

  /** Records that a buyer does not join; it says why if it likes. @throws {Refused} as the table of membership says */
  async decline(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    place: Place,
    reason: string | null,
  ): Promise<void> {
    await this.change(tx, trace, at, place, 'decline', 'groups.decline', () => ({
      declinedAt: at,
      declineReason: reason,
    }));
  }

  /**
   * A member withdraws: freely, as long as nothing launched binds it (G9), and once it holds no mission any more. Its
   * bulletins and its needs in what is being prepared follow, by a job.
   *
   * @throws {Refused} MEMBER_OF_A_LAUNCH, MISSION_HOLDER_CANNOT_WITHDRAW; or as the table of membership says
   */
  async withdraw(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    place: Place,
    reason: string | null,
  ): Promise<void> {
    await this.change(tx, trace, at, place, 'withdraw', 'groups.withdraw', async () => {
      const bound = await this.queries.bound(tx, place.groupId);
      const mine = bound.find(({ buyerId }) => buyerId === place.buyerId);
      if (mine) throw new Refused('MEMBER_OF_A_LAUNCH', mine.name);
      const held = await this.conduct.missionsHeldBy(tx, place.groupId, [place.buyerId]);
      if (held.length > 0) throw new Refused('MISSION_HOLDER_CANNOT_WITHDRAW', heldWords(held));
      await this.jobs.request(tx, 'membership.clear-consultations', {
        groupId: place.groupId,
        buyerId: place.buyerId,
        withdrawnAt: at.toISOString(),
      });
      return { withdrawnAt: at, withdrawalReason: reason };
    });
  }

  /**
   * The frame of each command: the group locked, then the membership; the table; the row; the journal.
   *
   * @param facts what the row then says; it may refuse. What leaves the state and every fact as they are writes nothing
   */
  private async change(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { groupId, buyerId }: Place,
    command: MembershipCommand,
    key: string,
    facts: (membership: Membership, group: PurchasingGroup) => Facts | Promise<Facts>,
  ): Promise<void> {
    const group = await this.groups.lock(tx, groupId);
    const membership = await lockedMembership(tx, { groupId, buyerId });
    const standing = stateOf(membership);
    const { state, refused } = moved(standing, command);
    if (refused) throw new Refused(refused);
    if (!membership) throw new Error(`${command} leads nowhere without a membership`);
    const given = await facts(membership, group);
    if (command === 'show_interest' && state === standing) return;
    const before = await toldMemberships(tx, groupId, [buyerId]);
    await tx.update(Membership, { groupId, buyerId }, { ...given, version: () => 'version + 1' });
    const after = await toldMemberships(tx, groupId, [buyerId]);
    await this.journal.write(
      tx,
      trace,
      at,
      entriesBetween({ groupId, subject: 'membership', key }, before, after),
    );
  }

  private async requireIntake(tx: EntityManager, group: PurchasingGroup, at: Date): Promise<void> {
    const launched = await this.queries.hasLaunched(tx, group.id);
    const refused = intakeRefusal({ kind: group.kind, endsOn: group.endsOn, launched }, parisDate(at));
    if (refused) throw new Refused(refused);
  }
}

type Facts = Partial<Omit<Membership, 'groupId' | 'buyerId' | 'version'>>;

/** The caller holds the group's lock. */
export const lockedMembership = (
  tx: EntityManager,
  { groupId, buyerId }: Place,
): Promise<Membership | null> =>
  tx.findOne(Membership, { where: { groupId, buyerId }, lock: { mode: 'pessimistic_write' } });

/** @throws {Refused} VALIDATION that tells every fault, in the body of the request */
export function refuseFaults(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  throw new Refused('VALIDATION', faults.length).withFaults(
    faults.map(({ field, code, detail }) => ({ in: 'body', pointer: `#/${field}`, code, detail })),
  );
}

const columnsOf = ({ kind, on, number }: Decision): Facts => ({
  decisionKind: kind,
  resolutionOn: on,
  resolutionNumber: number,
});

async function buyerOf(tx: EntityManager, { buyerId }: Place): Promise<{ isCommune: boolean }> {
  return { isCommune: kindOf(await tx.findOneByOrFail(Buyer, { id: buyerId })) === 'commune' };
}
