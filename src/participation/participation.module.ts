import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { BulletinsQueries } from './bulletins.queries.js';
import { BulletinsService } from './bulletins.service.js';
import { DepartureService } from './departure.service.js';
import { ParticipationController } from './participation.controller.js';
import { ParticipationQueries } from './participation.queries.js';
import { ParticipationService } from './participation.service.js';

@Module({
  imports: [ConsultationsModule, LotsModule],
  controllers: [ParticipationController],
  providers: [
    BulletinsQueries,
    BulletinsService,
    DepartureService,
    ParticipationQueries,
    ParticipationService,
  ],
  exports: [BulletinsService, DepartureService, ParticipationQueries, ParticipationService],
})
export class ParticipationModule {}
