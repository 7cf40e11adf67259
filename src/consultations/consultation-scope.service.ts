import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { GroupsQueries } from '../groups/groups.queries.js';
import { Refused } from '../platform/refusals/refused.js';
import { ConsultationsQueries } from './consultations.queries.js';

/** What a right on a consultation, or on anything in it, is judged on: its group, with the buyers invited to it. */
export interface ConsultationScope {
  readonly groupId: string;
  readonly buyerIds: readonly string[];
}

@Injectable()
export class ConsultationScopeService {
  constructor(
    private readonly consultations: ConsultationsQueries,
    private readonly groups: GroupsQueries,
  ) {}

  /** @throws {Refused} NOT_FOUND when there is no such group */
  async ofGroup(tx: EntityManager, groupId: string): Promise<ConsultationScope> {
    const buyerIds = await this.groups.invitedBuyers(tx, groupId);
    if (!buyerIds) throw new Refused('NOT_FOUND');
    return { groupId, buyerIds };
  }

  /** @throws {Refused} NOT_FOUND when there is no such consultation */
  async of(tx: EntityManager, consultationId: string): Promise<ConsultationScope> {
    const groupId = await this.consultations.findGroupOf(tx, consultationId);
    if (groupId === null) throw new Refused('NOT_FOUND');
    return this.ofGroup(tx, groupId);
  }
}
