import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { CampaignService } from '../declarations/campaign.service.js';
import { DeclarationAccess } from '../declarations/declaration-access.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { Refused } from '../platform/refusals/refused.js';
import {
  ConfirmationRequest,
  ConfirmedSignals,
  CoordinatorConfirmationRequest,
  describeMainItems,
  describeSignal,
  MainItemList,
  SignalList,
} from './signals.dto.js';
import { SignalsQueries } from './signals.queries.js';
import { SignalsService } from './signals.service.js';

/** More at once is read by nobody. */
const SHOWN = 1000;
/** « Les cinq articles principaux » (ux.md §3): enough to measure what a purchase brings, few enough to be asked. */
const MAIN_ITEMS = 5;

/** Declared quantities that look wrong: they warn, and stop nobody. */
@ApiTags('besoins')
@Controller('consultations/:consultationId')
export class SignalsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly scopes: ConsultationScopeService,
    private readonly access: DeclarationAccess,
    private readonly campaigns: CampaignService,
    private readonly queries: SignalsQueries,
    private readonly signals: SignalsService,
  ) {}

  @Get('needs-campaign/signals')
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Les quantités à vérifier de tous les membres',
    description:
      'D’après ce qui est saisi. Elles avertissent, et n’empêchent ni de transmettre, ni de clore.',
    operationId: 'listSignals',
  })
  @ApiOkResponse({ type: SignalList })
  ofAll(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
  ): Promise<SignalList> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      await this.access.ofCampaign(tx, caller, 'needs.conduct', consultationId);
      return this.list(tx, consultationId, null);
    });
  }

  @Get('declarations/:buyerId/signals')
  @Requires('needs.read')
  @ApiOperation({
    summary: 'Les quantités à vérifier d’un membre',
    description: 'D’après ce qui est saisi. Elles avertissent, et n’empêchent pas de transmettre.',
    operationId: 'listMemberSignals',
  })
  @ApiOkResponse({ type: SignalList })
  ofMember(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<SignalList> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
      return this.list(tx, consultationId, buyerId);
    });
  }

  @Get('declarations/:buyerId/main-items')
  @Requires('needs.read')
  @ApiOperation({
    summary: 'Les articles principaux d’un membre',
    description:
      'Les cinq de plus grand montant estimé, et si leur dernier prix payé manque\u00a0: il permettra de mesurer ce que l’achat groupé apporte.',
    operationId: 'listMainItems',
  })
  @ApiOkResponse({ type: MainItemList })
  async mainItems(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
  ): Promise<MainItemList> {
    const tx = this.dataSource.manager;
    await this.access.ofMember(tx, caller, 'needs.read', consultationId, buyerId);
    await this.campaigns.required(tx, consultationId);
    return describeMainItems(await this.queries.mainItems(tx, consultationId, buyerId, MAIN_ITEMS));
  }

  @Post('declarations/:buyerId/signals/confirmations')
  @HttpCode(200)
  @Requires('needs.submit')
  @ApiOperation({
    summary: 'Confirmer des quantités à vérifier',
    description: 'Le membre dit pourquoi elles sont justes. Toutes, ou aucune si l’une a changé depuis.',
    operationId: 'confirmSignals',
  })
  @ApiOkResponse({ type: ConfirmedSignals })
  confirm(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Body() { signals, reason }: ConfirmationRequest,
  ): Promise<ConfirmedSignals> {
    return this.commands.run(call, async (tx) => {
      const place = await this.access.ofMember(tx, call.caller, 'needs.submit', consultationId, buyerId);
      return { signals: (await this.signals.confirm(tx, place, signals, reason)).map(describeSignal) };
    });
  }

  @Post('needs-campaign/signals/confirmations')
  @HttpCode(200)
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Confirmer des quantités à vérifier, en coordonnateur',
    description: 'De la déclaration d’un membre. Toutes, ou aucune si l’une a changé depuis.',
    operationId: 'confirmSignalsAsCoordinator',
  })
  @ApiOkResponse({ type: ConfirmedSignals })
  confirmAsCoordinator(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Body() { buyerId, signals, reason }: CoordinatorConfirmationRequest,
  ): Promise<ConfirmedSignals> {
    return this.commands.run(call, async (tx) => {
      const scope = await this.scopes.of(tx, consultationId);
      const trace = call.caller.require('needs.conduct', scope);
      if (!scope.buyerIds.includes(buyerId)) throw new Refused('NOT_FOUND');
      const place = { groupId: scope.groupId, consultationId, buyerId, trace };
      return { signals: (await this.signals.confirm(tx, place, signals, reason)).map(describeSignal) };
    });
  }

  private async list(tx: EntityManager, consultationId: string, buyerId: string | null): Promise<SignalList> {
    await this.campaigns.required(tx, consultationId);
    const signals = await this.queries.signals(tx, consultationId, buyerId, SHOWN);
    const confirmed = signals.filter(({ confirmedAt }) => confirmedAt !== null).length;
    // All of them are there: counting them again would judge every line twice.
    const counts =
      signals.length < SHOWN
        ? { toConfirm: signals.length - confirmed, confirmed }
        : await this.queries.counts(tx, consultationId, buyerId);
    return { ...counts, signals: signals.map(describeSignal) };
  }
}
