import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NeedsExportsService } from '../../src/documents/needs-exports.service.js';
import { openIdleApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { differences, readSpreadsheet, recalculate } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let app: INestApplicationContext;
let file: Buffer;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
  await recordSample(app, ['--renewals', '3']);
  const source = app.get(DataSource);
  const [row] = await source.query<{ id: string; group_id: string; coordinator_id: string }[]>(
    `select c.id, group_id, coordinator_id from consultation c join purchasing_group g on g.id = group_id`,
  );
  const { id: consultationId, group_id: groupId, coordinator_id: lead } = row!;
  await source.transaction(async (tx) => {
    const clusterId = randomUUID();
    await tx.query(`insert into cluster (id, name, lead_buyer_id) values ($1, 'Pôle de Loiron', $2)`, [
      clusterId,
      lead,
    ]);
    await tx.query(
      `insert into cluster_member (cluster_id, buyer_id)
       select $1::uuid, buyer_id from (select distinct buyer_id from lot_participation order by 1 limit 6) as first
       union select $1::uuid, $2::uuid`,
      [clusterId, lead],
    );
  });
  const exports = app.get(NeedsExportsService);
  const { id } = await source.transaction((tx) =>
    exports.request(
      tx,
      OPERATOR,
      new Date(),
      { consultationId, groupId },
      { format: 'xlsx', dialect: 'french' },
    ),
  );
  await exports.make(id);
  const parts: Buffer[] = [];
  for await (const part of exports.bytes(id)) parts.push(part);
  file = Buffer.concat(parts);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const valuesOf = (name: string): unknown[] =>
  [...readSpreadsheet(file).get(name)!.values()].map(({ value }) => value);

test('the consolidated workbook of the sample says the totals, the packs and who is not counted', () => {
  expect([...readSpreadsheet(file).keys()]).toEqual([
    ...['Synthèse par lot', 'Par article', 'Par membre', 'Par pôle', 'Articles par pôle'],
    ...['Non comptés', 'Détail'],
  ]);
  expect(valuesOf('Synthèse par lot')).toEqual(expect.arrayContaining([99926.13, 1219812.5, 4879250]));
  expect(valuesOf('Par article').join('\n')).toMatch(/il manque \d+\u00a0sacs/);
  const uncounted = valuesOf('Non comptés');
  for (const why of ['Réponse hors délai, non acceptée', 'Sans réponse']) expect(uncounted).toContain(why);
});

test('LibreOffice computes the same totals', () => {
  if (!requireTool('soffice')) return;
  expect(differences(readSpreadsheet(file), recalculate([file])[0]!)).toEqual([]);
});
