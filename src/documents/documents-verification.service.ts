import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FileAltered, FileStore, sha256Of } from '../platform/files/file-store.js';
import { Templates } from '../platform/markdown/templates.js';
import { DocumentArchivesService } from './document-archives.service.js';
import { documentKinds } from './document-kinds.js';
import type { DocumentKind } from './document-kind.js';
import { DossiersService } from './dossiers.service.js';

/**
 * What became of a document that was made:
 * - `same`: made again from its dossier, it gives the same bytes;
 * - `older`: the template has changed since; its bytes still give their hash;
 * - `different`: made again, it gives others; `altered`: its bytes, or its dossier, no longer give their hash.
 */
export type Verdict = 'same' | 'older' | 'different' | 'altered';

export interface VerifiedDocument {
  readonly title: string;
  readonly dossier: number;
  /** Path in an archive, or « archive ». */
  readonly fileName: string;
  readonly sha256: string;
  readonly verdict: Verdict;
}

interface KeptDocument {
  readonly id: string;
  readonly title: string;
  readonly dossier: number;
  readonly dossierId: string;
  readonly kind: string;
  readonly subject: string;
  readonly templateVersion: string;
  readonly finish: 'draft' | 'final';
  readonly sha256: string;
}

/** Makes every kept document again, one at a time, and compares. */
@Injectable()
export class DocumentsVerification {
  private readonly kinds: readonly DocumentKind[];

  constructor(
    private readonly dossiers: DossiersService,
    private readonly files: FileStore,
    private readonly archives: DocumentArchivesService,
    templates: Templates,
  ) {
    this.kinds = documentKinds(templates);
  }

  /** @param consultationId only its documents; null: all */
  async *verify(
    tx: EntityManager,
    consultationId: string | null,
  ): AsyncGenerator<VerifiedDocument, void, undefined> {
    const documents = await tx.query<KeptDocument[]>(
      `select d.id, c.title, o.number as dossier, o.id as "dossierId", d.kind, d.subject,
              d.template_version as "templateVersion", d.finish, d.file_sha256 as sha256
       from document d join dossier o on o.id = d.dossier_id join consultation c on c.id = o.consultation_id
       where d.file_sha256 is not null and ($1::uuid is null or c.id = $1)
       order by c.title collate "C", c.id, o.number, d.kind, d.subject, d.id`,
      [consultationId],
    );
    for (const document of documents) {
      const { title, dossier, sha256 } = document;
      yield {
        ...{ title, dossier, sha256, fileName: this.archives.fileName(document) },
        verdict: await this.again(tx, document),
      };
    }
    const sets = await tx.query<
      { id: string; dossierId: string; title: string; dossier: number; sha256: string }[]
    >(
      `select s.id, s.dossier_id as "dossierId", c.title, o.number as dossier, s.archive_sha256 as sha256
       from document_set s join dossier o on o.id = s.dossier_id join consultation c on c.id = s.consultation_id
       where s.archive_sha256 is not null and ($1::uuid is null or c.id = $1)
       order by c.title collate "C", c.id, o.number, s.id`,
      [consultationId],
    );
    for (const set of sets) {
      const { title, dossier, sha256 } = set;
      const verdict = await unlessAltered(async () => {
        await this.files.read(tx, sha256);
        return sha256Of(await this.archives.bytes(tx, set)) === sha256 ? 'same' : 'different';
      });
      yield { title, dossier, sha256, fileName: 'archive', verdict };
    }
  }

  private again(tx: EntityManager, document: KeptDocument): Promise<Verdict> {
    return unlessAltered(async () => {
      await this.files.read(tx, document.sha256);
      const kind = this.kinds.find(
        ({ kind: name, templateVersion }) =>
          name === document.kind && templateVersion === document.templateVersion,
      );
      if (!kind) return 'older';
      const version = await this.dossiers.load(tx, document.dossierId);
      const bytes = await kind.render(kind.model(version, document.subject), document.finish);
      return sha256Of(bytes) === document.sha256 ? 'same' : 'different';
    });
  }
}

const unlessAltered = (judge: () => Promise<Verdict>): Promise<Verdict> =>
  judge().catch((error: unknown) => {
    if (error instanceof FileAltered) return 'altered';
    throw error;
  });
