import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  type ConsultationScope,
  ConsultationScopeService,
} from '../consultations/consultation-scope.service.js';
import { gravest } from '../law/check.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import type { Caller } from '../platform/access/caller.js';
import type { PermissionKey } from '../platform/access/permission-key.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { CheckList } from './checks.dto.js';
import type { CheckSubject, ListedCheck } from './checks.rules.js';
import { ChecksService } from './checks.service.js';

/** A check is for whoever may read what it is about. */
const RIGHTS: Readonly<Record<CheckSubject, PermissionKey>> = {
  group: 'group.read',
  consultation: 'consultation.read',
  sourcing: 'sourcing.read',
  items: 'catalogue.read',
  terms: 'terms.read',
  protection: 'lot.protection.read',
  needs: 'group.kept-outside.read',
  procedure: 'consultation.read',
};

/** All that stands between a consultation and its launch, from every room. */
@ApiTags('consultations')
@Controller('consultations/:consultationId')
export class ChecksController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly scopes: ConsultationScopeService,
    private readonly checks: ChecksService,
  ) {}

  @Get('checks')
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Tous les contrôles d’une consultation',
    description:
      'Groupement, consultation et lots, sourçage, articles, conditions, mesures d’accès, besoins, valeur et procédure\u00a0: ce que le droit en dit au jour du lancement, à défaut du lancement prévu, à défaut aujourd’hui. Tout est dit à la fois, le plus grave d’abord.',
    operationId: 'listConsultationChecks',
  })
  @ApiOkResponse({ type: CheckList })
  check(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<CheckList> {
    // One state for all rooms: what one of them says is not contradicted by what another read later.
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      const scope = await this.scopes.of(tx, consultationId);
      caller.require('consultation.read', scope);
      const { items, ...day } = await this.checks.ofConsultation(tx, consultationId, this.clock.now());
      const shown = items.filter((item) => maySee(caller, scope, item));
      return { ...day, verdict: gravest(shown), complete: seesAll(caller, scope), items: shown };
    });
  }
}

const maySee = (caller: Caller, scope: ConsultationScope, { subject, member }: ListedCheck): boolean =>
  caller.may(RIGHTS[subject], member === null ? scope : { ...scope, buyerIds: [member.buyerId] });

/** Told by the rights, not by what there is to hide: whether there is something is not told either. */
const seesAll = (caller: Caller, { groupId, buyerIds }: ConsultationScope): boolean =>
  Object.values(RIGHTS).every((key) =>
    key === 'group.kept-outside.read'
      ? buyerIds.every((buyerId) => caller.may(key, { groupId, buyerIds: [buyerId] }))
      : caller.may(key, { groupId, buyerIds }),
  );
