import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { Created } from '../accounts/answers.dto.js';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { Refused } from '../platform/refusals/refused.js';
import { EditLotsService } from './edit-lots.service.js';
import { LotAnswer, LotChanges, LotList, LotOrderRequest, LotRequest } from './lots.dto.js';
import { describeLot, type LotDetail, LotsQueries } from './lots.queries.js';

@ApiTags('lots')
@Controller()
export class LotsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly queries: LotsQueries,
    private readonly lots: EditLotsService,
  ) {}

  @Get('consultations/:consultationId/lots')
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Les lots d’une consultation, par numéro', operationId: 'listLots' })
  @ApiOkResponse({ type: LotList })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<LotList> {
    const tx = this.dataSource.manager;
    caller.require('consultation.read', await this.scopes.of(tx, consultationId));
    return listOf(await this.queries.details(tx, consultationId));
  }

  @Post('consultations/:consultationId/lots')
  @Requires('consultation.write')
  @ApiOperation({ summary: 'Ajouter un lot', operationId: 'createLot' })
  @ApiCreatedResponse({ type: Created })
  create(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() request: LotRequest,
  ): Promise<Created> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.of(tx, consultationId));
      const fields = {
        number: request.number ?? null,
        title: request.title,
        cpvCode: request.cpvCode,
        family: request.family,
        contractForm: request.contractForm,
        purchaseFamily: request.purchaseFamily ?? null,
        reservedClusterId: request.reservedClusterId ?? null,
      };
      return { id: await this.lots.create(tx, trace, at, consultationId, fields) };
    });
  }

  @Put('consultations/:consultationId/lots/order')
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Ordonner les lots',
    description:
      'Si l’un d’eux a été ajouté, modifié ou supprimé depuis la lecture\u00a0: 412, avec les lots actuels.',
    operationId: 'orderLots',
  })
  @ApiOkResponse({ type: LotList })
  order(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() { lots }: LotOrderRequest,
  ): Promise<LotList> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('consultation.write', await this.scopes.of(tx, consultationId));
      return listOf(await this.lots.order(tx, trace, at, consultationId, lots));
    });
  }

  @Get('lots/:lotId')
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Un lot', operationId: 'getLot' })
  @ApiOkResponse({ type: LotAnswer })
  async read(@CurrentCall() { caller }: Call, @Param('lotId') lotId: string): Promise<LotAnswer> {
    const tx = this.dataSource.manager;
    const lot = await this.find(tx, lotId);
    caller.require('consultation.read', await this.scopes.ofGroup(tx, lot.groupId));
    return describeLot(lot);
  }

  @Patch('lots/:lotId')
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Modifier un lot',
    description: 'Tant que la consultation est en préparation. Un champ absent reste tel quel.',
    operationId: 'editLot',
  })
  @ApiOkResponse({ type: LotAnswer })
  edit(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @IfMatch() version: number,
    @Body() changes: LotChanges,
  ): Promise<LotAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const { groupId } = await this.find(tx, lotId);
      const trace = call.caller.require('consultation.write', await this.scopes.ofGroup(tx, groupId));
      return describeLot(await this.lots.edit(tx, trace, at, lotId, version, changes));
    });
  }

  @Delete('lots/:lotId')
  @HttpCode(204)
  @Requires('consultation.write')
  @ApiOperation({
    summary: 'Supprimer un lot',
    description: 'Avec ses articles et les adhésions à ce lot. Refusé tant que des besoins y sont déclarés.',
    operationId: 'deleteLot',
  })
  @ApiNoContentResponse({ description: 'Lot supprimé\u00a0; les autres gardent leur numéro.' })
  remove(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const { groupId } = await this.find(tx, lotId);
      const trace = call.caller.require('consultation.write', await this.scopes.ofGroup(tx, groupId));
      await this.lots.remove(tx, trace, at, lotId, version);
    });
  }

  private async find(tx: EntityManager, lotId: string): Promise<LotDetail> {
    const lot = await this.queries.lot(tx, lotId);
    if (!lot) throw new Refused('NOT_FOUND');
    return lot;
  }
}

const listOf = (lots: readonly LotDetail[]): LotList => ({ items: lots.map(describeLot) });
