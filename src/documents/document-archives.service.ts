import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { writeFrenchCsv } from '../platform/csv/write.js';
import { type ArchiveEntry, writeArchive } from '../platform/files/archive.js';
import { FileStore } from '../platform/files/file-store.js';
import { LastingJobError } from '../platform/jobs/handlers.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import { jobTrace } from '../platform/journal/trace.js';
import { Templates } from '../platform/markdown/templates.js';
import { documentKinds } from './document-kinds.js';
import type { DocumentKind } from './document-kind.js';
import { type DocumentSetRow, DocumentSetQueries, type SetDocumentRow } from './document-set.queries.js';
import { DossiersService } from './dossiers.service.js';

/** At the head of each archive: what it holds. */
export const MANIFEST = 'manifeste.csv';
const ZIP = 'application/zip';

/** The archive of a set of documents: asked for when the last of them is there, made once. */
@Injectable()
export class DocumentArchivesService {
  private readonly kinds: ReadonlyMap<string, DocumentKind>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: DocumentSetQueries,
    private readonly dossiers: DossiersService,
    private readonly files: FileStore,
    private readonly jobs: JobRequests,
    private readonly clock: Clock,
    private readonly journal: Journal,
    templates: Templates,
  ) {
    this.kinds = new Map(documentKinds(templates).map((kind) => [kind.kind, kind]));
  }

  /** Asks for the archive of each set that is complete, in the transaction that completed it. */
  async askWhenComplete(
    tx: EntityManager,
    of: { readonly documentId: string } | { readonly setId: string },
  ): Promise<void> {
    for (const setId of await this.queries.holdComplete(tx, of))
      await this.queries.askedArchive(tx, setId, await this.jobs.request(tx, 'document.archive', { setId }));
  }

  /** Makes an archive; doing it twice changes nothing. */
  async make(setId: string): Promise<void> {
    const tx = this.dataSource.manager;
    const set = await this.queries.byId(tx, setId);
    if (!set) throw new LastingJobError('L’ensemble de documents demandé n’existe plus.');
    if (set.archiveSha256 !== null) return;
    const bytes = await this.bytes(tx, set);
    await this.dataSource.transaction(async (inner) => {
      const sha256 = await this.files.put(inner, bytes, ZIP);
      const at = this.clock.now();
      if (!(await this.queries.archived(inner, setId, sha256, at))) return;
      await this.journal.write(inner, jobTrace('document.archive', set.archiveRequestId), at, [
        {
          groupId: await this.dossiers.groupOf(inner, set.dossierId),
          buyerId: null,
          subject: 'document-set',
          subjectId: setId,
          key: 'documents.archive',
          before: { sha256: null },
          after: { sha256 },
        },
      ]);
    });
  }

  /** The archive that its documents give, whether it was made or not. */
  async bytes(tx: EntityManager, set: Pick<DocumentSetRow, 'id' | 'dossierId'>): Promise<Buffer> {
    const documents = await this.queries.documents(tx, set.id);
    const entries: ArchiveEntry[] = [];
    for (const document of documents) {
      if (document.sha256 === null) throw new Error(`document ${document.id} was not made`);
      entries.push({
        name: this.fileName(document),
        content: await this.files.read(tx, document.sha256),
      });
    }
    const manifest = writeFrenchCsv(
      ['fichier', 'octets', 'sha256'],
      entries.map(({ name, content }, at) => [name, content.length, documents[at]!.sha256!]),
    );
    const { takenOn } = await this.dossiers.load(tx, set.dossierId);
    return writeArchive([{ name: MANIFEST, content: Buffer.from(manifest) }, ...entries], takenOn);
  }

  /** Path in the archive. A kind that is made no more keeps its name and subject. */
  fileName({ kind, subject }: Pick<SetDocumentRow, 'kind' | 'subject'>): string {
    return this.kinds.get(kind)?.fileName(subject) ?? [kind, subject].filter(Boolean).join('-');
  }

  mediaType({ kind }: Pick<SetDocumentRow, 'kind'>): string {
    return this.kinds.get(kind)?.mediaType ?? 'application/octet-stream';
  }
}
