import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { BuyersModule } from '../buyers/buyers.module.js';
import { LotsController } from './lots.controller.js';
import { CpvController } from './cpv.controller.js';
import { LotsQueries } from './lots.queries.js';
import { ReservedLotsQueries } from './reserved-lots.queries.js';
import { EditLotsService } from './edit-lots.service.js';
import { CpvQueries } from './cpv.queries.js';
import { LotDeliverySitesController } from './lot-delivery-sites.controller.js';
import { LotDeliverySitesQueries } from './lot-delivery-sites.queries.js';
import { LotDeliverySitesService } from './lot-delivery-sites.service.js';
import { Lot } from './lot.entity.js';

@Module({
  imports: [BuyersModule, ConsultationsModule, TypeOrmModule.forFeature([Lot])],
  controllers: [LotsController, LotDeliverySitesController, CpvController],
  providers: [
    LotsQueries,
    ReservedLotsQueries,
    EditLotsService,
    CpvQueries,
    LotDeliverySitesService,
    LotDeliverySitesQueries,
  ],
  exports: [LotsQueries, LotDeliverySitesQueries, ReservedLotsQueries, EditLotsService],
})
export class LotsModule {}
