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
import { ChecksController } from './checks.controller.js';
import { ChecksService } from './checks.service.js';

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
  ],
  controllers: [ChecksController],
  providers: [ChecksService, CheckRights],
  exports: [ChecksService, CheckRights],
})
export class ProcedureModule {}
