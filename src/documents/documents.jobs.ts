import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../platform/jobs/handlers.js';
import type { JobPayloads } from '../platform/jobs/names.js';
import { DocumentsService } from './documents.service.js';

@Injectable()
@HandlesJob('document.generate')
export class GenerateDocumentJob implements JobHandler<'document.generate'> {
  constructor(private readonly documents: DocumentsService) {}

  handle({ documentId }: JobPayloads['document.generate']): Promise<void> {
    return this.documents.generate(documentId);
  }
}
