import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { Created } from '../accounts/answers.dto.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { cursorOf, PageQuery, pageOf } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { ConsultationScopeService } from './consultation-scope.service.js';
import {
  CancellationRequest,
  ConsultationAnswer,
  ConsultationChanges,
  ConsultationPage,
  ConsultationRequest,
} from './consultations.dto.js';
import { ConsultationsQueries } from './consultations.queries.js';
import { ConsultationsService } from './consultations.service.js';

@ApiTags('consultations')
@Controller()
export class ConsultationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly queries: ConsultationsQueries,
    private readonly consultations: ConsultationsService,
  ) {}

  @Get('groups/:groupId/consultations')
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Les consultations d’un groupement, la plus récente d’abord',
    operationId: 'listConsultations',
  })
  @ApiOkResponse({ type: ConsultationPage })
  async list(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Query() query: PageQuery,
  ): Promise<ConsultationPage> {
    const tx = this.dataSource.manager;
    call.caller.require('consultation.read', await this.scopes.ofGroup(tx, groupId));
    const [after = null] = cursorOf(query) ?? [];
    if (after !== null && !isUUID(after)) throw new Refused('MALFORMED_CURSOR');
    const rows = await this.queries.ofGroup(
      tx,
      groupId,
      after === null ? null : String(after),
      query.limit + 1,
    );
    return pageOf(call, query, rows, ({ id }) => [id]);
  }

  @Post('groups/:groupId/consultations')
  @Requires('consultation.write')
  @ApiOperation({ summary: 'Créer une consultation', operationId: 'createConsultation' })
  @ApiCreatedResponse({ type: Created })
  create(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Body() request: ConsultationRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.ofGroup(tx, groupId));
      const fields = {
        title: request.title,
        object: request.object ?? null,
        families: request.families ?? [],
        firmYears: request.firmYears,
        renewals: request.renewals,
        durationMotive: request.durationMotive ?? null,
        plannedLaunchOn: request.plannedLaunchOn ?? null,
        noSplitGround: request.noSplitGround ?? null,
        noSplitMotive: request.noSplitMotive ?? null,
      };
      return { id: await this.consultations.create(tx, trace, at, groupId, fields) };
    });
  }

  @Get('consultations/:consultationId')
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Une consultation', operationId: 'getConsultation' })
  @ApiOkResponse({ type: ConsultationAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<ConsultationAnswer> {
    const tx = this.dataSource.manager;
    caller.require('consultation.read', await this.scopes.of(tx, consultationId));
    return (await this.queries.detail(tx, consultationId))!;
  }

  @Patch('consultations/:consultationId')
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Modifier une consultation',
    description: 'Tant qu’elle est en préparation. Un champ absent reste tel quel.',
    operationId: 'editConsultation',
  })
  @ApiOkResponse({ type: ConsultationAnswer })
  edit(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatch() version: number,
    @Body() changes: ConsultationChanges,
  ): Promise<ConsultationAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.of(tx, consultationId));
      return this.consultations.edit(tx, trace, at, consultationId, version, changes);
    });
  }

  @Post('consultations/:consultationId/cancellation')
  @HttpCode(200)
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Déclarer une consultation sans suite',
    description: 'Avant ou après son lancement, avec son motif. Elle ne change plus ensuite.',
    operationId: 'cancelConsultation',
  })
  @ApiOkResponse({ type: ConsultationAnswer })
  cancel(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatch() version: number,
    @Body() { reason }: CancellationRequest,
  ): Promise<ConsultationAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.of(tx, consultationId));
      return this.consultations.cancel(tx, trace, at, consultationId, version, reason);
    });
  }
}
