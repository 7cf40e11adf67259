import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupsModule } from '../groups/groups.module.js';
import { KeptOutsideController } from './kept-outside.controller.js';
import { KeptOutsideQueries } from './kept-outside.queries.js';
import { KeptOutsideService } from './kept-outside.service.js';
import { KnownSuppliersService } from './known-suppliers.service.js';
import { KeptOutside } from './kept-outside.entity.js';

@Module({
  imports: [GroupsModule, TypeOrmModule.forFeature([KeptOutside])],
  controllers: [KeptOutsideController],
  providers: [KeptOutsideQueries, KeptOutsideService, KnownSuppliersService],
  exports: [KeptOutsideQueries, KeptOutsideService, KnownSuppliersService],
})
export class AutonomyModule {}
