import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type ConsultationScope,
  ConsultationScopeService,
} from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { Refused } from '../platform/refusals/refused.js';
import { LotDeliverySitesAnswer, LotDeliverySitesRequest } from './lot-delivery-sites.dto.js';
import { LotDeliverySitesService } from './lot-delivery-sites.service.js';
import { LotsQueries } from './lots.queries.js';

/** Where what a lot buys is brought. */
@ApiTags('lots')
@Controller('lots/:lotId/delivery-sites')
export class LotDeliverySitesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly lots: LotsQueries,
    private readonly sites: LotDeliverySitesService,
  ) {}

  @Get()
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Les lieux de livraison d’un lot', operationId: 'listLotDeliverySites' })
  @ApiOkResponse({ type: LotDeliverySitesAnswer })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('lotId') lotId: string,
  ): Promise<LotDeliverySitesAnswer> {
    const tx = this.dataSource.manager;
    caller.require('consultation.read', await this.scope(tx, lotId));
    return this.sites.read(tx, lotId);
  }

  @Put()
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Choisir les lieux de livraison d’un lot',
    description:
      'Tant que la consultation est en préparation. Un lieu déjà choisi peut rester, même si son acheteur a quitté le lot.',
    operationId: 'putLotDeliverySites',
  })
  @ApiOkResponse({ type: LotDeliverySitesAnswer })
  replace(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @IfMatch() version: number,
    @Body() { deliverySiteIds }: LotDeliverySitesRequest,
  ): Promise<LotDeliverySitesAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scope(tx, lotId));
      return this.sites.replace(tx, trace, at, lotId, version, deliverySiteIds);
    });
  }

  private async scope(tx: EntityManager, lotId: string): Promise<ConsultationScope> {
    const lot = await this.lots.lot(tx, lotId);
    if (!lot) throw new Refused('NOT_FOUND');
    return this.scopes.ofGroup(tx, lot.groupId);
  }
}
