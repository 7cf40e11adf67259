import { Module } from '@nestjs/common';
import { AutonomyModule } from '../autonomy/autonomy.module.js';
import { BuyersModule } from '../buyers/buyers.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { SourcingLogController } from './sourcing-log.controller.js';
import { SourcingLogService } from './sourcing-log.service.js';
import { SourcingQueries } from './sourcing.queries.js';
import { SupplierFilesService } from './supplier-files.service.js';
import { SupplierNamesService } from './supplier-names.service.js';
import { SuppliersController } from './suppliers.controller.js';
import { SuppliersQueries } from './suppliers.queries.js';
import { SuppliersService } from './suppliers.service.js';

@Module({
  imports: [AutonomyModule, BuyersModule, ConsultationsModule],
  controllers: [SuppliersController, SourcingLogController],
  providers: [
    SourcingQueries,
    SourcingLogService,
    SuppliersQueries,
    SuppliersService,
    SupplierFilesService,
    SupplierNamesService,
  ],
  exports: [SourcingQueries, SourcingLogService, SupplierNamesService],
})
export class SourcingModule {}
