import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import type { Consultation } from '../consultations/consultation.entity.js';
import type { ConsultationState } from '../consultations/consultation.rules.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { ConsultationsService } from '../consultations/consultations.service.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { lockGroup } from '../groups/group-lock.queries.js';
import { GroupsService } from '../groups/groups.service.js';
import { launchReadiness, withoutNonSignatories } from '../members/launch.rules.js';
import { MembersQueries } from '../members/members.queries.js';
import { NeedsService } from '../needs/needs.service.js';
import { DepartureService } from '../participation/departure.service.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { about, type Control, controlOf, membersFrozen } from './blocking.rules.js';
import { ControlService, type ControlState, idsOf } from './control.service.js';
import { type PublicationRow, PublicationQueries } from './publication.queries.js';
import { SnapshotService, type Verification } from './snapshot.service.js';

/** Whether what is published is still what is kept: `intact` when all holds. */
export interface Holding extends Omit<Verification, 'sha256'> {
  readonly intact: boolean;
}

export interface PublicationState {
  readonly consultationId: string;
  readonly state: ConsultationState;
  readonly version: number;
  /** Null once launched or cancelled, or for whom its reader may not see all. */
  readonly control: ControlState | null;
  readonly publication: (PublicationRow & Holding) | null;
}

/** The control before publication, and the publication: what it asks, what it freezes. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly queries: PublicationQueries,
    private readonly consultations: ConsultationsService,
    private readonly reading: ConsultationsQueries,
    private readonly groups: GroupsService,
    private readonly members: MembersQueries,
    private readonly control: ControlService,
    private readonly snapshots: SnapshotService,
    private readonly needs: NeedsService,
    private readonly departures: DepartureService,
  ) {}

  /**
   * Where a consultation stands before its publication, or what was published.
   *
   * @param whole whether the reader may see every check: the control is not shown in part
   * @throws {Refused} NOT_FOUND
   */
  async read(tx: EntityManager, consultationId: string, at: Date, whole: boolean): Promise<PublicationState> {
    const consultation = await this.reading.detail(tx, consultationId);
    if (!consultation) throw new Refused('NOT_FOUND');
    const { state, version, groupId } = consultation;
    const published = await this.queries.published(tx, consultationId);
    return {
      ...{ consultationId, state, version },
      control:
        whole && state === 'draft' ? await this.control.preview(tx, consultationId, groupId, at) : null,
      publication: published && { ...published, ...holding(await this.verify(tx, consultationId)) },
    };
  }

  /**
   * Publishes: judged by the law of today in Paris (CCP R2121-3), whatever day was planned. All or nothing, within the
   * caller's transaction: from its end on the database refuses any change of what was frozen.
   *
   * @param version of the consultation, as it was read
   * @param without the members that have not signed, or whose decision is not enforceable, leave the consultation first
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED, STALE_VERSION, PUBLICATION_BLOCKED with
   * every cause
   */
  async publish(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    version: number,
    without: boolean,
  ): Promise<PublicationState> {
    const consultation = await lockOpenConsultation(tx, consultationId, 'launch');
    const { groupId } = consultation;
    if (consultation.version !== version)
      throw new Refused('STALE_VERSION').withCurrent(await this.read(tx, consultationId, at, true));
    // Held from here on: who signed, decided or left since then is read below, or waits.
    await lockGroup(tx, groupId);
    const today = parisDate(at);
    const asked = (await this.members.launching(tx, groupId))!;
    const { group, leftOut } = without ? withoutNonSignatories(asked, today) : { group: asked, leftOut: [] };
    await this.leave(
      tx,
      trace,
      at,
      consultation,
      leftOut.map(({ buyerId }) => buyerId),
    );
    const participants = await this.queries.participants(tx, consultationId);
    // Launched first, it is judged as launched: by the law of this day, in every room. A cause undoes it.
    await this.consultations.recordLaunch(tx, trace, at, consultationId);
    const { items } = await this.control.ofConsultation(tx, consultationId, at);
    requirePassing(
      controlOf([
        ...launchReadiness(group, today, leftOut).map((check) => about(check, 'group')),
        about(membersFrozen(participants, idsOf(group), today)),
        ...items,
      ]),
    );
    const joined = participants.map(({ buyerId }) => buyerId);
    const buyerIds = idsOf(group).filter((id) => joined.includes(id) || id === group.coordinatorId);
    await this.groups.recordLaunch(tx, trace, at, { groupId, consultationId, buyerIds });
    await this.snapshots.keep(tx, trace, at, { consultationId, groupId, leftOut: leftOut.length });
    return this.read(tx, consultationId, at, true);
  }

  /** Whether what was published is still what is kept. @throws {Refused} NOT_FOUND when it was not published */
  verify(tx: EntityManager, consultationId: string): Promise<Verification> {
    return this.snapshots.verify(tx, consultationId);
  }

  /** As a member that withdraws leaves what is being prepared; it stays a member of the group. */
  private async leave(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { id: consultationId, groupId }: Consultation,
    buyerIds: readonly string[],
  ): Promise<void> {
    for (const { buyerId, lots } of await this.queries.held(tx, consultationId, buyerIds)) {
      const lotIds = lots.map(({ id }) => id);
      await this.needs.withdrawMember(tx, trace, at, consultationId, { buyerId, lotIds });
      await this.departures.leave(tx, trace, at, { consultationId, groupId }, buyerId, lotIds);
    }
  }
}

const holding = ({ sha256: _, ...holds }: Verification): Holding => ({
  intact: holds.hashHolds && holds.contentHolds && holds.needsHold && holds.groupHolds,
  ...holds,
});

/** @throws {Refused} PUBLICATION_BLOCKED with every cause, its article and what to do */
function requirePassing({ causes }: Control): void {
  if (causes.length === 0) return;
  throw new Refused('PUBLICATION_BLOCKED', causes.length).withFaults(
    causes.map(({ rule, article, sentence, lotNumber, member }) => ({
      in: 'body',
      pointer: '#',
      code: rule,
      detail: [
        ...(lotNumber === null ? [] : [`Lot\u00a0${lotNumber}\u00a0: `]),
        ...(member === null ? [] : [`${member.name}\u00a0: `]),
        `${sentence} (${article})`,
      ].join(''),
    })),
  );
}
