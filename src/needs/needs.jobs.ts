import { Injectable } from '@nestjs/common';
import { type JobHandler, HandlesJob } from '../platform/jobs/handlers.js';
import type { JobPayloads } from '../platform/jobs/names.js';
import { WithdrawalService } from './withdrawal.service.js';

@HandlesJob('membership.clear-consultations')
@Injectable()
export class ClearConsultationsJob implements JobHandler<'membership.clear-consultations'> {
  constructor(private readonly withdrawals: WithdrawalService) {}

  handle({ groupId, buyerId, withdrawnAt }: JobPayloads['membership.clear-consultations']): Promise<void> {
    return this.withdrawals.clear(groupId, buyerId, new Date(withdrawnAt));
  }
}
