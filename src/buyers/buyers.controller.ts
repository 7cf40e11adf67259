import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { cursorOf, pageOf, type PageQuery } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { BuyerEditingService } from './buyer-editing.service.js';
import {
  BuyerImportRequest,
  BuyerPatch,
  BuyerRequest,
  EstablishmentsRequest,
  PopulationsRequest,
} from './buyer-requests.dto.js';
import { BuyersImportService } from './buyers-import.service.js';
import { BuyerAnswer, BuyerImportAnswer, BuyerPage, BuyerQuery } from './buyers.dto.js';
import { type BuyerPlace, BuyersQueries } from './buyers.queries.js';
import { DeliverySitesRequest } from './delivery-sites.dto.js';
import { readSearch } from './search-key.rules.js';

/** Where a page begins, for lists in the order of rank, name and id. @throws {Refused} MALFORMED_CURSOR */
export function placeIn(query: PageQuery, isId: (value: unknown) => boolean): BuyerPlace | null {
  const place = cursorOf(query);
  if (place === undefined) return null;
  const [rank, key, id] = place;
  if (place.length !== 3 || ![0, 1, 2].includes(Number(rank)) || typeof key !== 'string' || !isId(id))
    throw new Refused('MALFORMED_CURSOR');
  return [Number(rank), key, String(id)];
}

@ApiTags('acheteurs')
@Controller('buyers')
export class BuyersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly queries: BuyersQueries,
    private readonly editing: BuyerEditingService,
    private readonly imports: BuyersImportService,
  ) {}

  @Get()
  @Requires('buyer.search')
  @ApiOperation({
    summary: 'Chercher parmi les acheteurs enregistrés',
    description: 'Le nom exact d’abord, puis les noms qui commencent ainsi, puis les autres.',
    operationId: 'searchBuyers',
  })
  @ApiOkResponse({ type: BuyerPage })
  async search(@CurrentCall() call: Call, @Query() query: BuyerQuery): Promise<BuyerPage> {
    requireSearch(call);
    const search = query.q === undefined ? null : readSearch(query.q);
    const after = placeIn(query, isUUID);
    const rows =
      query.q !== undefined && search === null
        ? []
        : await this.queries.search(
            this.dataSource.manager,
            search,
            query.clusterId ?? null,
            after,
            query.limit + 1,
          );
    const page = pageOf(call, query, rows, (row) => row.place);
    return { ...page, items: page.items.map(({ place: _, ...buyer }) => buyer) };
  }

  @Post()
  @Requires('buyer.register')
  @ApiOperation({
    summary: 'Enregistrer un acheteur',
    description:
      'SIRET et SIREN sont vérifiés par leur clé, communes et EPCI par le référentiel national. Une personne morale ne s’enregistre qu’une fois\u00a0: ses autres SIRET sont ses budgets.',
    operationId: 'createBuyer',
  })
  @ApiCreatedResponse({ type: BuyerAnswer })
  create(@CurrentCall() call: Call, @Body() given: BuyerRequest): Promise<BuyerAnswer> {
    const { siret = null, siren = null, inseeCode = null, appliesCode = false, kind, name } = given;
    return this.commands.run(call, (tx, at) => {
      const trace = call.caller.require('buyer.register', {});
      return this.editing.create(tx, trace, at, { siret, siren, inseeCode, appliesCode, kind, name });
    });
  }

  @Post('imports')
  @HttpCode(200)
  @Requires('buyer.register')
  @ApiOperation({
    summary: 'Reprendre des communes et EPCI du référentiel national',
    description:
      'Crée ce qui manque et complète ce qui est là, sans renommer personne. Répété, ne change rien. Le référentiel ne donne pas de SIRET\u00a0: il reste à compléter avant l’adhésion.',
    operationId: 'importBuyers',
  })
  @ApiOkResponse({ type: BuyerImportAnswer })
  import(
    @CurrentCall() call: Call,
    @Body() { epci, sirens }: BuyerImportRequest,
  ): Promise<BuyerImportAnswer> {
    return this.commands.run(call, (tx, at) => {
      const trace = call.caller.require('buyer.register', {});
      if (epci !== undefined && sirens === undefined) return this.imports.importEpci(tx, trace, at, epci);
      if (sirens !== undefined && epci === undefined) return this.imports.importSirens(tx, trace, at, sirens);
      throw new Refused('IMPORT_OF_NOTHING');
    });
  }

  @Get(':buyerId')
  @Requires('buyer.read')
  @ApiOperation({ summary: 'Un acheteur', operationId: 'getBuyer' })
  @ApiOkResponse({ type: BuyerAnswer })
  async read(@CurrentCall() { caller }: Call, @Param('buyerId') buyerId: string): Promise<BuyerAnswer> {
    caller.require('buyer.read', { buyerIds: [buyerId] });
    const buyer = await this.queries.buyer(this.dataSource.manager, buyerId);
    if (!buyer) throw new Refused('NOT_FOUND');
    return buyer;
  }

  @Patch(':buyerId')
  @Requires('buyer.edit')
  @ApiOperation({
    summary: 'Corriger un acheteur',
    description: 'Ce qui est absent reste. Le SIRET d’un acheteur connu par son seul SIREN se complète ici.',
    operationId: 'editBuyer',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  edit(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() changes: BuyerPatch,
  ): Promise<BuyerAnswer> {
    return this.commands.run(call, (tx, at) => {
      const trace = call.caller.require('buyer.edit', { buyerIds: [buyerId] });
      return this.editing.edit(tx, trace, at, buyerId, version, changes);
    });
  }

  @Put(':buyerId/establishments')
  @Requires('buyer.edit')
  @ApiOperation({
    summary: 'Les SIRET d’un acheteur, un par budget',
    description: 'Avec le code de service de Chorus Pro, et si un numéro d’engagement est exigé.',
    operationId: 'putBuyerEstablishments',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  putEstablishments(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { establishments }: EstablishmentsRequest,
  ): Promise<BuyerAnswer> {
    return this.commands.run(call, (tx, at) => {
      const trace = call.caller.require('buyer.edit', { buyerIds: [buyerId] });
      return this.editing.putEstablishments(tx, trace, at, buyerId, version, establishments);
    });
  }

  @Put(':buyerId/populations')
  @Requires('buyer.edit')
  @ApiOperation({
    summary: 'Les populations d’une commune ou d’un EPCI',
    description: 'Chaque chiffre avec son millésime, son entrée en vigueur et sa source.',
    operationId: 'putBuyerPopulations',
  })
  @ApiOkResponse({ type: BuyerAnswer })
  putPopulations(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { populations }: PopulationsRequest,
  ): Promise<BuyerAnswer> {
    return this.commands.run(call, (tx, at) => {
      const trace = call.caller.require('buyer.edit', { buyerIds: [buyerId] });
      return this.editing.putPopulations(tx, trace, at, buyerId, version, populations);
    });
  }

  @Put(':buyerId/delivery-sites')
  @Requires('buyer.edit')
  @ApiOperation({ summary: 'Les lieux de livraison d’un acheteur', operationId: 'putBuyerDeliverySites' })
  @ApiOkResponse({ type: BuyerAnswer })
  putDeliverySites(
    @CurrentCall() call: Call,
    @Param('buyerId') buyerId: string,
    @IfMatch() version: number,
    @Body() { deliverySites }: DeliverySitesRequest,
  ): Promise<BuyerAnswer> {
    return this.commands.run(call, (tx, at) => {
      const trace = call.caller.require('buyer.edit', { buyerIds: [buyerId] });
      return this.editing.putDeliverySites(tx, trace, at, buyerId, version, deliverySites);
    });
  }
}

/** Anyone with an account may look buyers up: they are public bodies, and a search tells nothing of their groups. */
export function requireSearch({ caller }: Call): void {
  caller.require('buyer.search', caller.personId === null ? {} : { personId: caller.personId });
}
