import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { FileStore } from '../platform/files/file-store.js';
import { routePath } from '../platform/http/api-prefix.js';
import { Commands } from '../platform/http/commands.js';
import { Refused } from '../platform/refusals/refused.js';
import { DocumentArchivesService } from './document-archives.service.js';
import { DOCX, PDF, XLSX } from './document-kind.js';
import type { DocumentSetRow } from './document-set.queries.js';
import {
  DocumentSetAnswer,
  DocumentSetRequest,
  DocumentSetsAnswer,
  GapsAnswer,
  GapsQuery,
  type SetState,
} from './document-sets.dto.js';
import { type DocumentSet, DocumentSetsService } from './document-sets.service.js';

const ZIP = 'application/zip';
const id = (name: string, description: string) =>
  ApiParam({
    ...{ name, description, schema: { type: 'string', format: 'uuid' } },
    example: '0199f3a4-5b6c-7d8e-9f01-23456789abcd',
  });
const SET = id('setId', 'Identifiant de l’ensemble.');
const FILE = { schema: { type: 'string', format: 'binary', example: '%PDF-1.7…' } } as const;

/** The documents of a consultation: asked for together, made by workers, taken one by one or as an archive. */
@ApiTags('pièces')
@Controller('consultations/:consultationId')
export class DocumentSetsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly scopes: ConsultationScopeService,
    private readonly sets: DocumentSetsService,
    private readonly archives: DocumentArchivesService,
    private readonly files: FileStore,
  ) {}

  @Post('document-sets')
  @HttpCode(202)
  @Requires('documents.make')
  @ApiOperation({
    summary: 'Demander les documents d’une consultation',
    description:
      'Préparés en arrière-plan, un par un, puis réunis dans une archive ZIP avec son manifeste (nom, octets, SHA-256). Deux demandes identiques partagent le travail\u00a0; ce qui avait échoué est relancé. Une version définitive est refusée tant qu’il reste un passage à compléter, et tous sont dits.',
    operationId: 'requestDocuments',
  })
  @ApiAcceptedResponse({ type: DocumentSetAnswer })
  request(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() { part, finish }: DocumentSetRequest,
  ): Promise<DocumentSetAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const scope = await this.scopes.of(tx, consultationId);
      const trace = call.caller.require('documents.make', scope);
      const place = { consultationId, groupId: scope.groupId };
      return this.answer(await this.sets.request(tx, trace, at, place, { part, finish }));
    });
  }

  @Get('document-sets')
  @Requires('documents.read')
  @ApiOperation({ summary: 'Les ensembles de documents demandés', operationId: 'listDocumentSets' })
  @ApiOkResponse({ type: DocumentSetsAnswer })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<DocumentSetsAnswer> {
    const tx = this.dataSource.manager;
    caller.require('documents.read', await this.scopes.of(tx, consultationId));
    return { items: (await this.sets.list(tx, consultationId)).map(summaryOf) };
  }

  @Get('document-sets/:setId')
  @Requires('documents.read')
  @SET
  @ApiOperation({ summary: 'Où en est un ensemble de documents', operationId: 'getDocumentSet' })
  @ApiOkResponse({ type: DocumentSetAnswer })
  async read(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('setId') setId: string,
  ): Promise<DocumentSetAnswer> {
    return this.answer(await this.asked(call, consultationId, setId));
  }

  @Post('document-sets/:setId/retry')
  @HttpCode(202)
  @Requires('documents.make')
  @SET
  @ApiOperation({
    summary: 'Relancer ce qui a échoué',
    description: 'Ce qui est prêt, ou en préparation, n’est pas refait.',
    operationId: 'retryDocuments',
  })
  @ApiAcceptedResponse({ type: DocumentSetAnswer })
  retry(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('setId') setId: string,
  ): Promise<DocumentSetAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const scope = await this.scopes.of(tx, consultationId);
      const trace = call.caller.require('documents.make', scope);
      const place = { consultationId, groupId: scope.groupId };
      return this.answer(await this.sets.retry(tx, trace, at, place, setId));
    });
  }

  @Get('document-sets/:setId/archive')
  @Requires('documents.read')
  @SET
  @ApiOperation({ summary: 'Télécharger l’archive', operationId: 'downloadDocumentArchive' })
  @ApiProduces(ZIP)
  @ApiOkResponse(FILE)
  async archive(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('setId') setId: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    const set = await this.asked(call, consultationId, setId);
    const failure = set.archiveFailure ?? set.documents.find((document) => document.failure)?.failure;
    if (failure && set.archiveSha256 === null) throw new Refused('DOCUMENT_FAILED', failure);
    if (set.archiveSha256 === null) throw new Refused('DOCUMENT_NOT_MADE');
    const name = `${set.part}-version-${set.dossierNumber}${set.finish === 'draft' ? '-projet' : ''}.zip`;
    return this.send(response, known, { name, type: ZIP, sha256: set.archiveSha256 });
  }

  @Get('document-sets/:setId/documents/:documentId')
  @Requires('documents.read')
  @SET
  @id('documentId', 'Identifiant du document.')
  @ApiOperation({ summary: 'Télécharger un document', operationId: 'downloadDocument' })
  @ApiProduces(PDF, DOCX, XLSX)
  @ApiOkResponse(FILE)
  async document(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('setId') setId: string,
    @Param('documentId') documentId: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    const { documents } = await this.asked(call, consultationId, setId);
    const document = documents.find((one) => one.id === documentId);
    if (!document) throw new Refused('NOT_FOUND');
    if (document.failure !== null) throw new Refused('DOCUMENT_FAILED', document.failure);
    if (document.sha256 === null) throw new Refused('DOCUMENT_NOT_MADE');
    const name = this.archives.fileName(document).split('/').at(-1)!;
    const type = this.archives.mediaType(document);
    return this.send(response, known, { name, type, sha256: document.sha256 });
  }

  @Get('document-gaps')
  @Requires('documents.read')
  @ApiOperation({
    summary: 'Ce qui reste à compléter',
    description:
      'Lu dans les documents tels qu’ils seraient à cet instant\u00a0: une version définitive n’en a aucun.',
    operationId: 'listDocumentGaps',
  })
  @ApiOkResponse({ type: GapsAnswer })
  async gaps(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Query() { part }: GapsQuery,
  ): Promise<GapsAnswer> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      caller.require('documents.read', await this.scopes.of(tx, consultationId));
      const documents = await this.sets.gaps(tx, consultationId, part, this.clock.now());
      return {
        total: documents.reduce((total, { gaps }) => total + gaps.length, 0),
        documents: documents.map(({ fileName, gaps }) => ({ fileName, gaps: [...gaps] })),
      };
    });
  }

  private async asked({ caller }: Call, consultationId: string, setId: string): Promise<DocumentSet> {
    const tx = this.dataSource.manager;
    caller.require('documents.read', await this.scopes.of(tx, consultationId));
    return this.sets.read(tx, consultationId, setId);
  }

  /** Part by part; nothing when the reader has it already. Its bytes never change: the hash is its entity tag. */
  private async send(
    response: Response,
    known: string | undefined,
    { name, type, sha256 }: { readonly name: string; readonly type: string; readonly sha256: string },
  ): Promise<StreamableFile | undefined> {
    const tag = `"${sha256}"`;
    response.set('ETag', tag);
    if (known?.split(',').some((one) => [tag, `W/${tag}`, '*'].includes(one.trim()))) {
      response.status(304);
      return undefined;
    }
    const tx = this.dataSource.manager;
    const length = await this.files.size(tx, sha256);
    if (length === null) throw new Refused('NOT_FOUND');
    response.attachment(name);
    return new StreamableFile(Readable.from(this.files.parts(tx, sha256)), { type, length });
  }

  private answer(set: DocumentSet): DocumentSetAnswer {
    const { documents } = set;
    const summary = summaryOf(set);
    return {
      ...summary,
      state:
        summary.state === 'waiting' && documents.some(({ failure }) => failure !== null)
          ? 'failed'
          : summary.state,
      done: documents.filter(({ sha256 }) => sha256 !== null).length,
      total: documents.length,
      archiveFailure: set.archiveFailure,
      documents: documents.map((document) => {
        const { id: documentId, kind, templateVersion, sha256, bytes, madeAt, failure } = document;
        return {
          ...{ id: documentId, kind, fileName: this.archives.fileName(document), templateVersion },
          state: sha256 !== null ? 'made' : failure !== null ? 'failed' : 'waiting',
          ...{ sha256, bytes, madeAt, failure },
          fileAddress: sha256 === null ? null : `${summary.address}/documents/${documentId}`,
        };
      }),
    };
  }
}

function summaryOf(set: DocumentSetRow) {
  const address = routePath(`/consultations/${set.consultationId}/document-sets/${set.id}`);
  const made = set.archiveSha256 !== null;
  const state: SetState = made ? 'made' : set.archiveFailure !== null ? 'failed' : 'waiting';
  return {
    ...{ id: set.id, part: set.part, finish: set.finish, dossier: set.dossierNumber },
    requestedAt: set.requestedAt,
    state,
    ...{ sha256: set.archiveSha256, madeAt: set.archivedAt, address },
    archiveAddress: made ? `${address}/archive` : null,
  };
}
