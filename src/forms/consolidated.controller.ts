import { Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DeclarationAccess } from '../declarations/declaration-access.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { fileOf, SpreadsheetBody } from '../platform/http/file-body.js';
import {
  ConsolidatedApplication,
  ConsolidatedCheck,
  ConsolidatedOutcome,
  HistoryApplication,
  HistoryCheck,
  HistoryOutcome,
} from './consolidated.dto.js';
import { type ConsolidatedShape, openConsolidated } from './consolidated.import.js';
import { ConsolidatedService, type GivenFile, NEEDS_FILE } from './consolidated.service.js';
import { HISTORY_FILE, HistoryService } from './history.service.js';

const NEEDS_BODY =
  'siret;code_article;quantite_min;quantite_estimee;quantite_max\n21530001500012;VH-001;;12,5;\n';
const HISTORY_BODY = 'siret;code_article;quantite\n21530001500012;VH-001;11\n';
const BY =
  'CSV ou XLSX de 5\u00a0Mo au plus. Chaque ligne dit son acheteur (siret, ou code_insee) et son article (code_article)';

/** The files of all members that a coordinator keeps. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/needs-campaign')
export class ConsolidatedController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly access: DeclarationAccess,
    private readonly consolidated: ConsolidatedService,
    private readonly histories: HistoryService,
  ) {}

  @Post('form/checks')
  @HttpCode(200)
  @Requires('needs.conduct')
  @SpreadsheetBody(NEEDS_BODY)
  @ApiOperation({
    summary: 'Vérifier un fichier des besoins de tous les membres',
    description: `${BY}, avec quantite_estimee, et s’il le faut quantite_min et quantite_max. Rien n’est enregistré\u00a0: ce qui changerait est dit membre par membre, et chaque ligne refusée avec sa correction.`,
    operationId: 'checkConsolidatedNeeds',
  })
  @ApiOkResponse({ type: ConsolidatedCheck })
  async check(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<ConsolidatedCheck> {
    const file = await this.opened(call, consultationId, NEEDS_FILE);
    return this.dataSource.transaction('REPEATABLE READ', (tx) =>
      this.consolidated.check(tx, consultationId, file),
    );
  }

  @Post('form')
  @HttpCode(200)
  @Requires('needs.conduct')
  @SpreadsheetBody(NEEDS_BODY)
  @ApiOperation({
    summary: 'Appliquer un fichier vérifié des besoins de tous les membres',
    description: `${BY}, avec quantite_estimee. Jusqu’à la publication\u00a0: l’échéance est celle des membres. Avec transmit, ce qui est saisi de chaque membre du fichier est aussi transmis en son nom, ce qu’il avait commencé de saisir compris\u00a0; il peut le contester. Si une déclaration a changé depuis la vérification, rien n’est écrit\u00a0: 409, avec les deux valeurs dans «\u00a0current\u00a0».`,
    operationId: 'applyConsolidatedNeeds',
  })
  @ApiOkResponse({ type: ConsolidatedOutcome })
  async apply(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Query() application: ConsolidatedApplication,
  ): Promise<ConsolidatedOutcome> {
    const file = await this.opened(call, consultationId, NEEDS_FILE);
    return this.commands.run(call, async (tx) => {
      const { trace } = await this.access.ofCampaign(tx, call.caller, 'needs.conduct', consultationId);
      return this.consolidated.apply(tx, trace, consultationId, file, application);
    });
  }

  @Post('history/checks')
  @HttpCode(200)
  @Requires('needs.conduct')
  @SpreadsheetBody(HISTORY_BODY)
  @ApiOperation({
    summary: 'Vérifier un fichier des quantités de l’an passé',
    description: `${BY}, avec quantite. Rien n’est enregistré.`,
    operationId: 'checkNeedsHistory',
  })
  @ApiOkResponse({ type: HistoryCheck })
  async checkHistory(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<HistoryCheck> {
    const { tables } = await this.opened(call, consultationId, HISTORY_FILE);
    return this.dataSource.transaction('REPEATABLE READ', (tx) =>
      this.histories.check(tx, consultationId, tables),
    );
  }

  @Post('history')
  @HttpCode(200)
  @Requires('needs.conduct')
  @SpreadsheetBody(HISTORY_BODY)
  @ApiOperation({
    summary: 'Enregistrer les quantités de l’an passé',
    description: `${BY}, avec quantite. Jusqu’à la clôture du recensement. Ce dont le fichier ne dit rien reste.`,
    operationId: 'importNeedsHistory',
  })
  @ApiOkResponse({ type: HistoryOutcome })
  async importHistory(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Query() { mode }: HistoryApplication,
  ): Promise<HistoryOutcome> {
    const { tables } = await this.opened(call, consultationId, HISTORY_FILE);
    return this.commands.run(call, async (tx) => {
      const { trace } = await this.access.ofCampaign(tx, call.caller, 'needs.conduct', consultationId);
      return this.histories.apply(tx, trace, consultationId, tables, mode);
    });
  }

  /** The right is asserted before a file is opened, and again by whoever writes. */
  private async opened(
    { caller, request }: Call,
    consultationId: string,
    shape: ConsolidatedShape,
  ): Promise<GivenFile> {
    await this.access.ofCampaign(this.dataSource.manager, caller, 'needs.conduct', consultationId);
    const file = fileOf(request);
    return { bytes: file.bytes, tables: await openConsolidated(file, shape) };
  }
}
