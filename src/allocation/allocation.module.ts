import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { AllocationQueries } from './allocation.queries.js';
import { AllocationService } from './allocation.service.js';

@Module({
  imports: [ConsultationsModule],
  providers: [AllocationService, AllocationQueries],
  exports: [AllocationService, AllocationQueries],
})
export class AllocationModule {}
