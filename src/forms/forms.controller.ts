import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DeclarationAccess } from '../declarations/declaration-access.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { fileOf, PASTE_TYPE, SpreadsheetBody, XLSX_TYPE } from '../platform/http/file-body.js';
import type { Workbook } from '../platform/xlsx/workbook.js';
import { writeWorkbook } from '../platform/xlsx/write-workbook.js';
import { readForm } from './form.import.js';
import { FormApplication, FormCheckAnswer, FormOutcome } from './forms.dto.js';
import { FormsService } from './forms.service.js';

const FORM_BODY = 'code_article;quantite_estimee\nVH-001;12,5\n';
const SENT =
  'Le classeur du membre, un CSV (code_article, quantite_estimee), ou des cellules collées (text/plain, séparées par des tabulations). Les lignes se reconnaissent au code de l’article.';
const AS_WORKBOOK = { schema: { type: 'string', format: 'binary', example: 'PK…' } } as const;

/** The file in which a member gives its needs. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/declarations/:buyerId')
export class FormsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly access: DeclarationAccess,
    private readonly forms: FormsService,
  ) {}

  @Get('form')
  @Requires('needs.read')
  @ApiOperation({
    summary: 'Le classeur à remplir d’un membre',
    description:
      'Les articles des lots qu’il a rejoints, ce qui en est saisi, les quantités de l’an passé et le total estimé. Seules les quantités se remplissent.',
    operationId: 'getNeedsForm',
  })
  @ApiProduces(XLSX_TYPE)
  @ApiOkResponse(AS_WORKBOOK)
  async form(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<StreamableFile> {
    const workbook = await this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
      return this.forms.workbook(tx, { consultationId, buyerId });
    });
    return sent(workbook, 'besoins.xlsx');
  }

  @Post('form/checks')
  @HttpCode(200)
  @Requires('needs.type')
  @SpreadsheetBody(FORM_BODY, PASTE_TYPE)
  @ApiOperation({
    summary: 'Vérifier le fichier d’un membre',
    description: `${SENT} Rien n’est enregistré\u00a0: ce qui changerait est dit, et chaque ligne refusée avec sa correction.`,
    operationId: 'checkNeedsForm',
  })
  @ApiOkResponse({ type: FormCheckAnswer })
  async check(
    @CurrentCall() { caller, request }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<FormCheckAnswer> {
    // Before the file is opened.
    await this.access.ofMember(this.dataSource.manager, caller, 'needs.type', consultationId, buyerId);
    const file = fileOf(request);
    const reading = await readForm(file);
    return this.dataSource.transaction('REPEATABLE READ', (tx) =>
      this.forms.check(tx, { consultationId, buyerId }, file.bytes, reading),
    );
  }

  @Post('form')
  @HttpCode(200)
  @Requires('needs.type')
  @SpreadsheetBody(FORM_BODY, PASTE_TYPE)
  @ApiOperation({
    summary: 'Appliquer le fichier vérifié d’un membre',
    description: `${SENT} Si quelqu’un d’autre a changé une de ces lignes depuis la vérification, rien n’est écrit\u00a0: 409, avec les lignes présentes dans «\u00a0current\u00a0».`,
    operationId: 'applyNeedsForm',
  })
  @ApiOkResponse({ type: FormOutcome })
  async apply(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Query() application: FormApplication,
  ): Promise<FormOutcome> {
    await this.access.ofMember(this.dataSource.manager, call.caller, 'needs.type', consultationId, buyerId);
    const file = fileOf(call.request);
    const reading = await readForm(file);
    return this.commands.run(call, async (tx) => {
      const place = await this.access.ofMember(tx, call.caller, 'needs.type', consultationId, buyerId);
      return this.forms.apply(tx, place, file.bytes, reading, application);
    });
  }

  @Post('form/annotated')
  @HttpCode(200)
  @Requires('needs.type')
  @SpreadsheetBody(FORM_BODY, PASTE_TYPE)
  @ApiOperation({
    summary: 'Reprendre le fichier d’un membre, annoté',
    description: `${SENT} Le classeur revient avec ce qu’il dit, et ce qui est à corriger en rouge. Rien n’est enregistré.`,
    operationId: 'annotateNeedsForm',
  })
  @ApiProduces(XLSX_TYPE)
  @ApiOkResponse(AS_WORKBOOK)
  async annotated(
    @CurrentCall() { caller, request }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<StreamableFile> {
    await this.access.ofMember(this.dataSource.manager, caller, 'needs.type', consultationId, buyerId);
    const reading = await readForm(fileOf(request));
    const workbook = await this.dataSource.transaction('REPEATABLE READ', (tx) =>
      this.forms.annotated(tx, { consultationId, buyerId }, reading),
    );
    return sent(workbook, 'besoins-a-corriger.xlsx');
  }
}

const sent = async (workbook: Workbook, name: string): Promise<StreamableFile> =>
  new StreamableFile(await writeWorkbook(workbook), {
    type: XLSX_TYPE,
    disposition: `attachment; filename="${name}"`,
  });
