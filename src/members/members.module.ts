import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BuyersModule } from '../buyers/buyers.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { ConductModule } from '../conduct/conduct.module.js';
import { GroupClustersController } from './group-clusters.controller.js';
import { GroupClustersQueries } from './group-clusters.queries.js';
import { MemberBuyersController } from './member-buyers.controller.js';
import { MemberBuyersService } from './member-buyers.service.js';
import { MembersController } from './members.controller.js';
import { MemberActsController } from './member-acts.controller.js';
import { AgreementController } from './agreement.controller.js';
import { AnswersQueries } from './answers.queries.js';
import { AnswersService } from './answers.service.js';
import { MembersQueries } from './members.queries.js';
import { MembersReadingService } from './members-reading.service.js';
import { MembershipService } from './membership.service.js';
import { RenunciationService } from './renunciation.service.js';
import { AgreementService } from './agreement.service.js';
import { Membership } from './membership.entity.js';
import { AgreementVersion } from './agreement-version.entity.js';
import { AgreementSignature } from './agreement-signature.entity.js';

@Module({
  imports: [
    BuyersModule,
    ConductModule,
    GroupsModule,
    TypeOrmModule.forFeature([Membership, AgreementVersion, AgreementSignature]),
  ],
  controllers: [
    MembersController,
    MemberBuyersController,
    GroupClustersController,
    MemberActsController,
    AgreementController,
  ],
  providers: [
    MembersQueries,
    MemberBuyersService,
    GroupClustersQueries,
    MembersReadingService,
    MembershipService,
    RenunciationService,
    AgreementService,
    AnswersQueries,
    AnswersService,
  ],
  exports: [AnswersService, MembersQueries],
})
export class MembersModule {}
