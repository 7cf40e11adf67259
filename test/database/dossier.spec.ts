import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { openIdleApplication } from '../support/application.js';
import { recordSample } from '../support/record-sample.js';
import { sampleDossier } from '../support/sample-dossier.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let app: INestApplicationContext;

beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

describe('the dossier read from the database', () => {
  test.each(['none', 'equal', 'population', 'need', 'fixed-variable'] as const)(
    'with the key %s, equals the one computed naively from the files',
    async (key) => {
      const title = ['--title', 'Laval Agglomération - services techniques 2027', '--renewals', '3'];
      const { dossier } = await recordSample(app, [...title, '--key', key]);
      const { lots, purchase, ...content } = dossier.version.content;
      const { lots: oracleLots, ...oracle } = sampleDossier(key);
      expect(content).toEqual(oracle);
      // Files of a campaign say nothing of it but its lots.
      expect(purchase!.lots.map(({ number }) => number)).toEqual(lots.map(({ number }) => number));
      expect(lots.map((lot) => ({ ...lot, cpvLabel: 'Libellé CPV' }))).toEqual(oracleLots);
      expect(lots[0]!.cpvLabel).toBe('Sel de déneigement');
    },
  );

  test('every entity says of its columns what the schema says', async () => {
    const source = app.get(DataSource);
    for (const entity of source.entityMetadatas) {
      const columns = await source.query<{ column_name: string; is_nullable: string }[]>(
        `select column_name, is_nullable from information_schema.columns where table_name = $1`,
        [entity.tableName],
      );
      const found = Object.fromEntries(columns.map((c) => [c.column_name, c.is_nullable === 'YES']));
      const said = Object.fromEntries(entity.columns.map((c) => [c.databaseName, c.isNullable]));
      expect([entity.tableName, said]).toEqual([entity.tableName, found]);
    }
  });
});
