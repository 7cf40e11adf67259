import { Module } from '@nestjs/common';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { ProcedureModule } from '../procedure/procedure.module.js';
import { SignalsModule } from '../signals/signals.module.js';
import { DashboardService } from './dashboard.service.js';
import { DeskController } from './desk.controller.js';
import { DeskQueries } from './desk.queries.js';

@Module({
  imports: [DeclarationsModule, SignalsModule, ProcedureModule],
  controllers: [DeskController],
  providers: [DashboardService, DeskQueries],
  exports: [DashboardService],
})
export class DeskModule {}
