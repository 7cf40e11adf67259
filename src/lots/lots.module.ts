import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { BuyersModule } from '../buyers/buyers.module.js';
import { ConsultationLotsController } from './consultation-lots.controller.js';
import { CopyConsultationService } from './copy-consultation.service.js';
import { CpvController } from './cpv.controller.js';
import { CpvQueries } from './cpv.queries.js';
import { EditLotsService } from './edit-lots.service.js';
import { LotDeliverySitesController } from './lot-delivery-sites.controller.js';
import { LotDeliverySitesQueries } from './lot-delivery-sites.queries.js';
import { LotDeliverySitesService } from './lot-delivery-sites.service.js';
import { Lot } from './lot.entity.js';
import { LotsController } from './lots.controller.js';
import { GroupsModule } from '../groups/groups.module.js';
import { CatalogueAccess } from './catalogue-access.service.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { ItemsController } from './items.controller.js';
import { ItemsQueries } from './items.queries.js';
import { ItemsService } from './items.service.js';
import { ItemDutiesService } from './item-duties.service.js';
import { NewTyresController } from './new-tyres.controller.js';
import { NewTyresService } from './new-tyres.service.js';
import { LotsQueries } from './lots.queries.js';
import { LotsService } from './lots.service.js';
import { ParticipationQueries } from './participation.queries.js';
import { ParticipationService } from './participation.service.js';

@Module({
  imports: [BuyersModule, ConsultationsModule, GroupsModule, TypeOrmModule.forFeature([Lot])],
  controllers: [
    LotsController,
    LotDeliverySitesController,
    ConsultationLotsController,
    CpvController,
    ItemsController,
    CatalogueController,
    NewTyresController,
  ],
  providers: [
    LotsService,
    LotsQueries,
    EditLotsService,
    LotDeliverySitesService,
    LotDeliverySitesQueries,
    ParticipationService,
    ParticipationQueries,
    CopyConsultationService,
    CpvQueries,
    CatalogueAccess,
    CatalogueService,
    ItemsQueries,
    ItemsService,
    ItemDutiesService,
    NewTyresService,
  ],
  exports: [
    LotsService,
    LotsQueries,
    EditLotsService,
    ParticipationService,
    ParticipationQueries,
    CopyConsultationService,
    ItemsService,
    ItemsQueries,
    ItemDutiesService,
  ],
})
export class LotsModule {}
