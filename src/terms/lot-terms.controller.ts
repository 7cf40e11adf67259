import { LawbookService } from '../lawbook/lawbook.service.js';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { lawMoment } from '../consultations/consultation.rules.js';
import { type Check, gravest } from '../law/check.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Clock } from '../platform/clock/clock.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatchOnceItExists } from '../platform/http/if-match.js';
import { CriteriaAnswer, LotTermsAnswer, MemberLimitsAnswer, TermsChecksAnswer } from './answers.dto.js';
import { CriteriaService } from './criteria.service.js';
import { LotTermsRequest } from './lot-terms.dto.js';
import { LotTermsService } from './lot-terms.service.js';
import { MemberLimitsService } from './member-limits.service.js';
import { TermsChecks } from './terms-checks.service.js';
import { TermsPlaces } from './terms-places.service.js';
import { ChecksQuery, CriteriaRequest, MemberLimitsRequest } from './terms.dto.js';

/** The terms of a lot, its members' limits, its criteria, and what the law says of them. */
@ApiTags('conditions')
@Controller('lots/:lotId')
export class LotTermsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly commands: Commands,
    private readonly places: TermsPlaces,
    private readonly terms: LotTermsService,
    private readonly limits: MemberLimitsService,
    private readonly criteria: CriteriaService,
    private readonly checks: TermsChecks,
    private readonly lawbook: LawbookService,
  ) {}

  @Get('terms')
  @Requires('terms.read')
  @ApiOperation({ summary: 'Les conditions du contrat d’un lot', operationId: 'getLotTerms' })
  @ApiOkResponse({ type: LotTermsAnswer })
  async readTerms(@CurrentCall() { caller }: Call, @Param('lotId') lotId: string): Promise<LotTermsAnswer> {
    const tx = this.dataSource.manager;
    await this.places.readLot(tx, caller, lotId);
    return asAnswer(await this.terms.current(tx, lotId));
  }

  @Put('terms')
  @Requires('terms.write')
  @ApiOperation({
    summary: 'Fixer les conditions du contrat d’un lot',
    description: 'Remplace tout\u00a0: ce qui est absent est vidé. Refusé une fois la consultation lancée.',
    operationId: 'setLotTerms',
  })
  @ApiOkResponse({ type: LotTermsAnswer })
  setTerms(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() terms: LotTermsRequest,
  ): Promise<LotTermsAnswer> {
    return this.commands.run(call, async (tx, at) =>
      asAnswer(await this.terms.set(tx, call.caller, at, lotId, version, terms)),
    );
  }

  @Get('member-limits')
  @Requires('terms.read')
  @ApiOperation({
    summary: 'Les limites des membres dans un lot',
    description: 'Quand les membres ne voient pas les montants les uns des autres, chacun lit les siens.',
    operationId: 'getMemberLimits',
  })
  @ApiOkResponse({ type: MemberLimitsAnswer })
  async readLimits(
    @CurrentCall() { caller }: Call,
    @Param('lotId') lotId: string,
  ): Promise<MemberLimitsAnswer> {
    const tx = this.dataSource.manager;
    const { groupId } = await this.places.readLot(tx, caller, lotId);
    const limits = await this.limits.current(tx, lotId);
    if (await this.places.readsOfAll(tx, caller, groupId)) return limits;
    const own = ({ buyerId }: { readonly buyerId: string }) =>
      caller.may('terms.read', { groupId, buyerIds: [buyerId] });
    return { ...limits, items: limits.items.filter(own) };
  }

  @Put('member-limits')
  @Requires('terms.write')
  @ApiOperation({
    summary: 'Fixer les limites des membres dans un lot',
    description:
      'Remplace toutes les limites. Leurs totaux se tiennent dans le minimum et le maximum du lot, fixés d’abord.',
    operationId: 'setMemberLimits',
  })
  @ApiOkResponse({ type: MemberLimitsAnswer })
  setLimits(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() { items }: MemberLimitsRequest,
  ): Promise<MemberLimitsAnswer> {
    return this.commands.run(call, (tx, at) => this.limits.set(tx, call.caller, at, lotId, version, items));
  }

  @Get('criteria')
  @Requires('terms.read')
  @ApiOperation({ summary: 'Les critères d’attribution d’un lot', operationId: 'getLotCriteria' })
  @ApiOkResponse({ type: CriteriaAnswer })
  async readCriteria(
    @CurrentCall() { caller }: Call,
    @Param('lotId') lotId: string,
  ): Promise<CriteriaAnswer> {
    const tx = this.dataSource.manager;
    return this.criteria.current(tx, await this.places.readLot(tx, caller, lotId));
  }

  @Put('criteria')
  @Requires('terms.write')
  @ApiOperation({
    summary: 'Fixer les critères d’attribution d’un lot',
    description:
      'Remplace la grille. Un critère qui emploie un mot de lieu bloque le lancement tant que personne n’a inscrit son motif.',
    operationId: 'setLotCriteria',
  })
  @ApiOkResponse({ type: CriteriaAnswer })
  setCriteria(
    @CurrentCall() call: Call,
    @Param('lotId') lotId: string,
    @IfMatchOnceItExists() version: number | null,
    @Body() { items }: CriteriaRequest,
  ): Promise<CriteriaAnswer> {
    return this.commands.run(call, (tx, at) => this.criteria.set(tx, call.caller, at, lotId, version, items));
  }

  @Get('checks')
  @Requires('terms.read')
  @ApiOperation({
    summary: 'Ce que le droit dit des conditions d’un lot',
    description:
      'Chaque règle avec son article, ce qui a été comparé et ce qu’il faut faire, au jour du lancement. Ce qui dépend de la valeur estimée (la clause sociale, due à partir du seuil européen) est jugé dans les vérifications de la consultation.',
    operationId: 'checkLotTerms',
  })
  @ApiOkResponse({ type: TermsChecksAnswer })
  async check(
    @CurrentCall() { caller }: Call,
    @Param('lotId') lotId: string,
    @Query() query: ChecksQuery,
  ): Promise<TermsChecksAnswer> {
    const tx = this.dataSource.manager;
    const place = await this.places.readLot(tx, caller, lotId);
    const asked = lawMoment(place, parisDate(this.clock.now()));
    const law = await (query.on === undefined ? this.lawbook.at(tx, asked) : this.lawbook.on(tx, query.on));
    const lots = await this.checks.ofConsultation(tx, place.consultationId, law, null);
    const checks = lots.find(({ lotId: id }) => id === place.lotId)?.checks ?? [];
    const everyone = await this.places.readsOfAll(tx, caller, place.groupId);
    const items = everyone ? checks : checks.map(withoutSums);
    return { on: law.on, verdict: gravest(items), items };
  }
}

/** Sums of two members tell each the other's: whoever reads of its own alone reads no sum of them. */
const withoutSums = (check: Check): Check =>
  check.rule === 'MEMBER_LIMITS' ? { ...check, figures: {} } : check;

/** Lists are not read-only in what is sent. */
const asAnswer = (terms: Awaited<ReturnType<LotTermsService['current']>>): LotTermsAnswer => ({
  ...terms,
  orderShares: [...terms.orderShares],
});
