import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { ConductModule } from '../conduct/conduct.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { ConsultationTermsController } from './consultation-terms.controller.js';
import { ConsultationTermsService } from './consultation-terms.service.js';
import { CopyTermsService } from './copy-terms.service.js';
import { CriteriaService } from './criteria.service.js';
import { LotTermsController } from './lot-terms.controller.js';
import { LotTermsService } from './lot-terms.service.js';
import { MemberLimitsService } from './member-limits.service.js';
import { TermsChecks } from './terms-checks.service.js';
import { TermsPlaces } from './terms-places.service.js';
import { TermsQueries } from './terms.queries.js';

const OPEN = [
  ConsultationTermsService,
  CriteriaService,
  LotTermsService,
  MemberLimitsService,
  TermsChecks,
  TermsQueries,
];

@Module({
  imports: [CatalogueModule, ConductModule, ConsultationsModule, LawbookModule, ParticipationModule],
  controllers: [LotTermsController, ConsultationTermsController],
  providers: [...OPEN, TermsPlaces, CopyTermsService],
  exports: OPEN,
})
export class TermsModule {}
