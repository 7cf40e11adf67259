import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { gravest } from '../law/check.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { CheckRights } from './check-rights.service.js';
import { CheckList } from './checks.dto.js';
import { ChecksService } from './checks.service.js';

/** All that stands between a consultation and its launch, from every room. */
@ApiTags('consultations')
@Controller('consultations/:consultationId')
export class ChecksController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly scopes: ConsultationScopeService,
    private readonly checks: ChecksService,
    private readonly rights: CheckRights,
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
      const shown = items.filter((item) => this.rights.maySee(caller, scope, item));
      return { ...day, verdict: gravest(shown), complete: this.rights.seesAll(caller, scope), items: shown };
    });
  }
}
