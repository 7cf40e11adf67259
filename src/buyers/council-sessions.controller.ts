import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { CouncilSessionsAnswer, CouncilSessionsRequest } from './council-sessions.dto.js';
import { CouncilSessionsService } from './council-sessions.service.js';

/** When the council of a buyer meets: what a plan needs to say by which session it must resolve. */
@ApiTags('acheteurs')
@Controller('buyers/:buyerId/council-sessions')
export class CouncilSessionsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly sessions: CouncilSessionsService,
  ) {}

  @Get()
  @Requires('buyer.read')
  @ApiOperation({
    summary: 'Les séances connues du conseil d’un acheteur',
    operationId: 'getBuyerCouncilSessions',
  })
  @ApiOkResponse({ type: CouncilSessionsAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('buyerId') buyerId: string,
  ): Promise<CouncilSessionsAnswer> {
    caller.require('buyer.read', { buyerIds: [buyerId] });
    return this.sessions.read(this.dataSource.manager, buyerId);
  }

  @Put()
  @Requires('buyer.edit')
  @ApiOperation({
    summary: 'Donner les séances connues du conseil d’un acheteur',
    description:
      'Le rétroplanning d’une consultation en tire la dernière séance utile de chaque membre qui doit délibérer.',
    operationId: 'putBuyerCouncilSessions',
  })
  @ApiOkResponse({ type: CouncilSessionsAnswer })
  replace(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { sessions }: CouncilSessionsRequest,
  ): Promise<CouncilSessionsAnswer> {
    return this.commands.run(call, (tx, at) => {
      const trace = call.caller.require('buyer.edit', { buyerIds: [buyerId] });
      return this.sessions.replace(tx, trace, at, buyerId, version, sessions);
    });
  }
}
