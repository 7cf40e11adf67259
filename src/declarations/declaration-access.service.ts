import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import type { Caller } from '../platform/access/caller.js';
import type { PermissionKey } from '../platform/access/permission-key.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';

/** A declaration that the caller may touch, and the trace to write of it. */
export interface DeclarationPlace {
  readonly groupId: string;
  readonly consultationId: string;
  readonly buyerId: string;
  readonly trace: Trace;
}

/** Judges the right of a caller on the declaration of one member of a consultation. */
@Injectable()
export class DeclarationAccess {
  constructor(private readonly scopes: ConsultationScopeService) {}

  /**
   * A right that the coordinator holds on the whole census.
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN
   */
  async ofCampaign(
    tx: EntityManager,
    caller: Caller,
    key: PermissionKey,
    consultationId: string,
  ): Promise<{ readonly groupId: string; readonly trace: Trace }> {
    const scope = await this.scopes.of(tx, consultationId);
    return { groupId: scope.groupId, trace: caller.require(key, scope) };
  }

  /**
   * Judged on that one member: who reads the consultation without being of it is told that it may not (403) rather than
   * that there is nothing (404).
   *
   * @throws {Refused} NOT_FOUND, FORBIDDEN
   */
  async ofMember(
    tx: EntityManager,
    caller: Caller,
    key: PermissionKey,
    consultationId: string,
    buyerId: string,
  ): Promise<DeclarationPlace> {
    const scope = await this.scopes.of(tx, consultationId);
    const about = { groupId: scope.groupId, buyerIds: [buyerId] };
    if (!caller.may(key, about)) {
      caller.require('consultation.read', scope);
      throw new Refused('FORBIDDEN');
    }
    const trace = caller.require(key, about);
    if (!scope.buyerIds.includes(buyerId)) throw new Refused('NOT_FOUND');
    return { groupId: scope.groupId, consultationId, buyerId, trace };
  }
}
