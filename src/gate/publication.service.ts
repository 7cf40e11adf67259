import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { valueText } from '../lawbook/figure-value.rules.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import type { Consultation } from '../consultations/consultation.entity.js';
import type { ConsultationState } from '../consultations/consultation.rules.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { ConsultationsService } from '../consultations/consultations.service.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { GroupsService } from '../groups/groups.service.js';
import type { LawOn } from '../law/law-on.js';
import { type LaunchingGroup, launchReadiness, withoutNonSignatories } from '../members/launch.rules.js';
import { MembersQueries } from '../members/members.queries.js';
import { NeedsService } from '../needs/needs.service.js';
import { DepartureService } from '../participation/departure.service.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { ChecksService, type ConsultationChecks } from '../procedure/checks.service.js';
import { ProtectionReadingService } from '../protection/protection-reading.service.js';
import { about, type Control, controlOf, membersFrozen } from './blocking.rules.js';
import { canonicalJson, type Json } from './canonical.rules.js';
import { type LeavingRow, type PublicationRow, PublicationQueries } from './publication.queries.js';

/** « Publier sans les non-signataires »: without whom, and what leaves with them. */
export interface Drop {
  readonly members: readonly {
    readonly buyerId: string;
    readonly name: string;
    readonly missing: readonly string[];
    readonly lots: LeavingRow['lots'];
    readonly needs: number;
  }[];
  /** Numbers of the lots that nobody would be left in. */
  readonly emptiedLots: readonly number[];
}

/** What the control says of a consultation that was not launched. */
export interface ControlState extends Control, Pick<ConsultationChecks, 'on' | 'dayIs'> {
  readonly wouldDrop: Drop;
}

export interface PublicationState {
  readonly consultationId: string;
  readonly state: ConsultationState;
  readonly version: number;
  /** Null once launched or cancelled, or for whom its reader may not see all. */
  readonly control: ControlState | null;
  readonly publication: (PublicationRow & { readonly intact: boolean }) | null;
}

/** Whether what was published is still what is kept. */
export interface Verification {
  readonly sha256: string;
  /** The kept text still gives its hash. */
  readonly hashHolds: boolean;
  /** What the consultation buys, read again, is still what that text says. */
  readonly contentHolds: boolean;
}

/** The control before publication, and the publication: what it asks, what it freezes. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly lawbook: LawbookService,
    private readonly queries: PublicationQueries,
    private readonly consultations: ConsultationsService,
    private readonly reading: ConsultationsQueries,
    private readonly groups: GroupsService,
    private readonly members: MembersQueries,
    private readonly checks: ChecksService,
    private readonly protection: ProtectionReadingService,
    private readonly needs: NeedsService,
    private readonly departures: DepartureService,
    private readonly journal: Journal,
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
      control: whole && state === 'draft' ? await this.preview(tx, consultationId, groupId, at) : null,
      publication: published && {
        ...published,
        intact: hashOf((await this.queries.kept(tx, consultationId))!.snapshot) === published.sha256,
      },
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
    const { items } = await this.checks.ofConsultation(tx, consultationId, at);
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
    await this.keep(tx, trace, at, consultation, leftOut.length);
    return this.read(tx, consultationId, at, true);
  }

  /**
   * Recomputes the hash of what was published, and reads the consultation again.
   *
   * @throws {Refused} NOT_FOUND when it was not published
   */
  async verify(tx: EntityManager, consultationId: string): Promise<Verification> {
    const kept = await this.queries.kept(tx, consultationId);
    if (!kept) throw new Refused('NOT_FOUND');
    const { content } = JSON.parse(kept.snapshot) as { content: Json };
    return {
      sha256: kept.sha256,
      hashHolds: hashOf(kept.snapshot) === kept.sha256,
      contentHolds: canonicalJson(content) === canonicalJson(await this.content(tx, consultationId)),
    };
  }

  private async preview(
    tx: EntityManager,
    consultationId: string,
    groupId: string,
    at: Date,
  ): Promise<ControlState> {
    const { on, dayIs, items } = await this.checks.ofConsultation(tx, consultationId, at);
    const group = (await this.members.launching(tx, groupId))!;
    const today = parisDate(at);
    const frozen = membersFrozen(await this.queries.participants(tx, consultationId), idsOf(group), on);
    return {
      ...{ on, dayIs },
      ...controlOf([...items, about(frozen)]),
      wouldDrop: await this.wouldDrop(tx, consultationId, group, on > today ? on : today),
    };
  }

  private async wouldDrop(
    tx: EntityManager,
    consultationId: string,
    group: LaunchingGroup,
    day: PlainDate,
  ): Promise<Drop> {
    const { leftOut } = withoutNonSignatories(group, day);
    const buyerIds = leftOut.map(({ buyerId }) => buyerId);
    const held = new Map(
      (await this.queries.held(tx, consultationId, buyerIds)).map((row) => [row.buyerId, row]),
    );
    return {
      members: leftOut.map((member) => ({
        ...member,
        lots: held.get(member.buyerId)?.lots ?? [],
        needs: held.get(member.buyerId)?.needs ?? 0,
      })),
      emptiedLots: await this.queries.emptied(tx, consultationId, buyerIds),
    };
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

  private async keep(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { id: consultationId, groupId }: Consultation,
    leftOut: number,
  ): Promise<void> {
    const law = await this.lawbook.on(tx, parisDate(at));
    const snapshot = canonicalJson({
      ...(await this.queries.group(tx, consultationId)),
      content: await this.content(tx, consultationId),
      publishedAt: at.toISOString(),
      law: toldLaw(law),
    });
    const sha256 = hashOf(snapshot);
    const by = trace.actorKind === 'person' ? trace.actorId : null;
    await this.queries.keep(tx, { consultationId, at, by, lawOn: law.on, snapshot, sha256 });
    const of = { groupId, buyerId: null, subject: 'publication', subjectId: consultationId };
    await this.journal.write(tx, trace, at, [
      { ...of, key: 'gate.publish', before: null, after: { sha256, lawOn: law.on, leftOut } },
    ]);
  }

  private async content(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly [key: string]: Json }> {
    return {
      ...(await this.queries.content(tx, consultationId)),
      levers: (await this.protection.chosen(tx, consultationId)).map(({ lotId, levers }) => ({
        ...{ lotId, levers },
      })),
    };
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const idsOf = ({ members }: LaunchingGroup): string[] => members.map(({ buyerId }) => buyerId);

/** Values as texts in their unit, as `GET /law` tells them. */
const toldLaw = ({ on, figures }: LawOn): Json => ({
  on,
  figures: [...figures.values()].map(({ code, value, unit, article, validFrom, validTo }) => ({
    ...{ code, value: valueText(unit, value), unit, article, validFrom, validTo },
  })),
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
