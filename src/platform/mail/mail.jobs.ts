import { Injectable } from '@nestjs/common';
import { type JobHandler, HandlesJob } from '../jobs/handlers.js';
import { MailSendingService } from './mail-sending.service.js';

@HandlesJob('mail.send')
@Injectable()
export class SendMailJob implements JobHandler<'mail.send'> {
  constructor(private readonly sending: MailSendingService) {}

  handle({ mailId }: { readonly mailId: string }): Promise<void> {
    return this.sending.send(mailId);
  }

  abandon({ mailId }: { readonly mailId: string }, error: unknown): Promise<void> {
    return this.sending.fail(mailId, error);
  }
}
