import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { ItemsController } from './items.controller.js';
import { NewTyresController } from './new-tyres.controller.js';
import { CatalogueAccess } from './catalogue-access.service.js';
import { ItemsQueries } from './items.queries.js';
import { ItemsService } from './items.service.js';
import { ItemDutiesService } from './item-duties.service.js';
import { NewTyresService } from './new-tyres.service.js';

@Module({
  imports: [LawbookModule, ConsultationsModule, LotsModule],
  controllers: [ItemsController, NewTyresController],
  providers: [CatalogueAccess, ItemsQueries, ItemsService, ItemDutiesService, NewTyresService],
  exports: [CatalogueAccess, ItemsQueries, ItemsService, ItemDutiesService],
})
export class ItemsModule {}
