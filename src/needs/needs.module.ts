import { Module } from '@nestjs/common';
import { AutonomyModule } from '../autonomy/autonomy.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { FamilyLedgerController } from './family-ledger.controller.js';
import { FamilyLedgerService } from './family-ledger.service.js';
import { ClearConsultationsJob } from './needs.jobs.js';
import { NeedsQueries } from './needs.queries.js';
import { NeedsService } from './needs.service.js';
import { WithdrawalService } from './withdrawal.service.js';

@Module({
  imports: [AutonomyModule, GroupsModule, ParticipationModule],
  controllers: [FamilyLedgerController],
  providers: [ClearConsultationsJob, WithdrawalService, NeedsService, NeedsQueries, FamilyLedgerService],
  exports: [NeedsService, NeedsQueries, FamilyLedgerService],
})
export class NeedsModule {}
