import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { BuyerEditingService } from '../buyers/buyer-editing.service.js';
import { BuyerPatch, EstablishmentsRequest, PopulationsRequest } from '../buyers/buyer-requests.dto.js';
import { BuyerAnswer } from '../buyers/buyers.dto.js';
import { BuyersQueries } from '../buyers/buyers.queries.js';
import { CouncilSessionsAnswer, CouncilSessionsRequest } from '../buyers/council-sessions.dto.js';
import { CouncilSessionsService } from '../buyers/council-sessions.service.js';
import { DeliverySitesRequest } from '../buyers/delivery-sites.dto.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import type { Trace } from '../platform/journal/trace.js';
import { MemberBuyersService } from './member-buyers.service.js';
import type { Place } from './membership.service.js';

/** The sheet of a buyer, as whoever conducts a group to which it is invited completes it. */
@ApiTags('groupements')
@Controller('groups/:groupId/members/:buyerId/buyer')
export class MemberBuyersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly members: MemberBuyersService,
    private readonly buyers: BuyersQueries,
    private readonly editing: BuyerEditingService,
    private readonly councils: CouncilSessionsService,
  ) {}

  @Get()
  @Requires('group.member-buyers.edit')
  @ApiOperation({
    summary: 'La fiche d’un acheteur du groupement',
    description: 'Pour la compléter\u00a0: l’ETag en est la version.',
    operationId: 'getMemberBuyer',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<BuyerAnswer> {
    const tx = this.dataSource.manager;
    await this.members.require(tx, caller, { groupId, buyerId });
    return (await this.buyers.buyer(tx, buyerId))!;
  }

  @Patch()
  @Requires('group.member-buyers.edit')
  @ApiOperation({
    summary: 'Compléter la fiche d’un acheteur du groupement',
    description: 'Son SIRET avant tout, sans lequel il n’adhère pas. Ce qui est absent reste.',
    operationId: 'editMemberBuyer',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  edit(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() changes: BuyerPatch,
  ): Promise<BuyerAnswer> {
    return this.run(call, { groupId, buyerId }, (tx, trace, at) =>
      this.editing.edit(tx, trace, at, buyerId, version, changes),
    );
  }

  @Put('establishments')
  @Requires('group.member-buyers.edit')
  @ApiOperation({
    summary: 'Les SIRET d’un acheteur du groupement, un par budget',
    operationId: 'putMemberBuyerEstablishments',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  putEstablishments(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { establishments }: EstablishmentsRequest,
  ): Promise<BuyerAnswer> {
    return this.run(call, { groupId, buyerId }, (tx, trace, at) =>
      this.editing.putEstablishments(tx, trace, at, buyerId, version, establishments),
    );
  }

  @Put('populations')
  @Requires('group.member-buyers.edit')
  @ApiOperation({
    summary: 'Les populations d’un acheteur du groupement',
    operationId: 'putMemberBuyerPopulations',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  putPopulations(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { populations }: PopulationsRequest,
  ): Promise<BuyerAnswer> {
    return this.run(call, { groupId, buyerId }, (tx, trace, at) =>
      this.editing.putPopulations(tx, trace, at, buyerId, version, populations),
    );
  }

  @Put('delivery-sites')
  @Requires('group.member-buyers.edit')
  @ApiOperation({
    summary: 'Les lieux de livraison d’un acheteur du groupement',
    operationId: 'putMemberBuyerDeliverySites',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  putDeliverySites(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { deliverySites }: DeliverySitesRequest,
  ): Promise<BuyerAnswer> {
    return this.run(call, { groupId, buyerId }, (tx, trace, at) =>
      this.editing.putDeliverySites(tx, trace, at, buyerId, version, deliverySites),
    );
  }

  @Get('council-sessions')
  @Requires('group.member-buyers.edit')
  @ApiOperation({
    summary: 'Les séances connues du conseil d’un acheteur du groupement',
    operationId: 'getMemberBuyerCouncilSessions',
  })
  @ApiOkResponse({ type: CouncilSessionsAnswer })
  async readCouncilSessions(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<CouncilSessionsAnswer> {
    const tx = this.dataSource.manager;
    await this.members.require(tx, caller, { groupId, buyerId });
    return this.councils.read(tx, buyerId);
  }

  @Put('council-sessions')
  @Requires('group.member-buyers.edit')
  @ApiOperation({
    summary: 'Donner les séances connues du conseil d’un acheteur du groupement',
    description: 'La version est celle de sa fiche.',
    operationId: 'putMemberBuyerCouncilSessions',
  })
  @ApiOkResponse({ type: CouncilSessionsAnswer })
  putCouncilSessions(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { sessions }: CouncilSessionsRequest,
  ): Promise<CouncilSessionsAnswer> {
    return this.run(call, { groupId, buyerId }, (tx, trace, at) =>
      this.councils.replace(tx, trace, at, buyerId, version, sessions),
    );
  }

  private run<T>(
    call: Call,
    place: Place,
    act: (tx: EntityManager, trace: Trace, at: Date) => Promise<T>,
  ): Promise<T> {
    return this.commands.run(call, async (tx, at) =>
      act(tx, await this.members.require(tx, call.caller, place), at),
    );
  }
}
