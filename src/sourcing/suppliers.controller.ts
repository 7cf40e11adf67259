import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { Created } from '../accounts/answers.dto.js';
import { parisDate } from '../calendar/plain-date.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { cursorOf, pageOf } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { AnswerableAnswer, AnswerableQuery } from './answerable.dto.js';
import { SourcingQueries } from './sourcing.queries.js';
import {
  SupplierAnswer,
  SupplierFile,
  SupplierImport,
  SupplierPage,
  SupplierQuery,
  SupplierRequest,
} from './suppliers.dto.js';
import { SupplierFilesService } from './supplier-files.service.js';
import { SuppliersQueries } from './suppliers.queries.js';
import { cpvPrefix, searchKey } from './suppliers.rules.js';
import { SuppliersService } from './suppliers.service.js';

/** The directory of suppliers: for sourcing only. */
@ApiTags('sourçage')
@Controller('suppliers')
export class SuppliersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: Commands,
    private readonly queries: SuppliersQueries,
    private readonly sourcing: SourcingQueries,
    private readonly suppliers: SuppliersService,
    private readonly files: SupplierFilesService,
  ) {}

  @Get()
  @Requires('supplier.read')
  @ApiOperation({ summary: 'Chercher dans l’annuaire des fournisseurs', operationId: 'listSuppliers' })
  @ApiOkResponse({ type: SupplierPage })
  async list(@CurrentCall() call: Call, @Query() query: SupplierQuery): Promise<SupplierPage> {
    call.caller.require('supplier.read', {});
    const [key, id] = cursorOf(query) ?? [];
    if (query.after !== undefined && (typeof key !== 'string' || !isUUID(id)))
      throw new Refused('MALFORMED_CURSOR');
    const { q = '', cpv, commune, status, limit } = query;
    const digits = q.replace(/\s/g, '');
    const rows = await this.queries.search(this.dataSource.manager, {
      words: searchKey(q)
        .split(' ')
        .filter((word) => word !== ''),
      siret: /^\d{2,14}$/.test(digits) ? digits : null,
      cpvPrefix: cpv === undefined ? null : cpvPrefix(cpv),
      inseeCode: commune ?? null,
      status: status ?? null,
      on: parisDate(this.clock.now()),
      after: query.after === undefined ? null : [String(key), String(id)],
      limit: limit + 1,
    });
    const page = pageOf(call, query, rows, (row) => [row.searchKey, row.id]);
    return { ...page, items: page.items.map(({ searchKey: _, ...row }) => row) };
  }

  @Get('answerable')
  @Requires('supplier.read')
  @ApiOperation({
    summary: 'Combien de fournisseurs pourraient répondre',
    description:
      'Pour les codes CPV d’un lot et les communes à desservir. Une activité convient si elle est le code, ou le contient. Ne sont comptés que les statuts dont la preuve vaut aujourd’hui.',
    operationId: 'countAnswerableSuppliers',
  })
  @ApiOkResponse({ type: AnswerableAnswer })
  async answerable(
    @CurrentCall() { caller }: Call,
    @Query() query: AnswerableQuery,
  ): Promise<AnswerableAnswer> {
    caller.require('supplier.read', {});
    await this.suppliers.requireKnown(this.dataSource.manager, query);
    const { somewhere, everywhere, partly, byCommune } = await this.sourcing.answerable(
      this.dataSource.manager,
      { cpvCodes: query.cpv, inseeCodes: query.communes, on: parisDate(this.clock.now()) },
    );
    return { somewhere, everywhere, partly, byCommune: [...byCommune] };
  }

  @Get(':supplierId')
  @Requires('supplier.read')
  @ApiOperation({ summary: 'Un fournisseur', operationId: 'getSupplier' })
  @ApiOkResponse({ type: SupplierAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('supplierId') supplierId: string,
  ): Promise<SupplierAnswer> {
    caller.require('supplier.read', {});
    const supplier = await this.queries.supplier(this.dataSource.manager, supplierId);
    if (!supplier) throw new Refused('NOT_FOUND');
    return supplier;
  }

  @Post()
  @Requires('supplier.write')
  @ApiOperation({ summary: 'Inscrire un fournisseur', operationId: 'createSupplier' })
  @ApiCreatedResponse({ type: Created })
  create(@CurrentCall() call: Call, @Body() entry: SupplierRequest): Promise<Created> {
    return this.commands.run(call, async (tx, at) => ({
      id: await this.suppliers.create(tx, call.caller, at, entry),
    }));
  }

  @Post('import')
  @HttpCode(200)
  @Requires('supplier.write')
  @ApiOperation({
    summary: 'Importer un fichier de fournisseurs',
    description:
      'Par SIRET\u00a0: les nouveaux sont inscrits, les autres remplacés, aucun n’est retiré. Tout le fichier, ou rien.',
    operationId: 'importSuppliers',
  })
  @ApiOkResponse({ type: SupplierImport })
  import(@CurrentCall() call: Call, @Body() file: SupplierFile): Promise<SupplierImport> {
    return this.commands.run(call, (tx, at) => this.files.import(tx, call.caller, at, file));
  }

  @Put(':supplierId')
  @Requires('supplier.write')
  @ApiOperation({ summary: 'Remplacer la fiche d’un fournisseur', operationId: 'replaceSupplier' })
  @ApiOkResponse({ type: SupplierAnswer })
  replace(
    @CurrentCall() call: Call,
    @Param('supplierId') supplierId: string,
    @IfMatch() version: number,
    @Body() entry: SupplierRequest,
  ): Promise<SupplierAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.suppliers.replace(tx, call.caller, at, supplierId, version, entry),
    );
  }

  @Delete(':supplierId')
  @HttpCode(204)
  @Requires('supplier.write')
  @ApiOperation({
    summary: 'Retirer un fournisseur de l’annuaire',
    description: 'Refusé s’il figure dans un registre de sourçage.',
    operationId: 'removeSupplier',
  })
  @ApiNoContentResponse({ description: 'Fournisseur retiré.' })
  remove(
    @CurrentCall() call: Call,
    @Param('supplierId') supplierId: string,
    @IfMatch() version: number,
  ): Promise<void> {
    return this.commands.run(call, (tx, at) =>
      this.suppliers.remove(tx, call.caller, at, supplierId, version),
    );
  }

  @Post(':supplierId/erasure')
  @HttpCode(204)
  @Requires('supplier.erase')
  @ApiOperation({
    summary: 'Effacer les données d’un fournisseur qui le demande',
    description:
      'RGPD, article 17. Ce qui le désigne disparaît\u00a0; les registres de sourçage gardent une ligne sans nom. Irréversible.',
    operationId: 'eraseSupplier',
  })
  @ApiNoContentResponse({ description: 'Données effacées.' })
  erase(@CurrentCall() call: Call, @Param('supplierId') supplierId: string): Promise<void> {
    return this.commands.run(call, (tx, at) => this.suppliers.erase(tx, call.caller, at, supplierId));
  }
}
