import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LotsController } from './lots.controller.js';
import { ConsultationLotsController } from './consultation-lots.controller.js';
import { CpvController } from './cpv.controller.js';
import { LotsQueries } from './lots.queries.js';
import { EditLotsService } from './edit-lots.service.js';
import { CpvQueries } from './cpv.queries.js';
import { Lot } from './lot.entity.js';

@Module({
  imports: [ConsultationsModule, TypeOrmModule.forFeature([Lot])],
  controllers: [LotsController, ConsultationLotsController, CpvController],
  providers: [LotsQueries, EditLotsService, CpvQueries],
  exports: [LotsQueries, EditLotsService],
})
export class LotsModule {}
