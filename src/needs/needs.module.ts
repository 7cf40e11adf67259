import { Module } from '@nestjs/common';
import { AutonomyModule } from '../autonomy/autonomy.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { ClusterNeedsController } from './cluster-needs.controller.js';
import { ClusterNeedsQueries } from './cluster-needs.queries.js';
import { ClusterNeedsService } from './cluster-needs.service.js';
import { CountedNeedsService } from './counted-needs.service.js';
import { FamilyLedgerController } from './family-ledger.controller.js';
import { FamilyLedgerService } from './family-ledger.service.js';
import { ClearConsultationsJob } from './needs.jobs.js';
import { NeedsTotalsController } from './needs-totals.controller.js';
import { NeedsTotalsQueries } from './needs-totals.queries.js';
import { NeedsTotalsService } from './needs-totals.service.js';
import { NeedsQueries } from './needs.queries.js';
import { NeedsService } from './needs.service.js';
import { WithdrawalService } from './withdrawal.service.js';

@Module({
  imports: [
    LawbookModule,
    AutonomyModule,
    GroupsModule,
    ConsultationsModule,
    LotsModule,
    ParticipationModule,
  ],
  controllers: [FamilyLedgerController, ClusterNeedsController, NeedsTotalsController],
  providers: [
    ClearConsultationsJob,
    WithdrawalService,
    NeedsService,
    CountedNeedsService,
    NeedsQueries,
    FamilyLedgerService,
    ClusterNeedsService,
    ClusterNeedsQueries,
    NeedsTotalsQueries,
    NeedsTotalsService,
  ],
  exports: [NeedsService, CountedNeedsService, NeedsQueries, NeedsTotalsQueries, FamilyLedgerService],
})
export class NeedsModule {}
