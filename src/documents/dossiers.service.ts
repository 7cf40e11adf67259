import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parisDate } from '../calendar/plain-date.js';
import { ConsultationsQueries } from '../consultations/consultations.queries.js';
import { newId } from '../platform/database/id.js';
import { FileStore, sha256Of } from '../platform/files/file-store.js';
import { Journal } from '../platform/journal/journal.js';
import type { Trace } from '../platform/journal/trace.js';
import { dossierChanges } from './dossier-changes.rules.js';
import { DossierRecord } from './dossier.entity.js';
import type { Dossier, DossierVersion } from './dossier.js';
import { DossierQueries } from './dossier.queries.js';

export interface TakenDossier {
  readonly id: string;
  readonly version: DossierVersion;
  /** False when nothing had changed since the last one, which is then given again. */
  readonly isNew: boolean;
  readonly changes: readonly string[];
}

@Injectable()
export class DossiersService {
  constructor(
    private readonly queries: DossierQueries,
    private readonly files: FileStore,
    private readonly consultations: ConsultationsQueries,
    private readonly journal: Journal,
  ) {}

  /**
   * Takes the state of a consultation as the transaction sees it. The caller holds the consultation's lock, so that
   * numbers follow each other.
   */
  async take(tx: EntityManager, trace: Trace, at: Date, consultationId: string): Promise<TakenDossier> {
    const content = await this.queries.read(tx, consultationId, at);
    const bytes = Buffer.from(JSON.stringify(content));
    const sha256 = sha256Of(bytes);
    const last = await tx.findOne(DossierRecord, { where: { consultationId }, order: { number: 'DESC' } });
    if (last?.sha256 === sha256)
      return { id: last.id, version: versionOf(last, content), isNew: false, changes: [] };
    await this.files.put(tx, bytes, 'application/json');
    const changes = last ? dossierChanges(await this.content(tx, last), content) : [];
    const record = {
      id: newId(),
      consultationId,
      number: (last?.number ?? 0) + 1,
      sha256,
      takenAt: at,
      changes,
    };
    await tx.insert(DossierRecord, record);
    const told = ({ number, sha256: content }: { number: number; sha256: string }) => ({
      number,
      sha256: content,
    });
    await this.journal.write(tx, trace, at, [
      {
        groupId: await this.consultations.groupOf(tx, consultationId),
        buyerId: null,
        subject: 'dossier',
        subjectId: record.id,
        key: 'dossiers.take',
        before: last && told(last),
        after: told(record),
      },
    ]);
    return { id: record.id, version: versionOf(record, content), isNew: true, changes };
  }

  /** The group whose journal tells of a dossier. */
  async groupOf(tx: EntityManager, dossierId: string): Promise<string> {
    const { consultationId } = await tx.findOneOrFail(DossierRecord, { where: { id: dossierId } });
    return this.consultations.groupOf(tx, consultationId);
  }

  async load(tx: EntityManager, dossierId: string): Promise<DossierVersion> {
    const record = await tx.findOneOrFail(DossierRecord, { where: { id: dossierId } });
    return versionOf(record, await this.content(tx, record));
  }

  private async content(tx: EntityManager, record: Pick<DossierRecord, 'sha256'>): Promise<Dossier> {
    return JSON.parse((await this.files.read(tx, record.sha256)).toString('utf8')) as Dossier;
  }
}

const versionOf = (
  record: Pick<DossierRecord, 'number' | 'takenAt' | 'sha256'>,
  content: Dossier,
): DossierVersion => ({
  number: record.number,
  takenOn: parisDate(record.takenAt),
  sha256: record.sha256,
  content,
});
