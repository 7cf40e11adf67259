import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Buyer } from './buyer.entity.js';
import { BuyerEditingService } from './buyer-editing.service.js';
import { BuyersController } from './buyers.controller.js';
import { BuyersImportService } from './buyers-import.service.js';
import { BuyersQueries } from './buyers.queries.js';
import { BuyersService } from './buyers.service.js';
import { ClustersController } from './clusters.controller.js';
import { ClustersQueries } from './clusters.queries.js';
import { ClustersService } from './clusters.service.js';
import { CouncilSessionsController } from './council-sessions.controller.js';
import { CouncilSessionsService } from './council-sessions.service.js';
import { DeliverySiteUsesService } from './delivery-site-uses.service.js';
import { DeliverySitesService } from './delivery-sites.service.js';
import { TerritoriesService } from './territories.service.js';
import { ReferenceController } from './reference.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Buyer])],
  controllers: [BuyersController, ReferenceController, ClustersController, CouncilSessionsController],
  providers: [
    BuyersService,
    BuyersQueries,
    BuyerEditingService,
    BuyersImportService,
    ClustersService,
    ClustersQueries,
    DeliverySitesService,
    DeliverySiteUsesService,
    TerritoriesService,
    CouncilSessionsService,
  ],
  exports: [
    BuyersService,
    BuyersQueries,
    BuyerEditingService,
    BuyersImportService,
    ClustersQueries,
    DeliverySiteUsesService,
    TerritoriesService,
    CouncilSessionsService,
  ],
})
export class BuyersModule {}
