import { randomInt } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DocumentArchivesService, MANIFEST } from '../../src/documents/document-archives.service.js';
import { type DocumentSet, DocumentSetsService } from '../../src/documents/document-sets.service.js';
import { FileStore } from '../../src/platform/files/file-store.js';
import { openIdleApplication } from '../support/application.js';
import { endPrograms, start } from '../support/programs.js';
import { recordSample } from '../support/record-sample.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { zipFiles } from '../support/spreadsheet.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let app: INestApplicationContext;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
});
afterAll(async () => {
  endPrograms();
  await app.close();
  await database.drop();
});

test('a worker killed at ten moments of a DCE: the archive ends complete, each file once', async () => {
  await recordSample(app, ['--title', 'DCE interrompu', '--key', 'population']);
  const source = app.get(DataSource);
  const sets = app.get(DocumentSetsService);
  const [place] = await source.query<{ consultationId: string; groupId: string }[]>(
    `select id as "consultationId", group_id as "groupId" from consultation`,
  );
  const { id } = await source.transaction((tx) =>
    sets.request(tx, OPERATOR, new Date(), place!, { part: 'dce', finish: 'draft' }),
  );
  const read = (): Promise<DocumentSet> => sets.read(source.manager, place!.consultationId, id);
  const moments: number[] = [];
  for (let killed = 0; killed < 10; killed += 1) {
    const worker = start('worker', [], database.environment);
    await worker.until(/worker ready/);
    const moment = randomInt(20, 900);
    moments.push(moment);
    await new Promise((resolve) => setTimeout(resolve, moment));
    worker.child.kill('SIGKILL');
    await worker.finished;
  }
  const last = start('worker', [], database.environment);
  let set = await read();
  for (let attempt = 0; set.archiveSha256 === null && attempt < 2_400; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    set = await read();
  }
  last.child.kill('SIGTERM');
  expect([moments, (await last.finished).code]).toEqual([moments, 0]);

  expect(set.documents.every(({ sha256, failure }) => sha256 !== null && failure === null)).toBe(true);
  const bytes = await app.get(FileStore).read(source.manager, set.archiveSha256!);
  const names = [...zipFiles(bytes).keys()];
  const archives = app.get(DocumentArchivesService);
  expect(names).toEqual([MANIFEST, ...set.documents.map((document) => archives.fileName(document))]);
  expect(new Set(names).size).toBe(names.length);
  // Made again from its documents, whichever worker made them, it is the same.
  expect((await archives.bytes(source.manager, set)).equals(bytes)).toBe(true);
  expect(await source.query(`select 1 from job_request where failed_at is not null`)).toEqual([]);
}, 240_000);
