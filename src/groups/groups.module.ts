import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BuyersModule } from '../buyers/buyers.module.js';
import { AgreementController } from './agreement.controller.js';
import { AgreementService } from './agreement.service.js';
import { AgreementSignature } from './agreement-signature.entity.js';
import { AgreementVersion } from './agreement-version.entity.js';
import { CommitteeService } from './committee.service.js';
import { ConductController } from './conduct.controller.js';
import { ConductQueries } from './conduct.queries.js';
import { GroupClustersController } from './group-clusters.controller.js';
import { GroupClustersQueries } from './group-clusters.queries.js';
import { GroupPeopleController } from './group-people.controller.js';
import { GroupReadingService } from './group-reading.service.js';
import { GroupTermsService } from './group-terms.service.js';
import { GroupsController } from './groups.controller.js';
import { GroupsQueries } from './groups.queries.js';
import { GroupsService } from './groups.service.js';
import { MemberActsController } from './member-acts.controller.js';
import { MemberBuyersController } from './member-buyers.controller.js';
import { MemberBuyersService } from './member-buyers.service.js';
import { MembersController } from './members.controller.js';
import { MembersQueries } from './members.queries.js';
import { MembersReadingService } from './members-reading.service.js';
import { Membership } from './membership.entity.js';
import { MembershipService } from './membership.service.js';
import { KeptOutsideController } from './kept-outside.controller.js';
import { KeptOutside } from './kept-outside.entity.js';
import { KeptOutsideQueries } from './kept-outside.queries.js';
import { KeptOutsideService } from './kept-outside.service.js';
import { MissionsService } from './missions.service.js';
import { PurchasingGroup } from './purchasing-group.entity.js';
import { ReservedClusterQueries } from './reserved-cluster.queries.js';
import { RenunciationService } from './renunciation.service.js';

@Module({
  imports: [
    AccountsModule,
    BuyersModule,
    TypeOrmModule.forFeature([
      PurchasingGroup,
      Membership,
      AgreementVersion,
      AgreementSignature,
      KeptOutside,
    ]),
  ],
  controllers: [
    GroupsController,
    MembersController,
    MemberActsController,
    MemberBuyersController,
    GroupClustersController,
    AgreementController,
    GroupPeopleController,
    ConductController,
    KeptOutsideController,
  ],
  providers: [
    GroupsService,
    GroupsQueries,
    GroupReadingService,
    GroupTermsService,
    MembersQueries,
    MembersReadingService,
    MemberBuyersService,
    GroupClustersQueries,
    MembershipService,
    RenunciationService,
    ReservedClusterQueries,
    AgreementService,
    ConductQueries,
    MissionsService,
    CommitteeService,
    KeptOutsideQueries,
    KeptOutsideService,
  ],
  exports: [
    GroupsService,
    GroupsQueries,
    GroupReadingService,
    MembersQueries,
    ConductQueries,
    MissionsService,
    CommitteeService,
    KeptOutsideQueries,
    KeptOutsideService,
  ],
})
export class GroupsModule {}
