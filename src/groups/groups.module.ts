import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupsQueries } from './groups.queries.js';
import { GroupsService } from './groups.service.js';
import { PurchasingGroup } from './purchasing-group.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([PurchasingGroup])],
  providers: [GroupsService, GroupsQueries],
  exports: [GroupsService, GroupsQueries],
})
export class GroupsModule {}
