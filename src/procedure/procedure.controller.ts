import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { ParticipationQueries } from '../participation/participation.queries.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatchOnceItExists } from '../platform/http/if-match.js';
import { Refused } from '../platform/refusals/refused.js';
import { ProcedureChoiceAnswer, ProcedureChoiceRequest } from './procedure-choice.dto.js';
import { ProcedureChoiceService } from './procedure-choice.service.js';
import { ProcedureAnswer, procedureAnswer } from './procedure.dto.js';
import { ProcedureService } from './procedure.service.js';
import { hypothesisOf, WhatIfRequest } from './what-if.dto.js';

/** What a consultation is worth, how it must be bought, and what people choose of it. */
@ApiTags('consultations')
@Controller('consultations/:consultationId')
export class ProcedureController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly participation: ParticipationQueries,
    private readonly procedure: ProcedureService,
    private readonly choices: ProcedureChoiceService,
  ) {}

  @Get('procedure')
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Valeur estimée et procédure d’une consultation',
    description:
      'Valeur estimée, petits lots, procédure, publicité, délais, suspension et ce qui suit l’attribution, d’après le droit du jour du lancement, à défaut du lancement prévu, à défaut d’aujourd’hui (CCP R2121-3).',
    operationId: 'getProcedure',
  })
  @ApiOkResponse({ type: ProcedureAnswer })
  read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<ProcedureAnswer> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      caller.require('consultation.read', await this.scopes.of(tx, consultationId));
      return procedureAnswer(await this.procedure.read(tx, consultationId, this.clock.now()));
    });
  }

  @Post('procedure/what-if')
  @HttpCode(200)
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Valeur estimée et procédure, si…',
    description:
      'Les mêmes réponses pour des lots, des membres, une durée ou un jour de lancement supposés. Rien n’est enregistré. Supposer un membre parti demande de pouvoir lire les besoins de tous.',
    operationId: 'supposeProcedure',
  })
  @ApiOkResponse({ type: ProcedureAnswer })
  suppose(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Body() hypothesis: WhatIfRequest,
  ): Promise<ProcedureAnswer> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      // The database itself refuses that anything be saved here.
      await tx.query('set transaction read only');
      const scope = await this.scopes.of(tx, consultationId);
      caller.require('consultation.read', scope);
      // What is missing without a member tells what it needs.
      const readsOfAll =
        caller.may('consultation.read', { groupId: scope.groupId, buyerIds: [] }) ||
        (await this.participation.membersSeeEachOther(tx, scope.groupId));
      if (hypothesis.removedMembers.length > 0 && !readsOfAll) throw new Refused('FORBIDDEN');
      return procedureAnswer(
        await this.procedure.whatIf(
          tx,
          consultationId,
          this.clock.now(),
          hypothesisOf(hypothesis),
          hypothesis.launchOn,
        ),
      );
    });
  }

  @Get('procedure-choice')
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Choix de la procédure d’une consultation', operationId: 'getProcedureChoice' })
  @ApiOkResponse({ type: ProcedureChoiceAnswer })
  async choice(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<ProcedureChoiceAnswer> {
    const tx = this.dataSource.manager;
    caller.require('consultation.read', await this.scopes.of(tx, consultationId));
    return this.choices.current(tx, consultationId);
  }

  @Put('procedure-choice')
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Choisir la procédure d’une consultation',
    description:
      'Tant qu’elle est en préparation. Remplace tout\u00a0: ce qui est absent est vidé. Procédure, limites, urgence, petits lots, et ce que la valeur compte outre les lots.',
    operationId: 'setProcedureChoice',
  })
  @ApiOkResponse({ type: ProcedureChoiceAnswer })
  choose(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() choice: ProcedureChoiceRequest,
  ): Promise<ProcedureChoiceAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.of(tx, consultationId));
      return this.choices.set(tx, trace, at, consultationId, version, choice);
    });
  }
}
