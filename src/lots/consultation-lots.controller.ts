import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Created } from '../accounts/answers.dto.js';
import {
  type ConsultationScope,
  ConsultationScopeService,
} from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import type { Caller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { CopyConsultationService } from './copy-consultation.service.js';
import { CopyRequest } from './lots.dto.js';
import { LotsQueries } from './lots.queries.js';
import { ParticipationRequest, ParticipationTable } from './participation.dto.js';
import { ParticipationQueries } from './participation.queries.js';
import { ParticipationService } from './participation.service.js';

/** What is done of a consultation once its lots are known: participation, copy. */
@ApiTags('consultations')
@Controller('consultations/:consultationId')
export class ConsultationLotsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly lots: LotsQueries,
    private readonly table: ParticipationQueries,
    private readonly participation: ParticipationService,
    private readonly copies: CopyConsultationService,
  ) {}

  @Post('copy')
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Copier une consultation',
    description:
      'Son objet, sa durée, ses lots et leurs articles, dans le même groupement. Ni adhésions, ni besoins.',
    operationId: 'copyConsultation',
  })
  @ApiCreatedResponse({ type: Created })
  copy(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() { title, plannedLaunchOn }: CopyRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.of(tx, consultationId));
      const given = { title, plannedLaunchOn: plannedLaunchOn ?? null };
      return { id: await this.copies.copy(tx, trace, at, consultationId, given) };
    });
  }

  @Get('participation')
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Qui adhère à quels lots', operationId: 'listParticipation' })
  @ApiOkResponse({ type: ParticipationTable })
  async listParticipation(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<ParticipationTable> {
    const tx = this.dataSource.manager;
    const scope = await this.scopes.of(tx, consultationId);
    caller.require('consultation.read', scope);
    const everyone = readsAsGroup(caller, scope) || (await this.table.membersSeeEachOther(tx, scope.groupId));
    const members = await this.table.members(tx, consultationId);
    const lots = await this.lots.details(tx, consultationId);
    return {
      lots: lots.map(({ id, number, title }) => ({ id, number, title })),
      members: everyone
        ? members
        : members.filter(({ buyerId }) =>
            caller.may('consultation.read', { groupId: scope.groupId, buyerIds: [buyerId] }),
          ),
    };
  }

  @Put('members/:buyerId/participation')
  @HttpCode(204)
  @Requires('consultation.participate')
  @ApiOperation({
    summary: 'Enregistrer un bulletin d’adhésion',
    description:
      'Par la commune, ou par l’acheteur du coordonnateur d’après le papier\u00a0: le journal dit qui l’a saisi. Un lot quitté ne doit plus porter de besoins.',
    operationId: 'recordParticipation',
  })
  @ApiNoContentResponse({ description: 'Bulletin enregistré.' })
  join(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Body() { lotIds, formSignedOn, signatoryName, signatoryCapacity }: ParticipationRequest,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const trace = requireJoining(call.caller, await this.scopes.of(tx, consultationId), buyerId);
      const form = { lotIds, formSignedOn, signatoryName, signatoryCapacity };
      await this.participation.join(tx, trace, at, consultationId, buyerId, form);
    });
  }
}

/** Whoever reads by a role held in the group, or everywhere, and not as one of its members. */
const readsAsGroup = (caller: Caller, { groupId }: ConsultationScope): boolean =>
  caller.may('consultation.read', { groupId, buyerIds: [] });

/**
 * The right is judged on that one member. Another member reads the consultation, hence is told that it may not (403)
 * rather than that there is nothing (404).
 */
function requireJoining(caller: Caller, scope: ConsultationScope, buyerId: string): Trace {
  const about = { groupId: scope.groupId, buyerIds: [buyerId] };
  if (!caller.may('consultation.participate', about)) {
    caller.require('consultation.read', scope);
    throw new Refused('FORBIDDEN');
  }
  if (!scope.buyerIds.includes(buyerId)) throw new Refused('NOT_FOUND');
  return caller.require('consultation.participate', about);
}
