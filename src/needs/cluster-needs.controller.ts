import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ConsultationScopeService } from '../consultations/consultation-scope.service.js';
import { ParticipationQueries } from '../participation/participation.queries.js';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { ClusterNeedsQuery, ConsultationClustersAnswer } from './cluster-needs.dto.js';
import { ClusterNeedsService } from './cluster-needs.service.js';

/** What a consultation is for each pôle de proximité. */
@ApiTags('besoins')
@Controller('consultations/:consultationId/clusters')
export class ClusterNeedsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly scopes: ConsultationScopeService,
    private readonly participation: ParticipationQueries,
    private readonly needs: ClusterNeedsService,
  ) {}

  @Get()
  @Requires('consultation.read')
  @ApiOperation({
    summary: 'Une consultation, pôle par pôle',
    description:
      'Participants et besoins déclarés de chaque pôle de proximité, lot par lot, puis hors pôle, puis en tout. Un acheteur de plusieurs pôles compte dans chacun.',
    operationId: 'listConsultationClusters',
  })
  @ApiOkResponse({ type: ConsultationClustersAnswer })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('consultationId') consultationId: string,
    @Query() { lotId }: ClusterNeedsQuery,
  ): Promise<ConsultationClustersAnswer> {
    const tx = this.dataSource.manager;
    const scope = await this.scopes.of(tx, consultationId);
    caller.require('consultation.read', scope);
    const may = (buyerIds: readonly string[]): boolean =>
      caller.may('consultation.read', { groupId: scope.groupId, buyerIds });
    // As in the table of who joins what: a member may not see the others, nor subtract itself from a sum of them.
    const everyone = may([]) || (await this.participation.membersSeeEachOther(tx, scope.groupId));
    const buyerIds = everyone ? null : scope.buyerIds.filter((buyerId) => may([buyerId]));
    return { ...(await this.needs.read(tx, consultationId, buyerIds, lotId ?? null)), everyone };
  }
}
