import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Consultation } from './consultation.entity.js';
import { ConsultationsQueries } from './consultations.queries.js';
import { ConsultationsService } from './consultations.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Consultation])],
  providers: [ConsultationsService, ConsultationsQueries],
  exports: [ConsultationsService, ConsultationsQueries],
})
export class ConsultationsModule {}
