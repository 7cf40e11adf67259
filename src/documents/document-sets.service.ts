import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockGroup } from '../groups/group-lock.queries.js';
import { newId } from '../platform/database/id.js';
import { sha256Of } from '../platform/files/file-store.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import type { Gap } from '../platform/markdown/gaps.js';
import { type Fault, Refused } from '../platform/refusals/refused.js';
import { gapWords } from '../platform/texts/gaps-refused.js';
import type { Finish } from '../platform/texts/text-document.js';
import { DocumentArchivesService } from './document-archives.service.js';
import { type DocumentPart, PART_WORDS } from './document-kind.js';
import { type DocumentSetRow, DocumentSetQueries, type SetDocumentRow } from './document-set.queries.js';
import { DocumentsService, type WantedDocument } from './documents.service.js';
import type { DossierVersion } from './dossier.js';
import { DossierQueries } from './dossier.queries.js';
import { DossiersService } from './dossiers.service.js';
import { parisDate } from '../calendar/plain-date.js';

export interface DocumentSet extends DocumentSetRow {
  readonly documents: readonly SetDocumentRow[];
}

/** What is left to write in a document. */
export interface DocumentGaps {
  readonly fileName: string;
  readonly gaps: readonly Gap[];
}

/** Documents asked for together: one job each, then one archive. */
@Injectable()
export class DocumentSetsService {
  constructor(
    private readonly queries: DocumentSetQueries,
    private readonly documents: DocumentsService,
    private readonly archives: DocumentArchivesService,
    private readonly dossiers: DossiersService,
    private readonly reading: DossierQueries,
    private readonly jobs: JobRequests,
    private readonly journal: Journal,
  ) {}

  /**
   * Asks for the documents of a part. The same request twice shares the work, and tries again what failed.
   *
   * @throws {Refused} DOCUMENTS_NONE; DOCUMENTS_HAVE_GAPS for a final version, with every gap of every document
   */
  async request(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId }: { readonly consultationId: string; readonly groupId: string },
    { part, finish }: { readonly part: DocumentPart; readonly finish: Finish },
  ): Promise<DocumentSet> {
    // Two that ask at the same instant come one after the other: versions of a dossier follow each other.
    await lockGroup(tx, groupId);
    const dossier = await this.dossiers.take(tx, trace, at, consultationId);
    const wanted = this.documents.wanted(dossier.version, part, finish);
    if (wanted.length === 0) throw new Refused('DOCUMENTS_NONE', PART_WORDS[part]);
    if (finish === 'final') refuseGaps(gapsOf(wanted, dossier.version));
    const requested = await this.documents.request(tx, trace, at, dossier, wanted);
    const contents = sha256Of(JSON.stringify(requested.map(({ id }) => id)));
    const { id, isNew } = await this.queries.open(
      tx,
      { id: newId(), consultationId, dossierId: dossier.id, part, finish, contents, at },
      requested.map((document) => document.id),
    );
    if (isNew)
      await this.journal.write(tx, trace, at, [
        {
          groupId,
          buyerId: null,
          subject: 'document-set',
          subjectId: id,
          key: 'documents.request-set',
          before: null,
          after: { part, finish, dossier: dossier.version.number, documents: requested.length },
        },
      ]);
    await this.retryArchive(tx, consultationId, id);
    await this.archives.askWhenComplete(tx, { setId: id });
    return this.read(tx, consultationId, id);
  }

  /** @throws {Refused} NOT_FOUND */
  async read(tx: EntityManager, consultationId: string, id: string): Promise<DocumentSet> {
    const set = await this.queries.find(tx, consultationId, id);
    if (!set) throw new Refused('NOT_FOUND');
    return { ...set, documents: await this.queries.documents(tx, id) };
  }

  /** The newest first. */
  list(tx: EntityManager, consultationId: string): Promise<DocumentSetRow[]> {
    return this.queries.ofConsultation(tx, consultationId);
  }

  /** Tries again what failed for good; what is made or on its way is left alone. @throws {Refused} NOT_FOUND */
  async retry(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId }: { readonly consultationId: string; readonly groupId: string },
    id: string,
  ): Promise<DocumentSet> {
    const { documents } = await this.read(tx, consultationId, id);
    const retried = await this.jobs.retry(
      tx,
      documents.map(({ requestId }) => requestId),
    );
    await this.retryArchive(tx, consultationId, id);
    if (retried.length > 0)
      await this.journal.write(tx, trace, at, [
        {
          ...{ groupId, buyerId: null, subject: 'document-set', subjectId: id },
          ...{ key: 'documents.request-again', before: null, after: { documents: retried.length } },
        },
      ]);
    return this.read(tx, consultationId, id);
  }

  private async retryArchive(tx: EntityManager, consultationId: string, id: string): Promise<void> {
    const set = await this.queries.find(tx, consultationId, id);
    if (set?.archiveRequestId) await this.jobs.retry(tx, [set.archiveRequestId]);
  }

  /** What is left to write in the documents of a part, as the consultation stands. */
  async gaps(
    tx: EntityManager,
    consultationId: string,
    part: DocumentPart,
    at: Date,
  ): Promise<DocumentGaps[]> {
    const content = await this.reading.read(tx, consultationId, at);
    const version = { number: 0, takenOn: parisDate(at), sha256: '0'.repeat(64), content };
    return gapsOf(this.documents.wanted(version, part, 'final'), version);
  }
}

/** Of each document that has some, in their order. */
const gapsOf = (wanted: readonly WantedDocument[], version: DossierVersion): DocumentGaps[] =>
  wanted
    .map(({ kind, subject }) => ({
      fileName: kind.fileName(subject),
      gaps: kind.gaps(kind.model(version, subject)),
    }))
    .filter(({ gaps }) => gaps.length > 0);

/** @throws {Refused} DOCUMENTS_HAVE_GAPS */
function refuseGaps(documents: readonly DocumentGaps[]): void {
  const faults = documents.flatMap(({ fileName, gaps }) =>
    gaps.map((one): Fault => ({
      in: 'body',
      pointer: '#/finish',
      code: 'GAP',
      detail: `${fileName}\u00a0: ${gapWords(one)}`,
    })),
  );
  if (faults.length > 0) throw new Refused('DOCUMENTS_HAVE_GAPS', faults.length).withFaults(faults);
}
