import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { migrate, sqlMigrations } from '../../src/platform/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = new DataSource({ type: 'postgres', url: database.databaseUrl, migrations: sqlMigrations() });
  await source.initialize();
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const undoAll = async (): Promise<void> => {
  for (let left = sqlMigrations().length; left > 0; left -= 1)
    await source.undoLastMigration({ transaction: 'each' });
};

/** Columns, constraints and indexes of our own tables, as PostgreSQL describes them. */
const schema = () =>
  source.query<{ description: string }[]>(
    `select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as description
       from information_schema.columns where table_schema = 'public'
     union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
       from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
     union all select indexdef from pg_indexes where schemaname = 'public'
     order by 1`,
  );

describe('migrations', () => {
  test('all down, then all up again, gives the same schema and the nomenclature back', async () => {
    const before = await schema();
    expect(before.length).toBeGreaterThan(80);
    await undoAll();
    expect((await schema()).filter((row) => !row.description.includes('migrations'))).toEqual([]);
    expect(await migrate(database.databaseUrl)).toHaveLength(sqlMigrations().length);
    expect(await schema()).toEqual(before);
    const [cpv] = await source.query<{ count: number }[]>('select count(*)::int as count from cpv_code');
    expect(cpv!.count).toBe(9_454);
  });

  test('several processes migrating at once: one does the work', async () => {
    await undoAll();
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.databaseUrl)));
    expect(applied.flat()).toHaveLength(sqlMigrations().length);
  });

  test('a guard that is cut off while it waits fails the migration, never the process', async () => {
    const blocker = source.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('lock table migrations');
    const migrating = migrate(database.databaseUrl).then(
      () => 'done',
      (error: unknown) => String(error),
    );
    const cut = async (): Promise<boolean> => {
      const rows = await source.query<unknown[]>(
        `select pg_terminate_backend(guard.pid) from pg_stat_activity guard
         where guard.datname = current_database() and guard.application_name = 'halle migration'
           and guard.state = 'idle' and exists (
           select from pg_locks where locktype = 'relation' and relation = 'migrations'::regclass and not granted)`,
      );
      return rows.length > 0;
    };
    while (!(await cut())) await sleep(20);
    await blocker.rollbackTransaction();
    await blocker.release();
    expect(await migrating).toContain('terminating connection');
    expect(await migrate(database.databaseUrl)).toEqual([]);
  });

  test('every constraint has a name of ours', async () => {
    const rows = await source.query<{ conname: string }[]>(
      `select conname from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
       and conrelid::regclass::text <> 'migrations' and conname ~ '_(pkey|key|fkey|check|not_null)\\d*$'`,
    );
    expect(rows).toEqual([]);
  });
});
