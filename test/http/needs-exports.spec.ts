import { createHash } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NeedsExportsService } from '../../src/documents/needs-exports.service.js';
import type { NeedsExportAnswer } from '../../src/documents/needs-exports.dto.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { type Holder, World } from '../accounts/world.js';
import { openWorkingApplication } from '../support/application.js';
import { type Census, declarable } from '../support/census.js';
import { readSpreadsheet } from '../support/spreadsheet.js';

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
  await world.source.query(`update item set designation = '=1+1 sel' where id = $1`, [of.itemIds[0]]);
  await world.source.query(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
     values ($1, $2, $4, $5, 'valid', 100, 113.5, null), ($1, $3, $4, $5, 'draft', null, 40, null)`,
    [of.consultationId, of.itemIds[0], of.itemIds[1], of.buyerId, of.lotIds[0]],
  );
});

const path = (): string => `/consultations/${of.consultationId}/needs-exports`;
const ask = async (body: object): Promise<NeedsExportAnswer> => {
  const response = await world.post(path(), officer, body);
  expect(response.status).toBe(202);
  return (await response.json()) as NeedsExportAnswer;
};
const follow = (address: string): Promise<Response> => world.api(address.replace('/api/v1', ''), officer);
const work = async (): Promise<void> => {
  worker ??= await openWorkingApplication(world.database);
};
const settled = async ({ address }: NeedsExportAnswer): Promise<NeedsExportAnswer> => {
  await work();
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const answer = (await (await follow(address)).json()) as NeedsExportAnswer;
    if (answer.state !== 'waiting') return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('waited 20 s in vain');
};
const fileOf = async (answer: NeedsExportAnswer): Promise<Buffer> => {
  const response = await follow(answer.fileAddress!);
  expect([response.status, response.headers.get('content-length')]).toEqual([200, answer.bytes]);
  return Buffer.from(await response.arrayBuffer());
};

test('a CSV in each dialect, of what counts only; no text becomes a formula', async () => {
  const french = await settled(await ask({ format: 'csv' }));
  const file = await fileOf(french);
  expect(french).toMatchObject({ state: 'made', lines: '1', dialect: 'french' });
  expect(createHash('sha256').update(file).digest('hex')).toBe(french.sha256);
  expect(file.toString('utf8')).toBe(
    [
      '\ufefflot;intitule_lot;code_article;designation;unite;conditionnement;siret;membre;quantite_min;quantite_estimee;quantite_max;prix_unitaire_estime_ht;taux_tva;montant_ht;montant_ttc',
      // 113,5 × 6,15 = 698,025, rounded up.
      "1;Sel, part 1;A-1;'=1+1 sel;sac;40;21530007000012;Argentré;100;113,5;;6,15;20;698,03;837,64",
      '',
    ].join('\r\n'),
  );
  const standard = await settled(await ask({ format: 'csv', dialect: 'rfc4180' }));
  expect((await fileOf(standard)).toString('utf8').split('\r\n')[1]).toBe(
    `1,"Sel, part 1",A-1,'=1+1 sel,sac,40,21530007000012,Argentré,100,113.5,,6.15,20,698.03,837.64`,
  );
});

test('a workbook that names who is not counted, with totals that add up', async () => {
  const made = await settled(await ask({ format: 'xlsx' }));
  const file = await fileOf(made);
  const sheets = readSpreadsheet(file);
  expect([...sheets.keys()]).toEqual([
    'Synthèse par lot',
    'Par article',
    'Par membre',
    'Non comptés',
    'Détail',
  ]);
  const valuesOf = (name: string): unknown[] => [...sheets.get(name)!.values()].map(({ value }) => value);
  expect(valuesOf('Synthèse par lot')).toEqual(expect.arrayContaining([698.03, 837.64, 2792.12]));
  expect(valuesOf('Par article')).toEqual(expect.arrayContaining(['il manque 6,5\u00a0sacs']));
  expect(valuesOf('Non comptés')).toEqual(expect.arrayContaining(['Argentré', 2, 'Sans réponse']));
  expect(valuesOf('Détail')).toEqual(expect.arrayContaining(['=1+1 sel', 113.5]));
});

test('asked for twice at once, it is made once; a later one replaces it', async () => {
  const [one, other] = await Promise.all([ask({ format: 'csv' }), ask({ format: 'csv' })]);
  expect(one.id).toBe(other.id);
  const waiting = await follow(`${one.address}/file`);
  expect([waiting.status, ((await waiting.json()) as Problem).code]).toEqual([409, 'NEEDS_EXPORT_NOT_MADE']);
  await settled(one);
  const next = await settled(await ask({ format: 'csv' }));
  expect(next.id).not.toBe(one.id);
  expect((await follow(one.address)).status).toBe(404);
});

test('what a worker that dies had written goes with it; run again, the file is whole', async () => {
  const asked = await ask({ format: 'csv' });
  const exports = world.app.get(NeedsExportsService);
  const parts = async (): Promise<number> => {
    const rows = await world.source.query<unknown[]>(`select from needs_export_part where export_id = $1`, [
      asked.id,
    ]);
    return rows.length;
  };
  await world.source.query(
    `create function worker_dies() returns trigger language plpgsql as $$ begin
       perform pg_terminate_backend(pg_backend_pid()); return new; end $$`,
  );
  await world.source.query(
    `create trigger worker_dies before update on needs_export for each row execute function worker_dies()`,
  );
  await expect(exports.make(asked.id)).rejects.toThrow();
  expect(await parts()).toBe(0);
  await world.source.query(`drop trigger worker_dies on needs_export`);
  await Promise.allSettled([exports.make(asked.id), exports.make(asked.id)]);
  expect(await parts()).toBe(1);
  await exports.make(asked.id);
  expect(await parts()).toBe(1);
});

test('a failure is told in French, and another may be asked for', async () => {
  const asked = await ask({ format: 'csv' });
  await world.app.get(NeedsExportsService).abandon(asked.id, new Error('ECONNRESET'));
  const failed = (await (await follow(asked.address)).json()) as NeedsExportAnswer;
  expect(failed).toMatchObject({ state: 'failed', fileAddress: null });
  expect(failed.failure).toMatch(/^Une panne a interrompu sa préparation/);
  const file = await follow(`${asked.address}/file`);
  expect([file.status, ((await file.json()) as Problem).detail]).toEqual([
    409,
    expect.stringContaining('Une panne'),
  ]);
  expect((await ask({ format: 'csv' })).id).not.toBe(asked.id);
});

test('only who conducts the census asks for it, in a format that we write', async () => {
  const secretary = await world.person('commune_secretary', { buyerId: of.buyerId, groupId: null });
  expect((await world.post(path(), secretary, { format: 'csv' })).status).toBe(403);
  expect((await world.post(path(), officer, { format: 'pdf' })).status).toBe(422);
  expect((await world.post(path(), officer, { format: 'csv', dialect: 'excel' })).status).toBe(422);
});
