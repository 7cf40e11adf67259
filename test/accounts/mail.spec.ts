import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { INestApplicationContext } from '@nestjs/common';
import { openWorkingApplication } from '../support/application.js';
import { type Holder, problem, World } from './world.js';

/** A real SMTP server of this test, and a real worker that sends to it. */
let smtp: SMTPServer;
let refuse = false;
const mails: string[] = [];
let world: World;
let worker: INestApplicationContext;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refuse) {
          done(new Error('essayez plus tard'));
          return;
        }
        mails.push(decoded(Buffer.concat(chunks).toString('utf8')));
        done();
      });
    },
  });
  await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening));
  const { port } = smtp.server.address() as AddressInfo;
  world = await World.open({
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    HALLE_PUBLIC_URL: 'https://halle.example',
    HALLE_MAIL_FROM: 'Halle <halle@agglo.example>',
  });
  worker = await openWorkingApplication(world.database);
});
afterAll(async () => {
  await worker.close();
  await world.close();
  await new Promise<void>((closed) => smtp.close(closed));
});

const quoted = (text: string): string =>
  text.replace(/(?:=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString('utf8'));

/** Folded headers, encoded words and quoted-printable undone: what the person reads. */
function decoded(mail: string): string {
  const [head = '', ...body] = mail.split('\r\n\r\n');
  const headers = head
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/\?= =\?UTF-8\?Q\?/g, '')
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/g, (_, word: string) => quoted(word.replaceAll('_', ' ')));
  return [headers, quoted(body.join('\r\n\r\n').replace(/=\r\n/g, ''))].join('\n\n').replaceAll('\r\n', '\n');
}

async function nextMail(count: number): Promise<string> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (mails.length >= count) return mails[count - 1]!;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited for mail ${count} in vain`);
}

const secretOf = (mail: string): string =>
  /https:\/\/halle\.example\/api\/v1\/one-time-links\/([\w-]{43})/.exec(mail)![1]!;

describe('mails', () => {
  let validator: Holder;
  test('an invitation reaches its person, whose link makes the account', async () => {
    validator = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
    const sent = await world.post(`/buyers/${world.own.buyerId}/invitations`, validator, {
      email: 'Anne.Leroy@Mairie.example',
      name: 'Anne Leroy',
      role: 'commune_secretary',
    });
    expect(sent.status).toBe(201);
    const mail = await nextMail(1);
    expect(mail).toContain('From: Halle <halle@agglo.example>');
    expect(mail).toContain('To: anne.leroy@mairie.example');
    expect(mail).toContain('Subject: Invitation à rejoindre Argentré dans Halle');
    expect(mail).toContain('Claire Martin vous invite à agir comme secrétaire de mairie pour Argentré.');
    expect(mail).toMatch(/jusqu’au \S+ \d+\u00a0\S+\u00a0\d{4} à \d+\u00a0h\u00a0\d\d \(heure de Paris\)/);
    expect(mail).toContain('Auto-Submitted: auto-generated');
    const holder = await world.signIn(secretOf(mail));
    expect((await world.api(`/buyers/${world.own.buyerId}`, holder)).status).toBe(200);
    const list = await world.api(`/buyers/${world.own.buyerId}/invitations`, validator);
    const { items } = (await list.json()) as { items: { mailedAt: string; usedAt: string }[] };
    expect(items[0]!.mailedAt < items[0]!.usedAt).toBe(true);
  });

  test('a sign-in link comes to those who have an account; the answer is the same for the others', async () => {
    const ask = async (email: string) => {
      const response = await world.post('/sign-in-links', undefined, { email });
      return [response.status, await response.json()];
    };
    const known = await ask('anne.leroy@mairie.example');
    expect(known[0]).toBe(202);
    expect(await ask('personne@mairie.example')).toEqual(known);
    const mail = await nextMail(2);
    expect(mail).toContain('Subject: Votre lien de connexion à Halle');
    const holder = await world.signIn(secretOf(mail));
    expect((await world.api('/me', holder)).status).toBe(200);
    expect(await problem(world.post(`/one-time-links/${secretOf(mail)}/session`, undefined, {}))).toEqual([
      410,
      'LINK_ALREADY_USED',
    ]);
  });

  test('asked for again and again fills no mailbox: three links wait at most', async () => {
    const before = mails.length;
    for (let time = 0; time < 6; time += 1)
      await world.post('/sign-in-links', undefined, { email: 'anne.leroy@mairie.example' });
    await nextMail(before + 3);
    const [row] = await world.source.query<{ count: number }[]>(
      `select count(*)::int as count from one_time_link where purpose = 'sign_in' and used_at is null`,
    );
    expect(row!.count).toBe(3);
  });

  test('refused by the server, a mail is tried again, and the link received works', async () => {
    refuse = true;
    const before = mails.length;
    await world.post(`/buyers/${world.own.buyerId}/invitations`, validator, {
      email: 'lea@mairie.example',
      name: 'Léa Petit',
      role: 'finance_officer',
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(mails.length).toBe(before);
    refuse = false;
    const holder = await world.signIn(secretOf(await nextMail(before + 1)));
    expect((await world.api('/me', holder)).status).toBe(200);
  });

  test('a name cannot write in the headers of a mail', async () => {
    const before = mails.length;
    await world.post(`/buyers/${world.own.buyerId}/invitations`, validator, {
      email: 'paul@mairie.example',
      name: 'Paul\r\nBcc: tous@mairie.example\r\n\r\nCliquez',
      role: 'finance_officer',
    });
    const mail = await nextMail(before + 1);
    expect(mail.split('\n\n')[0]).not.toContain('Bcc');
    expect(mail).toContain('Bonjour Paul Bcc: tous@mairie.example Cliquez,');
  });
});

test('without a mail server, an invitation is refused, and says what the operator can do', async () => {
  const silent = await World.open({ SMTP_URL: '' });
  try {
    const validator = await silent.person('commune_validator', {
      buyerId: silent.own.buyerId,
      groupId: null,
    });
    const refused = await silent.post(`/buyers/${silent.own.buyerId}/invitations`, validator, {
      email: 'anne@mairie.example',
      name: 'Anne',
      role: 'commune_secretary',
    });
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'MAIL_NOT_CONFIGURED' }]);
  } finally {
    await silent.close();
  }
});
