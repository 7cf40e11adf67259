import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CommitteeService } from './committee.service.js';
import { ConductController } from './conduct.controller.js';
import { ConductQueries } from './conduct.queries.js';
import { GroupPeopleController } from './group-people.controller.js';
import { GroupReadingService } from './group-reading.service.js';
import { GroupsController } from './groups.controller.js';
import { GroupsQueries } from './groups.queries.js';
import { GroupsService } from './groups.service.js';
import { KeptOutsideController } from './kept-outside.controller.js';
import { KeptOutside } from './kept-outside.entity.js';
import { KeptOutsideQueries } from './kept-outside.queries.js';
import { KeptOutsideService } from './kept-outside.service.js';
import { MissionsService } from './missions.service.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

@Module({
  imports: [AccountsModule, TypeOrmModule.forFeature([PurchasingGroup, KeptOutside])],
  controllers: [GroupsController, GroupPeopleController, ConductController, KeptOutsideController],
  providers: [
    GroupsService,
    GroupsQueries,
    GroupReadingService,
    ConductQueries,
    MissionsService,
    CommitteeService,
    KeptOutsideQueries,
    KeptOutsideService,
  ],
  exports: [
    GroupsService,
    GroupsQueries,
    ConductQueries,
    MissionsService,
    CommitteeService,
    KeptOutsideQueries,
    KeptOutsideService,
  ],
})
export class GroupsModule {}
