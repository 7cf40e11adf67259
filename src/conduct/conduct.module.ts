import { Module } from '@nestjs/common';
import { GroupsModule } from '../groups/groups.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { ConductController } from './conduct.controller.js';
import { ConductQueries } from './conduct.queries.js';
import { FreeOfChargeService } from './free-of-charge.service.js';
import { MissionsService } from './missions.service.js';
import { CommitteeService } from './committee.service.js';

@Module({
  imports: [LawbookModule, GroupsModule],
  controllers: [ConductController],
  providers: [ConductQueries, MissionsService, CommitteeService, FreeOfChargeService],
  exports: [ConductQueries, MissionsService, CommitteeService, FreeOfChargeService],
})
export class ConductModule {}
