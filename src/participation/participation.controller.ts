import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type ConsultationScope,
  ConsultationScopeService,
} from '../consultations/consultation-scope.service.js';
import { LotsQueries } from '../lots/lots.queries.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import type { Caller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatchOnceItExists } from '../platform/http/if-match.js';
import type { Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import {
  MemberParticipationAnswer,
  ParticipationQuery,
  ParticipationRequest,
  ParticipationTable,
} from './participation.dto.js';
import { ParticipationQueries } from './participation.queries.js';
import { ParticipationService } from './participation.service.js';

/** Who takes part in which lots. */
@ApiTags('consultations')
@Controller('consultations/:consultationId')
export class ParticipationController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly lots: LotsQueries,
    private readonly table: ParticipationQueries,
    private readonly participation: ParticipationService,
  ) {}

  @Get('participation')
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Qui adhère à quels lots', operationId: 'listParticipation' })
  @ApiOkResponse({ type: ParticipationTable })
  async listParticipation(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Query() { clusterId }: ParticipationQuery,
  ): Promise<ParticipationTable> {
    const tx = this.dataSource.manager;
    const scope = await this.scopes.of(tx, consultationId);
    caller.require('consultation.read', scope);
    const everyone = await this.readsEveryone(tx, caller, scope);
    const members = await this.table.members(tx, consultationId, clusterId ?? null);
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

  @Get('members/:buyerId/participation')
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Le bulletin d’adhésion d’un membre',
    description: 'Pour le corriger\u00a0: l’ETag en est la version, 0 tant que personne n’en a enregistré.',
    operationId: 'getParticipation',
  })
  @ApiOkResponse({ type: MemberParticipationAnswer })
  async readParticipation(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<MemberParticipationAnswer> {
    const tx = this.dataSource.manager;
    const scope = await this.scopes.of(tx, consultationId);
    caller.require('consultation.read', scope);
    const own = caller.may('consultation.read', { groupId: scope.groupId, buyerIds: [buyerId] });
    if (!own && !(await this.readsEveryone(tx, caller, scope))) throw new Refused('FORBIDDEN');
    const member = await this.table.member(tx, consultationId, buyerId);
    if (!member) throw new Refused('NOT_FOUND');
    return member;
  }

  @Put('members/:buyerId/participation')
  @Requires('consultation.participate')
  @ApiOperation({
    summary: 'Enregistrer un bulletin d’adhésion',
    description:
      'Par la commune, ou par l’acheteur du coordonnateur d’après le papier\u00a0: le journal dit qui l’a saisi. Un lot quitté ne doit plus porter de besoins.',
    operationId: 'recordParticipation',
  })
  @ApiOkResponse({ type: MemberParticipationAnswer })
  join(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() { lotIds, formSignedOn, signatoryName, signatoryCapacity }: ParticipationRequest,
  ): Promise<MemberParticipationAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = requireJoining(call.caller, await this.scopes.of(tx, consultationId), buyerId);
      const form = { lotIds, formSignedOn, signatoryName, signatoryCapacity };
      return this.participation.join(tx, trace, at, consultationId, buyerId, version, form);
    });
  }

  /** Whoever reads by a role of the group; and its members, unless the group closed it between them. */
  private async readsEveryone(tx: EntityManager, caller: Caller, scope: ConsultationScope): Promise<boolean> {
    return readsAsGroup(caller, scope) || this.table.membersSeeEachOther(tx, scope.groupId);
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
