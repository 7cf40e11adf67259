import { Module } from '@nestjs/common';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { CampaignController } from './campaign.controller.js';
import { CampaignQueries } from './campaign.queries.js';
import { CampaignService } from './campaign.service.js';
import { CommentsController } from './comments.controller.js';
import { CommentsService } from './comments.service.js';
import { DeclarationAccess } from './declaration-access.service.js';
import { DeclarationsController } from './declarations.controller.js';
import { DeclarationsQueries } from './declarations.queries.js';
import { LinesService } from './lines.service.js';
import { LotAnswersService } from './lot-answers.service.js';
import { OpenDeclarationService } from './open-declaration.service.js';
import { SettleVersionService } from './settle-version.service.js';
import { VersionsController } from './versions.controller.js';
import { VersionsQueries } from './versions.queries.js';
import { VersionsService } from './versions.service.js';

@Module({
  imports: [ConsultationsModule, ParticipationModule, NeedsModule],
  controllers: [CampaignController, CommentsController, DeclarationsController, VersionsController],
  providers: [
    CampaignQueries,
    CampaignService,
    CommentsService,
    DeclarationAccess,
    DeclarationsQueries,
    LinesService,
    LotAnswersService,
    OpenDeclarationService,
    SettleVersionService,
    VersionsQueries,
    VersionsService,
  ],
  exports: [
    CampaignQueries,
    CampaignService,
    DeclarationAccess,
    DeclarationsQueries,
    LinesService,
    LotAnswersService,
    OpenDeclarationService,
    SettleVersionService,
    VersionsQueries,
    VersionsService,
  ],
})
export class DeclarationsModule {}
