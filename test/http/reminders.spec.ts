import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { parisDate } from '../../src/calendar/plain-date.js';
import { DailyJobs } from '../../src/platform/jobs/daily.js';
import { RemindersService } from '../../src/reminders/reminders.service.js';
import { TellService } from '../../src/reminders/tell.service.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { JobRequests } from '../../src/platform/jobs/job-requests.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable, joinLots, moveCensus, openCensus } from '../support/census.js';
import { requireTool } from '../support/tools.js';

interface Mail {
  readonly kind: string;
  readonly to_address: string;
  readonly subject: string;
  readonly body: string;
  readonly files: string[];
}

let world: World;
let source: DataSource;
let of: Census;
let officer: Holder;
let secretary: Holder;
let mayor: Holder;
let delegate: Holder;
beforeAll(async () => {
  world = await World.open();
  source = world.source;
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  mayor = await world.person('commune_validator', { buyerId, groupId: null });
  delegate = await world.delegate(buyerId);
});
afterAll(() => world.close());
beforeEach(async () => {
  await source.query(`delete from mail_attachment`);
  await source.query(`delete from mail`);
  await source.query(`delete from job_request`);
  of = await declarable(source, world.own);
});

const base = (rest = '') => `/consultations/${of.consultationId}${rest}`;
const own = (rest = '') => base(`/declarations/${of.buyerId}${rest}`);
async function send<T>(
  method: string,
  path: string,
  holder?: Holder,
  body?: object,
  headers = {},
): Promise<T> {
  const response = await world.api(path, holder, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
const refused = async (method: string, path: string, holder?: Holder, body?: object): Promise<string> => {
  const response = await world.api(path, holder, { method, ...(body && { body: JSON.stringify(body) }) });
  return ((await response.json()) as { code: string }).code;
};
/** What a worker would do of what was asked. */
async function work(): Promise<void> {
  const rows = await source.query<{ id: string; payload: never }[]>(
    `delete from job_request where name = 'needs.tell' returning payload`,
  );
  for (const { payload } of (rows as unknown as [{ payload: never }[]])[0])
    await world.app.get(TellService).tell(payload);
}
const mails = (kind?: string): Promise<Mail[]> =>
  source.query<Mail[]>(
    `select kind, to_address, subject, body,
            array(select a.file_name from mail_attachment a where a.mail_id = m.id order by a.position) as files
     from mail m where $1::text is null or kind = $1 order by kind, to_address`,
    [kind ?? null],
  );
const addressOf = async ({ personId }: Holder): Promise<string> => {
  const [row] = await source.query<{ email: string }[]>(`select email from person where id = $1`, [personId]);
  return row!.email;
};
const answer = async (): Promise<void> => {
  await send('PATCH', own('/lines'), secretary, {
    lines: [{ itemId: of.itemIds[0], version: 0, estimate: '120' }],
  });
  await send('PUT', own(`/lots/${of.lotIds[1]}`), secretary, {
    noNeed: true,
    contractEndsOn: null,
    noticeMonths: null,
  });
};
const transmit = () =>
  send<{ number: number; receipt: string }>('POST', own('/versions'), secretary, { attested: true });

describe('what is told of a census', () => {
  test('its opening and each deadline, to those who type, with a date for their agenda', async () => {
    await send('POST', base('/needs-campaign'), officer, { deadline: '2027-12-15T17:00' });
    await work();
    const opened = await mails('needs.opened');
    expect(opened.map(({ to_address }) => to_address).sort()).toEqual(
      (await Promise.all([secretary, mayor, delegate].map(addressOf))).sort(),
    );
    expect(opened[0]!.subject).toBe(
      'Besoins à déclarer avant le mercredi 15\u00a0décembre\u00a02027 à 17\u00a0h\u00a000 (heure de Paris)',
    );
    expect(opened[0]!.body).toContain('Vous répondez pour Argentré');
    expect(opened[0]!.files).toEqual(['echeance.ics']);
    await send(
      'PATCH',
      base('/needs-campaign'),
      officer,
      { deadline: '2027-12-20T12:00' },
      { 'If-Match': '"1"' },
    );
    await work();
    expect((await mails('needs.moved')).length).toBe(3);
    const calendars = await source.query<{ text: string }[]>(
      `select convert_from(f.content, 'UTF8') as text from mail m join mail_attachment a on a.mail_id = m.id
       join stored_file f using (sha256) where m.to_address = $1 order by m.written_at`,
      [await addressOf(secretary)],
    );
    const [first, second] = calendars.map(({ text }) => text);
    expect(/UID:(.*)/.exec(second!)![1]).toBe(/UID:(.*)/.exec(first!)![1]);
    expect([/SEQUENCE:(\d)/.exec(first!)![1], /SEQUENCE:(\d)/.exec(second!)![1]]).toEqual(['0', '1']);
    expect(second).toContain('DTSTART:20271220T110000Z');
  });

  test('a transmission: a receipt to those who transmit, a mail to the mayor with a link that contests once', async () => {
    await openCensus(source, of);
    await answer();
    const { receipt } = await transmit();
    await work();
    const [toMayor] = await mails('needs.mayor');
    const [toSecretary] = await mails('needs.receipt');
    expect([toMayor!.to_address, toSecretary!.to_address]).toEqual([
      await addressOf(mayor),
      await addressOf(secretary),
    ]);
    expect(toSecretary!.subject).toBe(
      `Accusé de réception ${receipt}\u00a0: besoins de Argentré`.replace('\u00a0', ' '),
    );
    expect(toSecretary!.body).not.toContain('/contestations/');
    expect(toSecretary!.files).toEqual([`${receipt}.pdf`]);
    const path = `/contestations/${/contestations\/(\S+)/.exec(toMayor!.body)![1]!}`;
    expect(await send('GET', path)).toMatchObject({ buyer: 'Argentré', receipt, contestedAt: null });
    // Opened by a scanner, it does nothing.
    expect((await send<{ state: string }>('GET', own(), secretary)).state).toBe('transmitted');
    expect(await refused('POST', path, undefined, { reason: ' ' })).toBe('VALIDATION');
    expect(
      await send('POST', path, undefined, { reason: 'Le maire n’a pas donné son accord.' }),
    ).toMatchObject({
      contestedAt: expect.any(String) as string,
    });
    expect(await refused('POST', path, undefined, { reason: 'Encore' })).toBe('ALREADY_CONTESTED');
    expect((await send<{ state: string }>('GET', own(), secretary)).state).toBe('contested');
    await work();
    const contested = await mails('needs.contested');
    expect(contested.map(({ to_address }) => to_address)).toEqual(
      (await Promise.all([secretary, mayor, officer].map(addressOf))).sort(),
    );
    expect(contested[0]!.body).toContain('Le maire n’a pas donné son accord.');
  });

  test('a link that is not ours, or altered, is nothing', async () => {
    for (const word of ['x', `contestation.${'0'.repeat(32)}.${'A'.repeat(43)}`, 'lecture.0.0.0', '%00'])
      expect(await refused('GET', `/contestations/${word}`)).toBe('NOT_FOUND');
  });

  test('told twice, each mail is written once', async () => {
    await openCensus(source, of);
    await answer();
    const { number } = await transmit();
    const event = {
      consultationId: of.consultationId,
      event: 'transmitted',
      buyerId: of.buyerId,
      number,
    } as const;
    const telling = world.app.get(TellService);
    await Promise.all([telling.tell(event), telling.tell(event)]);
    expect((await mails()).length).toBe(2);
  });

  test('what a delegate types, once a day; what the coordinator decides; who leaves a lot', async () => {
    await openCensus(source, of);
    for (const [version, estimate] of [
      [0, '5'],
      [1, '6'],
    ] as const)
      await send('PATCH', own('/lines'), delegate, {
        lines: [{ itemId: of.itemIds[0], version, estimate }],
      });
    await work();
    const typed = await mails('needs.typed-for');
    expect(typed.length).toBe(2);
    expect(typed[0]!.body).toContain('délibération 12');
    await moveCensus(source, of, -60);
    await send('POST', own('/rectification'), secretary, { reason: 'Agent absent.' });
    await send('POST', own('/no-need'), secretary, {}).catch(() => undefined);
    await send('PUT', own(`/lots/${of.lotIds[1]}`), secretary, {
      ...{ noNeed: true, contractEndsOn: null, noticeMonths: null },
    });
    await transmit();
    await send('POST', own('/versions/1/decision'), officer, { accepted: false, reason: 'Trop tard.' });
    await work();
    const [decided] = await mails('needs.decided');
    expect(decided!.subject).toContain('refusée');
    expect(decided!.body).toContain('Raison : Trop tard.');
    await send('POST', base('/needs-campaign/closure'), officer, {}, { 'If-Match': '"1"' });
    await work();
    const [excluded] = await mails('needs.excluded');
    expect(excluded!.body).toMatch(/le lot 1, Sel, part 1[\s\S]*le lot 2, Sel, part 2/);
  });
});

describe('reminders', () => {
  const day = (days: number): string => parisDate(new Date(Date.now() + days * 86_400_000));

  test('one digest a person for several communes, only to those who have not transmitted, once with two workers', async () => {
    // Those of the other tests wait for nobody any more.
    await source.query(
      `update consultation set cancelled_at = now(), cancellation_reason = 'essai' where id <> $1 and cancelled_at is null`,
      [of.consultationId],
    );
    const other = await declarable(source, world.other);
    await joinLots(source, of, world.other.buyerId);
    await openCensus(source, of, 7 * 86_400);
    await openCensus(source, other, 7 * 86_400);
    await source.query(
      `insert into role_grant (id, person_id, role, buyer_id, granted_at)
       values (gen_random_uuid(), $1, 'commune_secretary', $2, now())`,
      [secretary.personId, world.other.buyerId],
    );
    const preview = await send<{
      automatic: boolean;
      reminders: { name: string; buyers: string[]; text: string }[];
    }>('GET', base(`/needs-campaign/reminders?on=${day(0)}`), officer);
    expect(preview.automatic).toBe(true);
    expect(preview.reminders.map(({ buyers }) => buyers).sort()).toEqual([
      ['Argentré'],
      ['Argentré'],
      ['Argentré', 'Changé'],
    ]);
    const reminders = world.app.get(RemindersService);
    const written = await Promise.all([reminders.remindAll(day(0)), reminders.remindAll(day(0))]);
    expect(written.sort()).toEqual([0, 3]);
    const digest = (await mails('needs.reminder')).find(({ body }) => body.includes('Changé'))!;
    expect(digest.to_address).toBe(await addressOf(secretary));
    expect(digest.body.match(/Changé\u00a0: rien n’est commencé/g)?.length).toBe(2);
    expect(await reminders.remindAll(day(1))).toBe(0);
    await answer();
    await transmit();
    expect(await send('POST', base('/needs-campaign/reminders'), officer, {})).toEqual({ written: 1 });
    expect(await send('POST', base('/needs-campaign/reminders'), officer, {})).toEqual({ written: 0 });
    const list = await send<{ mails: { kind: string; state: string }[] }>(
      'GET',
      base('/needs-campaign/mails'),
      officer,
    );
    expect(list.mails.map(({ kind, state }) => [kind, state])).toContainEqual(['needs.reminder', 'waiting']);
    await source.query(`delete from role_grant where person_id = $1 and buyer_id = $2`, [
      secretary.personId,
      world.other.buyerId,
    ]);
  });

  test('the jobs of a day are asked for once, whatever the workers, and not before the offices open', async () => {
    const workers = [1, 2, 3].map(
      () =>
        new DailyJobs(
          source,
          world.app.get(Clock),
          world.app.get(JobRequests),
          createLogger({ logLevel: 'fatal' }, 'test', 2),
        ),
    );
    expect(await workers[0]!.ask(new Date('2031-01-10T05:00:00Z'))).toEqual([]);
    const asked = await Promise.all(workers.map((worker) => worker.ask(new Date('2031-01-10T08:00:00Z'))));
    expect(asked.flat()).toEqual(['needs.remind']);
    expect(await workers[0]!.ask(new Date('2031-01-11T08:00:00Z'))).toEqual(['needs.remind']);
  });
});

describe('a receipt', () => {
  test('holds the number, the hour and every quantity, the same whenever it is read', async () => {
    await openCensus(source, of);
    await answer();
    const { receipt } = await transmit();
    const read = async () =>
      Buffer.from(await (await world.api(own('/versions/1/receipt'), secretary)).arrayBuffer());
    if (!requireTool('pdftotext')) return;
    const [one, again] = [await read(), await read()];
    expect(one.equals(again)).toBe(true);
    const file = join(mkdtempSync(join(tmpdir(), 'halle-receipt-')), 'receipt.pdf');
    writeFileSync(file, one);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text).toContain(receipt);
    expect(text).toMatch(/A-1\s+Sel A-1\s+sac\s+–\s+120\s+–/);
    expect(text).toContain('Aucun besoin.');
    expect(text).toContain('heure de Paris');
    expect(await refused('GET', own('/versions/9/receipt'), secretary)).toBe('NOT_FOUND');
  });
});

describe('comments', () => {
  beforeEach(() => openCensus(source, of));
  const write = (holder: Holder, visibility: string, itemId: string | null = null) =>
    send('POST', own('/comments'), holder, { text: 'À revoir', visibility, itemId });
  const list = async (holder: Holder) =>
    (await send<{ comments: { visibility: string; code: string | null }[] }>('GET', own('/comments'), holder))
      .comments;

  test('of a line or of the whole; what is internal stays with those who conduct', async () => {
    await write(officer, 'internal');
    await write(officer, 'commune', of.itemIds[0]);
    await write(secretary, 'commune');
    expect((await list(officer)).map(({ visibility, code }) => [visibility, code])).toEqual([
      ['internal', null],
      ['commune', 'A-1'],
      ['commune', null],
    ]);
    expect((await list(secretary)).map(({ visibility }) => visibility)).toEqual(['commune', 'commune']);
    expect(
      await refused('POST', own('/comments'), secretary, { text: 'x', visibility: 'internal', itemId: null }),
    ).toBe('COMMENT_NOT_INTERNAL');
    const stranger = { text: 'x', visibility: 'commune', itemId: '019ab6f0-0000-7000-8000-000000000001' };
    expect(await refused('POST', own('/comments'), secretary, stranger)).toBe('COMMENT_ON_UNKNOWN_ITEM');
  });
});
