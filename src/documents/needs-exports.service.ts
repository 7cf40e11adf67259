import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { newId } from '../platform/database/id.js';
import { LastingJobError } from '../platform/jobs/handlers.js';
import { JobRequests } from '../platform/jobs/job-requests.js';
import { Journal } from '../platform/journal/journal.js';
import { jobTrace, type Trace } from '../platform/journal/trace.js';
import { Refused } from '../platform/refusals/refused.js';
import { NeedsExportWriter } from './needs-export-writer.js';
import {
  type ExportDialect,
  type ExportFormat,
  type ExportRow,
  NeedsExportQueries,
} from './needs-export.queries.js';

/** Files of the counted needs: asked for here, made by a worker, read part by part. */
@Injectable()
export class NeedsExportsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: NeedsExportQueries,
    private readonly writer: NeedsExportWriter,
    private readonly jobs: JobRequests,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** Asks for a file. One that is on its way, asked for in the same way, is shared. */
  async request(
    tx: EntityManager,
    trace: Trace,
    at: Date,
    { consultationId, groupId }: { readonly consultationId: string; readonly groupId: string },
    { format, dialect }: { readonly format: ExportFormat; readonly dialect: ExportDialect },
  ): Promise<ExportRow> {
    const pending = await this.queries.pending(tx, consultationId, format, dialect);
    if (pending) return pending;
    const id = newId();
    const requestId = await this.jobs.request(tx, 'needs.export', { exportId: id });
    await this.queries.insert(tx, { id, consultationId, format, dialect, requestId, requestedAt: at });
    await this.journal.write(tx, trace, at, [
      {
        ...{ groupId, buyerId: null, subject: 'needs-export', subjectId: consultationId },
        ...{ key: 'documents.export-needs', before: null, after: { format, dialect } },
      },
    ]);
    return this.read(tx, consultationId, id);
  }

  /** @throws {Refused} NOT_FOUND, also once a later file replaced it */
  async read(tx: EntityManager, consultationId: string, id: string): Promise<ExportRow> {
    const row = await this.queries.find(tx, consultationId, id);
    if (!row) throw new Refused('NOT_FOUND');
    return row;
  }

  /** The bytes of a file that was made, part by part. */
  async *bytes(id: string): AsyncGenerator<Buffer, void, undefined> {
    for (let number = 1; ; number += 1) {
      const part = await this.queries.part(this.dataSource.manager, id, number);
      if (!part) return;
      yield part;
    }
  }

  /** Makes a file, whole or not at all: what a worker that died had written of it went with its transaction. */
  make(id: string): Promise<void> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      const row = await this.queries.hold(tx, id);
      if (!row) throw new LastingJobError('Cet export a été remplacé par un autre.');
      if (row.madeAt !== null || row.failure !== null) return;
      const at = this.clock.now();
      const { groupId } = await this.queries.facts(tx, row.consultationId);
      const told = await this.writer.write(tx, row, at);
      await this.queries.made(tx, row, at, told);
      await this.journal.write(tx, jobTrace('needs.export', row.requestId), at, [
        {
          ...{ groupId, buyerId: null, subject: 'needs-export', subjectId: row.consultationId },
          ...{ key: 'documents.make-needs-export', before: null, after: { sha256: told.sha256 } },
        },
      ]);
    });
  }

  /** No attempt is left. */
  async abandon(id: string, error: unknown): Promise<void> {
    const reason =
      error instanceof LastingJobError
        ? error.message
        : error instanceof RangeError
          ? 'Une quantité ou un montant dépasse ce qu’une cellule peut contenir. Demander le fichier CSV.'
          : 'Une panne a interrompu sa préparation. Le demander à nouveau\u00a0; si elle se répète, prévenir l’exploitant.';
    await this.queries.failed(this.dataSource.manager, id, this.clock.now(), reason);
  }
}
