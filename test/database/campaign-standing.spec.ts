import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { campaignCommand } from '../../src/cli/campaign.js';
import {
  CampaignRefused,
  checkCampaign,
  cpvCodesIn,
  readCampaignTables,
} from '../../src/cli/campaign-input.js';
import { readCampaignOptions } from '../../src/cli/campaign-options.js';
import { recordCampaign } from '../../src/cli/campaign-record.js';
import { ConsultationsService } from '../../src/consultations/consultations.service.js';
import { GroupsService } from '../../src/groups/groups.service.js';
import { WithdrawalService } from '../../src/needs/withdrawal.service.js';
import { MembershipService } from '../../src/members/membership.service.js';
import { Caller } from '../../src/platform/access/caller.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { openIdleApplication } from '../support/application.js';
import { type CampaignFile, smallCampaign } from '../support/files.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

/** A campaign recorded over what people did since: each line is judged as their own acts are. */
let database: TestDatabase;
let app: INestApplicationContext;
let source: DataSource;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
  source = app.get(DataSource);
  folder = mkdtempSync(join(tmpdir(), 'halle-standing-'));
});
afterAll(async () => {
  await app.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

type Changes = Partial<Record<CampaignFile, Record<number, string | null>>>;
const COORDINATOR = '20008339200015';
const LAVAL = '21530130000012;53130;Laval;49474;adhere;2026-05-29;2026-05-003;2026-07-08;1,2';
const CHANGE = '21530054200010;53054;Changé;6482;adhere;2026-05-19;2026-05-017;2026-07-28;1';
/** Of Changé, and not its head office. */
const BUDGET = '21530054200028';
const operator = new Caller(OPERATOR, null, () => ({ verdict: 'allowed', onBehalfOf: null }));

function files(changes: Changes = {}): string {
  const directory = mkdtempSync(join(folder, 'c-'));
  for (const [file, text] of Object.entries(smallCampaign(changes)))
    writeFileSync(join(directory, file), text);
  return directory;
}
async function record(title: string, directory = files()): Promise<void> {
  const tables = await readCampaignTables(directory);
  const options = readCampaignOptions(
    [directory, '--out', '/nowhere', '--coordinator', COORDINATOR, '--title', title],
    '/',
  );
  expect(cpvCodesIn(tables)).toContain('34927100');
  await recordCampaign(app, checkCampaign(tables, options, new Set()), operator);
}
/** What the campaign is refused for; the database is left as it was. */
async function faultsOf(title: string, directory: string): Promise<string[]> {
  const before = await state();
  const error = await record(title, directory).catch((thrown: unknown) => thrown);
  expect(await state()).toEqual(before);
  if (!(error instanceof CampaignRefused)) throw error;
  for (const { problem, correction } of error.faults) expect([problem, correction]).not.toContain('');
  return error.faults.map(
    ({ file, line, column, value, problem }) =>
      `${file}:${line ?? ''}:${column}:${value} ${problem.replaceAll('\u00a0', ' ')}`,
  );
}
const state = () =>
  source.query(
    `select (select count(*) from journal_entry) as journal, (select count(*) from buyer) as buyers,
            (select json_agg(m order by group_id, buyer_id) from membership m) as members,
            (select json_agg(p order by lot_id, buyer_id) from lot_participation p) as participations`,
  );
const one = async (sql: string, values: unknown[] = []): Promise<string> =>
  (await source.query<{ id: string }[]>(sql, values))[0]!.id;
const groupOf = (title: string) => one(`select id from purchasing_group where title = $1`, [title]);
const consultationOf = (title: string) => one(`select id from consultation where title = $1`, [title]);
const buyer = (name: string) => one(`select id from buyer where name = $1`, [name]);
const place = async (title: string, name: string) => ({
  groupId: await groupOf(title),
  buyerId: await buyer(name),
});
const members = () => app.get(MembershipService);
const inTransaction = <T>(work: (tx: DataSource['manager']) => Promise<T>): Promise<T> =>
  source.transaction(work);
const AT = (): Date => new Date();

test('everything at once, at its line: withdrawn, declined by itself, reserved lot, days to come', async () => {
  await record('Voirie');
  const laval = await place('Voirie', 'Laval');
  const changed = await place('Voirie', 'Changé');
  const brulatte = await place('Voirie', 'La Brûlatte');
  await inTransaction((tx) => members().withdraw(tx, OPERATOR, AT(), changed, 'retrait'));
  await inTransaction((tx) =>
    members().invite(tx, OPERATOR, AT(), brulatte.groupId, { buyerIds: [brulatte.buyerId], again: true }),
  );
  await inTransaction((tx) => members().decline(tx, OPERATOR, AT(), brulatte, 'non'));
  const cluster = randomUUID();
  await inTransaction(async (tx) => {
    await tx.query('set constraints all deferred');
    await tx.query(`insert into cluster (id, name, lead_buyer_id) values ($1, 'Pôle', $2)`, [
      cluster,
      changed.buyerId,
    ]);
    await tx.query(`insert into cluster_member (cluster_id, buyer_id) values ($1, $2)`, [
      cluster,
      changed.buyerId,
    ]);
  });
  await source.query(`update lot set reserved_cluster_id = $1 where consultation_id = $2 and number = 2`, [
    cluster,
    await consultationOf('Voirie'),
  ]);
  const directory = files({
    'adhesions.csv': {
      2: LAVAL.replace('2026-05-29', '2199-05-29').replace('2026-07-08', '2199-07-08'),
      4: '21530045000016;53045;La Brûlatte;674;adhere;2026-06-01;2026-06-001;2026-07-01;1',
    },
  });
  const faults = [
    'adhesions.csv:2:deliberation_le:2199-05-29 cette délibération porte une date à venir',
    'adhesions.csv:2:lots:1,2 lot 2 : réservé aux membres d’un pôle dont cet acheteur n’est pas',
    'adhesions.csv:2:bulletin_le:2199-07-08 ce bulletin porte une date à venir',
    'adhesions.csv:3:reponse:adhere cet acheteur s’est retiré du groupement',
    'adhesions.csv:4:reponse:adhere cet acheteur a répondu lui-même qu’il n’adhère pas',
    'adhesions.csv:5:lots:1,2 lot 2 : réservé aux membres d’un pôle dont cet acheteur n’est pas',
  ];
  expect(await faultsOf('Voirie', directory)).toEqual(faults);

  // By the command, with what the files themselves have wrong; and no right, no word of what is known.
  writeFileSync(
    join(directory, 'besoins.csv'),
    readFileSync(join(directory, 'besoins.csv'), 'utf8').replace(';A-1;10;', ';Z-9;10;'),
  );
  const lines: string[] = [];
  const out = mkdtempSync(join(folder, 'out-'));
  const args = [directory, '--out', out, '--coordinator', COORDINATOR, '--title', 'Voirie'];
  const log = createLogger({ logLevel: 'fatal' }, 'test', 2);
  const terminal = { line: (text: string) => void lines.push(text), progress: () => undefined };
  expect(await campaignCommand(args, database.config, log, terminal)).toBe(2);
  const written = readFileSync(join(out, 'errors.csv'), 'utf8').trim().split('\r\n').slice(1);
  expect(written.map((line) => line.split(';').slice(0, 3).join(':'))).toEqual([
    ...faults.map((fault) => fault.split(':').slice(0, 3).join(':')),
    'besoins.csv:2:code_article',
  ]);
  expect(lines.join('\n')).toContain('7 problèmes à corriger');

  // Who withdrew is left out of the file: it stays withdrawn, and of no lot.
  await record(
    'Voirie',
    files({
      'adhesions.csv': {
        2: LAVAL.replace('1,2', '1'),
        3: null,
        5: `${COORDINATOR};;Laval Agglomération;0;adhere;;;;1`,
      },
      'besoins.csv': { 3: null, 4: null, 5: null, 6: null },
    }),
  );
  const left = await source.query<{ name: string; state: string }[]>(
    `select b.name, m.withdrawn_at is not null as withdrawn, m.declined_at is not null as declined,
            (select count(*)::int from lot_participation p where p.buyer_id = b.id
               and p.consultation_id = $2) as lots
     from membership m join buyer b on b.id = m.buyer_id where m.group_id = $1 order by b.name`,
    [laval.groupId, await consultationOf('Voirie')],
  );
  expect(left).toEqual([
    { name: 'Changé', withdrawn: true, declined: false, lots: 0 },
    { name: 'La Brûlatte', withdrawn: false, declined: true, lots: 0 },
    { name: 'Laval', withdrawn: false, declined: false, lots: 1 },
    { name: 'Laval Agglomération', withdrawn: false, declined: false, lots: 1 },
  ]);
});

test('what a file said, a file corrects; what a buyer did since is not undone', async () => {
  await record('Papier');
  const declines = files({
    'adhesions.csv': { 3: CHANGE.replace(/adhere.*/, 'n_adhere_pas;;;;') },
    'besoins.csv': { 4: null, 5: null },
  });
  await record('Papier', declines);
  await record('Papier');
  const changed = await place('Papier', 'Changé');
  await inTransaction((tx) =>
    members().recordTransmission(tx, OPERATOR, AT(), changed, {
      sentToPrefectureOn: '2026-05-20',
      enforceableOn: '2026-05-20',
    }),
  );
  expect(await faultsOf('Papier', declines)).toEqual([
    'adhesions.csv:3:reponse:n_adhere_pas cet acheteur est membre : un membre ne décline plus, il se retire',
  ]);
  const silent = files({ 'adhesions.csv': { 3: null }, 'besoins.csv': { 4: null, 5: null } });
  expect(await faultsOf('Papier', silent)).toEqual([
    'adhesions.csv::siret:Changé (21530054200010) cet acheteur est membre du groupement, et le fichier ne dit rien de lui',
  ]);
});

test('a decision and a bulletin told in full are not replaced by a file that tells less', async () => {
  await record('Bulletins');
  const laval = await place('Bulletins', 'Laval');
  const consultation = await consultationOf('Bulletins');
  await source.query(`update membership set invited_at = now() where group_id = $1 and buyer_id = $2`, [
    laval.groupId,
    laval.buyerId,
  ]);
  await source.query(
    `update lot_participation set signatory_name = 'Ada Petit', signatory_capacity = 'maire' where buyer_id = $1 and consultation_id = $2`,
    [laval.buyerId, consultation],
  );
  const told = () =>
    source.query(
      `select distinct m.resolution_on::text as decided, m.resolution_number as number, p.form_signed_on::text as signed,
              p.signatory_name as signatory
       from membership m join lot_participation p on p.buyer_id = m.buyer_id and p.consultation_id = $3
       where m.group_id = $1 and m.buyer_id = $2`,
      [laval.groupId, laval.buyerId, consultation],
    );
  const row = (days: string) =>
    files({ 'adhesions.csv': { 2: `21530130000012;53130;Laval;49474;adhere;${days};1,2` } });
  await record('Bulletins', row(';;'));
  const kept = { decided: '2026-05-29', number: '2026-05-003', signed: '2026-07-08', signatory: 'Ada Petit' };
  expect(await told()).toEqual([kept]);
  await record('Bulletins', row('2026-05-30;2026-05-009;2026-07-09'));
  expect(await told()).toEqual([
    { decided: '2026-05-30', number: '2026-05-009', signed: '2026-07-09', signatory: null },
  ]);
});

test('what is launched, and whom it binds', async () => {
  await record('Lancée');
  const changed = await place('Lancée', 'Changé');
  const consultation = await consultationOf('Lancée');
  await inTransaction((tx) =>
    app.get(GroupsService).recordLaunch(tx, OPERATOR, AT(), {
      groupId: changed.groupId,
      consultationId: consultation,
      buyerIds: [changed.buyerId],
    }),
  );
  // Told by the group, before the consultation itself is.
  const silent = files({ 'adhesions.csv': { 3: null }, 'besoins.csv': { 4: null, 5: null } });
  expect(await faultsOf('Lancée', silent)).toEqual([
    expect.stringContaining('adhesions.csv::siret:Changé (21530054200010) une consultation est lancée'),
  ]);
  await inTransaction((tx) => app.get(ConsultationsService).recordLaunch(tx, OPERATOR, AT(), consultation));
  expect(await faultsOf('Lancée', silent)).toEqual([
    expect.stringContaining('catalogue.csv:::Lancée la consultation de cet intitulé est lancée'),
  ]);
});

test('a late joining of a one-off group, and a SIRET that is another’s budget', async () => {
  await record('Ponctuelle', files({ 'adhesions.csv': { 3: null }, 'besoins.csv': { 4: null, 5: null } }));
  await source.query(`update purchasing_group set kind = 'one_off' where title = 'Ponctuelle'`);
  const other = randomUUID();
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Autre', 1, 0)`,
    [other, await groupOf('Ponctuelle')],
  );
  const laval = await place('Ponctuelle', 'Laval');
  await inTransaction((tx) =>
    app.get(GroupsService).recordLaunch(tx, OPERATOR, AT(), {
      groupId: laval.groupId,
      consultationId: other,
      buyerIds: [laval.buyerId],
    }),
  );
  expect(await faultsOf('Ponctuelle', files())).toEqual([
    expect.stringContaining('adhesions.csv:3:reponse:adhere ce groupement ponctuel a lancé sa consultation'),
  ]);

  await source.query(
    `insert into buyer_establishment (siret, buyer_id, label, engagement_required) values ($1, $2, 'Eau', false)`,
    [BUDGET, await buyer('Changé')],
  );
  const budget = files({
    'adhesions.csv': { 3: CHANGE.replace('21530054200010', BUDGET) },
    'besoins.csv': { 4: null, 5: null },
  });
  expect(await faultsOf('Ponctuelle', budget)).toEqual([
    `adhesions.csv:3:siret:${BUDGET} ce SIRET est celui d’un budget de Changé`,
    expect.stringContaining('adhesions.csv:3:reponse:adhere ce groupement ponctuel a lancé sa consultation'),
  ]);
});

test('two people at once: a withdrawal and a campaign follow each other, and no withdrawal is lost', async () => {
  await record('Ensemble');
  const changed = await place('Ensemble', 'Changé');
  const results = await Promise.allSettled([
    record('Ensemble', files({ 'adhesions.csv': { 3: CHANGE.replace('2026-07-28', '2026-07-29') } })),
    inTransaction((tx) => members().withdraw(tx, OPERATOR, AT(), changed, null)),
  ]);
  expect(results[1].status).toBe('fulfilled');
  if (results[0].status === 'rejected') expect(results[0].reason).toBeInstanceOf(CampaignRefused);
  const [row] = await source.query<{ withdrawn: boolean }[]>(
    `select withdrawn_at is not null as withdrawn from membership where group_id = $1 and buyer_id = $2`,
    [changed.groupId, changed.buyerId],
  );
  expect(row).toEqual({ withdrawn: true });
});

test('a withdrawal takes needs and bulletins along, where nothing is launched; what came after stays', async () => {
  await record('Quittée');
  const changed = await place('Quittée', 'Changé');
  const consultation = await consultationOf('Quittée');
  const left = async (): Promise<[number, number]> => {
    const [row] = await source.query<{ lots: number; needs: number }[]>(
      `select (select count(*)::int from lot_participation where consultation_id = $1 and buyer_id = $2) as lots,
              (select count(*)::int from need_line where consultation_id = $1 and buyer_id = $2) as needs`,
      [consultation, changed.buyerId],
    );
    return [row!.lots, row!.needs];
  };
  expect(await left()).toEqual([1, 2]);
  await inTransaction((tx) => members().withdraw(tx, OPERATOR, AT(), changed, null));
  const [request] = await source.query<
    { name: string; payload: { groupId: string; buyerId: string; withdrawnAt: string } }[]
  >(`select name, payload from job_request where payload->>'groupId' = $1`, [changed.groupId]);
  expect(request).toMatchObject({ name: 'membership.clear-consultations', payload: changed });
  const clear = () =>
    app
      .get(WithdrawalService)
      .clear(changed.groupId, changed.buyerId, new Date(request!.payload.withdrawnAt));

  // A launch is never taken back, except by whoever may disable what keeps it.
  await source.query(`update consultation set launched_at = now() where id = $1`, [consultation]);
  await clear();
  expect(await left()).toEqual([1, 2]);
  await source.query(`alter table consultation disable trigger consultation_is_frozen`);
  await source.query(`update consultation set launched_at = null where id = $1`, [consultation]);
  await source.query(`alter table consultation enable always trigger consultation_is_frozen`);
  await Promise.all([clear(), clear()]);
  expect(await left()).toEqual([0, 0]);
  const lines = await source.query<{ key: string; actor: string }[]>(
    `select key, actor_name as actor from journal_entry
     where group_id = $1 and buyer_id = $2 and channel = 'job' order by position`,
    [changed.groupId, changed.buyerId],
  );
  expect(lines).toEqual(
    ['needs.leave', 'lots.leave'].map((key) => ({ key, actor: 'membership.clear-consultations' })),
  );

  // It comes back, and signs again: a job that comes late takes nothing of that.
  await inTransaction((tx) =>
    members().invite(tx, OPERATOR, AT(), changed.groupId, { buyerIds: [changed.buyerId], again: true }),
  );
  await record('Quittée');
  await clear();
  expect(await left()).toEqual([1, 2]);
});

test('the three optional columns of the catalogue are read, and a file without them leaves them', async () => {
  const header =
    'lot;intitule_lot;cpv;famille;forme;code_article;designation;unite;conditionnement;prix_unitaire_estime_ht;taux_tva;nature_m57';
  const rows = smallCampaign()['catalogue.csv'].trim().split('\r\n').slice(1);
  const catalogue = [
    `${header};cpv_article;famille_achat;part_reemploi`,
    `${rows[0]!};34927100-2;viabilité hivernale;20`,
    ...rows.slice(1).map((row) => `${row};;;`),
  ];
  const directory = files();
  writeFileSync(join(directory, 'catalogue.csv'), catalogue.join('\r\n'));
  const facts = () =>
    source.query(
      `select cpv_code as cpv, purchase_family as family, trim_scale(reuse_share)::text as share from item i
       join consultation c on c.id = i.consultation_id where c.title = 'Colonnes' and code = 'A-1'`,
    );
  await record('Colonnes', directory);
  const told = [{ cpv: '34927100', family: 'viabilité hivernale', share: '20' }];
  expect(await facts()).toEqual(told);
  await record('Colonnes');
  expect(await facts()).toEqual(told);
});
