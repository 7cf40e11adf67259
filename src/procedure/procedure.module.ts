import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { ProtectionModule } from '../protection/protection.module.js';
import { SourcingModule } from '../sourcing/sourcing.module.js';
import { TermsModule } from '../terms/terms.module.js';
import { ChecksController } from './checks.controller.js';
import { ChecksService } from './checks.service.js';

@Module({
  imports: [
    GroupsModule,
    ConsultationsModule,
    SourcingModule,
    LotsModule,
    TermsModule,
    ProtectionModule,
    NeedsModule,
  ],
  controllers: [ChecksController],
  providers: [ChecksService],
  exports: [ChecksService],
})
export class ProcedureModule {}
