import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AgreementController } from './agreement.controller.js';
import { AgreementService } from './agreement.service.js';
import { AgreementSignature } from './agreement-signature.entity.js';
import { AgreementVersion } from './agreement-version.entity.js';
import { GroupPeopleController } from './group-people.controller.js';
import { GroupReadingService } from './group-reading.service.js';
import { GroupTermsService } from './group-terms.service.js';
import { GroupsController } from './groups.controller.js';
import { GroupsQueries } from './groups.queries.js';
import { GroupsService } from './groups.service.js';
import { MemberActsController } from './member-acts.controller.js';
import { MembersController } from './members.controller.js';
import { MembersQueries } from './members.queries.js';
import { MembersReadingService } from './members-reading.service.js';
import { Membership } from './membership.entity.js';
import { MembershipService } from './membership.service.js';
import { PurchasingGroup } from './purchasing-group.entity.js';
import { RenunciationService } from './renunciation.service.js';

@Module({
  imports: [
    AccountsModule,
    TypeOrmModule.forFeature([PurchasingGroup, Membership, AgreementVersion, AgreementSignature]),
  ],
  controllers: [
    GroupsController,
    MembersController,
    MemberActsController,
    AgreementController,
    GroupPeopleController,
  ],
  providers: [
    GroupsService,
    GroupsQueries,
    GroupReadingService,
    GroupTermsService,
    MembersQueries,
    MembersReadingService,
    MembershipService,
    RenunciationService,
    AgreementService,
  ],
  exports: [GroupsService, GroupsQueries, GroupReadingService, MembersQueries],
})
export class GroupsModule {}
