import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { APP_GUARD } from '@nestjs/core';
import { IdentityGuard } from './accounts/identity.guard.js';
import { AllocationModule } from './allocation/allocation.module.js';
import { CostSharesModule } from './allocation/cost-shares.module.js';
import { BuyersModule } from './buyers/buyers.module.js';
import { ConsultationsModule } from './consultations/consultations.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { FormsModule } from './forms/forms.module.js';
import { GateModule } from './gate/gate.module.js';
import { GroupsModule } from './groups/groups.module.js';
import { LawbookModule } from './lawbook/lawbook.module.js';
import { LotsModule } from './lots/lots.module.js';
import { ConductModule } from './conduct/conduct.module.js';
import { MembersModule } from './members/members.module.js';
import { AutonomyModule } from './autonomy/autonomy.module.js';
import { ItemsModule } from './items/items.module.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import { ParticipationModule } from './participation/participation.module.js';
import { DeclarationsModule } from './declarations/declarations.module.js';
import { NeedsModule } from './needs/needs.module.js';
import { AccessModule } from './platform/access/access.module.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { RuntimeConfig } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { CommandsModule } from './platform/http/commands.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { JournalModule } from './platform/journal/journal.module.js';
import { RateLimitGuard } from './platform/http/rate-limit.guard.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { SignalsModule } from './signals/signals.module.js';
import { DeskModule } from './desk/desk.module.js';
import { SourcingModule } from './sourcing/sourcing.module.js';
import { LogModule } from './platform/log/log.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import type { Logger } from './platform/log/logger.js';
import { TemplatesModule } from './platform/markdown/templates.module.js';
import { TermsModule } from './terms/terms.module.js';
import { PlanningModule } from './planning/planning.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { ProcedureModule } from './procedure/procedure.module.js';
import { ProtectionModule } from './protection/protection.module.js';

/** The rooms, in the order of the journey. */
const ROOMS = [
  BuyersModule,
  AccountsModule,
  LawbookModule,
  GroupsModule,
  ConductModule,
  MembersModule,
  AutonomyModule,
  ConsultationsModule,
  SourcingModule,
  LotsModule,
  ItemsModule,
  CatalogueModule,
  ParticipationModule,
  TermsModule,
  ProtectionModule,
  NeedsModule,
  DeclarationsModule,
  FormsModule,
  SignalsModule,
  RemindersModule,
  ProcedureModule,
  PlanningModule,
  GateModule,
  AllocationModule,
  CostSharesModule,
  DocumentsModule,
  DeskModule,
];

@Module({})
export class AppModule {
  /** @param role `http` answers requests and asks for work; `worker` does the work */
  static for(role: 'http' | 'worker', runtime: RuntimeConfig, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(runtime),
        LogModule.with(logger),
        ClockModule,
        DatabaseModule,
        FilesModule,
        TemplatesModule,
        MailModule,
        JournalModule,
        CommandsModule,
        JobsModule.with(role === 'worker' ? 'works' : 'requests'),
        ...(role === 'http' ? [AccessModule, HttpModule] : []),
        ...ROOMS,
      ],
      // Guards run in this order, and before any that a module below would declare: who asks, then how often.
      providers:
        role === 'http'
          ? [
              { provide: APP_GUARD, useClass: IdentityGuard },
              { provide: APP_GUARD, useClass: RateLimitGuard },
            ]
          : [],
    };
  }
}
