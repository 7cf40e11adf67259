import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { LotsModule } from '../lots/lots.module.js';
import { ItemsModule } from '../items/items.module.js';
import { CatalogueController } from './catalogue.controller.js';
import { CopyConsultationController } from './copy-consultation.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { ReplaceCatalogueService } from './replace-catalogue.service.js';
import { CopyFollowersService } from './copy-followers.service.js';
import { CopyConsultationService } from './copy-consultation.service.js';

@Module({
  imports: [ConsultationsModule, LotsModule, ItemsModule],
  controllers: [CatalogueController, CopyConsultationController],
  providers: [CatalogueService, ReplaceCatalogueService, CopyConsultationService, CopyFollowersService],
  exports: [ReplaceCatalogueService, CopyConsultationService, CopyFollowersService],
})
export class CatalogueModule {}
