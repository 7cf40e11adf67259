import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { OneTimeLinksService } from '../../src/accounts/one-time-links.service.js';
import { RightsService } from '../../src/accounts/rights.service.js';
import { checkCampaign, cpvCodesIn, readCampaignTables } from '../../src/cli/campaign-input.js';
import { readCampaignOptions } from '../../src/cli/campaign-options.js';
import { recordCampaign } from '../../src/cli/campaign-record.js';
import { LotsQueries } from '../../src/lots/lots.queries.js';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { startHttp } from '../../src/processes/http.js';
import { openWorkingApplication } from '../support/application.js';
import { Mailbox, secretOf } from '../support/mailbox.js';
import { Recorder } from '../support/recorder.js';
import { SAMPLE } from '../support/sample-dossier.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

/**
 * The journey of those who act, in the order of their days; what is sent and received is the manual, in
 * docs/journey/00-access.http. After a change that is meant: npm run journey.
 */
const MANUAL = join(PROJECT_ROOT, 'docs', 'journey', '00-access.http');
const COORDINATOR = '20008339200015';

let mailbox: Mailbox;
let database: TestDatabase;
let app: NestExpressApplication;
let worker: INestApplicationContext;
let http: Recorder;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  database = await createTestDatabase({
    PORT: '0',
    SMTP_URL: mailbox.url,
    HALLE_PUBLIC_URL: 'https://halle.example',
    HALLE_SIGN_IN_LIMIT: '1000',
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

/** Records the sample campaign as that person. */
async function recordSampleAs(personId: string): Promise<void> {
  const sample = fileURLToPath(SAMPLE);
  const tables = await readCampaignTables(sample);
  const options = readCampaignOptions([sample, '--out', '/nowhere', '--coordinator', COORDINATOR], '/');
  const unknown = await app.get(LotsQueries).unknownCpvCodes(app.get(DataSource).manager, cpvCodesIn(tables));
  const caller = await app
    .get(RightsService)
    .ofPerson(personId, { channel: 'cli', requestId: 'enregistrement' });
  await recordCampaign(app, checkCampaign(tables, options, unknown), caller!);
}

const one = async (sql: string, values: unknown[] = []): Promise<string> =>
  (await app.get(DataSource).query<{ id: string }[]>(sql, values))[0]!.id;

test('the journey of access is the one that is written down', async () => {
  http.chapter('Le premier administrateur', 'Le lien est montré sur la console au premier démarrage.');
  const secret = (await app
    .get(DataSource)
    .transaction((tx) => app.get(OneTimeLinksService).firstAdministrator(tx, new Date())))!;
  http.name(secret, 'lienDeLaConsole');
  await http.get('Lire ce que vaut le lien : le lire ne l’use pas', `/one-time-links/${secret}`, 200);
  const admin = await http.enter(
    'S’en servir crée le compte et ouvre une session',
    'admin',
    `/one-time-links/${secret}/session`,
    { name: 'Ada Petit', email: 'ada.petit@agglo-laval.example' },
  );
  await http.post('Il ne sert qu’une fois', undefined, `/one-time-links/${secret}/session`, {}, 410);

  http.chapter('L’acheteuse du coordonnateur', 'Elle est invitée par courriel, puis enregistre la campagne.');
  const agglo = await one(
    `insert into buyer (id, siret, name) values (gen_random_uuid(), $1, 'Laval Agglomération') returning id`,
    [COORDINATOR],
  );
  http.name(agglo, 'agglo');
  const invited = await http.post(
    'L’administratrice l’invite',
    admin,
    `/buyers/${agglo}/invitations`,
    { email: 'claire.martin@agglo-laval.example', name: 'Claire Martin', role: 'procurement_officer' },
    201,
  );
  http.name((invited as { id: string }).id, 'invitation');
  const officer = await http.enterByMail(
    'Elle accepte : POST, jamais GET, car les messageries ouvrent les liens',
    'officer',
    secretOf(await mailbox.mail(1)),
    {},
  );
  await recordSampleAs(officer.personId);
  const group = await one(`select id from purchasing_group`);
  const change = await one(`select id from buyer where name = 'Changé'`);
  const ahuille = await one(`select id from buyer where name = 'Ahuillé'`);
  for (const [id, name] of [
    [group, 'groupement'],
    [change, 'change'],
    [ahuille, 'ahuille'],
  ] as const)
    http.name(id, name);
  await http.get(
    'Elle voit ses rôles : celui de l’agglomération, et celui du groupement qu’elle a ouvert',
    '/me',
    200,
    officer,
  );

  http.chapter(
    'La commune',
    'La coordination invite la première personne ; ensuite, la commune invite elle-même.',
  );
  await http.post(
    'Inviter le valideur de Changé',
    officer,
    `/groups/${group}/invitations`,
    {
      email: 'dgs@change.example',
      name: 'Paul Renard',
      role: 'commune_validator',
      buyerId: change,
    },
    201,
  );
  const validator = await http.enterByMail('Il accepte', 'validator', secretOf(await mailbox.mail(2)), {});
  await http.post(
    'La coordination n’en invite plus d’autre',
    officer,
    `/groups/${group}/invitations`,
    {
      email: 'autre@change.example',
      name: 'Autre Personne',
      role: 'commune_secretary',
      buyerId: change,
    },
    409,
  );
  await http.post(
    'Tout ce qui est à corriger est dit en une fois',
    validator,
    `/buyers/${change}/invitations`,
    {
      email: 'mairie',
      role: 'maire',
      note: 'bonjour',
    },
    422,
  );
  await http.post(
    'La commune invite sa secrétaire',
    validator,
    `/buyers/${change}/invitations`,
    {
      email: 'mairie@change.example',
      name: 'Anne Leroy',
      role: 'commune_secretary',
    },
    201,
    { 'Idempotency-Key': '019ab6f0-6f1e-7d40-9c55-3f1b8f0a2c11' },
  );
  await http.post(
    'Renvoyée après une coupure, la demande n’est pas faite deux fois',
    validator,
    `/buyers/${change}/invitations`,
    {
      email: 'mairie@change.example',
      name: 'Anne Leroy',
      role: 'commune_secretary',
    },
    201,
    { 'Idempotency-Key': '019ab6f0-6f1e-7d40-9c55-3f1b8f0a2c11' },
  );
  const secretary = await http.enterByMail('Elle accepte', 'secretary', secretOf(await mailbox.mail(3)), {});
  await http.get('Elle lit le groupement de sa commune', `/groups/${group}`, 200, secretary);
  await http.get('Une autre commune n’existe pas pour elle', `/buyers/${ahuille}`, 404, secretary);
  await http.post(
    'Inviter est visible, mais ne lui est pas permis',
    secretary,
    `/buyers/${change}/invitations`,
    {
      email: 'x@change.example',
      name: 'X',
      role: 'commune_secretary',
    },
    403,
  );

  http.chapter('Son compte', 'Ce qui peut être changé par plusieurs se change sur la version lue.');
  await http.send('Sans version : refusé', 'PATCH', '/me', 428, secretary, { name: 'Anne Leroy-Blin' });
  await http.send(
    'Sur la version lue',
    'PATCH',
    '/me',
    200,
    secretary,
    { name: 'Anne Leroy-Blin' },
    { 'If-Match': '"1"' },
  );
  await http.send(
    'Sur une version dépassée : l’état actuel est joint',
    'PATCH',
    '/me',
    412,
    secretary,
    { name: 'Anne' },
    {
      'If-Match': '"1"',
    },
  );

  http.chapter('Un mandat', 'Donné par la commune, contestable par elle.');
  const mandate = (await http.post(
    'Changé donne mandat de saisir à l’agglomération',
    validator,
    `/buyers/${change}/mandates`,
    {
      email: 'claire.martin@agglo-laval.example',
      reference: 'délibération 2026-11-004 du 12 novembre 2026',
      startsOn: '2026-01-01',
      endsOn: '2199-12-31',
    },
    201,
  )) as { id: string };
  http.name(mandate.id, 'mandat');
  await http.get('La déléguée voit la commune', `/buyers/${change}`, 200, officer);
  await http.post(
    'La secrétaire conteste',
    secretary,
    `/buyers/${change}/mandates/${mandate.id}/contestation`,
    {
      reason: 'Le conseil municipal n’a pas délibéré.',
    },
    204,
  );
  await http.get('Le mandat ne donne plus rien', `/buyers/${change}`, 404, officer);

  http.chapter('Les élus', 'Un lien signé, daté, révocable, en lecture seule.');
  const link = (await http.post(
    'Créer le lien',
    officer,
    `/groups/${group}/reading-links`,
    {
      label: 'conseil municipal de Changé',
      days: 30,
    },
    201,
  )) as { id: string; url: string };
  const word = link.url.split('/').at(-1)!;
  http.name(link.id, 'lienDeLecture');
  http.name(word, 'mot');
  await http.get('Le lire, sans compte', `/readings/${word}`, 200);
  await http.send('Le révoquer', 'DELETE', `/groups/${group}/reading-links/${link.id}`, 204, officer);
  await http.get('Il ne lit plus rien', `/readings/${word}`, 404);

  http.chapter('Un programme', 'Un jeton ne donne que les droits qu’il nomme.');
  const token = (await http.post(
    'Créer un jeton, montré une fois',
    officer,
    '/me/tokens',
    {
      label: 'tableau de bord',
      keys: ['group.read'],
      days: 90,
      groupId: group,
    },
    201,
  )) as { id: string; secret: string };
  http.name(token.id, 'idDuJeton');
  http.name(token.secret, 'jeton');
  const program = { personId: officer.personId, headers: { Authorization: `Bearer ${token.secret}` } };
  await http.get('Il lit le groupement', `/groups/${group}`, 200, program);
  await http.get('Et rien d’autre', `/groups/${group}/journal`, 403, program);
  await http.get('Pas même son propre compte', '/me', 404, program);

  http.chapter('Le journal', 'La commune lit ce qui la concerne, et l’emporte.');
  await http.get('Les trois dernières lignes', `/buyers/${change}/journal?limit=3`, 200, secretary);
  await http.send('Se déconnecter', 'DELETE', '/session', 204, secretary);
  await http.get('La session est finie', '/me', 401, secretary);

  const text = http.text('Qui agit : comptes, rôles, liens, jetons et journal');
  if (process.env['RECORD_JOURNEY'] === '1') {
    mkdirSync(dirname(MANUAL), { recursive: true });
    writeFileSync(MANUAL, text);
  }
  expect(text).toBe(readFileSync(MANUAL, 'utf8'));
});
