import { Global, Module } from '@nestjs/common';
import { MailOutbox } from './mail-outbox.service.js';
import { MailSendingService } from './mail-sending.service.js';
import { SendMailJob } from './mail.jobs.js';
import { MailQueries } from './mail.queries.js';
import { Mailer } from './mailer.js';

@Global()
@Module({
  providers: [Mailer, MailOutbox, MailSendingService, MailQueries, SendMailJob],
  exports: [Mailer, MailOutbox, MailSendingService, MailQueries],
})
export class MailModule {}
