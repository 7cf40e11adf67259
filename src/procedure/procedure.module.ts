import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { ConductModule } from '../conduct/conduct.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { ItemsModule } from '../items/items.module.js';
import { MembersModule } from '../members/members.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { ProtectionModule } from '../protection/protection.module.js';
import { SourcingModule } from '../sourcing/sourcing.module.js';
import { TermsModule } from '../terms/terms.module.js';
import { CheckRights } from './check-rights.service.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { ChecksController } from './checks.controller.js';
import { ChecksService } from './checks.service.js';
import { ProcedureChoiceService } from './procedure-choice.service.js';
import { ProcedureController } from './procedure.controller.js';
import { ProcedureQueries } from './procedure.queries.js';
import { ProcedureService } from './procedure.service.js';

@Module({
  imports: [
    LawbookModule,
    ConductModule,
    MembersModule,
    ConsultationsModule,
    SourcingModule,
    LotsModule,
    ItemsModule,
    TermsModule,
    ProtectionModule,
    NeedsModule,
    ParticipationModule,
  ],
  controllers: [ChecksController, ProcedureController],
  providers: [ChecksService, CheckRights, ProcedureService, ProcedureChoiceService, ProcedureQueries],
  exports: [ChecksService, CheckRights, ProcedureQueries, ProcedureService],
})
export class ProcedureModule {}
