import { Body, Controller, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch, IfMatchOnceItExists } from '../platform/http/if-match.js';
import { CampaignAnswer, ClosureAnswer, NeedSettingsAnswer } from './answers.dto.js';
import { DeadlineRequest, NeedSettingsRequest } from './campaign.dto.js';
import { CampaignQueries } from './campaign.queries.js';
import { CampaignService } from './campaign.service.js';
import { DeclarationAccess } from './declaration-access.service.js';
import { describeCampaign } from './declaration-answers.js';

/** The census of needs, as its coordinator conducts it. */
@ApiTags('besoins')
@Controller()
export class CampaignController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly access: DeclarationAccess,
    private readonly queries: CampaignQueries,
    private readonly campaigns: CampaignService,
  ) {}

  @Get('consultations/:consultationId/needs-campaign')
  @Requires('consultation.read')
  @ApiOperation({ summary: 'Le recensement des besoins d’une consultation', operationId: 'getNeedsCampaign' })
  @ApiOkResponse({ type: CampaignAnswer })
  async read(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<CampaignAnswer> {
    const tx = this.dataSource.manager;
    caller.require('consultation.read', await this.scopes.of(tx, consultationId));
    return describeCampaign(await this.campaigns.required(tx, consultationId));
  }

  @Post('consultations/:consultationId/needs-campaign')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Ouvrir le recensement des besoins',
    description:
      'Pour les membres de chaque lot. Les quantités de l’an passé viennent de la consultation copiée, par les codes des articles.',
    operationId: 'openNeedsCampaign',
  })
  @ApiCreatedResponse({ type: CampaignAnswer })
  open(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() { deadline }: DeadlineRequest,
  ): Promise<CampaignAnswer> {
    return this.commands.run(call, async (tx) => {
      const { trace } = await this.access.ofCampaign(tx, call.caller, 'needs.conduct', consultationId);
      return describeCampaign(await this.campaigns.open(tx, trace, consultationId, deadline));
    });
  }

  @Patch('consultations/:consultationId/needs-campaign')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Déplacer l’échéance du recensement',
    description: 'Vers une date à venir\u00a0; passée, le recensement est rouvert.',
    operationId: 'moveNeedsDeadline',
  })
  @ApiOkResponse({ type: CampaignAnswer })
  move(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatch() version: number,
    @Body() { deadline }: DeadlineRequest,
  ): Promise<CampaignAnswer> {
    return this.commands.run(call, async (tx) => {
      const { trace } = await this.access.ofCampaign(tx, call.caller, 'needs.conduct', consultationId);
      return describeCampaign(
        await this.campaigns.moveDeadline(tx, trace, consultationId, version, deadline),
      );
    });
  }

  @Post('consultations/:consultationId/needs-campaign/closure')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Clore le recensement',
    description:
      'Après l’échéance, quand plus rien n’attend de décision. Un membre dont rien ne compte dans un lot en sort\u00a0; ce qu’il a saisi reste.',
    operationId: 'closeNeedsCampaign',
  })
  @ApiCreatedResponse({ type: ClosureAnswer })
  close(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @IfMatch() version: number,
  ): Promise<ClosureAnswer> {
    return this.commands.run(call, async (tx) => {
      const { trace } = await this.access.ofCampaign(tx, call.caller, 'needs.conduct', consultationId);
      return { excluded: await this.campaigns.close(tx, trace, consultationId, version) };
    });
  }

  @Get('groups/:groupId/needs-settings')
  @Requires('group.read')
  @ApiOperation({ summary: 'S’il faut valider ce qui est transmis', operationId: 'getNeedsSettings' })
  @ApiOkResponse({ type: NeedSettingsAnswer })
  async settings(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<NeedSettingsAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.scopes.ofGroup(tx, groupId));
    return this.queries.settings(tx, groupId);
  }

  @Put('groups/:groupId/needs-settings')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Choisir s’il faut valider ce qui est transmis',
    description: 'Pour les recensements à venir\u00a0: ceux qui sont ouverts gardent leur règle.',
    operationId: 'chooseNeedsSettings',
  })
  @ApiOkResponse({ type: NeedSettingsAnswer })
  choose(
    @CurrentCall() call: Call,
    @Param('groupId') groupId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() { validationRequired }: NeedSettingsRequest,
  ): Promise<NeedSettingsAnswer> {
    return this.commands.run(call, async (tx, at) => {
      const trace = call.caller.require('needs.conduct', await this.scopes.ofGroup(tx, groupId));
      return this.campaigns.choose(tx, trace, at, groupId, version, validationRequired);
    });
  }
}
