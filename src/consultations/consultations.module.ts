import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupsModule } from '../groups/groups.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { ConsultationScopeService } from './consultation-scope.service.js';
import { Consultation } from './consultation.entity.js';
import { ConsultationsController } from './consultations.controller.js';
import { ConsultationsQueries } from './consultations.queries.js';
import { ConsultationsService } from './consultations.service.js';

@Module({
  imports: [LawbookModule, GroupsModule, TypeOrmModule.forFeature([Consultation])],
  controllers: [ConsultationsController],
  providers: [ConsultationsService, ConsultationsQueries, ConsultationScopeService],
  exports: [ConsultationsService, ConsultationsQueries, ConsultationScopeService],
})
export class ConsultationsModule {}
