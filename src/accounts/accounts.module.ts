import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsQueries } from './accounts.queries.js';
import { MailLinkJob } from './accounts.jobs.js';
import { ApiToken } from './api-token.entity.js';
import { BuyerJournalController } from './buyer-journal.controller.js';
import { BuyerPeopleController } from './buyer-people.controller.js';
import { InvitationsService } from './invitations.service.js';
import { JournalReadingService } from './journal-reading.service.js';
import { LinkMailService } from './link-mail.service.js';
import { LinkUseService } from './link-use.service.js';
import { MeController } from './me.controller.js';
import { OneTimeLink } from './one-time-link.entity.js';
import { OneTimeLinksService } from './one-time-links.service.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { Person } from './person.entity.js';
import { PersonalDataService } from './personal-data.service.js';
import { ReadingLink } from './reading-link.entity.js';
import { ReadingLinksService } from './reading-links.service.js';
import { RightsService } from './rights.service.js';
import { RoleGrant } from './role-grant.entity.js';
import { RolesService } from './roles.service.js';
import { Sessions } from './sessions.js';
import { SessionsController } from './sessions.controller.js';
import { SignedWordsService } from './signed-words.service.js';
import { SigningKeys } from './signing-keys.js';
import { TokensController } from './tokens.controller.js';
import { TokensService } from './tokens.service.js';

const OPEN = [
  AccountsQueries,
  InvitationsService,
  JournalReadingService,
  OneTimeLinksService,
  PeopleService,
  PersonalDataService,
  ReadingLinksService,
  RightsService,
  RolesService,
  SignedWordsService,
  TokensService,
];

@Module({
  imports: [TypeOrmModule.forFeature([ApiToken, OneTimeLink, Person, ReadingLink, RoleGrant])],
  controllers: [
    BuyerJournalController,
    BuyerPeopleController,
    MeController,
    PeopleController,
    SessionsController,
    TokensController,
  ],
  providers: [...OPEN, LinkMailService, LinkUseService, MailLinkJob, Sessions, SigningKeys],
  exports: OPEN,
})
export class AccountsModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Sessions).forRoutes('*path');
  }
}
