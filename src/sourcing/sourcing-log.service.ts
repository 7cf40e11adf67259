import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate, type PlainDate } from '../calendar/plain-date.js';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import type { Check } from '../law/check.js';
import type { Caller, Scope } from '../platform/access/caller.js';
import { newId } from '../platform/database/id.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { contactRefusal, LINE_MOVES, type LineCommand, sourcingChecks } from './sourcing-log.rules.js';
import { type ConsultationOfLog, type ContactRow, SourcingQueries } from './sourcing.queries.js';

/** A contact as it is typed. */
export interface ContactEntry {
  readonly supplierId: string;
  readonly lotNumber: number | null;
  readonly metOn: PlainDate;
  readonly subject: string;
  readonly informationGiven: readonly string[];
  readonly documentsGiven: readonly string[];
  readonly informationReceived: string;
}

type NewLine = ContactEntry & {
  readonly correctsId: string | null;
  readonly reason: string | null;
  readonly struckOut: boolean;
};

const KEYS = {
  record: 'sourcing.record-contact',
  correct: 'sourcing.correct-contact',
  'strike out': 'sourcing.strike-out-contact',
} as const;

/** The sourcing log of a consultation (R2111-1 and -2): written before the launch, corrected, never erased. */
@Injectable()
export class SourcingLogService {
  constructor(
    private readonly queries: SourcingQueries,
    private readonly scopes: ConsultationScopeService,
    private readonly journal: Journal,
  ) {}

  /**
   * @throws {Refused} NOT_FOUND, FORBIDDEN, CONTACT_IN_FUTURE, CONTACT_AFTER_LAUNCH, SUPPLIER_UNKNOWN, CONTACT_LOT_UNKNOWN,
   * CONSULTATION_CANCELLED
   */
  async record(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    consultationId: string,
    entry: ContactEntry,
  ): Promise<string> {
    const { consultation, trace } = await this.lock(tx, caller, consultationId);
    if (await isCancelled(tx, consultationId)) throw new Refused('CONSULTATION_CANCELLED');
    const line = { ...entry, correctsId: null, reason: null, struckOut: false };
    return this.write(tx, trace, at, consultationId, consultation, 'record', line);
  }

  /**
   * Writes the line that replaces another, with the reason. Late corrections are accepted: what they say must have
   * happened before the launch.
   *
   * @throws {Refused} as `record`; CONTACT_ALREADY_CORRECTED, CONTACT_STRUCK_OUT
   */
  async correct(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    consultationId: string,
    contactId: string,
    { reason, ...entry }: ContactEntry & { readonly reason: string },
  ): Promise<string> {
    const { consultation, trace } = await this.lock(tx, caller, consultationId);
    await this.requireMove(tx, consultationId, contactId, 'correct');
    const line = { ...entry, correctsId: contactId, reason, struckOut: false };
    return this.write(tx, trace, at, consultationId, consultation, 'correct', line);
  }

  /**
   * Strikes out a line that should not have been written; it is still read, struck out.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, CONTACT_ALREADY_CORRECTED, CONTACT_STRUCK_OUT
   */
  async strikeOut(
    tx: EntityManager,
    caller: Caller,
    at: Date,
    consultationId: string,
    contactId: string,
    reason: string,
  ): Promise<string> {
    const { consultation, trace } = await this.lock(tx, caller, consultationId);
    const struck = await this.requireMove(tx, consultationId, contactId, 'strike out');
    const line = { ...struck, correctsId: contactId, reason, struckOut: true };
    return this.write(tx, trace, at, consultationId, consultation, 'strike out', line);
  }

  /** The log from after a line on. @throws {Refused} NOT_FOUND, FORBIDDEN */
  async read(
    tx: EntityManager,
    caller: Caller,
    consultationId: string,
    after: string | null,
    limit: number,
  ): Promise<ContactRow[]> {
    caller.require('sourcing.read', (await this.find(tx, consultationId)).scope);
    return this.queries.contacts(tx, consultationId, after, limit);
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN */
  async checks(tx: EntityManager, caller: Caller, consultationId: string): Promise<readonly Check[]> {
    const { scope } = await this.find(tx, consultationId);
    caller.require('sourcing.read', scope);
    return this.checksOf(tx, consultationId);
  }

  /** The same, for who asserted the right: they name suppliers. @throws {Refused} NOT_FOUND */
  async checksOf(tx: EntityManager, consultationId: string): Promise<readonly Check[]> {
    const { consultation } = await this.find(tx, consultationId);
    return sourcingChecks(await this.queries.standing(tx, consultationId), consultation.launchedOn);
  }

  private async find(
    tx: EntityManager,
    consultationId: string,
  ): Promise<{ readonly consultation: ConsultationOfLog; readonly scope: Scope }> {
    const consultation = await this.queries.consultation(tx, consultationId);
    if (!consultation) throw new Refused('NOT_FOUND');
    const { groupId } = consultation;
    return {
      consultation,
      scope: await this.scopes.ofGroup(tx, groupId),
    };
  }

  /** Two people who write in one log follow each other, and neither passes a launch that is under way. */
  private async lock(
    tx: EntityManager,
    caller: Caller,
    consultationId: string,
  ): Promise<{ readonly consultation: ConsultationOfLog; readonly trace: Trace }> {
    await tx.query(`select from consultation where id = $1 for no key update`, [consultationId]);
    const { consultation, scope } = await this.find(tx, consultationId);
    return { consultation, trace: caller.require('sourcing.write', scope) };
  }

  private async requireMove(
    tx: EntityManager,
    consultationId: string,
    contactId: string,
    command: LineCommand,
  ): Promise<ContactRow> {
    const line = await this.queries.contact(tx, consultationId, contactId);
    if (!line) throw new Refused('NOT_FOUND');
    const move = LINE_MOVES[line.state][command];
    if (move === 'corrected' || move === 'struck out') return line;
    throw new Refused(move);
  }

  private async write(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    consultationId: string,
    { groupId, launchedOn }: ConsultationOfLog,
    command: keyof typeof KEYS,
    line: NewLine,
  ): Promise<string> {
    if (command !== 'strike out') {
      const refusal = contactRefusal(line.metOn, parisDate(at), launchedOn);
      if (refusal) throw new Refused(refusal);
      await this.requireListed(tx, line.supplierId);
      if (line.lotNumber !== null) await requireLot(tx, consultationId, line.lotNumber);
    }
    const id = newId();
    await tx.query(
      `insert into sourcing_contact (id, consultation_id, lot_number, supplier_id, met_on, subject, information_given,
         documents_given, information_received, recorded_at, recorded_by, corrects_id, reason, struck_out)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        id,
        consultationId,
        line.lotNumber,
        line.supplierId,
        line.metOn,
        line.subject,
        line.informationGiven,
        line.documentsGiven,
        line.informationReceived,
        at,
        trace.actorId,
        line.correctsId,
        line.reason,
        line.struckOut,
      ],
    );
    // The group's journal has more readers than the log: it does not say who was met, nor what was said.
    const after = { consultationId, ...(line.correctsId === null ? {} : { correctsId: line.correctsId }) };
    await this.journal.write(tx, trace, at, [
      {
        groupId,
        buyerId: null,
        subject: 'sourcing-contact',
        subjectId: id,
        key: KEYS[command],
        before: null,
        after,
      },
    ]);
    return id;
  }

  /** Holds the row, so that it is not removed meanwhile. */
  private async requireListed(tx: EntityManager, supplierId: string): Promise<void> {
    const rows = await tx.query<unknown[]>(
      `select id from supplier where id = $1 and erased_at is null for key share`,
      [supplierId],
    );
    if (rows.length === 0) throw new Refused('SUPPLIER_UNKNOWN');
  }
}

/** Lots come after sourcing on the way: what is asked of them here is only that they exist. */
async function requireLot(tx: EntityManager, consultationId: string, number: number): Promise<void> {
  const rows = await tx.query<unknown[]>(`select from lot where consultation_id = $1 and number = $2`, [
    consultationId,
    number,
  ]);
  if (rows.length === 0) throw new Refused('CONTACT_LOT_UNKNOWN', number);
}

async function isCancelled(tx: EntityManager, consultationId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select from consultation where id = $1 and cancelled_at is not null`,
    [consultationId],
  );
  return rows.length > 0;
}
