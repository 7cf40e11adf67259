import { Module } from '@nestjs/common';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { BuyersModule } from '../buyers/buyers.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { MembersModule } from '../members/members.module.js';
import { ProcedureModule } from '../procedure/procedure.module.js';
import { HolidaysController } from './holidays.controller.js';
import { PlanController } from './plan.controller.js';
import { PlanService } from './plan.service.js';

@Module({
  imports: [LawbookModule, BuyersModule, MembersModule, ConsultationsModule, ProcedureModule],
  controllers: [HolidaysController, PlanController],
  providers: [PlanService],
  exports: [PlanService],
})
export class PlanningModule {}
