import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
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

@Module({
  imports: [ConsultationsModule, GroupsModule],
  controllers: [ItemsController, CatalogueController, NewTyresController],
  providers: [
    LotsService,
    LotsQueries,
    ItemsService,
    ItemsQueries,
    CatalogueService,
    CatalogueAccess,
    NewTyresService,
    ItemDutiesService,
  ],
  exports: [LotsService, LotsQueries, ItemsService, ItemsQueries, ItemDutiesService],
})
export class LotsModule {}
