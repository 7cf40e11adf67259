import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { routePath } from '../platform/http/api-prefix.js';
import { Commands } from '../platform/http/commands.js';
import { CSV_TYPE, XLSX_TYPE } from '../platform/http/file-body.js';
import { Refused } from '../platform/refusals/refused.js';
import type { ExportRow } from './needs-export.queries.js';
import { NeedsExportAnswer, NeedsExportRequest } from './needs-exports.dto.js';
import { NeedsExportsService } from './needs-exports.service.js';

const EXPORT = ApiParam({
  name: 'exportId',
  description: 'Identifiant de l’export.',
  schema: { type: 'string', format: 'uuid' },
  example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd',
});

/** The counted needs as files: a workbook or a CSV, prepared by a worker. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/needs-exports')
export class NeedsExportsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly exports: NeedsExportsService,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Demander le fichier consolidé des besoins',
    description:
      'Préparé en arrière-plan, quelle que soit sa longueur\u00a0; lire son état à l’adresse donnée. Demandé deux fois à la fois, il n’est préparé qu’une fois.',
    operationId: 'requestNeedsExport',
  })
  @ApiAcceptedResponse({ type: NeedsExportAnswer })
  request(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() body: NeedsExportRequest,
  ): Promise<NeedsExportAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const scope = await this.scopes.of(tx, consultationId);
      const trace = call.caller.require('needs.conduct', scope);
      const place = { consultationId, groupId: scope.groupId };
      return answerOf(await this.exports.request(tx, trace, at, place, body));
    });
  }

  @Get(':exportId')
  @Requires('needs.conduct')
  @EXPORT
  @ApiOperation({ summary: 'Où en est un fichier des besoins', operationId: 'getNeedsExport' })
  @ApiOkResponse({ type: NeedsExportAnswer })
  async read(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('exportId') exportId: string,
  ): Promise<NeedsExportAnswer> {
    return answerOf(await this.asked(this.dataSource.manager, call, consultationId, exportId));
  }

  @Get(':exportId/file')
  @Requires('needs.conduct')
  @EXPORT
  @ApiOperation({ summary: 'Télécharger un fichier des besoins', operationId: 'downloadNeedsExport' })
  @ApiProduces(CSV_TYPE, XLSX_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary', example: 'lot;intitule_lot;code_article…' } })
  async file(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('exportId') exportId: string,
  ): Promise<StreamableFile> {
    const row = await this.asked(this.dataSource.manager, call, consultationId, exportId);
    if (row.failure !== null) throw new Refused('NEEDS_EXPORT_FAILED', row.failure);
    if (row.byteCount === null) throw new Refused('NEEDS_EXPORT_NOT_MADE');
    return new StreamableFile(Readable.from(this.exports.bytes(row.id)), {
      type: row.format === 'csv' ? `${CSV_TYPE}; charset=utf-8` : XLSX_TYPE,
      disposition: `attachment; filename="besoins.${row.format}"`,
      // Cut short, it is told from whole.
      length: parseInt(row.byteCount, 10),
    });
  }

  private async asked(
    tx: EntityManager,
    { caller }: Call,
    consultationId: string,
    exportId: string,
  ): Promise<ExportRow> {
    caller.require('needs.conduct', await this.scopes.of(tx, consultationId));
    return this.exports.read(tx, consultationId, exportId);
  }
}

function answerOf(row: ExportRow): NeedsExportAnswer {
  const address = routePath(`/consultations/${row.consultationId}/needs-exports/${row.id}`);
  const { id, format, dialect, requestedAt, madeAt, sha256, failure } = row;
  return {
    ...{ id, format, dialect, requestedAt, madeAt, sha256, failure, address },
    state: failure !== null ? 'failed' : madeAt === null ? 'waiting' : 'made',
    lines: row.lineCount,
    bytes: row.byteCount,
    fileAddress: madeAt === null ? null : `${address}/file`,
  };
}
