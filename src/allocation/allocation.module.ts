import { Module } from '@nestjs/common';
import { AllocationQueries } from './allocation.queries.js';
import { AllocationService } from './allocation.service.js';

@Module({
  providers: [AllocationService, AllocationQueries],
  exports: [AllocationService, AllocationQueries],
})
export class AllocationModule {}
