import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { GateModule } from '../gate/gate.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { AllocationModule } from './allocation.module.js';
import { CostSharesService } from './cost-shares.service.js';

/** What the control before publication asks about shares: apart, so that documents do not reach the control. */
@Module({
  imports: [GroupsModule, ConsultationsModule, LotsModule, NeedsModule, GateModule, AllocationModule],
  providers: [CostSharesService],
})
export class CostSharesModule {}
