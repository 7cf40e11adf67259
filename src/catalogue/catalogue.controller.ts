import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { CSV_BOM, frenchCsvLine } from '../platform/csv/write.js';
import { Commands } from '../platform/http/commands.js';
import { etagOf } from '../platform/http/etag.js';
import { fileOf, SpreadsheetBody, XLSX_TYPE } from '../platform/http/file-body.js';
import { IfMatchOnceItExists } from '../platform/http/if-match.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { CatalogueAccess } from '../items/catalogue-access.service.js';
import { filedCells } from './catalogue-file.rules.js';
import { catalogueWorkbook } from './catalogue-workbook.js';
import { CatalogueAnswer, CatalogueOutcome, CatalogueQuery } from './catalogue.dto.js';
import { CATALOGUE_COLUMNS, CATALOGUE_OPTIONAL_COLUMNS } from './catalogue.import.js';
import { CatalogueService } from './catalogue.service.js';
import { type CatalogueRow, ItemsQueries } from '../items/items.queries.js';

const TAGGED = {
  headers: { ETag: { description: 'Version du bordereau.', schema: { type: 'string', example: '"4"' } } },
} as const;

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

  @Get('catalogue')
  @Requires('catalogue.read')
  @ApiOperation({
    summary: 'Le bordereau entier, et sa version',
    description: 'L’ETag est ce que reprend l’envoi d’un fichier qui le remplace.',
    operationId: 'getCatalogue',
  })
  @ApiOkResponse({ type: CatalogueAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<CatalogueAnswer> {
    const tx = this.dataSource.manager;
    await this.access.ofConsultation(tx, caller, 'catalogue.read', consultationId);
    return this.catalogues.current(tx, consultationId);
  }

  @Get('catalogue.csv')
  @Requires('catalogue.read')
  @ApiOperation({
    summary: 'Le bordereau, pour un tableur',
    description:
      'Point-virgule, virgule décimale, UTF-8 avec BOM. Renvoyé tel quel, il ne change rien. L’ETag est la version du bordereau.',
    operationId: 'exportCatalogueCsv',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({
    ...TAGGED,
    schema: { type: 'string', example: 'lot;intitule_lot;cpv;famille;forme;code_article;…' },
  })
  async csv(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const tx = this.dataSource.manager;
    await this.access.ofConsultation(tx, caller, 'catalogue.read', consultationId);
    const { version, rows } = await this.catalogues.rows(tx, consultationId);
    response.set('ETag', etagOf({ version }));
    return new StreamableFile(Readable.from(csvLines(rows)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="bordereau.csv"',
    });
  }

  @Get('catalogue.xlsx')
  @Requires('catalogue.read')
  @ApiOperation({
    summary: 'Le bordereau en classeur',
    description:
      'Avec une feuille des unités comprises. Renvoyé tel quel, il ne change rien. L’ETag est la version du bordereau.',
    operationId: 'exportCatalogueWorkbook',
  })
  @ApiProduces(XLSX_TYPE)
  @ApiOkResponse({ ...TAGGED, schema: { type: 'string', format: 'binary', example: 'PK…' } })
  async xlsx(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const tx = this.dataSource.manager;
    await this.access.ofConsultation(tx, caller, 'catalogue.read', consultationId);
    const { version, rows } = await this.catalogues.rows(tx, consultationId);
    const title = await this.queries.titleOf(tx, consultationId);
    const workbook = catalogueWorkbook(title, rows, parisDate(this.clock.now()));
    response.set('ETag', etagOf({ version }));
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
      'CSV ou XLSX de 5\u00a0Mo au plus, aux colonnes de l’export (cpv_article, famille_achat et part_reemploi sont facultatives). ' +
      'Les articles se reconnaissent à leur code\u00a0: ceux que le fichier n’a pas sont supprimés\u00a0; les lots qu’il ne nomme pas restent. ' +
      'Toutes les fautes sont dites à la fois, avec leur ligne et leur colonne. Un essai (dryRun) dit la version sur laquelle il porte, et se passe d’If-Match. Refusé une fois la consultation lancée, ou sans suite.',
    operationId: 'importCatalogue',
  })
  @ApiOkResponse({ type: CatalogueOutcome })
  async replace(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatchOnceItExists() version: number | null,
    @Query() { dryRun }: CatalogueQuery,
  ): Promise<CatalogueOutcome> {
    const { manager } = this.dataSource;
    // Before the file is opened, and again on the row that is locked.
    await this.access.ofConsultation(manager, call.caller, 'catalogue.write', consultationId);
    const lots = await this.catalogues.read(manager, fileOf(call.request));
    return this.commands.run(call, async (tx, at) => {
      const { trace } = await this.access.ofConsultation(tx, call.caller, 'catalogue.write', consultationId);
      return this.catalogues.replace(tx, trace, at, consultationId, version, lots, dryRun);
    });
  }
}

function* csvLines(rows: readonly CatalogueRow[]): Generator<string> {
  yield CSV_BOM + frenchCsvLine([...CATALOGUE_COLUMNS, ...CATALOGUE_OPTIONAL_COLUMNS]);
  for (const row of rows) yield frenchCsvLine(filedCells(row));
}
