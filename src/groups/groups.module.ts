import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BuyersModule } from '../buyers/buyers.module.js';
import { GroupsController } from './groups.controller.js';
import { GroupPeopleController } from './group-people.controller.js';
import { GroupsService } from './groups.service.js';
import { GroupsQueries } from './groups.queries.js';
import { GroupReadingService } from './group-reading.service.js';
import { GroupTermsService } from './group-terms.service.js';
import { ReservedClusterQueries } from './reserved-cluster.queries.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

@Module({
  imports: [AccountsModule, BuyersModule, TypeOrmModule.forFeature([PurchasingGroup])],
  controllers: [GroupsController, GroupPeopleController],
  providers: [GroupsService, GroupsQueries, GroupReadingService, GroupTermsService, ReservedClusterQueries],
  exports: [GroupsService, GroupsQueries, GroupReadingService, ReservedClusterQueries],
})
export class GroupsModule {}
