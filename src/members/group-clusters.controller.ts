import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { type Call, CurrentCall } from '../platform/access/call.js';
import { Requires } from '../platform/access/requires.js';
import { CLUSTERS_OVERLAP, COMMUNES_COUNTED } from './cluster-totals.rules.js';
import {
  type ClusterFigures,
  type ClusterFiguresRow,
  GroupClustersQueries,
} from './group-clusters.queries.js';
import { type GroupClusterAnswer, GroupClustersAnswer } from './group-clusters.dto.js';
import { GroupReadingService } from '../groups/group-reading.service.js';

/** A group, pôle de proximité by pôle de proximité. */
@ApiTags('groupements')
@Controller('groups/:groupId/clusters')
export class GroupClustersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly groups: GroupReadingService,
    private readonly queries: GroupClustersQueries,
  ) {}

  @Get()
  @Requires('group.read')
  @ApiOperation({
    summary: 'Un groupement, pôle par pôle',
    description:
      'Invités, intéressés, membres et habitants de chaque pôle de proximité, puis hors pôle, puis en tout. Un acheteur de plusieurs pôles compte dans chacun.',
    operationId: 'listGroupClusters',
  })
  @ApiOkResponse({ type: GroupClustersAnswer })
  async list(
    @CurrentCall() { caller }: Call,
    @Param('groupId') groupId: string,
  ): Promise<GroupClustersAnswer> {
    const tx = this.dataSource.manager;
    caller.require('group.read', await this.groups.scope(tx, groupId));
    const rows = await this.queries.figures(tx, groupId);
    return {
      clusters: rows.filter(({ line }) => line === 'cluster').map(clusterOf),
      outside: figuresOf(rows.find(({ line }) => line === 'outside')),
      total: figuresOf(rows.find(({ line }) => line === 'total')),
      inSeveralClusters: await this.queries.overlapping(tx, groupId),
      caution: `${CLUSTERS_OVERLAP} ${COMMUNES_COUNTED}`,
    };
  }
}

const NOBODY: ClusterFigures = {
  invited: 0,
  interested: 0,
  members: 0,
  declined: 0,
  withdrawn: 0,
  municipalPopulation: 0,
  withoutPopulation: 0,
};

/** A line that counts nobody is not in the table. */
function figuresOf(row: ClusterFiguresRow | undefined): ClusterFigures {
  if (!row) return NOBODY;
  const { line: _, id: _id, name: _name, leadBuyerId: _lead, leadName: _leadName, ...figures } = row;
  return figures;
}

const clusterOf = ({
  line: _,
  id,
  name,
  leadBuyerId,
  leadName,
  ...figures
}: ClusterFiguresRow): GroupClusterAnswer => ({
  id: id!,
  name: name!,
  leadBuyerId: leadBuyerId!,
  leadName: leadName!,
  ...figures,
});
