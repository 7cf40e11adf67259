import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { endPrograms, run, start, type } from '../support/programs.js';
import { SAMPLE } from '../support/sample-dossier.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

/** What an operator types, with the real program. */
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase({ PORT: '0' });
  folder = mkdtempSync(join(tmpdir(), 'halle-accounts-'));
});
afterAll(async () => {
  endPrograms();
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const halle = (...args: string[]) => type(args, database.environment);
/** In a process of its own, that ends by itself. */
const halleAlone = (...args: string[]) => run('cli', args, database.environment);
async function query<T>(sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as T[];
  } finally {
    await client.end();
  }
}

const COORDINATOR = '20008339200015';
const CLAIRE = 'claire.martin@agglo-laval.example';

describe('halle user, token, person', () => {
  test('says what can be done, and every fault of a command', async () => {
    for (const [name, words] of [
      ['user', 'create, invite, grant, revoke, close, list'],
      ['token', 'create, list, revoke'],
      ['person', 'export, erase'],
    ] as const) {
      const { code, stderr } = await halle(name);
      expect([name, code, stderr.split('\n')[0]]).toEqual([
        name,
        2,
        `Indiquer ce qu’il faut faire : ${words}.`,
      ]);
      expect((await halle(name, '--help')).stdout).toContain(`Usage : halle ${name}`);
    }
    const { code, stderr } = await halle('user', 'create', 'trop');
    expect(code).toBe(2);
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      'Argument en trop : trop.',
      'Indiquer --email.',
      'Indiquer --name.',
    ]);
    expect((await halle('user', 'create', '--email', 'claire', '--name', 'Claire')).stderr).toContain(
      '« claire » n’est pas une adresse électronique.',
    );
    expect((await halle('user', 'create', '--mail', 'x')).stderr).toContain('Option inconnue : --mail.');
  });

  test('creates an account with a role on a buyer that the national reference knows', async () => {
    const created = await halleAlone(
      ...['user', 'create', '--email', CLAIRE, '--name', 'Claire Martin'],
      ...['--role', 'procurement_officer', '--buyer', COORDINATOR],
    );
    expect([created.code, created.stderr]).toEqual([
      0,
      `Compte créé : ${CLAIRE}, acheteur du coordonnateur.\n`,
    ]);
    const again = await halleAlone('user', 'create', '--email', CLAIRE, '--name', 'Claire');
    expect([again.code, again.stderr]).toEqual([2, 'Un compte existe déjà à cette adresse.\n']);
    const nowhere = await halle('user', 'grant', CLAIRE, '--role', 'legal_validator', '--buyer', COORDINATOR);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      2,
      'Le rôle «\u00a0valideur juridique\u00a0» se tient sur un groupement\u00a0: indiquer lequel.\n',
    ]);
    await halle('user', 'grant', CLAIRE, '--role', 'finance_officer', '--buyer', COORDINATOR);
    const revoked = await halle(
      'user',
      'revoke',
      CLAIRE,
      '--role',
      'finance_officer',
      '--buyer',
      COORDINATOR,
    );
    expect([revoked.code, revoked.stderr]).toEqual([0, `${CLAIRE} : n’est plus agent des finances.\n`]);
    expect((await halle('user', 'list')).stderr).toMatch(
      /^claire\.martin@agglo-laval\.example {2}Claire Martin {2}acheteur du coordonnateur \(.*Laval Agglomération\)\n$/,
    );
  });
});

describe('the sample campaign, by a named person', () => {
  const campaign = (...args: string[]) =>
    halle(
      ...['campaign', fileURLToPath(SAMPLE), '--out', join(folder, 'out'), '--coordinator', COORDINATOR],
      ...args,
    );

  test('is refused to who has no right to it, and nothing is recorded', async () => {
    await halle('user', 'create', '--email', 'anne@mairie.example', '--name', 'Anne Leroy');
    const refused = await campaign('--as', 'anne@mairie.example');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('anne@mairie.example ne peut pas enregistrer de campagne pour');
    expect(refused.stderr).toContain(
      `halle user grant anne@mairie.example --role procurement_officer --buyer ${COORDINATOR}`,
    );
    expect(await query('select id from purchasing_group')).toEqual([]);
    expect((await campaign('--as', 'inconnue@mairie.example')).stderr).toContain('Aucun compte à l’adresse');
  });

  test('leaves its trace in the journal, by the person’s id and never its name', async () => {
    const done = await campaign('--as', CLAIRE);
    expect([done.code, done.stderr]).toMatchObject([0, expect.stringContaining('fichiers écrits')]);
    const [claire] = await query<{ id: string }>('select id from person where email = $1', [CLAIRE]);
    const [group] = await query<{ id: string }>('select id from purchasing_group');
    const acts = await query<{ key: string; count: number }>(
      `select key, count(*)::int as count from journal_entry
       where group_id = $1 and actor_kind = 'person' and actor_id = $2 and channel = 'cli' and request_id is not null
       group by key`,
      [group!.id, claire!.id],
    );
    const counts = Object.fromEntries(acts.map(({ key, count }) => [key, count]));
    expect(counts).toMatchObject({ 'groups.open': 1, 'groups.answer': 35, 'accounts.give-role': 1 });
    const [{ text }] = (await query<{ text: string }>(
      `select string_agg(e::text, ' ') as text from journal_entry e`,
    )) as [{ text: string }];
    expect(text).not.toMatch(/Claire|claire\.martin/);
    // Whoever opens a group conducts it.
    expect(
      await query(
        `select role from role_grant where person_id = $1 and group_id = $2 and revoked_at is null`,
        [claire!.id, group!.id],
      ),
    ).toEqual([{ role: 'procurement_officer' }]);
    expect((await halle('journal', 'verify')).stderr).toMatch(/^Journal intact : /);
  });
});

describe('a token made at the console', () => {
  test('is alone on standard output, works, is listed and revoked', async () => {
    const made = await halleAlone(
      ...['token', 'create', CLAIRE, '--label', 'tableau de bord', '--keys', 'group.read,group.journal.read'],
      ...['--days', '30'],
    );
    expect(made.stdout).toMatch(/^halle_[\w-]{43}\n$/);
    const [group] = await query<{ id: string }>('select id from purchasing_group');
    const server = start('main', [], database.environment);
    const url = (await server.until(/"url":"(http[^"]+)"/))[1]!;
    const read = async () =>
      (
        await fetch(`${url}/api/v1/groups/${group!.id}`, {
          headers: { Authorization: `Bearer ${made.stdout.trim()}` },
        })
      ).status;
    expect(await read()).toBe(200);
    const { stderr } = await halle('token', 'list', CLAIRE);
    const [, id] = /^([0-9a-f-]{36}) {2}tableau de bord {2}/.exec(stderr)!;
    expect(await halle('token', 'revoke', CLAIRE, id!)).toMatchObject({
      code: 0,
      stderr: 'Jeton révoqué.\n',
    });
    expect(await read()).toBe(401);
    server.child.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    expect((await halle('token', 'create', CLAIRE, '--label', 'x', '--keys', 'tout')).stderr).toContain(
      '--keys : tout inconnu',
    );
  });
});

describe('the first start', () => {
  test('shows on the console a link that makes the administrator, once; never in the technical journal', async () => {
    const first = start('main', [], database.environment);
    const [, url, secret] = await first.until(/(http\S+)\/api\/v1\/one-time-links\/([\w-]{43})/);
    const described = await (await fetch(`${url}/api/v1/one-time-links/${secret}`)).json();
    expect(described).toMatchObject({ purpose: 'administrator', createsAccount: true });
    const made = await fetch(`${url}/api/v1/one-time-links/${secret}/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Ada Petit', email: 'ada@agglo-laval.example' }),
    });
    expect(made.status).toBe(201);
    first.child.kill('SIGTERM');
    const { stdout } = await first.finished;
    expect(stdout).not.toContain(secret);
    expect(stdout).toContain('/api/v1/one-time-links/…');
    const second = start('main', [], database.environment);
    await second.until(/http ready/);
    second.child.kill('SIGTERM');
    expect((await second.finished).stderr).toBe('');
  });
});

describe('a person’s data', () => {
  test('is exported whole, then erased; what it did stays, and the journal is intact', async () => {
    const out = join(folder, 'claire.json');
    const lea = 'lea@mairie.example';
    const write = (id: string, to: string, text: string) =>
      query(
        `insert into mail (id, kind, to_address, subject, body, message_id, written_at)
         values ($1, 'needs.reminder', $2, $3, $3, $1::uuid::text, now())`,
        [id, to, text],
      );
    await write('019ab6f0-0000-7000-8000-000000000001', CLAIRE, 'Bonjour Claire Martin');
    await write('019ab6f0-0000-7000-8000-000000000002', lea, 'Bonjour Léa Petit');
    expect((await halleAlone('person', 'export', CLAIRE, '--out', out)).code).toBe(0);
    const data = JSON.parse(readFileSync(out, 'utf8')) as {
      person: object;
      roles: object[];
      tokens: object[];
      acts: object[];
      mails: object[];
    };
    expect(data.mails).toMatchObject([{ toAddress: CLAIRE, body: 'Bonjour Claire Martin' }]);
    expect(data.person).toMatchObject({ email: CLAIRE, name: 'Claire Martin' });
    expect(data.roles).toHaveLength(2);
    expect(data.tokens).toHaveLength(1);
    expect(data.acts.length).toBeGreaterThan(40);
    expect(readFileSync(out, 'utf8')).not.toMatch(/secret|argon2/);

    expect((await halle('person', 'erase', CLAIRE, '--confirm', 'autre')).code).toBe(2);
    expect((await halle('person', 'erase', CLAIRE, '--confirm', CLAIRE)).code).toBe(0);
    const tables = await query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const rows = await query<{ text: string }>(
        `select t::text as text from "${name}" t where t::text ilike '%claire%martin%'`,
      );
      expect([name, rows]).toEqual([name, []]);
    }
    expect((await halle('journal', 'verify')).stderr).toMatch(/^Journal intact : /);
    expect((await halle('user', 'list')).stderr).not.toContain('Claire');
    // Someone who was invited and never came has the same rights.
    await halle('user', 'invite', '--email', lea, '--name', 'Léa Petit', '--role', 'administrator');
    expect((await halle('person', 'export', lea, '--out', out)).code).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      links: [{ email: lea, name: 'Léa Petit' }],
      mails: [{ toAddress: lea, body: 'Bonjour Léa Petit' }],
    });
    expect((await halle('person', 'erase', lea, '--confirm', lea)).stderr).toContain('Adresse effacée');
    expect(await query('select id from one_time_link where email is not null')).toEqual([]);
    expect(await query('select id from mail where coalesce(to_address, subject, body) is not null')).toEqual(
      [],
    );
    expect((await halle('person', 'export', CLAIRE, '--out', out)).stderr).toContain(
      'Aucun compte à l’adresse',
    );
  });
});
