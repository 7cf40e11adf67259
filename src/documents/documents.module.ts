import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AllocationModule } from '../allocation/allocation.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { ConductModule } from '../conduct/conduct.module.js';
import { MembersModule } from '../members/members.module.js';
import { TermsModule } from '../terms/terms.module.js';
import { ProcedureModule } from '../procedure/procedure.module.js';
import { ProtectionModule } from '../protection/protection.module.js';
import { DocumentRecord } from './document.entity.js';
import { DocumentArchivesService } from './document-archives.service.js';
import { DocumentSetQueries } from './document-set.queries.js';
import { DocumentSetsController } from './document-sets.controller.js';
import { DocumentSetsService } from './document-sets.service.js';
import { DocumentsVerification } from './documents-verification.service.js';
import { ParticularsController } from './particulars.controller.js';
import { ParticularsService } from './particulars.service.js';
import { ArchiveDocumentsJob, GenerateDocumentJob } from './documents.jobs.js';
import { DocumentsService } from './documents.service.js';
import { DossierRecord } from './dossier.entity.js';
import { NeedsExportQueries } from './needs-export.queries.js';
import { NeedsExportReading } from './needs-export-reading.service.js';
import { NeedsExportWriter } from './needs-export-writer.js';
import { NeedsExportsController } from './needs-exports.controller.js';
import { ExportNeedsJob } from './needs-exports.jobs.js';
import { NeedsExportsService } from './needs-exports.service.js';
import { DossierQueries } from './dossier.queries.js';
import { ParticularsQueries } from './particulars.queries.js';
import { PurchaseQueries } from './purchase.queries.js';
import { DossiersService } from './dossiers.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([DossierRecord, DocumentRecord]),
    ConsultationsModule,
    GroupsModule,
    LotsModule,
    ParticipationModule,
    NeedsModule,
    DeclarationsModule,
    AllocationModule,
    ConductModule,
    MembersModule,
    TermsModule,
    ProcedureModule,
    ProtectionModule,
  ],
  controllers: [NeedsExportsController, DocumentSetsController, ParticularsController],
  providers: [
    NeedsExportQueries,
    NeedsExportReading,
    NeedsExportWriter,
    NeedsExportsService,
    ExportNeedsJob,
    DossierQueries,
    PurchaseQueries,
    ParticularsQueries,
    DossiersService,
    DocumentsService,
    DocumentSetQueries,
    DocumentArchivesService,
    DocumentSetsService,
    DocumentsVerification,
    ParticularsService,
    GenerateDocumentJob,
    ArchiveDocumentsJob,
  ],
  exports: [DossiersService, DocumentsService, DocumentsVerification],
})
export class DocumentsModule {}
