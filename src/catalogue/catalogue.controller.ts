import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { frenchCount } from '../money/french.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { CSV_BOM, frenchCsvLine } from '../platform/csv/write.js';
import { Commands } from '../platform/http/commands.js';
import { fileOf, SpreadsheetBody, XLSX_TYPE } from '../platform/http/file-body.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { CATALOGUE_LIMIT } from '../items/items.rules.js';
import { CatalogueAccess } from '../items/catalogue-access.service.js';
import { filedCells } from './catalogue-file.rules.js';
import { catalogueWorkbook } from './catalogue-workbook.js';
import { CatalogueOutcome, CatalogueQuery } from './catalogue.dto.js';
import { CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS } from './catalogue.import.js';
import { CatalogueService } from './catalogue.service.js';
import { type CatalogueRow, ItemsQueries } from '../items/items.queries.js';

/** The catalogue of a consultation as a file, to take away and to send back. */
@ApiTags('lots')
@Controller('consultations/:consultationId')
export class CatalogueController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly access: CatalogueAccess,
    private readonly queries: ItemsQueries,
    private readonly catalogues: CatalogueService,
  ) {}

  @Get('catalogue.csv')
  @Requires('catalogue.read')
  @ApiOperation({
    summary: 'Le bordereau, pour un tableur',
    description: 'Point-virgule, virgule décimale, UTF-8 avec BOM. Renvoyé tel quel, il ne change rien.',
    operationId: 'exportCatalogueCsv',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', example: 'lot;intitule_lot;cpv;famille;forme;code_article;…' } })
  async csv(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<StreamableFile> {
    const tx = this.dataSource.manager;
    await this.access.ofConsultation(tx, caller, 'catalogue.read', consultationId);
    return new StreamableFile(Readable.from(csvLines(await this.queries.catalogue(tx, consultationId))), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="bordereau.csv"',
    });
  }

  @Get('catalogue.xlsx')
  @Requires('catalogue.read')
  @ApiOperation({
    summary: 'Le bordereau en classeur',
    description: 'Avec une feuille des unités comprises. Renvoyé tel quel, il ne change rien.',
    operationId: 'exportCatalogueWorkbook',
  })
  @ApiProduces(XLSX_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary', example: 'PK…' } })
  async xlsx(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<StreamableFile> {
    const tx = this.dataSource.manager;
    await this.access.ofConsultation(tx, caller, 'catalogue.read', consultationId);
    const items = await this.queries.catalogue(tx, consultationId);
    const title = await this.queries.titleOf(tx, consultationId);
    const workbook = catalogueWorkbook(title, items, parisDate(this.clock.now()));
    return new StreamableFile(await writeWorkbook(workbook), {
      type: XLSX_TYPE,
      disposition: 'attachment; filename="bordereau.xlsx"',
    });
  }

  @Post('catalogue')
  @HttpCode(200)
  @Requires('catalogue.write')
  @SpreadsheetBody('lot;intitule_lot;cpv;famille;forme;code_article;…')
  @ApiOperation({
    summary: 'Remplacer le bordereau par un fichier',
    description:
      `CSV ou XLSX de 5\u00a0Mo et ${frenchCount(CATALOGUE_LIMIT)} articles au plus, aux colonnes de l’export (cpv_article, famille_achat et part_reemploi sont facultatives). ` +
      'Les articles se reconnaissent à leur code\u00a0: ceux que le fichier n’a pas sont supprimés\u00a0; les lots qu’il ne nomme pas restent. ' +
      'Toutes les fautes sont dites à la fois, avec leur ligne et leur colonne. Refusé une fois la consultation lancée, ou sans suite.',
    operationId: 'importCatalogue',
  })
  @ApiOkResponse({ type: CatalogueOutcome })
  async replace(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Query() { dryRun }: CatalogueQuery,
  ): Promise<CatalogueOutcome> {
    const { manager } = this.dataSource;
    // Before the file is opened, and again on the row that is locked.
    await this.access.ofConsultation(manager, call.caller, 'catalogue.write', consultationId);
    const lots = await this.catalogues.read(manager, fileOf(call.request));
    return this.commands.run(call, async (tx, at) => {
      const { trace } = await this.access.ofConsultation(tx, call.caller, 'catalogue.write', consultationId);
      return this.catalogues.replace(tx, trace, at, consultationId, lots, dryRun);
    });
  }
}

function* csvLines(rows: readonly CatalogueRow[]): Generator<string> {
  yield CSV_BOM + frenchCsvLine([...CATALOGUE_COLUMNS, ...CATALOGUE_OPTIONAL_COLUMNS]);
  for (const row of rows) yield frenchCsvLine(filedCells(row));
}
