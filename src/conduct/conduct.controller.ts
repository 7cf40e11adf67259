import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { CommitteeService } from './committee.service.js';
import { CommitteeAnswer, CommitteeRequest, MissionsAnswer, MissionsRequest } from './conduct.dto.js';
import { FreeOfChargeAnswer, FreeOfChargeRequest } from './free-of-charge.dto.js';
import { FreeOfChargeService } from './free-of-charge.service.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import { MissionsService } from './missions.service.js';

/** Who conducts a group, mission by mission, whether free of charge, and which committee awards in it. */
@ApiTags('groupements')
@Controller('groups/:groupId')
export class ConductController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly groups: GroupReadingService,
    private readonly missions: MissionsService,
    private readonly committee: CommitteeService,
    private readonly freeOfCharge: FreeOfChargeService,
  ) {}

  @Get('missions')
  @Requires('group.read')
  @ApiOperation({
    summary: 'Qui assure quoi dans un groupement, et ce dont les membres sont solidaires',
    operationId: 'getGroupMissions',
  })
  @ApiOkResponse({ type: MissionsAnswer })
  async readMissions(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<MissionsAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.groups.scope(tx, groupId));
    return this.missions.read(tx, groupId);
  }

  @Put('missions')
  @Requires('group.conduct.write')
  @ApiOperation({
    summary: 'Répartir les missions d’un groupement',
    description:
      'Remplace toute la répartition\u00a0; la passation y est toujours confiée. Dès qu’un membre a signé la dernière version de la convention, refusé\u00a0: enregistrer d’abord un avenant (CCP L2113-7).',
    operationId: 'assignGroupMissions',
  })
  @ApiOkResponse({ type: MissionsAnswer })
  assignMissions(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @IfMatch() version: number,
    @Body() { missions }: MissionsRequest,
  ): Promise<MissionsAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.missions.assign(tx, call.caller, at, groupId, version, missions),
    );
  }

  @Get('committee')
  @Requires('group.read')
  @ApiOperation({
    summary: 'La commission d’appel d’offres d’un groupement, sa composition expliquée',
    operationId: 'getGroupCommittee',
  })
  @ApiOkResponse({ type: CommitteeAnswer })
  async readCommittee(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<CommitteeAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.groups.scope(tx, groupId));
    return this.committee.read(tx, groupId, this.clock.now());
  }

  @Put('committee')
  @Requires('group.conduct.write')
  @ApiOperation({
    summary: 'Choisir la commission d’appel d’offres d’un groupement',
    description:
      'Celle du coordonnateur, ou une commission propre (CGCT L1414-3). Dès qu’un membre a signé la dernière version de la convention, refusé\u00a0: enregistrer d’abord un avenant.',
    operationId: 'chooseGroupCommittee',
  })
  @ApiOkResponse({ type: CommitteeAnswer })
  chooseCommittee(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @IfMatch() version: number,
    @Body() choice: CommitteeRequest,
  ): Promise<CommitteeAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.committee.choose(tx, call.caller, at, groupId, version, choice),
    );
  }

  @Get('free-of-charge')
  @Requires('group.read')
  @ApiOperation({
    summary: 'Si le coordonnateur d’un groupement achète pour les autres à titre gratuit',
    operationId: 'getGroupFreeOfCharge',
  })
  @ApiOkResponse({ type: FreeOfChargeAnswer })
  async readFreeOfCharge(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<FreeOfChargeAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.groups.scope(tx, groupId));
    return this.freeOfCharge.read(tx, groupId);
  }

  @Put('free-of-charge')
  @Requires('group.conduct.write')
  @ApiOperation({
    summary: 'Dire si le coordonnateur d’un groupement achète pour les autres à titre gratuit',
    description:
      'Ce que prévoient ses statuts, et ce qu’il demande aux membres. Un EPCI sans besoin propre dans une consultation n’achète pour ses communes qu’à titre gratuit, et si ses statuts le prévoient (CGCT L5211-4-4)\u00a0: le contrôle avant publication en juge. Se corrige même une fois la convention signée\u00a0; ce qui est publié ne change plus.',
    operationId: 'tellGroupFreeOfCharge',
  })
  @ApiOkResponse({ type: FreeOfChargeAnswer })
  tellFreeOfCharge(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @IfMatch() version: number,
    @Body() given: FreeOfChargeRequest,
  ): Promise<FreeOfChargeAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.freeOfCharge.tell(tx, call.caller, at, groupId, version, given),
    );
  }
}
