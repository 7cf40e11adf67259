import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { GroupPeopleController } from './group-people.controller.js';
import { GroupReadingService } from './group-reading.service.js';
import { GroupsController } from './groups.controller.js';
import { GroupsQueries } from './groups.queries.js';
import { GroupsService } from './groups.service.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

@Module({
  imports: [AccountsModule, TypeOrmModule.forFeature([PurchasingGroup])],
  controllers: [GroupsController, GroupPeopleController],
  providers: [GroupsService, GroupsQueries, GroupReadingService],
  exports: [GroupsService, GroupsQueries],
})
export class GroupsModule {}
