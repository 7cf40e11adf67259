import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatchOnceItExists } from '../platform/http/if-match.js';
import {
  DeclarationAnswer,
  DeclarationList,
  LineList,
  LotAnswerAnswer,
  LotAnswerList,
} from './answers.dto.js';
import { CampaignService } from './campaign.service.js';
import { describeCampaign, describeDeclaration, describeLot } from './declaration-answers.js';
import { DeclarationAccess } from './declaration-access.service.js';
import { LinesRequest, LotAnswerRequest } from './declarations.dto.js';
import { DeclarationsQueries } from './declarations.queries.js';
import { LinesService } from './lines.service.js';
import { LotAnswersService } from './lot-answers.service.js';
import { Refused } from '../platform/refusals/refused.js';

/** What members type of their needs. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/declarations')
export class DeclarationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly access: DeclarationAccess,
    private readonly campaigns: CampaignService,
    private readonly queries: DeclarationsQueries,
    private readonly lines: LinesService,
    private readonly answers: LotAnswersService,
  ) {}

  @Get()
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Où en sont les déclarations',
    description: 'Toutes pour le coordonnateur, celles de ses acheteurs pour un membre.',
    operationId: 'listDeclarations',
  })
  @ApiOkResponse({ type: DeclarationList })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<DeclarationList> {
    const tx = this.dataSource.manager;
    const scope = await this.scopes.of(tx, consultationId);
    caller.require('consultation.read', scope);
    const campaign = await this.campaigns.required(tx, consultationId);
    const rows = await this.queries.declarations(tx, consultationId);
    return {
      declarations: rows
        .filter(({ buyerId }) => caller.may('needs.read', { groupId: scope.groupId, buyerIds: [buyerId] }))
        .map((row) => describeDeclaration(row, campaign)),
    };
  }

  @Get(':buyerId')
  @Requires('needs.read')
  @ApiOperation({
    summary: 'La déclaration d’un membre',
    description: 'Ses lots, et chaque article avec la quantité de l’an passé et ce qui est saisi.',
    operationId: 'getDeclaration',
  })
  @ApiOkResponse({ type: DeclarationAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<DeclarationAnswer> {
    // One state: the versions of the lines are those of what is told beside them.
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
      const campaign = await this.campaigns.required(tx, consultationId);
      const [row] = await this.queries.declarations(tx, consultationId, buyerId);
      if (!row) throw new Refused('NO_LOT_JOINED');
      return {
        ...describeDeclaration(row, campaign),
        campaign: describeCampaign(campaign),
        rectificationOpen: row.rectificationOpenedAt !== null,
        rectificationReason: row.rectificationReason,
        lotAnswers: (await this.queries.lots(tx, consultationId, buyerId)).map(describeLot),
        lines: await this.queries.lines(tx, consultationId, buyerId),
      };
    });
  }

  @Patch(':buyerId/lines')
  @Requires('needs.type')
  @ApiOperation({
    summary: 'Saisir des lignes',
    description:
      'Chacune avec la version qui en a été lue. Si quelqu’un d’autre en a changé une depuis, rien n’est écrit\u00a0: 409, avec les lignes présentes dans «\u00a0current\u00a0».',
    operationId: 'typeNeeds',
  })
  @ApiOkResponse({ type: LineList })
  type(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Body() { lines }: LinesRequest,
  ): Promise<LineList> {
    return this.commands.run(call, async (tx) => {
      const place = await this.access.ofMember(tx, call.caller, 'needs.type', consultationId, buyerId);
      return { lines: await this.lines.type(tx, place, lines) };
    });
  }

  @Put(':buyerId/lots/:lotId')
  @Requires('needs.type')
  @ApiOperation({
    summary: 'Répondre pour un lot',
    description: '«\u00a0Aucun besoin\u00a0», et la fin du contrat en cours.',
    operationId: 'answerLot',
  })
  @ApiOkResponse({ type: LotAnswerAnswer })
  answerLot(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Param('lotId') lotId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() { noNeed, contractEndsOn, noticeMonths }: LotAnswerRequest,
  ): Promise<LotAnswerAnswer> {
    return this.commands.run(call, async (tx) => {
      const place = await this.access.ofMember(tx, call.caller, 'needs.type', consultationId, buyerId);
      const answer = { noNeed, contractEndsOn, noticeMonths };
      return describeLot(await this.answers.answer(tx, place, lotId, version, answer));
    });
  }

  @Post(':buyerId/no-need')
  @HttpCode(200)
  @Requires('needs.type')
  @ApiOperation({
    summary: 'Répondre «\u00a0aucun besoin\u00a0» pour tous les lots',
    operationId: 'answerNoNeed',
  })
  @ApiOkResponse({ type: LotAnswerList })
  noNeed(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<LotAnswerList> {
    return this.commands.run(call, async (tx) => {
      const place = await this.access.ofMember(tx, call.caller, 'needs.type', consultationId, buyerId);
      return { lots: (await this.answers.noNeedAtAll(tx, place)).map(describeLot) };
    });
  }
}
