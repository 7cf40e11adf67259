import type { INestApplicationContext } from '@nestjs/common';
import { openWorkingApplication } from '../support/application.js';
import { Mailbox, secretOf } from '../support/mailbox.js';
import { type Holder, problem, World } from './world.js';

/** A real SMTP server of this test, and a real worker that sends to it. */
let mailbox: Mailbox;
let world: World;
let worker: INestApplicationContext;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  world = await World.open({
    SMTP_URL: mailbox.url,
    HALLE_PUBLIC_URL: 'https://halle.example',
    HALLE_MAIL_FROM: 'Halle <halle@agglo.example>',
  });
  worker = await openWorkingApplication(world.database);
});
afterAll(async () => {
  await worker.close();
  await world.close();
  await mailbox.close();
});

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
    const mail = await mailbox.mail(1);
    expect(mail).toContain('From: Halle <halle@agglo.example>');
    expect(mail).toContain('To: anne.leroy@mairie.example');
    expect(mail).toContain('Subject: Invitation à agir pour Argentré dans Halle');
    expect(mail).toContain(
      'Claire Martin vous invite à agir pour Argentré dans Halle, comme secrétaire de mairie.',
    );
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
    const mail = await mailbox.mail(2);
    expect(mail).toContain('Subject: Votre lien de connexion à Halle');
    const holder = await world.signIn(secretOf(mail));
    expect((await world.api('/me', holder)).status).toBe(200);
    expect(await problem(world.post(`/one-time-links/${secretOf(mail)}/session`, undefined, {}))).toEqual([
      410,
      'LINK_ALREADY_USED',
    ]);
  });

  test('asked for again and again fills no mailbox: three links wait at most', async () => {
    const before = mailbox.mails.length;
    for (let time = 0; time < 6; time += 1)
      await world.post('/sign-in-links', undefined, { email: 'anne.leroy@mairie.example' });
    await mailbox.mail(before + 3);
    const [row] = await world.source.query<{ count: number }[]>(
      `select count(*)::int as count from one_time_link where purpose = 'sign_in' and used_at is null`,
    );
    expect(row!.count).toBe(3);
  });

  test('refused by the server, a mail is tried again, and the link received works', async () => {
    mailbox.refuses = true;
    const before = mailbox.mails.length;
    await world.post(`/buyers/${world.own.buyerId}/invitations`, validator, {
      email: 'lea@mairie.example',
      name: 'Léa Petit',
      role: 'finance_officer',
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(mailbox.mails.length).toBe(before);
    mailbox.refuses = false;
    const holder = await world.signIn(secretOf(await mailbox.mail(before + 1)));
    expect((await world.api('/me', holder)).status).toBe(200);
  });

  test('a name cannot write in the headers of a mail', async () => {
    const before = mailbox.mails.length;
    await world.post(`/buyers/${world.own.buyerId}/invitations`, validator, {
      email: 'paul@mairie.example',
      name: 'Paul\r\nBcc: tous@mairie.example\r\n\r\nCliquez',
      role: 'finance_officer',
    });
    const mail = await mailbox.mail(before + 1);
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
