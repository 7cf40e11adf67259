import { createHash } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { MANIFEST } from '../../src/documents/document-archives.service.js';
import type { DocumentSetAnswer, GapsAnswer } from '../../src/documents/document-sets.dto.js';
import { DocumentsVerification } from '../../src/documents/documents-verification.service.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { type Holder, World } from '../accounts/world.js';
import { openWorkingApplication } from '../support/application.js';
import { type Census, declarable } from '../support/census.js';
import { zipFiles } from '../support/spreadsheet.js';

let world: World;
let worker: INestApplicationContext | undefined;
let officer: Holder;
let of: Census;

beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
afterEach(async () => {
  await worker?.close();
  worker = undefined;
});
afterAll(() => world.close());
beforeEach(async () => {
  of = await declarable(world.source, world.own);
});

const path = (rest = 'document-sets'): string => `/consultations/${of.consultationId}/${rest}`;
const json = async <T>(response: Promise<Response>): Promise<[number, T]> => {
  const received = await response;
  return [received.status, (await received.json()) as T];
};
const ask = async (body: object): Promise<DocumentSetAnswer> => {
  const [status, set] = await json<DocumentSetAnswer>(world.post(path(), officer, body));
  expect([status, set]).toEqual([202, set]);
  return set;
};
const follow = (address: string, init: RequestInit = {}): Promise<Response> =>
  world.api(address.replace('/api/v1', ''), officer, init);
const read = async ({ address }: DocumentSetAnswer): Promise<DocumentSetAnswer> =>
  (await (await follow(address)).json()) as DocumentSetAnswer;
const settled = async (set: DocumentSetAnswer): Promise<DocumentSetAnswer> => {
  worker ??= await openWorkingApplication(world.database);
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const now = await read(set);
    if (now.state !== 'waiting') return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('waited 30 s in vain');
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const verdicts = async (): Promise<string[]> => {
  const verification = world.app.get(DocumentsVerification, { strict: false });
  const found: string[] = [];
  for await (const { verdict } of verification.verify(world.source.manager, of.consultationId))
    found.push(verdict);
  return found;
};

test('a part is made file by file, then put together with its manifest; a reader that has it is not sent it again', async () => {
  const asked = await ask({ part: 'group' });
  expect(asked).toMatchObject({
    state: 'waiting',
    done: 0,
    finish: 'draft',
    sha256: null,
    archiveAddress: null,
  });
  const waiting = await json<Problem>(follow(`${asked.address}/archive`));
  expect([waiting[0], waiting[1].code]).toEqual([409, 'DOCUMENT_NOT_MADE']);
  const made = await settled(asked);
  expect([made.state, made.done]).toEqual(['made', made.total]);
  const response = await follow(made.archiveAddress!);
  expect(response.headers.get('etag')).toBe(`"${made.sha256!}"`);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=group-version-1-projet.zip');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([String(bytes.length), sha256(bytes)]).toEqual([
    response.headers.get('content-length'),
    made.sha256,
  ]);
  const parts = zipFiles(bytes);
  const manifest = parts.get(MANIFEST)!.toString('utf8').trim().split('\r\n').slice(1);
  expect(manifest).toEqual(
    made.documents.map(({ fileName, bytes: length, sha256: hash }) => `${fileName};${length!};${hash!}`),
  );
  expect([...parts.keys()]).toEqual([MANIFEST, ...made.documents.map(({ fileName }) => fileName)]);
  for (const { fileName, sha256: hash } of made.documents) expect(sha256(parts.get(fileName)!)).toBe(hash);
  const again = await follow(made.archiveAddress!, { headers: { 'If-None-Match': `"${made.sha256!}"` } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const [document] = made.documents;
  const file = await follow(document!.fileAddress!);
  expect(file.headers.get('content-type')).toBe('application/pdf');
  expect(sha256(Buffer.from(await file.arrayBuffer()))).toBe(document!.sha256);
});

test('asked for twice, the work is shared; a change makes a new version, and the former stays readable', async () => {
  const [one, two] = await Promise.all([ask({ part: 'group' }), ask({ part: 'group' })]);
  expect(one.id).toBe(two.id);
  const made = await settled(one);
  expect(await ask({ part: 'group' })).toMatchObject({ id: one.id, state: 'made', sha256: made.sha256 });
  await world.source.query(`update consultation set title = title || ' bis' where id = $1`, [
    of.consultationId,
  ]);
  const next = await settled(await ask({ part: 'group' }));
  expect([next.id === one.id, next.dossier]).toEqual([false, made.dossier + 1]);
  expect((await follow(made.archiveAddress!)).status).toBe(200);
  const [, list] = await json<{ items: { id: string }[] }>(world.api(path(), officer));
  expect(list.items.map(({ id }) => id)).toEqual([next.id, one.id]);
});

test('a final version says every gap of every document at once; what is written fills them', async () => {
  const [status, problem] = await json<Problem>(
    world.post(path(), officer, { part: 'group', finish: 'final' }),
  );
  expect([status, problem.code]).toEqual([409, 'DOCUMENTS_HAVE_GAPS']);
  const [, gaps] = await json<GapsAnswer>(world.api(path('document-gaps?part=group'), officer));
  expect(gaps.total).toBe(problem.errors!.length);
  expect(gaps.total).toBeGreaterThan(3);
  expect(JSON.stringify(problem.errors)).toContain('convention.pdf\u00a0: ');
  expect(
    await world.source.query(`select id from document_set where consultation_id = $1`, [of.consultationId]),
  ).toEqual([]);
});

test('what failed for good says why, and is made once it is asked for again', async () => {
  const asked = await ask({ part: 'needs' });
  // The template of one document changed between the request and its making.
  const [row] = await world.source.query<{ id: string; template_version: string }[]>(
    `select d.id, d.template_version from document d join document_set_item i on i.document_id = d.id
     where i.set_id = $1 order by i.position limit 1`,
    [asked.id],
  );
  const set = (version: string) =>
    world.source.query(`update document set template_version = $2 where id = $1`, [row!.id, version]);
  await set('0+000000000000');
  worker = await openWorkingApplication(world.database);
  let failed = await settled(asked);
  for (let attempt = 0; failed.done < failed.total - 1 && attempt < 600; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    failed = await read(asked);
  }
  expect(failed).toMatchObject({ state: 'failed', sha256: null, done: failed.total - 1 });
  expect(failed.documents[0]!.failure).toContain('a changé depuis la demande');
  const refused = await json<Problem>(follow(`${asked.address}/archive`));
  expect([refused[0], refused[1].code]).toEqual([409, 'DOCUMENT_FAILED']);
  await set(row!.template_version);
  const [status] = await json(world.post(path(`document-sets/${asked.id}/retry`), officer, {}));
  expect(status).toBe(202);
  expect(await settled(asked)).toMatchObject({ state: 'made', done: failed.total });
});

test('made again from what is kept, each file is the same; one that was altered is told', async () => {
  const made = await settled(await ask({ part: 'group' }));
  expect(await verdicts()).toEqual(Array.from({ length: made.total + 1 }, () => 'same'));
  await world.source.query(`update document set template_version = '0+0' where id = $1`, [
    made.documents[0]!.id,
  ]);
  expect((await verdicts()).filter((verdict) => verdict === 'older')).toHaveLength(1);
  await world.source.query(`update document set template_version = $2 where id = $1`, [
    made.documents[0]!.id,
    made.documents[0]!.templateVersion,
  ]);
  await world.source.query(`update stored_file set content = set_byte(content, 20, 0) where sha256 = $1`, [
    made.documents[0]!.sha256,
  ]);
  // The file itself, and the archive that holds it.
  expect((await verdicts()).filter((verdict) => verdict === 'altered')).toHaveLength(2);
});

test('a part that the consultation has nothing for is refused with what to do', async () => {
  await world.source.query(
    `insert into procedure_choice (consultation_id, procedure, electronic, version) values ($1, 'direct', true, 1)`,
    [of.consultationId],
  );
  const [status, problem] = await json<Problem>(world.post(path(), officer, { part: 'notice' }));
  expect([status, problem.code]).toEqual([409, 'DOCUMENTS_NONE']);
});
