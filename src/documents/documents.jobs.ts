import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler, LastingJobError } from '../platform/jobs/handlers.js';
import type { JobPayloads } from '../platform/jobs/names.js';
import { DocumentArchivesService } from './document-archives.service.js';
import { DocumentsService } from './documents.service.js';

@Injectable()
@HandlesJob('document.generate')
export class GenerateDocumentJob implements JobHandler<'document.generate'> {
  constructor(private readonly documents: DocumentsService) {}

  handle({ documentId }: JobPayloads['document.generate']): Promise<void> {
    return this.documents.generate(documentId).catch(inFrench);
  }
}

@Injectable()
@HandlesJob('document.archive')
export class ArchiveDocumentsJob implements JobHandler<'document.archive'> {
  constructor(private readonly archives: DocumentArchivesService) {}

  handle({ setId }: JobPayloads['document.archive']): Promise<void> {
    return this.archives.make(setId).catch(inFrench);
  }
}

/** What people read of a failure, once no attempt is left; the technical log holds its cause. */
function inFrench(error: unknown): never {
  if (error instanceof LastingJobError) throw error;
  throw new Error(
    'Une panne a interrompu la production. Relancer\u00a0; si elle se répète, prévenir l’exploitant.',
    { cause: error },
  );
}
