import { Module } from '@nestjs/common';
import { AutonomyModule } from '../autonomy/autonomy.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { FamilyLedgerController } from './family-ledger.controller.js';
import { FamilyLedgerService } from './family-ledger.service.js';
import { NeedsQueries } from './needs.queries.js';
import { NeedsService } from './needs.service.js';

@Module({
  imports: [AutonomyModule, GroupsModule],
  controllers: [FamilyLedgerController],
  providers: [NeedsService, NeedsQueries, FamilyLedgerService],
  exports: [NeedsService, NeedsQueries, FamilyLedgerService],
})
export class NeedsModule {}
