import { Injectable } from '@nestjs/common';
import { type JobHandler, HandlesJob } from '../platform/jobs/handlers.js';
import { LinkMailService } from './link-mail.service.js';

@HandlesJob('account.mail-link')
@Injectable()
export class MailLinkJob implements JobHandler<'account.mail-link'> {
  constructor(private readonly mails: LinkMailService) {}

  handle({ linkId }: { readonly linkId: string }): Promise<void> {
    return this.mails.send(linkId);
  }
}
