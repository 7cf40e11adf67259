import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { CheckList } from '../consultations/checks.dto.js';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { gravest } from '../law/check.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { consultationChecks } from './lot-checks.rules.js';
import { LotsQueries } from './lots.queries.js';
import { titleWordingChecks } from './title-wording.rules.js';

/** What a consultation and its lots still miss. */
@ApiTags('consultations')
@Controller('consultations/:consultationId')
export class ConsultationLotsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly scopes: ConsultationScopeService,
    private readonly consultations: ConsultationsQueries,
    private readonly lots: LotsQueries,
  ) {}

  @Get('checks')
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Contrôles d’une consultation et de ses lots',
    description:
      'Ce qu’il faudra corriger avant de lancer. Le droit est demandé à la date de lancement prévue.',
    operationId: 'listConsultationChecks',
  })
  @ApiOkResponse({ type: CheckList })
  async check(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<CheckList> {
    const tx = this.dataSource.manager;
    caller.require('consultation.read', await this.scopes.of(tx, consultationId));
    const consultation = (await this.consultations.detail(tx, consultationId))!;
    const lots = await this.lots.details(tx, consultationId);
    const items = [
      ...consultationChecks(consultation, lots, parisDate(this.clock.now())),
      ...titleWordingChecks(consultation, lots),
    ];
    return { verdict: gravest(items), items };
  }
}
