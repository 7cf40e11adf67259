import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { Commands } from '../platform/http/commands.js';
import { IfMatch } from '../platform/http/if-match.js';
import { cursorOf, pageOf, PageQuery } from '../platform/http/pages.js';
import { Refused } from '../platform/refusals/refused.js';
import { requireSearch } from './buyers.controller.js';
import {
  ClusterAnswer,
  ClusterMembersRequest,
  ClusterPage,
  ClusterPatch,
  ClusterRequest,
} from './clusters.dto.js';
import { ClustersQueries } from './clusters.queries.js';
import { ClustersService } from './clusters.service.js';
import { DeliverySitesRequest } from './delivery-sites.dto.js';

/** Pôles de proximité. */
@ApiTags('acheteurs')
@Controller('clusters')
export class ClustersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: Commands,
    private readonly queries: ClustersQueries,
    private readonly clusters: ClustersService,
  ) {}

  @Get()
  @Requires('buyer.search')
  @ApiOperation({ summary: 'Les pôles de proximité', operationId: 'listClusters' })
  @ApiOkResponse({ type: ClusterPage })
  async list(@CurrentCall() call: Call, @Query() query: PageQuery): Promise<ClusterPage> {
    requireSearch(call);
    const [key, id, ...rest] = cursorOf(query) ?? [];
    if (key !== undefined && (typeof key !== 'string' || !isUUID(id) || rest.length > 0))
      throw new Refused('MALFORMED_CURSOR');
    const after = key === undefined ? null : ([key, String(id)] as const);
    const rows = await this.queries.clusters(this.dataSource.manager, after, query.limit + 1);
    const page = pageOf(call, query, rows, (row) => [row.key, row.id]);
    return { ...page, items: page.items.map(({ key: _, ...cluster }) => cluster) };
  }

  @Post()
  @Requires('cluster.create')
  @ApiOperation({
    summary: 'Créer un pôle de proximité',
    description:
      'Des communes autour d’une commune de tête. Il n’engage personne\u00a0: il sert à inviter, filtrer, totaliser et livrer.',
    operationId: 'createCluster',
  })
  @ApiCreatedResponse({ type: ClusterAnswer })
  create(@CurrentCall() call: Call, @Body() given: ClusterRequest): Promise<ClusterAnswer> {
    return this.commands.run(call, (tx, at) => this.clusters.create(tx, call.caller, at, given));
  }

  @Get(':clusterId')
  @Requires('buyer.search')
  @ApiOperation({ summary: 'Un pôle de proximité', operationId: 'getCluster' })
  @ApiOkResponse({ type: ClusterAnswer })
  async read(@CurrentCall() call: Call, @Param('clusterId') clusterId: string): Promise<ClusterAnswer> {
    requireSearch(call);
    const cluster = await this.queries.cluster(this.dataSource.manager, clusterId);
    if (!cluster) throw new Refused('NOT_FOUND');
    return cluster;
  }

  @Patch(':clusterId')
  @Requires('cluster.edit')
  @ApiOperation({
    summary: 'Renommer un pôle, ou changer sa commune de tête',
    description: 'La nouvelle commune de tête devient membre si elle ne l’est pas.',
    operationId: 'editCluster',
  })
  @ApiOkResponse({ type: ClusterAnswer })
  edit(
    @CurrentCall() call: Call,
    @Param('clusterId') clusterId: string,
    @IfMatch() version: number,
    @Body() changes: ClusterPatch,
  ): Promise<ClusterAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.clusters.edit(tx, call.caller, at, clusterId, version, changes),
    );
  }

  @Put(':clusterId/members')
  @Requires('cluster.edit')
  @ApiOperation({ summary: 'Les membres d’un pôle', operationId: 'putClusterMembers' })
  @ApiOkResponse({ type: ClusterAnswer })
  putMembers(
    @CurrentCall() call: Call,
    @Param('clusterId') clusterId: string,
    @IfMatch() version: number,
    @Body() { buyerIds }: ClusterMembersRequest,
  ): Promise<ClusterAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.clusters.putMembers(tx, call.caller, at, clusterId, version, buyerIds),
    );
  }

  @Put(':clusterId/delivery-sites')
  @Requires('cluster.edit')
  @ApiOperation({
    summary: 'Les lieux de livraison communs d’un pôle',
    operationId: 'putClusterDeliverySites',
  })
  @ApiOkResponse({ type: ClusterAnswer })
  putDeliverySites(
    @CurrentCall() call: Call,
    @Param('clusterId') clusterId: string,
    @IfMatch() version: number,
    @Body() { deliverySites }: DeliverySitesRequest,
  ): Promise<ClusterAnswer> {
    return this.commands.run(call, (tx, at) =>
      this.clusters.putDeliverySites(tx, call.caller, at, clusterId, version, deliverySites),
    );
  }
}
