import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../platform/jobs/handlers.js';
import type { JobPayloads } from '../platform/jobs/names.js';
import { NeedsExportsService } from './needs-exports.service.js';

@Injectable()
@HandlesJob('needs.export')
export class ExportNeedsJob implements JobHandler<'needs.export'> {
  constructor(private readonly exports: NeedsExportsService) {}

  handle({ exportId }: JobPayloads['needs.export']): Promise<void> {
    return this.exports.make(exportId);
  }

  abandon({ exportId }: JobPayloads['needs.export'], error: unknown): Promise<void> {
    return this.exports.abandon(exportId, error);
  }
}
