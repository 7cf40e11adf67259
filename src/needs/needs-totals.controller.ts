import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { cursorOf, pageOf, type PageQuery } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { NeedsTotalsPage, NeedsTotalsQuery, OwnNeedsTotalsQuery, type TotalsBy } from './needs-totals.dto.js';
import type { TotalsScope } from './needs-totals.queries.js';
import { NeedsTotalsService } from './needs-totals.service.js';

/** What counts in a consultation, added up. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/needs-totals')
export class NeedsTotalsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly scopes: ConsultationScopeService,
    private readonly totals: NeedsTotalsService,
  ) {}

  @Get()
  @Requires('needs.conduct')
  @ApiOperation({
    summary: 'Les besoins validés d’une consultation, additionnés',
    description:
      'Par article (avec les conditionnements, et ce qui manque pour en compléter un), par lot, par membre, par pôle ou par année. Un membre dont rien ne compte n’y figure pas\u00a0: son silence n’est pas un zéro. Par article et par membre, la liste se lit par pages.',
    operationId: 'getNeedsTotals',
  })
  @ApiOkResponse({ type: NeedsTotalsPage })
  async read(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Query() query: NeedsTotalsQuery,
  ): Promise<NeedsTotalsPage> {
    call.caller.require('needs.conduct', await this.scopes.of(this.dataSource.manager, consultationId));
    return this.page(call, { consultationId, buyerId: null }, query.by, query);
  }

  @Get(':buyerId')
  @Requires('needs.read')
  @ApiOperation({
    summary: 'Les besoins validés d’un membre, additionnés',
    description: 'Les siens seulement, par article, par lot ou par année.',
    operationId: 'getMemberNeedsTotals',
  })
  @ApiOkResponse({ type: NeedsTotalsPage })
  async ofMember(
    @CurrentCall() call: Call,
    @Param('consultationId') consultationId: string,
    @Param('buyerId') buyerId: string,
    @Query() query: OwnNeedsTotalsQuery,
  ): Promise<NeedsTotalsPage> {
    const scope = await this.scopes.of(this.dataSource.manager, consultationId);
    const about = { groupId: scope.groupId, buyerIds: [buyerId] };
    if (!call.caller.may('needs.read', about)) {
      call.caller.require('consultation.read', scope);
      throw new Refused('FORBIDDEN');
    }
    call.caller.require('needs.read', about);
    if (!scope.buyerIds.includes(buyerId)) throw new Refused('NOT_FOUND');
    return this.page(call, { consultationId, buyerId }, query.by, query);
  }

  private async page(
    call: Call,
    scope: TotalsScope,
    by: TotalsBy,
    query: PageQuery,
  ): Promise<NeedsTotalsPage> {
    const { rows, ...about } = await this.totals.read(
      this.dataSource.manager,
      scope,
      by,
      cursorOf(query) ?? null,
      query.limit,
    );
    // Lots, clusters and years are few: given whole.
    if (by !== 'item' && by !== 'member')
      return { ...about, items: rows.map(({ total }) => total), next: null };
    const { items, next } = pageOf(call, query, rows, ({ place }) => place);
    return { ...about, items: items.map(({ total }) => total), next };
  }
}
