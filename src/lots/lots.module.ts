import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { ConsultationLotsController } from './consultation-lots.controller.js';
import { CopyConsultationService } from './copy-consultation.service.js';
import { CpvController } from './cpv.controller.js';
import { CpvQueries } from './cpv.queries.js';
import { EditLotsService } from './edit-lots.service.js';
import { Lot } from './lot.entity.js';
import { LotsController } from './lots.controller.js';
import { LotsQueries } from './lots.queries.js';
import { LotsService } from './lots.service.js';
import { ParticipationQueries } from './participation.queries.js';
import { ParticipationService } from './participation.service.js';

@Module({
  imports: [ConsultationsModule, TypeOrmModule.forFeature([Lot])],
  controllers: [LotsController, ConsultationLotsController, CpvController],
  providers: [
    LotsService,
    LotsQueries,
    EditLotsService,
    ParticipationService,
    ParticipationQueries,
    CopyConsultationService,
    CpvQueries,
  ],
  exports: [
    LotsService,
    LotsQueries,
    EditLotsService,
    ParticipationService,
    ParticipationQueries,
    CopyConsultationService,
  ],
})
export class LotsModule {}
