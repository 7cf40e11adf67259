import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { newId } from '../platform/database/id.js';
import { FileStore } from '../platform/files/file-store.js';
import { LastingJobError } from '../platform/jobs/handlers.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import type { JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { documentKinds } from './document-kinds.js';
import type { DocumentKind } from './document-kind.js';
import { DocumentRecord } from './document.entity.js';
import { DossiersService, type TakenDossier } from './dossiers.service.js';
import { TemplateError } from '../platform/markdown/template-error.js';
import { Templates } from '../platform/markdown/templates.js';

/** A document that was asked for; `requestId` tells how far it is. */
export interface RequestedDocument {
  readonly id: string;
  readonly requestId: string;
}

/** A document that was made. */
export interface MadeDocument {
  readonly fileName: string;
  readonly kind: string;
  readonly mediaType: string;
  readonly sha256: string;
}

@Injectable()
export class DocumentsService {
  private readonly kinds: readonly DocumentKind[];

  constructor(
    private readonly dataSource: DataSource,
    private readonly dossiers: DossiersService,
    private readonly files: FileStore,
    private readonly jobs: JobRequests,
    private readonly clock: Clock,
    private readonly journal: Journal,
    templates: Templates,
  ) {
    this.kinds = documentKinds(templates);
  }

  /**
   * Asks for every document of a dossier that was not asked for yet with today's templates; those that ended badly are
   * tried again, the others shared.
   */
  async requestAll(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    dossier: TakenDossier,
  ): Promise<RequestedDocument[]> {
    const known = await tx.find(DocumentRecord, { where: { dossierId: dossier.id } });
    const requested: RequestedDocument[] = [];
    const asked: DocumentRecord[] = [];
    const shared: DocumentRecord[] = [];
    for (const kind of this.kinds)
      for (const subject of kind.subjects(dossier.version)) {
        const found = known.find(
          (document) =>
            document.kind === kind.kind &&
            document.subject === subject &&
            document.templateVersion === kind.templateVersion,
        );
        if (found) {
          shared.push(found);
          requested.push({ id: found.id, requestId: found.requestId });
          continue;
        }
        const id = newId();
        const requestId = await this.jobs.request(tx, 'document.generate', { documentId: id });
        const { kind: name, templateVersion } = kind;
        const document = {
          id,
          dossierId: dossier.id,
          kind: name,
          subject,
          templateVersion,
          requestId,
          fileSha256: null,
          createdAt: null,
        };
        await tx.insert(DocumentRecord, document);
        asked.push(document);
        requested.push({ id, requestId });
      }
    const retried = await this.jobs.retry(
      tx,
      shared.map((document) => document.requestId),
    );
    const again = shared.filter((document) => retried.includes(document.requestId));
    const groupId = await this.dossiers.groupOf(tx, dossier.id);
    await this.journal.write(tx, trace, at, [
      ...asked.map((document) => requestEntry(groupId, 'documents.request', document)),
      ...again.map((document) => requestEntry(groupId, 'documents.request-again', document)),
    ]);
    return requested;
  }

  /** Makes one document; doing it twice changes nothing. */
  async generate(documentId: string): Promise<void> {
    const tx = this.dataSource.manager;
    const document = await tx.findOne(DocumentRecord, { where: { id: documentId } });
    if (!document) throw new LastingJobError('Le document demandé n’existe plus.');
    if (document.fileSha256 !== null) return;
    const kind = this.kinds.find(
      (candidate) =>
        candidate.kind === document.kind && candidate.templateVersion === document.templateVersion,
    );
    if (!kind)
      throw new LastingJobError(
        `Le modèle du document (${document.kind}, version ${document.templateVersion}) a changé depuis la demande : le redemander.`,
      );
    const dossier = await this.dossiers.load(tx, document.dossierId);
    const bytes = await kind.render(kind.model(dossier, document.subject)).catch(lasting);
    await this.dataSource.transaction(async (inner) => {
      const fileSha256 = await this.files.put(inner, bytes, kind.mediaType);
      const at = this.clock.now();
      const { affected } = await inner.update(
        DocumentRecord,
        { id: documentId, fileSha256: IsNull() },
        { fileSha256, createdAt: at },
      );
      if (affected === 0) return;
      await this.journal.write(inner, traceOf(document), at, [
        {
          groupId: await this.dossiers.groupOf(inner, document.dossierId),
          buyerId: null,
          subject: 'document',
          subjectId: documentId,
          key: 'documents.generate',
          before: { sha256: null },
          after: { sha256: fileSha256 },
        },
      ]);
    });
  }

  /** Documents that were made, in the order of `documentKinds`. */
  async made(tx: EntityManager, ids: readonly string[]): Promise<MadeDocument[]> {
    const records = await tx.find(DocumentRecord, { where: { id: In([...ids]) } });
    return ids.map((id) => {
      const record = records.find((candidate) => candidate.id === id);
      const kind = this.kinds.find((candidate) => candidate.kind === record?.kind);
      if (!record?.fileSha256 || !kind) throw new Error(`document ${id} was not made`);
      return {
        fileName: kind.fileName(record.subject),
        kind: kind.kind,
        mediaType: kind.mediaType,
        sha256: record.fileSha256,
      };
    });
  }

  read(tx: EntityManager, document: MadeDocument): Promise<Buffer> {
    return this.files.read(tx, document.sha256);
  }
}

const requestEntry = (groupId: string, key: string, document: DocumentRecord): JournalEntry => ({
  groupId,
  buyerId: null,
  subject: 'document',
  subjectId: document.id,
  key,
  before: null,
  after: { kind: document.kind, subject: document.subject, templateVersion: document.templateVersion },
});

/** A template that is wrong stays so: its faults are told at once, rather than after the last attempt. */
function lasting(error: unknown): never {
  throw error instanceof TemplateError ? new LastingJobError(error.message) : error;
}

/** The program acts, for the request that was made. */
const traceOf = (document: DocumentRecord): Trace => ({
  actorKind: 'system',
  actorId: null,
  actorName: 'document.generate',
  tokenId: null,
  onBehalfOf: null,
  channel: 'job',
  requestId: document.requestId,
});
