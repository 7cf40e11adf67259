import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { ConductController } from './conduct.controller.js';
import { ConductQueries } from './conduct.queries.js';
import { MissionsService } from './missions.service.js';
import { CommitteeService } from './committee.service.js';

@Module({
  imports: [LawbookModule, GroupsModule],
  controllers: [ConductController],
  providers: [ConductQueries, MissionsService, CommitteeService],
  exports: [ConductQueries, MissionsService, CommitteeService],
})
export class ConductModule {}
