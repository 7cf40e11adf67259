import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { ParticipationQueries } from '../participation/participation.queries.js';
import type { Caller } from '../platform/access/caller.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { lockOpenConsultation } from '../consultations/open-consultation.queries.js';
import { type LotPlace, TermsQueries } from './terms.queries.js';

type Right = 'terms.read' | 'terms.write';

/** Lots and consultations whose terms someone asks for: within their rights, and locked before they change. */
@Injectable()
export class TermsPlaces {
  constructor(
    private readonly queries: TermsQueries,
    private readonly scopes: ConsultationScopeService,
    private readonly participation: ParticipationQueries,
  ) {}

  /** @throws {Refused} NOT_FOUND */
  async readLot(tx: EntityManager, caller: Caller, lotId: string): Promise<LotPlace> {
    const place = await this.queries.lot(tx, lotId);
    if (!place) throw new Refused('NOT_FOUND');
    await this.require(tx, caller, 'terms.read', place.groupId);
    return place;
  }

  /** @throws {Refused} NOT_FOUND */
  async readConsultation(tx: EntityManager, caller: Caller, consultationId: string): Promise<string> {
    const groupId = await this.queries.groupOf(tx, consultationId);
    if (groupId === null) throw new Refused('NOT_FOUND');
    await this.require(tx, caller, 'terms.read', groupId);
    return groupId;
  }

  /**
   * The lot, held with its consultation until the transaction ends: its form, its members and its launch stay as read.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN, and what lockOpenConsultation refuses
   */
  async editLot(
    tx: EntityManager,
    caller: Caller,
    lotId: string,
  ): Promise<{ place: LotPlace; trace: Trace }> {
    const found = await this.queries.lot(tx, lotId);
    if (!found) throw new Refused('NOT_FOUND');
    const trace = await this.require(tx, caller, 'terms.write', found.groupId);
    await lockOpenConsultation(tx, found.consultationId);
    await tx.query(`select from lot where id = $1 for update`, [lotId]);
    const place = await this.queries.lot(tx, lotId);
    if (!place) throw new Refused('NOT_FOUND');
    return { place, trace };
  }

  /** @throws {Refused} NOT_FOUND, FORBIDDEN, and what lockOpenConsultation refuses */
  async editConsultation(
    tx: EntityManager,
    caller: Caller,
    consultationId: string,
  ): Promise<{ groupId: string; trace: Trace }> {
    const groupId = await this.queries.groupOf(tx, consultationId);
    if (groupId === null) throw new Refused('NOT_FOUND');
    const trace = await this.require(tx, caller, 'terms.write', groupId);
    await lockOpenConsultation(tx, consultationId);
    return { groupId, trace };
  }

  /**
   * Whether the caller reads of every member: by a role held in the group or everywhere, or because its members see each
   * other. Else each reads of the buyers that it acts for.
   */
  async readsOfAll(tx: EntityManager, caller: Caller, groupId: string): Promise<boolean> {
    return (
      caller.may('terms.read', { groupId, buyerIds: [] }) ||
      (await this.participation.membersSeeEachOther(tx, groupId))
    );
  }

  private async require(tx: EntityManager, caller: Caller, key: Right, groupId: string): Promise<Trace> {
    return caller.require(key, await this.scopes.ofGroup(tx, groupId));
  }
}
