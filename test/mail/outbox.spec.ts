import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import PostalMime from 'postal-mime';
import { DataSource } from 'typeorm';
import { icsFile } from '../../src/calendar/ics.js';
import { JobRequest } from '../../src/platform/jobs/job-request.entity.js';
import type { JobQueue } from '../../src/platform/jobs/queue.js';
import { JOB_QUEUE } from '../../src/platform/jobs/tokens.js';
import { MailOutbox, type MailToWrite } from '../../src/platform/mail/mail-outbox.service.js';
import { MailSendingService } from '../../src/platform/mail/mail-sending.service.js';
import { MailQueries } from '../../src/platform/mail/mail.queries.js';
import { openIdleApplication, openWorkingApplication } from '../support/application.js';
import { Mailbox } from '../support/mailbox.js';
import { endPrograms, start } from '../support/programs.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

/** A real SMTP server, a real queue, and applications that only write. */
let mailbox: Mailbox;
let database: TestDatabase;
let idle: INestApplicationContext;
let source: DataSource;

beforeAll(async () => {
  mailbox = await Mailbox.open();
  database = await createTestDatabase({
    SMTP_URL: mailbox.url,
    HALLE_PUBLIC_URL: 'https://halle.example',
    HALLE_MAIL_FROM: 'Halle <halle@agglo.example>',
  });
  idle = await openIdleApplication(database);
  source = idle.get(DataSource);
});
beforeEach(async () => {
  mailbox.empty();
  await source.query('truncate mail, mail_attachment, job_request, stored_file cascade');
});
afterAll(async () => {
  endPrograms();
  await idle.close();
  await database.drop();
  await mailbox.close();
});

const AT = new Date('2026-11-26T08:00:00Z');
const REMINDER: MailToWrite = {
  kind: 'needs.reminder',
  to: 'secretariat@argentre.example',
  subject: 'Recensement des besoins\u00a0: il reste dix jours',
  text: 'Bonjour,\n\nIl reste dix jours pour déclarer vos besoins.\n',
};
const write = (mail: Partial<MailToWrite> = {}): Promise<string | null> =>
  source.transaction((tx) => idle.get(MailOutbox).write(tx, { ...REMINDER, ...mail }, AT));

interface Row {
  readonly kept_at: Date | null;
  readonly sent_at: Date | null;
  readonly failed_at: Date | null;
  readonly failure: string | null;
}
const row = async (id: string | null): Promise<Row> =>
  (
    await source.query<Row[]>(`select kept_at, sent_at, failed_at, failure from mail where id = $1`, [id])
  )[0]!;

async function until(test: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await test()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('waited 30 s in vain');
}
/** Works until a mail reached its end. */
async function work(id: string | null, end: 'kept_at' | 'sent_at' | 'failed_at', runtime = database) {
  const worker = await openWorkingApplication(runtime);
  await until(async () => (await row(id))[end] !== null);
  await worker.close();
}
const jobsLeft = async (): Promise<number> =>
  (
    await source.query<{ count: number }[]>(
      `select count(*)::int as count from job_request where completed_at is null and failed_at is null`,
    )
  )[0]!.count;

test('lives and dies with its transaction', async () => {
  await expect(
    source.transaction(async (tx) => {
      await idle.get(MailOutbox).write(tx, REMINDER, AT);
      throw new Error('the command failed');
    }),
  ).rejects.toThrow('the command failed');
  expect(await source.query('select id from mail')).toEqual([]);
  expect(await source.query('select id from job_request')).toEqual([]);
});

test('leaves with its attachments, their bytes and the method of its calendar', async () => {
  const calendar = Buffer.from(
    icsFile({
      name: 'Recensement',
      stampedAt: AT,
      events: [{ uid: 'echeance@halle.example', summary: 'Fin du recensement', time: { on: '2026-12-06' } }],
    }),
  );
  const receipt = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0d, 0x0a]);
  const id = await write({
    attachments: [
      {
        fileName: 'échéances.ics',
        mediaType: 'text/calendar; method=PUBLISH; charset=utf-8',
        content: calendar,
      },
      { fileName: 'accusé.pdf', mediaType: 'application/pdf', content: receipt },
    ],
  });
  await work(id, 'sent_at');
  const raw = mailbox.sources[0]!;
  const mail = await PostalMime.parse(raw);
  expect([mail.messageId, mail.from?.address, mail.to?.map(({ address }) => address), mail.subject]).toEqual([
    `<${id}@halle.example>`,
    'halle@agglo.example',
    ['secretariat@argentre.example'],
    REMINDER.subject,
  ]);
  expect(mail.text?.trim()).toBe(REMINDER.text.trim());
  const plain = raw.toString('latin1');
  expect(plain.replace(/\r\n\s+/g, ' ')).toMatch(
    /Content-Type: text\/calendar; method=PUBLISH; charset=utf-8/i,
  );
  // The reader rewrites the line ends of a text: bytes are compared as they came.
  for (const content of [calendar, receipt])
    expect(plain.replaceAll('\r\n', '')).toContain(content.toString('base64'));
  expect(mail.attachments.map(({ filename, mimeType, method }) => [filename, mimeType, method])).toEqual([
    ['échéances.ics', 'text/calendar', 'PUBLISH'],
    ['accusé.pdf', 'application/pdf', undefined],
  ]);
});

test('is sent once by two workers that both take it', async () => {
  const others = await Promise.all([openIdleApplication(database), openIdleApplication(database)]);
  const ids = await Promise.all([1, 2, 3].map(() => write()));
  await Promise.all(
    [idle, ...others].flatMap((app) => ids.map((id) => app.get(MailSendingService).send(id!))),
  );
  expect(mailbox.mails).toHaveLength(3);
  const workers = await Promise.all([openWorkingApplication(database), openWorkingApplication(database)]);
  await until(async () => (await jobsLeft()) === 0);
  await Promise.all([...workers, ...others].map((app) => app.close()));
  expect(mailbox.mails).toHaveLength(3);
});

test('is written once by a key, whoever asks and however many at once', async () => {
  const key = { dedupeKey: 'needs.reminder:laval:argentré' };
  const ids = await Promise.all([1, 2, 3, 4].map(() => write(key)));
  expect(ids.filter((id) => id !== null)).toHaveLength(1);
  expect(await write(key)).toBeNull();
  expect(await write({ dedupeKey: 'another' })).not.toBeNull();
  expect(await jobsLeft()).toBe(2);
});

test('refused for good, it failed: the reason holds the codes and no address, and it is not tried again', async () => {
  mailbox.recipientRefusal = '550 5.1.1 <secretariat@argentre.example>: User unknown';
  const id = await write();
  await work(id, 'failed_at');
  expect(await row(id)).toMatchObject({ sent_at: null, failure: 'adresse inconnue (550 5.1.1)' });
  await until(async () => (await jobsLeft()) === 0);
  const [job] = await source.query<{ attempts: number; error: string }[]>(
    `select attempts, error from job_request`,
  );
  expect(job).toEqual({ attempts: 1, error: 'adresse inconnue (550 5.1.1)' });
  mailbox.recipientRefusal = null;
  await idle.get(MailSendingService).send(id!);
  expect(mailbox.mails).toEqual([]);
});

test('refused for now, it is tried again and leaves', async () => {
  mailbox.recipientRefusal = '451 4.7.1 Greylisting in action, please come back later';
  const id = await write();
  const worker = await openWorkingApplication(database);
  await until(
    async () =>
      (await source.query<{ attempts: number }[]>('select attempts from job_request'))[0]!.attempts > 1,
  );
  expect(await row(id)).toMatchObject({ sent_at: null, failed_at: null });
  mailbox.recipientRefusal = null;
  await until(async () => (await row(id)).sent_at !== null);
  await worker.close();
  expect(mailbox.mails).toHaveLength(1);
});

test('tried as often as it may be, it failed, and says why', async () => {
  mailbox.recipientRefusal = '452 4.2.2 <secretariat@argentre.example>: mailbox full';
  const id = await write();
  await source.query(`update job_request set enqueued_at = now()`);
  const [request] = await source.manager.find(JobRequest);
  await idle
    .get<JobQueue>(JOB_QUEUE)
    .addBulk([{ name: 'mail.send', data: {}, opts: { jobId: request!.id, attempts: 1 } }]);
  await work(id, 'failed_at');
  expect((await row(id)).failure).toBe('boîte pleine (452 4.2.2)');
});

test('sent again after its worker was killed before it could say so, it is the same mail for its receiver', async () => {
  const id = await write();
  const first = start('worker', [], database.environment);
  mailbox.onKept = () => {
    mailbox.onKept = () => undefined;
    first.child.kill('SIGKILL');
  };
  await mailbox.mail(1);
  await first.finished;
  expect((await row(id)).sent_at).toBeNull();
  await work(id, 'sent_at');
  expect(mailbox.mails).toHaveLength(2);
  const mails = await Promise.all(mailbox.sources.map((raw) => PostalMime.parse(raw)));
  expect(mails.map(({ messageId }) => messageId)).toEqual([`<${id}@halle.example>`, `<${id}@halle.example>`]);
});

test('without a mail server it is kept; with one, it leaves when asked and not before', async () => {
  const silent = { ...database, config: { ...database.config, smtpUrl: null } };
  const old = await write();
  await work(old, 'kept_at', silent);
  await source.query(`update mail set written_at = written_at - interval '30 days'`);
  const recent = await write();
  await work(recent, 'kept_at', silent);

  const worker = await openWorkingApplication(database);
  const asked = (since: Date | null) =>
    source.transaction((tx) => idle.get(MailOutbox).sendKept(tx, since, false));
  await until(async () => (await jobsLeft()) === 0);
  expect(mailbox.mails).toEqual([]);
  expect(await asked(new Date('2026-11-20T00:00:00Z'))).toBe(1);
  await until(async () => (await row(recent)).sent_at !== null);
  expect((await row(old)).sent_at).toBeNull();
  expect([await asked(null), await asked(null)]).toEqual([1, 0]);
  await until(async () => (await row(old)).sent_at !== null);
  await worker.close();
  expect(mailbox.mails).toHaveLength(2);
});

test('what failed leaves when asked too, and is told as sent', async () => {
  const id = await write();
  await idle.get(MailSendingService).fail(id!, new Error('secret words'));
  expect((await row(id)).failure).toBe('panne de Halle, décrite dans le journal technique');
  expect(await source.transaction((tx) => idle.get(MailOutbox).sendKept(tx, null, true))).toBe(1);
  await work(id, 'sent_at');
  await until(async () => (await jobsLeft()) === 0);
  expect([(await row(id)).failure, mailbox.mails.length]).toEqual([null, 1]);
});

test('a room reads the mails of its consultation', async () => {
  const consultationId = randomUUID();
  const buyerId = randomUUID();
  const id = await write({ consultationId, buyerIds: [buyerId] });
  await write();
  expect(await idle.get(MailQueries).ofConsultation(source.manager, consultationId)).toEqual([
    expect.objectContaining({
      id,
      kind: 'needs.reminder',
      personId: null,
      buyerIds: [buyerId],
      toAddress: 'secretariat@argentre.example',
      subject: REMINDER.subject,
      writtenAt: AT,
      sentAt: null,
      failedAt: null,
      bouncedAt: null,
      failure: null,
    }),
  ]);
});

test('purged, it takes its files, except those that something else still needs', async () => {
  const file = (content: string) => ({
    fileName: 'a.txt',
    mediaType: 'text/plain',
    content: Buffer.from(content),
  });
  const gone = await write({ attachments: [file('alone'), file('shared')] });
  await idle.get(MailSendingService).send(gone!);
  const waiting = await write({ attachments: [file('shared')] });
  const purge = (before: string) =>
    source.transaction((tx) => idle.get(MailOutbox).purge(tx, new Date(before)));
  expect(await purge('2026-11-26T08:00:00Z')).toBe(0);
  expect(await purge('2026-11-26T08:00:01Z')).toBe(1);
  expect(await source.query('select id from mail')).toEqual([{ id: waiting }]);
  expect(await source.query(`select convert_from(content, 'UTF8') as text from stored_file`)).toEqual([
    { text: 'shared' },
  ]);
});

test('erased, it keeps its dates, names nobody, and never leaves', async () => {
  const to = { attachments: [{ fileName: 'a.txt', mediaType: 'text/plain', content: Buffer.from('Anne') }] };
  const sent = await write({ ...to, dedupeKey: 'anne' });
  await idle.get(MailSendingService).send(sent!);
  const waiting = await write(to);
  const erase = () =>
    source.transaction((tx) => idle.get(MailOutbox).erase(tx, AT, 'Secretariat@Argentre.example', null));
  expect([await erase(), await erase()]).toEqual([2, 0]);
  await idle.get(MailSendingService).send(waiting!);
  expect(mailbox.mails).toHaveLength(1);
  expect((await row(sent)).sent_at).not.toBeNull();
  const left = await source.query<{ text: string }[]>(
    `select m::text as text from mail m union all select f::text from stored_file f`,
  );
  expect(left.map(({ text }) => text).join()).not.toMatch(/argentre|Anne|anne|besoins/);
});
