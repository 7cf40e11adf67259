import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { GroupReadingService } from '../groups/group-reading.service.js';
import { KeptOutsideAnswer, KeptOutsideList, KeptOutsideRequest } from './kept-outside.dto.js';
import { KeptOutsideQueries } from './kept-outside.queries.js';
import { KeptOutsideService, type KeptPurchase } from './kept-outside.service.js';

/** What members keep outside the group. */
@ApiTags('groupements')
@Controller('groups/:groupId')
export class KeptOutsideController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly groups: GroupReadingService,
    private readonly kept: KeptOutsideService,
    private readonly queries: KeptOutsideQueries,
  ) {}

  @Get('kept-outside')
  @Requires('group.kept-outside.list')
  @ApiOperation({
    summary: 'Ce que tous les membres conservent hors du groupement',
    operationId: 'listGroupKeptOutside',
  })
  @ApiOkResponse({ type: KeptOutsideList })
  async listAll(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<KeptOutsideList> {
    const tx = this.dataSource.manager;
    caller.require('group.kept-outside.list', await this.groups.scope(tx, groupId));
    return { items: await this.queries.ofGroup(tx, groupId, null) };
  }

  @Get('members/:buyerId/kept-outside')
  @Requires('group.kept-outside.read')
  @ApiOperation({
    summary: 'Ce qu’un membre conserve hors du groupement',
    operationId: 'listMemberKeptOutside',
  })
  @ApiOkResponse({ type: KeptOutsideList })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<KeptOutsideList> {
    const tx = this.dataSource.manager;
    caller.require('group.kept-outside.read', await this.kept.memberScope(tx, groupId, buyerId));
    return { items: await this.queries.ofGroup(tx, groupId, buyerId) };
  }

  @Post('members/:buyerId/kept-outside')
  @Requires('group.kept-outside.write')
  @ApiOperation({
    summary: 'Conserver un achat hors du groupement',
    description:
      'Un article, un site, ou les deux. Le fournisseur ne se dit pas\u00a0: un SIREN, un SIRET ou une forme de société sont refusés.',
    operationId: 'keepOutside',
  })
  @ApiCreatedResponse({ type: KeptOutsideAnswer })
  keep(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Body() purchase: KeptOutsideRequest,
  ): Promise<KeptOutsideAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.kept.keep(tx, call.caller, at, groupId, buyerId, whole(purchase)),
    );
  }

  @Put('members/:buyerId/kept-outside/:keptId')
  @Requires('group.kept-outside.write')
  @ApiOperation({ summary: 'Corriger un achat conservé', operationId: 'changeKeptOutside' })
  @ApiOkResponse({ type: KeptOutsideAnswer })
  change(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Param('keptId') keptId: string,
    @IfMatch() version: number,
    @Body() purchase: KeptOutsideRequest,
  ): Promise<KeptOutsideAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.kept.change(tx, call.caller, at, [groupId, buyerId, keptId], version, whole(purchase)),
    );
  }

  @Delete('members/:buyerId/kept-outside/:keptId')
  @HttpCode(204)
  @Requires('group.kept-outside.write')
  @ApiOperation({ summary: 'Ne plus conserver un achat', operationId: 'releaseKeptOutside' })
  @ApiNoContentResponse({ description: 'L’achat n’est plus conservé\u00a0; le journal s’en souvient.' })
  release(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @Param('keptId') keptId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.commands.run(call, (tx, at) =>
      this.kept.release(tx, call.caller, at, [groupId, buyerId, keptId], version),
    );
  }
}

/** What was not sent is not said. */
const whole = ({ nature, family, label, site, annualAmount, reason }: KeptOutsideRequest): KeptPurchase => ({
  ...{ nature, family, annualAmount, reason },
  label: label ?? null,
  site: site ?? null,
});
