import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../platform/jobs/handlers.js';
import type { JobPayloads } from '../platform/jobs/names.js';
import { RemindersService } from './reminders.service.js';
import { TellService } from './tell.service.js';

@HandlesJob('needs.tell')
@Injectable()
export class TellJob implements JobHandler<'needs.tell'> {
  constructor(private readonly telling: TellService) {}

  handle(event: JobPayloads['needs.tell']): Promise<void> {
    return this.telling.tell(event);
  }
}

@HandlesJob('needs.remind')
@Injectable()
export class RemindJob implements JobHandler<'needs.remind'> {
  constructor(private readonly reminders: RemindersService) {}

  async handle({ day }: JobPayloads['needs.remind']): Promise<void> {
    await this.reminders.remindAll(day);
  }
}
