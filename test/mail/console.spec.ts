import { readFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MailOutbox } from '../../src/platform/mail/mail-outbox.service.js';
import { MailSendingService } from '../../src/platform/mail/mail-sending.service.js';
import { openIdleApplication } from '../support/application.js';
import { endPrograms, run, type } from '../support/programs.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

/** What an operator, or the mail server, types: on an installation without SMTP_URL. */
let database: TestDatabase;
let app: INestApplicationContext;
let source: DataSource;
/** Oldest first, an hour apart. */
const ids: string[] = [];
const CONSULTATION = '019ab6f0-0000-7000-8000-000000000001';

beforeAll(async () => {
  database = await createTestDatabase({ HALLE_PUBLIC_URL: 'https://halle.agglo.example' });
  app = await openIdleApplication(database);
  source = app.get(DataSource);
  for (const [hour, to] of [
    'secretariat@argentre.example',
    'mairie@change.example',
    'dgs@agglo.example',
  ].entries()) {
    const mail = {
      kind: 'needs.reminder',
      to,
      subject: 'Il reste dix jours',
      text: 'Bonjour,\n\nIl reste dix jours.\n',
      attachments: [{ fileName: 'échéance.ics', mediaType: 'text/calendar', content: Buffer.from('BEGIN') }],
      ...(hour === 0 ? { consultationId: CONSULTATION } : {}),
    };
    const at = new Date(Date.UTC(2026, 10, 26, 8 + hour));
    ids.push((await source.transaction((tx) => app.get(MailOutbox).write(tx, mail, at)))!);
  }
  await app.get(MailSendingService).send(ids[2]!);
});
afterAll(async () => {
  endPrograms();
  await app.close();
  await database.drop();
});

const halle = (...args: string[]) => type(['mail', ...args], database.environment);
/** A notice of a real server, about one of our mails. */
const notice = (name: string, mailId: string): string =>
  readFileSync(new URL(`../fixtures/mail/${name}.eml`, import.meta.url), 'utf8').replaceAll(
    '00000000-0000-7000-8000-000000000000',
    mailId,
  );
const bounce = (input: string) => run('cli', ['mail', 'bounce'], database.environment, input);
const line = (id: number, hour: number, state: string, failure = '') =>
  `${ids[id]}  2026-11-26 ${String(hour).padStart(2, '0')}:00:00  ${state.padEnd(10)}  needs.reminder  Il reste dix jours${failure}`;

describe('halle mail', () => {
  test('says what can be done, and every fault of a command', async () => {
    const faults = async (...args: string[]) => {
      const { code, stderr } = await halle(...args);
      return [code, stderr.split('\n')[0]];
    };
    expect(await faults()).toEqual([
      2,
      'Indiquer ce qu’il faut faire : list, show, send-kept, bounce, purge.',
    ]);
    expect(await faults('list', '--kept', '--failed')).toEqual([
      2,
      'Choisir entre --kept, --failed et --bounced.',
    ]);
    expect(await faults('list', '--limit', '0')).toEqual([
      2,
      '--limit : « 0 » refusé ; attendu : un nombre entier de 1 à 1000.',
    ]);
    expect(await faults('list', '--consultation', 'x')).toEqual([
      2,
      '--consultation : « x » n’est pas l’identifiant d’une consultation.',
    ]);
    expect(await faults('show', CONSULTATION)).toEqual([
      2,
      `Aucun courriel n’a l’identifiant ${CONSULTATION}.`,
    ]);
    expect(await faults('purge', '--before', 'hier')).toEqual([
      2,
      '--before : « hier » refusé ; attendu : un jour, écrit AAAA-MM-JJ.',
    ]);
    expect(await faults('send-kept')).toEqual([2, 'SMTP_URL n’est pas réglé : aucun courriel ne partirait.']);
    expect((await halle('--help')).stdout).toContain('Usage : halle mail ACTION');
  });

  test('lists by time and by page, without an address; with --json, everything', async () => {
    const { code, stdout, stderr } = await halle('list');
    expect([code, stdout, stderr.split('\n')]).toEqual([
      0,
      '',
      [line(2, 11, 'gardé'), line(1, 10, 'en attente'), line(0, 9, 'en attente'), '3 courriels.', ''],
    ]);
    expect((await halle('list', '--oldest-first', '--limit', '1')).stderr.split('\n')).toEqual([
      line(0, 9, 'en attente'),
      `1 sur 3 courriels ; la suite : --after ${ids[0]}.`,
      '',
    ]);
    expect((await halle('list', '--after', ids[1]!)).stderr.split('\n')[0]).toBe(line(0, 9, 'en attente'));
    expect((await halle('list', '--kept')).stderr.split('\n')).toEqual([
      line(2, 11, 'gardé'),
      '1 courriel.',
      '',
    ]);
    expect((await halle('list', '--bounced')).stderr).toBe('Aucun courriel.\n');
    const json = JSON.parse((await halle('list', '--consultation', CONSULTATION, '--json')).stdout) as object;
    expect(json).toMatchObject({
      total: 1,
      mails: [{ id: ids[0], toAddress: 'secretariat@argentre.example', state: 'waiting', sentAt: null }],
    });
  });

  test('shows a mail whole', async () => {
    expect((await halle('show', ids[2]!)).stdout.split('\n')).toEqual([
      'Nature : needs.reminder',
      'État : gardé',
      'Écrit : 2026-11-26 11:00:00',
      expect.stringMatching(/^Gardé : /),
      `Message-ID : <${ids[2]}@halle.agglo.example>`,
      'À : dgs@agglo.example',
      'Objet : Il reste dix jours',
      'Pièce jointe : échéance.ics (5 octets)',
      '',
      'Bonjour,',
      '',
      'Il reste dix jours.',
      '',
    ]);
  });
});

describe('halle mail bounce', () => {
  test('reads a notice of Postfix, and one of Exchange', async () => {
    expect(await bounce(notice('postfix', ids[0]!))).toMatchObject({
      code: 0,
      stderr: `Courriel ${ids[0]} non remis : adresse inconnue (5.1.1).\n`,
    });
    // As a mail server pipes it: without carriage returns, or with them.
    expect(await bounce(notice('exchange', ids[1]!).replaceAll('\n', '\r\n'))).toMatchObject({
      code: 0,
      stderr: `Courriel ${ids[1]} non remis : boîte pleine (5.2.2).\n`,
    });
    expect((await halle('list', '--bounced')).stderr.split('\n')).toEqual([
      line(1, 10, 'non remis', ' : boîte pleine (5.2.2)'),
      line(0, 9, 'non remis', ' : adresse inconnue (5.1.1)'),
      '2 courriels.',
      '',
    ]);
  });

  test('a delay is no failure; told twice, the first date stays', async () => {
    const dates = () => source.query<unknown[]>('select bounced_at, failure from mail order by id');
    const before = await dates();
    expect(await bounce(notice('postfix-delayed', ids[2]!))).toMatchObject({
      code: 0,
      stderr:
        'Avis de retard ou de remise, pas de non-remise : rien n’est noté (serveur du destinataire injoignable (4.4.1)).\n',
    });
    expect((await bounce(notice('postfix', ids[0]!))).code).toBe(0);
    expect(await dates()).toEqual(before);
  });

  test('says of what it does not know that it does not', async () => {
    const stranger = '019ab6f0-0000-7000-8000-0000000000ff';
    expect(await bounce(notice('postfix', stranger))).toMatchObject({
      code: 1,
      stderr: `Aucun courriel d’ici n’a le Message-ID <${stranger}@halle.agglo.example> : rien n’est noté.\n`,
    });
    for (const other of ['', 'Bonjour', 'From: a@b.example\nSubject: Absence\n\nJe suis absente.\n'])
      expect(await bounce(other)).toMatchObject({
        code: 1,
        stderr: 'Ce qui a été lu n’est pas un avis de non-remise : rien n’est noté.\n',
      });
    const mute = notice('postfix', stranger).replace(/^Message-ID:.*\n/m, '');
    expect((await bounce(mute)).stderr).toBe(
      'Cet avis de non-remise ne dit pas de quel courriel il parle : rien n’est noté.\n',
    );
  });
});

test('with SMTP_URL, kept mails are handed over when asked; purged, old ones go', async () => {
  const withServer = { ...database.environment, SMTP_URL: 'smtp://127.0.0.1:1' };
  const ask = async (...args: string[]) => (await type(['mail', 'send-kept', ...args], withServer)).stderr;
  expect(await ask('--since', '2026-11-27')).toBe('Aucun courriel à envoyer.\n');
  expect(await ask()).toBe('Confié au processus de travail : 1 courriel.\n');
  expect(await ask('--failed')).toBe('Aucun courriel à envoyer.\n');
  expect((await halle('purge', '--before', '2026-11-26')).stderr).toBe('Aucun courriel à supprimer.\n');
  expect((await halle('purge', '--before', '2026-11-27')).stderr).toBe('Supprimé : 2 courriels.\n');
  expect((await halle('list')).stderr).toContain('1 courriel.');
});
