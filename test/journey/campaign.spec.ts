import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { endPrograms, type Finished, run, start, type } from '../support/programs.js';
import { SAMPLE } from '../support/sample-dossier.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

const expected = JSON.parse(readFileSync(new URL('expected.json', SAMPLE), 'utf8'));
const COORDINATOR = ['--coordinator', '20008339200015', '--title', expected.title as string];

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'halle-journey-'));
});
afterAll(async () => {
  endPrograms();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const place = (): string => join(folder, randomUUID());

function sampleCopy(change: Record<string, (text: string) => string> = {}): string {
  const copy = place();
  cpSync(fileURLToPath(SAMPLE), copy, { recursive: true });
  for (const [file, edit] of Object.entries(change))
    writeFileSync(join(copy, file), edit(readFileSync(join(copy, file), 'utf8')));
  return copy;
}

const lessOf = (text: string, gone: RegExp): string =>
  text
    .split('\r\n')
    .filter((line) => !gone.test(line))
    .join('\r\n');

/** Without lot 12, an item of lot 1 and one member. */
const FEWER: Parameters<typeof sampleCopy>[0] = {
  'catalogue.csv': (text) => lessOf(text, /^12;|;VH-001;/),
  'adhesions.csv': (text) => lessOf(text, /;53001;/).replace(/,12(?=\r\n)/g, ''),
  'besoins.csv': (text) => lessOf(text, /;VH-001;|;PA-00|^21530001300012/),
};

const line = (directory: string, out: string, args: string[]) => [
  'campaign',
  directory,
  '--out',
  out,
  ...args,
];
const campaign = (directory: string, out: string, ...args: string[]): Promise<Finished> =>
  type(line(directory, out, args), database.environment);
/** In a process of its own, that ends by itself. */
const campaignAlone = (directory: string, out: string, ...args: string[]): Promise<Finished> =>
  run('cli', line(directory, out, args), database.environment);
const summaryOf = (out: string) => JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
const shas = (summary: { files: { name: string; sha256: string }[] }) =>
  Object.fromEntries(summary.files.map((file) => [file.name, file.sha256]));

async function count(table: string, where = 'true'): Promise<number> {
  const client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from ${table} where ${where}`,
  );
  await client.end();
  return rows[0]!.n;
}

describe('the sample campaign', () => {
  test.each(['equal', 'population', 'need', 'fixed-variable'])(
    'with the key %s: every figure computed independently is matched',
    async (key) => {
      const out = place();
      const { code, stderr } = await campaign(fileURLToPath(SAMPLE), out, ...COORDINATOR, '--key', key);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const summary = summaryOf(out);
      for (const name of [
        'title',
        'coordinator_siret',
        'communes',
        'members',
        'not_joining',
        'silent',
        'late',
        'drafts',
        'quantities_valid_only',
        'lot_estimate_ht_per_year_valid_only',
        'member_estimate_ht_per_year',
        'total_ht_per_year',
      ])
        expect([name, summary[name]]).toEqual([name, expected[name]]);
      expect(summary.cost_shares).toEqual(expected.cost_shares[key]);
      expect(summary.key).toBe(key);
      expect(summary.stages.map((stage: { name: string }) => stage.name)).toEqual([
        'read',
        'start',
        'check',
        'record',
        'documents',
        'write',
      ]);
    },
  );

  test('by default the coordinator bears the costs; each file is there, as its hash says', async () => {
    const out = place();
    expect((await campaignAlone(fileURLToPath(SAMPLE), out)).code).toBe(0);
    const summary = summaryOf(out);
    expect(summary).toMatchObject({ key: 'none', cost_shares: {}, coordinator_siret: '20008339200015' });
    expect(summary.title).toBe('Laval Agglomération - laval-2027');
    expect(summary.files.map((file: { name: string }) => file.name).sort()).toEqual(
      [
        'besoins-consolides.xlsx',
        'convention.pdf',
        'recapitulatif.pdf',
        'repartition.xlsx',
        ...Array.from({ length: 12 }, (_, i) => `dce/lot-${String(i + 1).padStart(2, '0')}-bpu-dqe.xlsx`),
      ].sort(),
    );
    for (const file of summary.files) {
      const bytes = readFileSync(join(out, file.name));
      expect(bytes.length).toBe(file.bytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    }
    expect(readdirSync(out).some((name) => name.includes('partial'))).toBe(false);
  });

  test('leaves its trace: who ran it, what was done, and the documents that the program then made', async () => {
    const title = ['--title', 'Tracée'];
    expect((await campaign(sampleCopy(), place(), ...title)).code).toBe(0);
    const mine = `group_id in (select id from purchasing_group where title = 'Tracée')`;
    const byOperator = `actor_kind = 'operator' and actor_name = '${userInfo().username}' and channel = 'cli'`;
    const byProgram = `actor_kind = 'system' and actor_name = 'document.generate' and channel = 'job'`;
    const asked = `key = 'documents.request'`;
    expect(await count('journal_entry', `${mine} and ${byProgram} and key = 'documents.generate'`)).toBe(16);
    expect(await count('journal_entry', `${mine} and ${byOperator} and ${asked}`)).toBe(16);
    expect(await count('journal_entry', `${mine} and not (${byOperator}) and not (${byProgram})`)).toBe(0);
    const runs = `(select distinct request_id from journal_entry where ${mine} and ${byOperator}) as run`;
    expect(await count(runs)).toBe(1);
    const { code, stderr } = await type(['journal', 'verify'], database.environment);
    expect([code, stderr]).toEqual([0, expect.stringContaining('Journal intact')]);
  });

  test('a second run changes nothing; changed input makes a new version and says what changed', async () => {
    const title = ['--title', 'Deux fois', '--key', 'equal'];
    const [first, second, third, fourth] = [place(), place(), place(), place()];
    await campaign(sampleCopy(), first, ...title);
    const before = await Promise.all(
      ['dossier', 'document', 'job_request', 'stored_file', 'journal_entry'].map((t) => count(t)),
    );
    const again = await campaign(sampleCopy(), second, ...title);
    expect(again.stderr).toContain('Rien n’a changé depuis la version 1');
    expect(
      await Promise.all(
        ['dossier', 'document', 'job_request', 'stored_file', 'journal_entry'].map((t) => count(t)),
      ),
    ).toEqual(before);
    expect(shas(summaryOf(second))).toEqual(shas(summaryOf(first)));

    const changed = sampleCopy({
      'besoins.csv': (text) =>
        text.replace('21530054200010;VE-002;;4382;;valide', '21530054200010;VE-002;;4000;;valide'),
    });
    const renewed = await campaign(changed, third, ...title);
    expect(renewed).toMatchObject({ code: 0 });
    expect(renewed.stderr).toContain('version 2');
    expect(summaryOf(third)).toMatchObject({
      version: 2,
      changes: ['Changé, VE-002 : 4\u202f382 devient 4\u202f000.'],
    });
    expect(shas(summaryOf(third))['repartition.xlsx']).not.toBe(shas(summaryOf(first))['repartition.xlsx']);

    await campaign(sampleCopy(), fourth, ...title);
    expect(summaryOf(fourth)).toMatchObject({ version: 3 });
    expect(summaryOf(fourth).quantities_valid_only).toEqual(expected.quantities_valid_only);
  });

  test('lines, members, items and lots that disappear are removed', async () => {
    const title = ['--title', 'Moins'];
    await campaign(sampleCopy(), place(), ...title);
    const out = place();
    const fewer = sampleCopy(FEWER);
    const { code, stderr } = await campaign(fewer, out, ...title);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const summary = summaryOf(out);
    expect(summary.members).toBe(31);
    expect(Object.keys(summary.lot_estimate_ht_per_year_valid_only)).toHaveLength(11);
    expect(summary.quantities_valid_only).not.toHaveProperty('VH-001');
    expect(summary.changes.join('\n')).toMatch(/Lot 12 retiré/);
    expect(summary.changes.join('\n')).toMatch(/Ahuillé : n’est plus membre/);
  });

  test('two people at once on the same campaign: one version each, no mixture', async () => {
    const title = ['--title', 'Ensemble'];
    const halved = sampleCopy({ 'besoins.csv': (text) => text.replaceAll('valide', 'brouillon') });
    const [one, two] = [place(), place()];
    const results = await Promise.all([
      campaign(sampleCopy(), one, ...title),
      campaign(halved, two, ...title),
    ]);
    expect(results.map((result) => result.code)).toEqual([0, 0]);
    expect([summaryOf(one).version, summaryOf(two).version].sort()).toEqual([1, 2]);
    expect(summaryOf(one).total_ht_per_year).toBe(expected.total_ht_per_year);
    expect(summaryOf(two).total_ht_per_year).toBe('0.00');
  });

  test('killed in the middle, the next run ends the work without doubling anything', async () => {
    const title = ['--title', 'Interrompue'];
    for (const moment of [/version 1 enregistrée/, /Documents : \d+/, /Documents : (4|5|6|7|8)\//]) {
      const running = start(
        'cli',
        ['campaign', sampleCopy(), '--out', place(), ...title],
        database.environment,
      );
      await running.until(moment).catch(() => undefined);
      running.child.kill('SIGKILL');
      await running.finished;
    }
    const out = place();
    const { code, stderr } = await campaign(sampleCopy(), out, ...title);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(summaryOf(out).files).toHaveLength(16);
    const mine = `consultation_id in (select id from consultation where title = 'Interrompue')`;
    expect(await count('dossier', mine)).toBe(1);
    expect(await count('document', `dossier_id in (select id from dossier where ${mine})`)).toBe(16);
  });
});

describe('bad input', () => {
  test('exit 2, a table, errors.csv with every fault; nothing recorded, no summary', async () => {
    const [before, out] = [await count('consultation'), place()];
    const directory = sampleCopy({
      'besoins.csv': (text) =>
        text.replace('21530054200010;VE-002;;4382;;valide', '21530054200010;VE-002;;1.234;;valide') +
        '21530130000012;"=CMD()";;-3;;valide\r\n',
      'catalogue.csv': (text) => text.replace('34927100', '34927199'),
    });
    const { code, stderr } = await campaignAlone(directory, out, '--title', 'Fautive');
    expect(code).toBe(2);
    expect(stderr).toContain('4 problèmes à corriger ; rien n’a été enregistré');
    expect(readdirSync(out)).toEqual(['errors.csv']);
    expect(
      readFileSync(join(out, 'errors.csv'), 'utf8')
        .split('\r\n')
        .map((line) => line.split(';').slice(0, 4).join(';')),
    ).toEqual([
      '\ufefffichier;ligne;colonne;valeur',
      'catalogue.csv;2;cpv;34927199',
      'besoins.csv;2;quantite_estimee;1.234',
      "besoins.csv;1222;code_article;'=CMD()",
      'besoins.csv;1222;quantite_estimee;-3',
      '',
    ]);
    expect(await count('consultation')).toBe(before);
  });

  test('a refusal leaves no summary of an earlier run, and the next success forgets none of its files', async () => {
    const [out, title] = [place(), ['--title', 'Refusée puis reprise']];
    await campaign(sampleCopy(), out, ...title);
    const before = summaryOf(out).files as { name: string }[];
    for (let refusal = 1; refusal <= 2; refusal += 1) {
      const faulty = sampleCopy({ 'catalogue.csv': (text) => text.replace('34927100', '34927199') });
      const { code, stderr } = await campaign(faulty, out, ...title);
      expect(code).toBe(2);
      expect(stderr.includes('leur summary.json devient summary.previous.json')).toBe(refusal === 1);
      const left = readdirSync(out, { recursive: true });
      expect(left).not.toContain('summary.json');
      expect(left).toEqual(expect.arrayContaining([...before.map(({ name }) => name), 'errors.csv']));
    }
    writeFileSync(join(out, 'note.txt'), 'à moi');
    const fewer = sampleCopy(FEWER);
    expect((await campaign(fewer, out, ...title)).code).toBe(0);
    const files = (summaryOf(out).files as { name: string }[]).map(({ name }) => name);
    expect(files.length).toBeLessThan(before.length);
    const left = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(out, join(entry.parentPath, entry.name)));
    expect(left.sort()).toEqual([...files, 'summary.json', 'note.txt'].sort());
  });

  test('costs that the key cannot share: nothing recorded', async () => {
    const [before, out] = [await count('consultation'), place()];
    const directory = sampleCopy({ 'besoins.csv': (text) => text.replaceAll('valide', 'hors_delai') });
    const { code } = await campaign(directory, out, '--title', 'Sans besoin', '--key', 'need');
    expect(code).toBe(2);
    expect(readFileSync(join(out, 'errors.csv'), 'utf8')).toContain('couts.csv;2;lots;;');
    expect(await count('consultation')).toBe(before);
  });

  test.each<[string[], RegExp]>([
    [['campaign'], /--out SORTIE/],
    [['campaign', '/nowhere', '--out', '/tmp/x'], /n’est pas un dossier, ou n’existe pas/],
    [['campaign', 'a', '--out', 'b', '--key', 'prix'], /choisir none, equal/],
    [['campaign', 'a', '--out', 'b', '--coordinator', '123'], /14 chiffres/],
    [['campaign', 'a', '--out', 'b', '--years', '0', '--renewals', 'x'], /--years.*\n.*--renewals/],
    [['campaign', 'a', '--out', 'b', '--clef', 'need'], /Option inconnue : --clef/],
    [['campagne'], /Commande inconnue : campagne/],
    [[], /Indiquer une commande/],
  ])('%j: exit 2 and one clear sentence', async (args, sentence) => {
    const { code, stderr } = await type(args, database.environment);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\bat .*\.js:\d/);
  });

  test('folders and files that cannot be used: exit 2 and one French sentence', async () => {
    const file = join(sampleCopy(), 'couts.csv');
    const notOut = await campaign(fileURLToPath(SAMPLE), file);
    expect([notOut.code, notOut.stderr]).toEqual([2, expect.stringContaining('ce n’est pas un dossier')]);
    // Where the system says of every new folder that it does not exist.
    const nowhere = await campaign(fileURLToPath(SAMPLE), '/proc/nulle/part');
    expect([nowhere.code, nowhere.stderr]).toEqual([
      2,
      expect.stringMatching(/^Impossible d’écrire dans \/proc\/nulle\/part : .* Choisir un autre dossier/),
    ]);
    const directory = sampleCopy();
    rmSync(join(directory, 'besoins.csv'));
    cpSync(fileURLToPath(SAMPLE), join(directory, 'besoins.csv'), { recursive: true });
    const notIn = await campaign(directory, place());
    expect([notIn.code, notIn.stderr]).toEqual([2, expect.stringContaining('c’est un dossier')]);
    const taken = place();
    mkdirSync(join(taken, 'convention.pdf'), { recursive: true });
    const notWritten = await campaignAlone(fileURLToPath(SAMPLE), taken);
    expect([notWritten.code, notWritten.stderr]).toEqual([
      1,
      expect.stringContaining('convention.pdf : c’est un dossier'),
    ]);
  });

  test('a wrong setting stops the command with one line', async () => {
    const { code, stderr } = await run('cli', ['campaign', folder, '--out', place()], { HALLE_PORT: '1' });
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(stderr).toContain('HALLE_PORT');
  });
});
