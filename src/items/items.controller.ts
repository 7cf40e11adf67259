import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
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
import { CatalogueAccess } from './catalogue-access.service.js';
import { ItemAnswer, ItemChangesRequest, ItemList, NewItemRequest } from './items.dto.js';
import { ItemsQueries } from './items.queries.js';
import { describeItem, packagingFromDecimal } from './items.rules.js';
import { ItemsService } from './items.service.js';

/** The items of a lot, one by one. */
@ApiTags('lots')
@Controller()
export class ItemsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly access: CatalogueAccess,
    private readonly queries: ItemsQueries,
    private readonly items: ItemsService,
  ) {}

  @Get('lots/:lotId/items')
  @Requires('catalogue.read')
  @ApiOperation({ summary: 'Articles d’un lot', operationId: 'listItems' })
  @ApiOkResponse({ type: ItemList })
  async list(@CurrentCall() { caller }: Call, @Param('lotId') lotId: string): Promise<ItemList> {
    const tx = this.dataSource.manager;
    await this.access.ofLot(tx, caller, 'catalogue.read', lotId);
    return { items: (await this.queries.itemsOfLot(tx, lotId)).map(describeItem) };
  }

  @Post('lots/:lotId/items')
  @Requires('catalogue.write')
  @ApiOperation({
    summary: 'Ajouter un article à un lot',
    description: 'Refusé une fois la consultation lancée, ou sans suite.',
    operationId: 'createItem',
  })
  @ApiCreatedResponse({ type: ItemAnswer })
  create(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @Body() { packaging, ...item }: NewItemRequest,
  ): Promise<ItemAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const { place, trace } = await this.access.ofLot(tx, call.caller, 'catalogue.write', lotId);
      return describeItem(
        await this.items.create(tx, trace, at, place, {
          ...item,
          packaging: packagingFromDecimal(packaging ?? '1'),
          cpvCode: item.cpvCode ?? null,
          purchaseFamily: item.purchaseFamily ?? null,
          reuseShare: item.reuseShare ?? null,
        }),
      );
    });
  }

  @Get('items/:itemId')
  @Requires('catalogue.read')
  @ApiOperation({ summary: 'Un article', operationId: 'getItem' })
  @ApiOkResponse({ type: ItemAnswer })
  async read(@CurrentCall() { caller }: Call, @Param('itemId') itemId: string): Promise<ItemAnswer> {
    return describeItem(
      (await this.access.ofItem(this.dataSource.manager, caller, 'catalogue.read', itemId)).place,
    );
  }

  @Patch('items/:itemId')
  @Requires('catalogue.write')
  @ApiOperation({
    summary: 'Modifier un article',
    description: 'Ce qui est absent reste. Refusé une fois la consultation lancée, ou sans suite.',
    operationId: 'changeItem',
  })
  @ApiOkResponse({ type: ItemAnswer })
  change(
    @CurrentCall() call: Call,
    @Param('itemId') itemId: string,
    @IfMatch() version: number,
    @Body() { packaging, ...changes }: ItemChangesRequest,
  ): Promise<ItemAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const { place, trace } = await this.access.ofItem(tx, call.caller, 'catalogue.write', itemId);
      const written =
        packaging === undefined ? changes : { ...changes, packaging: packagingFromDecimal(packaging) };
      return describeItem(await this.items.change(tx, trace, at, place, version, written));
    });
  }

  @Delete('items/:itemId')
  @HttpCode(204)
  @Requires('catalogue.write')
  @ApiOperation({
    summary: 'Supprimer un article',
    description: 'Refusé si des besoins y sont déclarés, et une fois la consultation lancée, ou sans suite.',
    operationId: 'removeItem',
  })
  @ApiNoContentResponse({ description: 'Article supprimé.' })
  remove(
    @CurrentCall() call: Call,
    @Param('itemId') itemId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.commands.run(call, async (tx, at) => {
      const { place, trace } = await this.access.ofItem(tx, call.caller, 'catalogue.write', itemId);
      await this.items.remove(tx, trace, at, place, version);
    });
  }
}
