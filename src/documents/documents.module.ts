import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AllocationModule } from '../allocation/allocation.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { DocumentRecord } from './document.entity.js';
import { GenerateDocumentJob } from './documents.jobs.js';
import { DocumentsService } from './documents.service.js';
import { DossierRecord } from './dossier.entity.js';
import { DossierQueries } from './dossier.queries.js';
import { DossiersService } from './dossiers.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([DossierRecord, DocumentRecord]),
    ConsultationsModule,
    GroupsModule,
    LotsModule,
    ParticipationModule,
    NeedsModule,
    AllocationModule,
  ],
  providers: [DossierQueries, DossiersService, DocumentsService, GenerateDocumentJob],
  exports: [DossiersService, DocumentsService],
})
export class DocumentsModule {}
