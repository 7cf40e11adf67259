import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Finish } from '../platform/texts/text-document.js';
import type { DocumentPart } from './document-kind.js';

/** What was asked for together. */
export interface DocumentSetRow {
  readonly id: string;
  readonly consultationId: string;
  readonly dossierId: string;
  readonly dossierNumber: number;
  readonly part: DocumentPart;
  readonly finish: Finish;
  readonly requestedAt: Date;
  readonly archiveSha256: string | null;
  readonly archivedAt: Date | null;
  readonly archiveRequestId: string | null;
  /** French; null: it is not made yet, or it is. */
  readonly archiveFailure: string | null;
}

/** A document of a set, and how far it is. */
export interface SetDocumentRow {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly templateVersion: string;
  readonly finish: Finish;
  readonly requestId: string;
  readonly sha256: string | null;
  readonly bytes: string | null;
  readonly madeAt: Date | null;
  readonly failure: string | null;
}

const SET = `s.id, s.consultation_id as "consultationId", s.dossier_id as "dossierId", d.number as "dossierNumber", s.part,
  s.finish, s.requested_at as "requestedAt", s.archive_sha256 as "archiveSha256", s.archived_at as "archivedAt",
  s.archive_request_id as "archiveRequestId", r.error as "archiveFailure"
  from document_set s join dossier d on d.id = s.dossier_id left join job_request r on r.id = s.archive_request_id`;

@Injectable()
export class DocumentSetQueries {
  /** The newest first. */
  ofConsultation(tx: EntityManager, consultationId: string): Promise<DocumentSetRow[]> {
    return tx.query<DocumentSetRow[]>(
      `select ${SET} where s.consultation_id = $1 order by s.requested_at desc, s.id desc`,
      [consultationId],
    );
  }

  async find(tx: EntityManager, consultationId: string, id: string): Promise<DocumentSetRow | null> {
    const [row] = await tx.query<DocumentSetRow[]>(
      `select ${SET} where s.consultation_id = $1 and s.id = $2`,
      [consultationId, id],
    );
    return row ?? null;
  }

  /** The set that holds this and nothing else, made when there is none. @returns its id, and whether it is new */
  async open(
    tx: EntityManager,
    set: {
      readonly id: string;
      readonly consultationId: string;
      readonly dossierId: string;
      readonly part: DocumentPart;
      readonly finish: Finish;
      readonly contents: string;
      readonly at: Date;
    },
    documentIds: readonly string[],
  ): Promise<{ readonly id: string; readonly isNew: boolean }> {
    const { id, consultationId, dossierId, part, finish, contents, at } = set;
    const [made] = await tx.query<{ id: string }[]>(
      `insert into document_set (id, consultation_id, dossier_id, part, finish, contents, requested_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict on constraint document_set_is_unique do nothing returning id`,
      [id, consultationId, dossierId, part, finish, contents, at],
    );
    if (!made) {
      const [known] = await tx.query<{ id: string }[]>(
        `select id from document_set where dossier_id = $1 and part = $2 and finish = $3 and contents = $4`,
        [dossierId, part, finish, contents],
      );
      return { id: known!.id, isNew: false };
    }
    // Held: a document that is made at this moment sees the set, or is seen by it.
    await tx.query(`select from document where id = any($1::uuid[]) order by id for update`, [documentIds]);
    await tx.query(
      `insert into document_set_item (set_id, position, document_id)
       select $1, position, document_id from unnest($2::uuid[]) with ordinality as given (document_id, position)`,
      [id, documentIds],
    );
    return { id, isNew: true };
  }

  /** Its documents, in their order. */
  documents(tx: EntityManager, setId: string): Promise<SetDocumentRow[]> {
    return tx.query<SetDocumentRow[]>(
      `select d.id, d.kind, d.subject, d.template_version as "templateVersion", d.finish, d.request_id as "requestId",
              d.file_sha256 as sha256, f.byte_count as bytes, d.created_at as "madeAt", r.error as failure
       from document_set_item i join document d on d.id = i.document_id join job_request r on r.id = d.request_id
       left join stored_file f on f.sha256 = d.file_sha256
       where i.set_id = $1 order by i.position`,
      [setId],
    );
  }

  /**
   * Holds the sets that wait for an archive and whose documents are all there: those of a document, or one of them. Two
   * documents that end together come one after the other: the second sees the first.
   */
  async holdComplete(
    tx: EntityManager,
    of: { readonly documentId: string } | { readonly setId: string },
  ): Promise<string[]> {
    const held = await tx.query<{ id: string }[]>(
      `select id from document_set
       where archive_request_id is null
         and (id = $1::uuid or id in (select set_id from document_set_item where document_id = $2::uuid))
       order by id for update`,
      ['setId' in of ? of.setId : null, 'documentId' in of ? of.documentId : null],
    );
    // Asked once they are held: an earlier look could have missed what the other made.
    const complete = await tx.query<{ id: string }[]>(
      `select s.id from document_set s where s.id = any($1::uuid[]) and s.archive_request_id is null
         and not exists (select from document_set_item i join document d on d.id = i.document_id
                         where i.set_id = s.id and d.file_sha256 is null) order by s.id`,
      [held.map(({ id }) => id)],
    );
    return complete.map(({ id }) => id);
  }

  async askedArchive(tx: EntityManager, setId: string, requestId: string): Promise<void> {
    await tx.query(`update document_set set archive_request_id = $2 where id = $1`, [setId, requestId]);
  }

  /** By its id alone, for the program. */
  async byId(tx: EntityManager, id: string): Promise<DocumentSetRow | null> {
    const [row] = await tx.query<DocumentSetRow[]>(`select ${SET} where s.id = $1`, [id]);
    return row ?? null;
  }

  /** @returns whether it had none yet */
  async archived(tx: EntityManager, setId: string, sha256: string, at: Date): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update document_set set archive_sha256 = $2, archived_at = $3 where id = $1 and archive_sha256 is null`,
      [setId, sha256, at],
    );
    return count > 0;
  }
}
