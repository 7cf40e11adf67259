import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LotsQueries } from './lots.queries.js';
import { LotsService } from './lots.service.js';

@Module({
  imports: [ConsultationsModule],
  providers: [LotsService, LotsQueries],
  exports: [LotsService, LotsQueries],
})
export class LotsModule {}
