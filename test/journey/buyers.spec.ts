import pg from 'pg';
import { endPrograms, run, type } from '../support/programs.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

/** A test starts the program several times, each of them slow on a busy machine. */
const LONG = 300_000;

/** What an operator types about buyers, with the real program. */
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ PORT: '0' });
});
afterAll(async () => {
  endPrograms();
  await database.drop();
});

const halle = (...args: string[]) => type(args, database.environment);
/** In a process of its own, that ends by itself. */
const halleAlone = (...args: string[]) => run('cli', args, database.environment);
async function query<T>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

describe('halle buyers', () => {
  test(
    'says what can be done, and every fault of a command',
    async () => {
      const bare = await halle('buyers');
      expect([bare.code, bare.stderr.split('\n')[0]]).toEqual([2, 'Indiquer ce qu’il faut faire : import.']);
      expect((await halle('buyers', '--help')).stdout).toContain('import --epci SIREN');
      for (const [args, sentence] of [
        [[], 'Indiquer --epci.'],
        [
          ['--epci', '200083393'],
          '--epci : « 200083393 » : la clé de contrôle du SIREN est fausse ; vérifier le SIREN : un chiffre est faux.',
        ],
        [
          ['--epci', 'Laval'],
          '--epci : « Laval » : le SIREN doit avoir 9 chiffres ; recopier les 9 chiffres du SIREN.',
        ],
        [
          ['--epci', '215300070'],
          'Aucun EPCI à fiscalité propre n’a le SIREN 215300070 au référentiel national 2026\u00a0: le chercher par son nom.',
        ],
        [
          ['--epci', '200083392', '--as', 'inconnue@mairie.example'],
          'Aucun compte à l’adresse inconnue@mairie.example. « halle user list » les montre.',
        ],
      ] as const) {
        const { code, stderr } = await halle('buyers', 'import', ...args);
        expect([args, code, stderr.split('\n')[0]]).toEqual([args, 2, sentence]);
      }
      expect(await query('select id from buyer')).toEqual([]);
    },
    LONG,
  );

  test(
    'imports an EPCI and its communes in the name of who may, twice without a change',
    async () => {
      const [anne, claire] = ['anne@mairie.example', 'claire@agglo.example'];
      await halle('user', 'create', '--email', anne, '--name', 'Anne Leroy');
      const refused = await halle('buyers', 'import', '--epci', '200083392', '--as', anne);
      expect([refused.code, refused.stderr.split('\n')[0]]).toEqual([
        2,
        `${anne} ne peut pas enregistrer d’acheteur ; rien n’a été enregistré. Un opérateur lui donne ce droit :`,
      ]);
      await halle(
        ...['user', 'create', '--email', claire, '--name', 'Claire Martin'],
        ...['--role', 'procurement_officer', '--buyer', '20008339200015'],
      );
      const [first, second] = await Promise.all(
        [1, 2].map(() => halle('buyers', 'import', '--epci', '200 083 392', '--as', claire)),
      );
      expect([
        first!.code,
        second!.code,
        [first, second].map((one) => one!.stderr.split('\n')[0]).sort(),
      ]).toEqual([
        0,
        0,
        [
          'Référentiel national 2026 : 0 acheteur créé, 0 complété, 35 inchangés.',
          'Référentiel national 2026 : 34 acheteurs créés, 1 complété, 0 inchangé.',
        ],
      ]);
      const made = [first!, second!].find((one) => one.stderr.includes('34 acheteurs'))!.stderr;
      expect(made).toContain('  créé       Saint-Ouën-des-Toits (53243)\n');
      expect(made).toContain('  complété   CA Laval Agglomération (200083392)\n');
      expect(made).toContain('SIRET : le référentiel n’en donne pas ; les compléter avant l’adhésion.');
      const lines = () => query<{ n: string }>('select count(*) as n from journal_entry');
      const before = await lines();
      const again = await halleAlone('buyers', 'import', '--epci', '200083392');
      expect([again.code, again.stderr]).toEqual([
        0,
        'Référentiel national 2026 : 0 acheteur créé, 0 complété, 35 inchangés.\n',
      ]);
      expect(await lines()).toEqual(before);
      expect(
        await query(
          `select kind, count(*)::int as n, count(siret)::int as sirets,
                (select count(*)::int from buyer_population p join buyer o on o.id = p.buyer_id where o.kind = buyer.kind) as figures
         from buyer group by kind order by kind`,
        ),
      ).toEqual([
        { kind: 'commune', n: 34, sirets: 0, figures: 68 },
        { kind: 'epci', n: 1, sirets: 1, figures: 2 },
      ]);
    },
    LONG,
  );
});
