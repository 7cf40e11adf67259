import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ConsultationsModule } from '../consultations/consultations.module.js';
import { DeclarationsModule } from '../declarations/declarations.module.js';
import { CensusMails } from './census-mails.service.js';
import { CensusQueries } from './census.queries.js';
import { ContestationsController } from './contestations.controller.js';
import { ContestationsService } from './contestations.service.js';
import { ReceiptsService } from './receipts.service.js';
import { RecipientsQueries } from './recipients.queries.js';
import { RemindersController } from './reminders.controller.js';
import { RemindJob, TellJob } from './reminders.jobs.js';
import { RemindersService } from './reminders.service.js';
import { TellService } from './tell.service.js';

@Module({
  imports: [AccountsModule, ConsultationsModule, DeclarationsModule],
  controllers: [RemindersController, ContestationsController],
  providers: [
    CensusMails,
    CensusQueries,
    ContestationsService,
    ReceiptsService,
    RecipientsQueries,
    RemindersService,
    RemindJob,
    TellJob,
    TellService,
  ],
})
export class RemindersModule {}
