import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { frenchMoment } from '../calendar/plain-date.js';
import { CountedNeedsService } from '../needs/counted-needs.service.js';
import { newId } from '../platform/database/id.js';
import type { JournalState } from '../platform/journal/changes.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import { Refused } from '../platform/refusals/refused.js';
import type { DeclarationPlace } from './declaration-access.service.js';
import { DeclarationsQueries, type VersionRow } from './declarations.queries.js';
import { kindOfTransmission, silences, type VersionKind } from './declaration.rules.js';
import { OpenDeclarationService } from './open-declaration.service.js';
import { SettleVersionService } from './settle-version.service.js';
import { VersionsQueries } from './versions.queries.js';

/** What a member transmits: each version is kept as it was, and the latest one that stands is what counts. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly declarations: OpenDeclarationService,
    private readonly queries: DeclarationsQueries,
    private readonly versions: VersionsQueries,
    private readonly settling: SettleVersionService,
    private readonly counted: CountedNeedsService,
    private readonly journal: Journal,
    private readonly jobs: JobRequests,
  ) {}

  /**
   * Transmits what is typed. In time, it counts at once, unless the group asks for a validation; after the deadline, only in
   * a correction that was opened, and once the coordinator accepts it.
   *
   * @param attested « J’atteste avoir l’accord du maire »
   * @throws {Refused} what {@link OpenDeclarationService.hold} refuses; NEEDS_LOCKED; NOT_ATTESTED; NEEDS_SILENT with each
   * lot of which nothing is said; ALREADY_TRANSMITTED when nothing changed since
   */
  async transmit(tx: EntityManager, place: DeclarationPlace, attested: boolean): Promise<VersionRow> {
    if (!attested) throw new Refused('NOT_ATTESTED');
    const { campaign, declaration, locked } = await this.declarations.hold(tx, place);
    if (locked && declaration.rectificationOpenedAt === null)
      throw new Refused('NEEDS_LOCKED', frenchMoment(campaign.deadline));
    const { latest, revision, rectificationReason } = declaration;
    if (
      latest !== null &&
      latest.revision === revision &&
      latest.contestedAt === null &&
      latest.accepted !== false
    )
      throw new Refused('ALREADY_TRANSMITTED', latest.receipt);
    await this.requireAnswered(tx, place);
    const kind = kindOfTransmission(locked, declaration.counted);
    const id = await this.keep(tx, place, kind, campaign.now, rectificationReason);
    await tx.query(
      `update need_declaration set rectification_opened_at = null, rectification_reason = null
       where consultation_id = $1 and buyer_id = $2`,
      [place.consultationId, place.buyerId],
    );
    await this.settling.settle(tx, id, campaign.validationRequired);
    return this.told(tx, place, id, 'needs.transmit', null, campaign.now);
  }

  /**
   * Opens a correction after the deadline, or a late answer: it may then be typed, and transmitted with its reason.
   *
   * @throws {Refused} what {@link OpenDeclarationService.hold} refuses; DEADLINE_TO_COME; RECTIFICATION_ALREADY_OPEN;
   * NEEDS_PENDING while the version before waits
   */
  async rectify(tx: EntityManager, place: DeclarationPlace, reason: string): Promise<void> {
    const { campaign, declaration, locked } = await this.declarations.hold(tx, place);
    if (!locked) throw new Refused('DEADLINE_TO_COME', frenchMoment(campaign.deadline));
    if (declaration.rectificationOpenedAt !== null) throw new Refused('RECTIFICATION_ALREADY_OPEN');
    await tx.query(
      `insert into need_declaration (consultation_id, buyer_id, started_at, started_by, rectification_opened_at,
                                     rectification_reason)
       values ($1, $2, $3, $4, $3, $5)
       on conflict (consultation_id, buyer_id) do update
       set rectification_opened_at = excluded.rectification_opened_at,
           rectification_reason = excluded.rectification_reason`,
      [
        ...[place.consultationId, place.buyerId, campaign.now],
        ...[place.trace.actorKind === 'person' ? place.trace.actorId : null, reason],
      ],
    );
    await this.write(tx, place, campaign.now, 'needs.open-rectification', null, {
      rectificationOpened: true,
    });
  }

  /**
   * The member’s validator confirms a version that waits for it.
   *
   * @throws {Refused} NOT_FOUND, VERSION_NOT_WAITING, and what {@link OpenDeclarationService.hold} refuses
   */
  async validate(tx: EntityManager, place: DeclarationPlace, number: number): Promise<VersionRow> {
    const { campaign, declaration } = await this.declarations.hold(tx, place);
    const version = await this.latest(tx, place, number, declaration.latest);
    this.settling.requireWaiting(version, campaign.validationRequired, 'validation');
    await tx.query(`update need_version set validated_at = $2, validated_by = $3 where id = $1`, [
      version.id,
      campaign.now,
      place.trace.actorKind === 'person' ? place.trace.actorId : null,
    ]);
    await this.settling.settle(tx, version.id, campaign.validationRequired);
    return this.told(tx, place, version.id, 'needs.validate', version, campaign.now);
  }

  /**
   * The coordinator takes a late or corrected version, or does not.
   *
   * @throws {Refused} NOT_FOUND, VERSION_NOT_WAITING, REFUSAL_WITHOUT_REASON, and what
   * {@link OpenDeclarationService.hold} refuses
   */
  async decide(
    tx: EntityManager,
    place: DeclarationPlace,
    number: number,
    accepted: boolean,
    reason: string | null,
  ): Promise<VersionRow> {
    if (!accepted && reason === null) throw new Refused('REFUSAL_WITHOUT_REASON');
    const { campaign, declaration } = await this.declarations.hold(tx, place);
    const version = await this.latest(tx, place, number, declaration.latest);
    this.settling.requireWaiting(version, campaign.validationRequired, 'decision');
    await tx.query(
      `update need_version set decided_at = $2, decided_by = $3, accepted = $4, decision_reason = $5 where id = $1`,
      [
        ...[version.id, campaign.now, place.trace.actorKind === 'person' ? place.trace.actorId : null],
        ...[accepted, reason],
      ],
    );
    await this.settling.settle(tx, version.id, campaign.validationRequired);
    return this.told(tx, place, version.id, 'needs.decide', version, campaign.now);
  }

  /**
   * The member says that it did not mean what was transmitted in its name: nothing of it counts from then on.
   *
   * @throws {Refused} NOT_FOUND, ALREADY_CONTESTED, and what {@link OpenDeclarationService.hold} refuses: what is
   * published is contested no more
   */
  async contest(
    tx: EntityManager,
    place: DeclarationPlace,
    number: number,
    reason: string,
  ): Promise<VersionRow> {
    const { campaign, declaration } = await this.declarations.hold(tx, place);
    const version = await this.latest(tx, place, number, declaration.latest);
    if (version.contestedAt !== null) throw new Refused('ALREADY_CONTESTED');
    await tx.query(
      `update need_version set contested_at = $2, contested_by = $3, contest_reason = $4 where id = $1`,
      [
        ...[
          version.id,
          campaign.now,
          place.trace.actorKind === 'person' ? place.trace.actorId : null,
          reason,
        ],
      ],
    );
    await this.counted.clear(tx, place.consultationId, place.buyerId);
    return this.told(tx, place, version.id, 'needs.contest', version, campaign.now);
  }

  private async requireAnswered(
    tx: EntityManager,
    { consultationId, buyerId }: DeclarationPlace,
  ): Promise<void> {
    const faults = silences(await this.queries.lots(tx, consultationId, buyerId));
    if (faults.length === 0) return;
    throw new Refused('NEEDS_SILENT', faults.map(({ sentence }) => sentence).join(' ')).withFaults(
      faults.map(({ number, sentence }) => ({
        in: 'body' as const,
        pointer: '#',
        code: `lot${number}`,
        detail: sentence,
      })),
    );
  }

  /** Only the latest version may still change state: those before it are history. */
  private async latest(
    tx: EntityManager,
    { consultationId, buyerId }: DeclarationPlace,
    number: number,
    latest: VersionRow | null,
  ): Promise<VersionRow> {
    if (latest?.number === number) return latest;
    const versions = await this.queries.versions(tx, consultationId, buyerId);
    throw versions.some((version) => version.number === number)
      ? new Refused('VERSION_SUPERSEDED', latest!.number)
      : new Refused('NOT_FOUND');
  }

  private async keep(
    tx: EntityManager,
    place: DeclarationPlace,
    kind: VersionKind,
    now: Date,
    reason: string | null,
  ): Promise<string> {
    const id = newId();
    const { consultationId, buyerId, trace } = place;
    await this.versions.keep(tx, {
      ...{ id, consultationId, buyerId, kind, now, reason },
      transmittedBy: trace.actorKind === 'person' ? trace.actorId : null,
      channel: trace.onBehalfOf !== null ? 'delegation' : trace.channel,
    });
    return id;
  }

  private async told(
    tx: EntityManager,
    place: DeclarationPlace,
    id: string,
    key: string,
    before: VersionRow | null,
    now: Date,
  ): Promise<VersionRow> {
    const versions = await this.queries.versions(tx, place.consultationId, place.buyerId);
    const after = versions.find((version) => version.id === id)!;
    const event = EVENTS[key];
    if (event !== undefined) {
      const { consultationId, buyerId } = place;
      await this.jobs.request(tx, 'needs.tell', { consultationId, event, buyerId, number: after.number });
    }
    await this.write(tx, place, now, key, before && stateOf(before), stateOf(after));
    return after;
  }

  private write(
    tx: EntityManager,
    { groupId, consultationId, buyerId, trace }: DeclarationPlace,
    at: Date,
    key: string,
    before: JournalState | null,
    after: JournalState,
  ): Promise<void> {
    return this.journal.write(tx, trace, at, [
      { groupId, buyerId, subject: 'declaration', subjectId: consultationId, key, before, after },
    ]);
  }
}

/** What people are written about: a validation is the member's own. */
const EVENTS: Readonly<Partial<Record<string, 'transmitted' | 'decided' | 'contested'>>> = {
  'needs.transmit': 'transmitted',
  'needs.decide': 'decided',
  'needs.contest': 'contested',
};

/** Reasons are free texts, which may name somebody: they stay out of the journal. */
const stateOf = (version: VersionRow): JournalState => ({
  number: version.number,
  kind: version.kind,
  receipt: version.receipt,
  sha256: version.sha256,
  validatedAt: version.validatedAt?.toISOString() ?? null,
  accepted: version.accepted,
  contestedAt: version.contestedAt?.toISOString() ?? null,
});
