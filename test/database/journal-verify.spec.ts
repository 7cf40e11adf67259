import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Journal } from '../../src/platform/journal/journal.js';
import { endPrograms, type Finished, run, type } from '../support/programs.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let source: DataSource;
let folder: string;
const [GROUP, OTHER, BUYER] = [randomUUID(), randomUUID(), randomUUID()];
const SIRET = '21530130000012';

beforeAll(async () => {
  database = await createTestDatabase();
  source = new DataSource({ type: 'postgres', url: database.databaseUrl });
  await source.initialize();
  folder = mkdtempSync(join(tmpdir(), 'halle-journal-'));
  await source.query(`insert into buyer (id, siret, name) values ($1, $2, 'Laval')`, [BUYER, SIRET]);
});
afterAll(async () => {
  endPrograms();
  await source.destroy();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const journal = (...args: string[]): Promise<Finished> => type(['journal', ...args], database.environment);
/** In a process of its own, that ends by itself. */
const journalAlone = (...args: string[]): Promise<Finished> =>
  run('cli', ['journal', ...args], database.environment);
const write = (groupId: string | null, count: number) =>
  source.transaction((tx) =>
    new Journal().write(
      tx,
      { ...OPERATOR, onBehalfOf: BUYER },
      new Date('2026-11-25T09:31:58Z'),
      Array.from({ length: count }, (_, i) => ({
        groupId,
        buyerId: BUYER,
        subject: 'membership',
        subjectId: `${i}`,
        key: 'groups.answer',
        before: null,
        after: { resolutionNumber: `2026-${i}` },
      })),
    ),
  );

/** What whoever administers the database can do, triggers put aside; undone after `check`. */
async function tampered(statements: string[], check: () => Promise<void>): Promise<void> {
  const tables = ['journal_entry', 'journal_chain'];
  for (const table of tables) {
    await source.query(`create table ${table}_copy as table ${table}`);
    await source.query(`alter table ${table} disable trigger user`);
  }
  try {
    for (const statement of statements) await source.query(statement);
    await check();
  } finally {
    for (const table of tables) {
      await source.query(`delete from ${table}`);
      await source.query(`insert into ${table} table ${table}_copy`);
      await source.query(`drop table ${table}_copy`);
      await source.query(`alter table ${table} enable trigger user`);
    }
    await source.query(`alter table journal_entry enable always trigger journal_entry_is_append_only`);
    await source.query(`alter table journal_chain enable always trigger journal_chain_is_append_only`);
    await source.query(`alter table journal_chain enable always trigger journal_chain_follows_its_lines`);
  }
}

describe('halle journal verify', () => {
  const note = () => join(folder, 'note.json');
  const where = `where chain = '${GROUP}' and position`;
  const head = (position: number) =>
    `update journal_chain set (position, hash) = (select position, hash from journal_entry ${where} = ${position}) where chain = '${GROUP}'`;

  test('an empty journal, then a sound one: exit 0, and the heads noted', async () => {
    expect(await journal('verify')).toMatchObject({
      code: 0,
      stderr: 'Journal intact : 0 ligne, 0 chaîne.\n',
    });
    await write(null, 1_200);
    await write(GROUP, 9);
    await write(OTHER, 1);
    const { code, stderr } = await journalAlone('verify', '--note', note());
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `Journal intact : 1\u202f210 lignes, 3 chaînes.\nFin de chaque chaîne notée dans ${note()}.\n`,
    });
    expect(JSON.parse(readFileSync(note(), 'utf8')).chains).toHaveLength(3);
    expect(await journal('verify', '--group', GROUP)).toMatchObject({
      code: 0,
      stderr: 'Journal intact : 9 lignes, 1 chaîne.\n',
    });
    await write(GROUP, 2);
    expect(await journal('verify', '--known', note())).toMatchObject({ code: 0 });
  });

  test.each<[string, string[], string[]]>([
    [
      'an altered line',
      [`update journal_entry set after = '{"resolutionNumber": "2026-9"}' ${where} = 4`],
      [`Groupement ${GROUP}, ligne 4 : modifiée, son contenu ne donne plus son empreinte.`],
    ],
    [
      'a change of actor',
      [
        `update journal_entry set actor_name = 'autre' where chain = '${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}' and position = 1100`,
      ],
      ['Chaîne de l’installation, ligne 1100 : modifiée, son contenu ne donne plus son empreinte.'],
    ],
    [
      'removed lines',
      [`delete from journal_entry ${where} in (5, 6)`],
      [`Groupement ${GROUP}, lignes 5 à 6 : supprimées.`],
    ],
    [
      'a truncation that forgot the head',
      [`delete from journal_entry ${where} = 11`],
      [`Groupement ${GROUP}, ligne 11 : supprimée.`],
    ],
    [
      'a line rewritten with its hash',
      [
        `update journal_entry set subject = 'autre' ${where} = 7`,
        `update journal_entry set hash = journal_entry_hash(journal_entry) ${where} = 7`,
      ],
      [`Groupement ${GROUP}, ligne 8 : ne suit pas la précédente`],
    ],
    [
      'a head moved back',
      [head(10)],
      [`Groupement ${GROUP}, ligne 11 : c’est la dernière, et ce n’est pas celle que la base a notée`],
    ],
  ])('%s: exit 1 and one sentence', async (_, statements, sentences) => {
    await tampered(statements, async () => {
      const { code, stderr } = await journal('verify', '--note', join(folder, 'no.json'));
      expect(code).toBe(1);
      const lines = stderr.trim().split('\n');
      expect(lines).toHaveLength(sentences.length + 1);
      for (const [i, sentence] of sentences.entries()) expect(lines[i]).toContain(sentence);
      expect(lines.at(-1)).toBe('Journal altéré : un défaut. Rien n’a été noté.');
      // The fault of one group is not that of another.
      expect((await journal('verify', '--group', OTHER)).code).toBe(0);
    });
    expect((await journal('verify')).code).toBe(0);
  });

  test('a truncation with a rewritten head, a chain that vanished: only what was noted elsewhere shows it', async () => {
    await tampered([`delete from journal_entry ${where} > 6`, head(6)], async () => {
      expect((await journal('verify')).code).toBe(0);
      const { code, stderr } = await journal('verify', '--known', note());
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining(`Groupement ${GROUP}, ligne 9 : elle avait été notée, elle n’y est plus.`),
      ]);
      expect((await journal('verify', '--known', note(), '--group', OTHER)).code).toBe(0);
    });
    await tampered(['delete from journal_entry', 'delete from journal_chain'], async () => {
      expect((await journal('verify')).code).toBe(0);
      const { code, stderr } = await journalAlone('verify', '--known', note());
      expect([code, stderr]).toEqual([1, expect.stringContaining('Journal altéré : 3 défauts.')]);
    });
  });

  test('after the truth was put back, the journal goes on', async () => {
    await write(GROUP, 1);
    expect((await journal('verify', '--known', note())).code).toBe(0);
  });
});

describe('halle journal export', () => {
  test('writes what concerns a buyer', async () => {
    const out = join(folder, 'new', 'laval.csv');
    const { code, stderr } = await journalAlone('export', '--buyer', '215 301 300 00012', '--out', out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `1\u202f213 lignes écrites dans ${out}.\n` });
    const lines = readFileSync(out, 'utf8').split('\r\n');
    expect(lines).toHaveLength(1_215);
    expect(lines[1]).toMatch(
      /^2026-11-25 10:31:58;opérateur essai;Laval \(21530130000012\);Laval \(21530130000012\);adhésion 0;réponse au groupement;;délibération n°\u00a0: 2026-0;ligne de commande, par délégation;[\w-]+;1;[0-9a-f]{64}$/,
    );
  });
});

test.each<[string[], RegExp]>([
  [[], /Indiquer verify ou export/],
  [['vérifier'], /Action inconnue : journal vérifier/],
  [['verify', '--group', 'x'], /--group : « x » n’est pas l’identifiant/],
  [['verify', '--group', randomUUID()], /Le journal ne dit rien d’un groupement/],
  [['verify', '--known', '/nowhere'], /\/nowhere ne peut pas être lu : il n’existe pas/],
  [['verify', '--known', 'package.json'], /n’a pas été écrit par halle journal verify --note/],
  [['verify', '--clef', 'x'], /Option inconnue : --clef/],
  [['verify', 'x'], /Argument en trop : x/],
  [['export'], /--buyer SIRET.*\n.*--out FICHIER/],
  [['export', '--buyer', '123', '--out', 'x'], /--buyer : « 123 »/],
  [['export', '--buyer', '20008339200015', '--out', 'x'], /Aucun acheteur n’a le SIRET 20008339200015/],
])('journal %j: exit 2 and one clear sentence', async (args, sentence) => {
  const { code, stderr } = await journal(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\bat .*\.js:\d/);
});
