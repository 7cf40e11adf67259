import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { newId } from '../platform/database/id.js';
import { FileStore } from '../platform/files/file-store.js';
import { LastingJobError } from '../platform/jobs/handlers.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import type { JournalEntry } from '../platform/journal/changes.js';
import { Journal } from '../platform/journal/journal.js';
import { jobTrace, type Trace } from '../platform/journal/trace.js';
import { CAMPAIGN_KINDS, documentKinds } from './document-kinds.js';
import type { DocumentKind, DocumentPart } from './document-kind.js';
import { DocumentArchivesService } from './document-archives.service.js';
import { DocumentRecord } from './document.entity.js';
import { DossiersService, type TakenDossier } from './dossiers.service.js';
import { TemplateError } from '../platform/markdown/template-error.js';
import { Templates } from '../platform/markdown/templates.js';
import { GapsRefused } from '../platform/texts/gaps-refused.js';
import type { Finish } from '../platform/texts/text-document.js';
import type { DossierVersion } from './dossier.js';

/** A document that was asked for; `requestId` tells how far it is. */
export interface RequestedDocument {
  readonly id: string;
  readonly requestId: string;
}

/** One document to ask for. */
export interface WantedDocument {
  readonly kind: DocumentKind;
  readonly subject: string;
  readonly finish: Finish;
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
    private readonly archives: DocumentArchivesService,
    templates: Templates,
  ) {
    this.kinds = documentKinds(templates);
  }

  /** Asks for what a campaign gives: see {@link request}. */
  requestAll(tx: EntityManager, trace: Trace, at: Date, dossier: TakenDossier): Promise<RequestedDocument[]> {
    const kinds = this.kinds.filter(({ kind }) => CAMPAIGN_KINDS.includes(kind));
    return this.request(tx, trace, at, dossier, wantedOf(kinds, dossier.version));
  }

  /** Every document of a part, in the order people list them. */
  wanted(dossier: DossierVersion, part: DocumentPart, finish: Finish): WantedDocument[] {
    return wantedOf(
      this.kinds.filter((kind) => kind.part === part),
      dossier,
      finish,
    );
  }

  /**
   * Asks for documents of a dossier that were not asked for yet with today's templates; those that ended badly are tried
   * again, the others shared.
   *
   * @returns one per document wanted, in their order
   */
  async request(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    dossier: Pick<TakenDossier, 'id'>,
    wanted: readonly WantedDocument[],
  ): Promise<RequestedDocument[]> {
    const known = new Map(
      (await tx.find(DocumentRecord, { where: { dossierId: dossier.id } })).map((one) => [
        identity(one),
        one,
      ]),
    );
    const asked = wanted
      .filter((one) => !known.has(identityOf(one)))
      .map(({ kind: { kind, templateVersion }, subject, finish }) => ({
        ...{ id: newId(), dossierId: dossier.id, kind, subject, templateVersion, finish },
        ...{ fileSha256: null, createdAt: null },
      }));
    const requestIds = await this.jobs.requestEach(
      tx,
      'document.generate',
      asked.map(({ id }) => ({ documentId: id })),
    );
    const records = asked.map((one, at) => ({ ...one, requestId: requestIds[at]! }));
    if (records.length > 0) await tx.insert(DocumentRecord, records);
    const shared = wanted.flatMap((one) => known.get(identityOf(one)) ?? []);
    const retried = await this.jobs.retry(
      tx,
      shared.map((document) => document.requestId),
    );
    const again = shared.filter((document) => retried.includes(document.requestId));
    const groupId = await this.dossiers.groupOf(tx, dossier.id);
    await this.journal.write(tx, trace, at, [
      ...records.map((document) => requestEntry(groupId, 'documents.request', document)),
      ...again.map((document) => requestEntry(groupId, 'documents.request-again', document)),
    ]);
    const all = new Map([...records, ...shared].map((one) => [identity(one), one]));
    return wanted.map((one) => {
      const { id, requestId } = all.get(identityOf(one))!;
      return { id, requestId };
    });
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
    const bytes = await kind.render(kind.model(dossier, document.subject), document.finish).catch(lasting);
    await this.dataSource.transaction(async (inner) => {
      const fileSha256 = await this.files.put(inner, bytes, kind.mediaType);
      const at = this.clock.now();
      const { affected } = await inner.update(
        DocumentRecord,
        { id: documentId, fileSha256: IsNull() },
        { fileSha256, createdAt: at },
      );
      if (affected === 0) return;
      await this.archives.askWhenComplete(inner, { documentId });
      await this.journal.write(inner, jobTrace('document.generate', document.requestId), at, [
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

const wantedOf = (
  kinds: readonly DocumentKind[],
  dossier: DossierVersion,
  finish?: Finish,
): WantedDocument[] =>
  kinds.flatMap((kind) =>
    // A workbook is the same, draft or final: made once.
    kind.subjects(dossier).map((subject) => ({
      kind,
      subject,
      finish: kind.finish === 'final' || finish === undefined ? kind.finish : finish,
    })),
  );

type Identity = Pick<DocumentRecord, 'kind' | 'subject' | 'templateVersion' | 'finish'>;
const identity = ({ kind, subject, templateVersion, finish }: Identity): string =>
  [kind, subject, templateVersion, finish].join(' ');
const identityOf = ({ kind: { kind, templateVersion }, subject, finish }: WantedDocument): string =>
  identity({ kind, subject, templateVersion, finish });

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
  throw error instanceof TemplateError || error instanceof GapsRefused
    ? new LastingJobError(error.message)
    : error;
}
