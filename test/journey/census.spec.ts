import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { startHttp } from '../../src/processes/http.js';
import { openWorkingApplication } from '../support/application.js';
import { Mailbox } from '../support/mailbox.js';
import { Recorder } from '../support/recorder.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { join } from './steps/bulletins.js';
import { inviteSecretaries, walkCensus } from './steps/census.js';
import { draw } from './steps/consultation.js';
import { walkGroup } from './steps/group.js';
import { enterAdministrator, type Stage } from './steps/stage.js';

/**
 * The census of the sample, from its opening to its closure: what counts in the end is what was computed elsewhere, in
 * expected.json. What is sent and received is the manual, in docs/journey. After a change that is meant: npm run journey.
 */
let mailbox: Mailbox;
let database: TestDatabase;
let app: NestExpressApplication;
let worker: INestApplicationContext;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  database = await createTestDatabase({
    PORT: '0',
    SMTP_URL: mailbox.url,
    HALLE_PUBLIC_URL: 'https://halle.example',
    HALLE_SIGN_IN_LIMIT: '1000',
    HALLE_RATE_LIMIT: '10000',
  });
  app = await startHttp(database, createLogger({ logLevel: 'fatal' }, 'test', 2));
  worker = await openWorkingApplication(database);
});
afterAll(async () => {
  await worker.close();
  await app.close();
  await database.drop();
  await mailbox.close();
});

interface Expected {
  readonly quantities_valid_only: Record<string, readonly [string, string, string]>;
  readonly total_ht_per_year: string;
}

test('32 members declare, correct, come late or say nothing: the totals are those of the sample', async () => {
  const before = new Recorder(`${await app.getUrl()}/api/v1`);
  const admin = await enterAdministrator(app, before);
  const stage: Stage = {
    app,
    mailbox,
    admin,
    buyers: new Map(),
    officer: admin,
    validator: admin,
    groupId: '',
  };
  await walkGroup(stage, before);
  const purchase = await draw(stage, before);
  await join(stage, before, purchase);
  const secretaries = await inviteSecretaries(stage, before);
  const http = before.next();
  await walkCensus({ stage, http, purchase, secretaries });
  const expected = JSON.parse(
    readFileSync(joinPath(PROJECT_ROOT, 'test/fixtures/laval-2027/expected.json'), 'utf8'),
  ) as Expected;
  const totals = await app.get(DataSource).query<{ code: string; quantities: string[] }[]>(
    `select i.code, array[trim_scale(sum(coalesce(n.minimum, 0)))::text, trim_scale(sum(n.estimate))::text,
                          trim_scale(sum(coalesce(n.maximum, n.estimate)))::text] as quantities
     from need_line n join item i on i.id = n.item_id where n.consultation_id = $1 and n.standing = 'valid' group by i.code`,
    [purchase.id],
  );
  expect(Object.fromEntries(totals.map(({ code, quantities }) => [code, quantities]))).toEqual(
    expected.quantities_valid_only,
  );
  expectManual(
    '04-census.http',
    'Un recensement : saisie, transmission, mandat, retard, correction, clôture',
    http,
  );
});

function expectManual(file: string, title: string, told: Recorder): void {
  const manual = joinPath(PROJECT_ROOT, 'docs', 'journey', file);
  const text = told.text(title);
  if (process.env['RECORD_JOURNEY'] === '1') {
    mkdirSync(joinPath(PROJECT_ROOT, 'docs', 'journey'), { recursive: true });
    writeFileSync(manual, text);
  }
  expect(text).toBe(readFileSync(manual, 'utf8'));
}
