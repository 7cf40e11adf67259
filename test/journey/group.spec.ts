import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { startHttp } from '../../src/processes/http.js';
import { openWorkingApplication } from '../support/application.js';
import { Mailbox } from '../support/mailbox.js';
import { Recorder } from '../support/recorder.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { walkConsultation } from './steps/consultation.js';
import { walkGroup } from './steps/group.js';
import type { Purchase } from './steps/consultation.js';
import { walkPublication } from './steps/publication.js';
import { enterAdministrator, type Stage } from './steps/stage.js';

/**
 * The journey of a group on the sample: 35 buyers, their answers, one consultation and its lots. What is sent and received
 * is the manual, in docs/journey. After a change that is meant: npm run journey.
 */
let mailbox: Mailbox;
let database: TestDatabase;
let app: NestExpressApplication;
let worker: INestApplicationContext;
let http: Recorder;
let stage: Stage;
let purchase: Purchase;

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
  http = new Recorder(`${await app.getUrl()}/api/v1`);
});
afterAll(async () => {
  await worker.close();
  await app.close();
  await database.drop();
  await mailbox.close();
});

function expectManual(file: string, title: string, told: Recorder): void {
  const manual = join(PROJECT_ROOT, 'docs', 'journey', file);
  const text = told.text(title);
  if (process.env['RECORD_JOURNEY'] === '1') {
    mkdirSync(join(PROJECT_ROOT, 'docs', 'journey'), { recursive: true });
    writeFileSync(manual, text);
  }
  expect(text).toBe(readFileSync(manual, 'utf8'));
}

test('a group of 32 members among 35 buyers is the one that is written down', async () => {
  const admin = await enterAdministrator(app, http);
  // Those that the steps bring in are not there yet.
  stage = { app, mailbox, admin, buyers: new Map(), officer: admin, validator: admin, groupId: '' };
  await walkGroup(stage, http);
  expectManual('01-group.http', 'Un groupement : acheteurs, réponses, convention, missions', http);
});

test('its consultation of 12 lots, until nothing stands in its way, is the one that is written down', async () => {
  const told = http.next();
  purchase = await walkConsultation(stage, told);
  expectManual(
    '02-consultation.http',
    'Une consultation : lots, conditions, bulletins, retrait, mesures, procédure',
    told,
  );
});

test('its publication, and what it refuses afterwards, are those that are written down', async () => {
  const told = http.next();
  await walkPublication(stage, told, purchase);
  expectManual('03-publication.http', 'La publication : contrôle, empreinte, ce qui ne change plus', told);
});
