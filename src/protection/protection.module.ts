import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogueModule } from '../catalogue/catalogue.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { SourcingModule } from '../sourcing/sourcing.module.js';
import { TermsModule } from '../terms/terms.module.js';
import { AnswerableSuppliersController } from './answerable-suppliers.controller.js';
import { AnswerableSuppliersService } from './answerable-suppliers.service.js';
import { CopyProtectionService } from './copy-protection.service.js';
import { LeverFactsReader } from './lever-facts.js';
import { LotProtection } from './lot-protection.entity.js';
import { PrintedClausesQueries } from './printed-clauses.queries.js';
import { ProtectionController } from './protection.controller.js';
import { ProtectionQueries } from './protection.queries.js';
import { ProtectionReadingService } from './protection-reading.service.js';
import { ProtectionService } from './protection.service.js';

@Module({
  imports: [
    CatalogueModule,
    ConsultationsModule,
    LawbookModule,
    SourcingModule,
    LotsModule,
    ParticipationModule,
    TermsModule,
    TypeOrmModule.forFeature([LotProtection]),
  ],
  controllers: [ProtectionController, AnswerableSuppliersController],
  providers: [
    CopyProtectionService,
    ProtectionService,
    ProtectionReadingService,
    ProtectionQueries,
    PrintedClausesQueries,
    LeverFactsReader,
    AnswerableSuppliersService,
  ],
  exports: [ProtectionReadingService, PrintedClausesQueries],
})
export class ProtectionModule {}
