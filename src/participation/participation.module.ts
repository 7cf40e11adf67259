import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { ParticipationController } from './participation.controller.js';
import { ParticipationQueries } from './participation.queries.js';
import { ParticipationService } from './participation.service.js';

@Module({
  imports: [ConsultationsModule, LotsModule],
  controllers: [ParticipationController],
  providers: [ParticipationQueries, ParticipationService],
  exports: [ParticipationQueries, ParticipationService],
})
export class ParticipationModule {}
