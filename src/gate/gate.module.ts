import { Module } from '@nestjs/common';
import { LawbookModule } from '../lawbook/lawbook.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { MembersModule } from '../members/members.module.js';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { NeedsModule } from '../needs/needs.module.js';
import { ParticipationModule } from '../participation/participation.module.js';
import { ProcedureModule } from '../procedure/procedure.module.js';
import { ProtectionModule } from '../protection/protection.module.js';
import { ControlService } from './control.service.js';
import { CostSharesAsker } from './cost-shares.service.js';
import { FrozenNeedsService } from './frozen-needs.service.js';
import { KeptGroupQueries } from './kept-group.queries.js';
import { PublicationController } from './publication.controller.js';
import { PublicationQueries } from './publication.queries.js';
import { PublicationService } from './publication.service.js';
import { SnapshotService } from './snapshot.service.js';

/** The control before publication. */
@Module({
  imports: [
    LawbookModule,
    GroupsModule,
    MembersModule,
    ConsultationsModule,
    ParticipationModule,
    ProtectionModule,
    NeedsModule,
    DeclarationsModule,
    ProcedureModule,
  ],
  controllers: [PublicationController],
  providers: [
    PublicationQueries,
    KeptGroupQueries,
    FrozenNeedsService,
    CostSharesAsker,
    ControlService,
    SnapshotService,
    PublicationService,
  ],
  exports: [PublicationService, CostSharesAsker],
})
export class GateModule {}
