import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { lockGroup } from '../groups/group-lock.queries.js';
import { GroupsQueries } from '../groups/groups.queries.js';
import { GroupsService } from '../groups/groups.service.js';
import { requiredValue } from '../law/law-on.js';
import { LawbookService } from '../lawbook/lawbook.service.js';
import { newId } from '../platform/database/id.js';
import type { JournalEntry, JournalState } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { CONSULTATION_CONSTRAINTS } from '../platform/refusals/consultations.js';
import { Refused } from '../platform/refusals/refused.js';
import { needsDurationMotive, totalYears } from './consultation-checks.rules.js';
import { lockOpenConsultation, requireMove } from './open-consultation.queries.js';
import { Consultation } from './consultation.entity.js';
import { type NoSplitGround } from './consultation.rules.js';
import { type ConsultationDetail, ConsultationsQueries } from './consultations.queries.js';

export interface ConsultationTerms {
  readonly title: string;
  readonly firmYears: number;
  readonly renewals: number;
}

/** What people write of a consultation. */
export interface ConsultationFields extends ConsultationTerms {
  readonly object: string | null;
  readonly families: string[];
  readonly durationMotive: string | null;
  readonly plannedLaunchOn: PlainDate | null;
  readonly noSplitGround: NoSplitGround | null;
  readonly noSplitMotive: string | null;
}

@Injectable()
export class ConsultationsService {
  constructor(
    private readonly journal: Journal,
    private readonly queries: ConsultationsQueries,
    private readonly groups: GroupsService,
    private readonly launches: GroupsQueries,
    private readonly lawbook: LawbookService,
  ) {}

  /**
   * Opens the group's consultation of that title, or finds it and brings its duration up to date.
   *
   * @throws {Refused} CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED
   */
  async open(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    terms: ConsultationTerms,
  ): Promise<string> {
    const id = newId();
    const { title, firmYears, renewals } = terms;
    await lockGroup(tx, groupId);
    const known = await this.queries.titled(tx, groupId, title);
    if (known === null) await tx.insert(Consultation, { id, groupId, title, firmYears, renewals });
    const consultation = await tx.findOneOrFail(Consultation, {
      where: { id: known ?? id },
      lock: { mode: 'pessimistic_write' },
    });
    requireMove(consultation, 'edit');
    if (consultation.firmYears !== firmYears || consultation.renewals !== renewals)
      await tx.update(
        Consultation,
        { id: consultation.id },
        { firmYears, renewals, version: () => 'version + 1' },
      );
    const told = ({ title, firmYears, renewals }: ConsultationTerms) => ({ title, firmYears, renewals });
    await this.tell(tx, trace, at, consultation, 'consultations.open', {
      before: consultation.id === id ? null : told(consultation),
      after: told({ ...terms, title: consultation.title }),
    });
    return consultation.id;
  }

  /**
   * Creates a consultation of a group; the right was asserted by the caller.
   *
   * @throws {Refused} NOT_FOUND, ALREADY_EXISTS for its title, DURATION_NEEDS_A_MOTIVE
   */
  async create(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    groupId: string,
    fields: ConsultationFields,
  ): Promise<string> {
    await lockGroup(tx, groupId);
    await this.requireFreeTitle(tx, groupId, fields.title);
    await this.requireDurationMotive(tx, fields, at);
    const id = newId();
    await tx.insert(Consultation, { id, groupId, ...fields });
    await this.tell(tx, trace, at, { id, groupId }, 'consultations.create', {
      before: null,
      after: told(fields),
    });
    return id;
  }

  /**
   * Begins another consultation as this one is, whatever its state; what it holds is copied by `lots`. Its duration is
   * left to the checks: one that came from files may lack its motive, and a launched one cannot be mended.
   *
   * @throws {Refused} NOT_FOUND, ALREADY_EXISTS for its title
   */
  async copy(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    sourceId: string,
    given: Pick<ConsultationFields, 'title' | 'plannedLaunchOn'>,
  ): Promise<{ readonly id: string; readonly groupId: string }> {
    const source = await lockOpenConsultation(tx, sourceId, 'copy');
    await this.requireFreeTitle(tx, source.groupId, given.title);
    const copy = { id: newId(), groupId: source.groupId };
    const fields = { ...fieldsOf(source), ...given };
    await tx.insert(Consultation, { ...copy, ...fields, copiedFromId: sourceId });
    await this.tell(tx, trace, at, copy, 'consultations.copy', {
      before: null,
      after: { ...told(fields), copiedFrom: sourceId },
    });
    return copy;
  }

  /**
   * Changes what is given of a consultation; the right was asserted by the caller.
   *
   * @param version the one that was read
   * @throws {Refused} NOT_FOUND, STALE_VERSION, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED,
   * DURATION_NEEDS_A_MOTIVE, ALREADY_EXISTS for its title
   */
  async edit(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    version: number,
    changes: Partial<ConsultationFields>,
  ): Promise<ConsultationDetail> {
    const before = await lockOpenConsultation(tx, consultationId);
    await this.requireVersion(tx, before, version);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after: ConsultationFields = { ...fieldsOf(before), ...given };
    if (after.title !== before.title)
      await this.requireFreeTitle(tx, before.groupId, after.title, consultationId);
    await this.requireDurationMotive(tx, after, at);
    await tx.update(Consultation, { id: consultationId }, { ...after, version: () => 'version + 1' });
    await this.tell(tx, trace, at, before, 'consultations.edit', {
      before: told(before),
      after: told(after),
    });
    return (await this.queries.detail(tx, consultationId))!;
  }

  /**
   * Declares it « sans suite », before or after its launch (CCP R2185-1): launched, it binds its members no more.
   *
   * @throws {Refused} NOT_FOUND, STALE_VERSION, CONSULTATION_CANCELLED
   */
  async cancel(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    version: number,
    reason: string,
  ): Promise<ConsultationDetail> {
    const consultation = await lockOpenConsultation(tx, consultationId, 'cancel');
    await this.requireVersion(tx, consultation, version);
    await tx.update(
      Consultation,
      { id: consultationId },
      { cancelledAt: at, cancellationReason: reason, version: () => 'version + 1' },
    );
    await this.tell(tx, trace, at, consultation, 'consultations.cancel', { before: null, after: { reason } });
    // What was not launched binds nobody.
    if (await this.launches.launch(tx, consultationId))
      await this.groups.recordLaunchEnd(tx, trace, at, consultationId);
    return (await this.queries.detail(tx, consultationId))!;
  }

  /**
   * Records that it is launched: from then on it does not change. No route calls it: the publication check does, which
   * judges first that it may be.
   *
   * @throws {Refused} NOT_FOUND, CONSULTATION_LAUNCHED, CONSULTATION_CANCELLED
   */
  async recordLaunch(tx: EntityManager, trace: Trace, at: Date, consultationId: string): Promise<void> {
    const consultation = await lockOpenConsultation(tx, consultationId, 'launch');
    await tx.update(Consultation, { id: consultationId }, { launchedAt: at, version: () => 'version + 1' });
    await this.tell(tx, trace, at, consultation, 'consultations.launch', {
      before: null,
      after: { launchedOn: parisDate(at) },
    });
  }

  /** The law is asked at the planned launch, else today. */
  private async requireDurationMotive(
    tx: EntityManager,
    fields: ConsultationFields,
    at: Date,
  ): Promise<void> {
    const law = await this.lawbook.on(tx, fields.plannedLaunchOn ?? parisDate(at));
    if (!needsDurationMotive(fields, law)) return;
    const limit = requiredValue(law, 'accord_cadre_duree');
    throw new Refused('DURATION_NEEDS_A_MOTIVE', totalYears(fields), String(limit));
  }

  /**
   * Titles are compared as names are: capitals, accents and hyphens tell none apart. The caller holds the group's lock.
   *
   * @param exceptId the one that is renamed
   */
  private async requireFreeTitle(
    tx: EntityManager,
    groupId: string,
    title: string,
    exceptId: string | null = null,
  ): Promise<void> {
    if ((await this.queries.titled(tx, groupId, title, exceptId)) === null) return;
    throw new Refused('ALREADY_EXISTS', CONSULTATION_CONSTRAINTS.consultation_title_is_unique[1]);
  }

  private async requireVersion(
    tx: EntityManager,
    { id, version }: Consultation,
    read: number,
  ): Promise<void> {
    if (version !== read) throw new Refused('STALE_VERSION').withCurrent(await this.queries.detail(tx, id));
  }

  private tell(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { id, groupId }: { readonly id: string; readonly groupId: string },
    key: string,
    states: Pick<JournalEntry, 'before' | 'after'>,
  ): Promise<void> {
    const of = { groupId, buyerId: null, subject: 'consultation', subjectId: id, key };
    return this.journal.write(tx, trace, at, [{ ...of, ...states }]);
  }
}

/** What people write of it, without its dates and its identity. */
export const fieldsOf = (consultation: ConsultationFields): ConsultationFields => ({
  title: consultation.title,
  object: consultation.object,
  families: consultation.families,
  firmYears: consultation.firmYears,
  renewals: consultation.renewals,
  durationMotive: consultation.durationMotive,
  plannedLaunchOn: consultation.plannedLaunchOn,
  noSplitGround: consultation.noSplitGround,
  noSplitMotive: consultation.noSplitMotive,
});

const told = (fields: ConsultationFields): JournalState => ({ ...fieldsOf(fields) });
