import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { migrate, sqlMigrations } from '../../src/platform/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';

const ID = '019ab6f0-0000-7000-8000-00000000000';

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

  test('codes that differ by their capitals alone are told apart before they may not coexist', async () => {
    const known = async () =>
      (
        await source.query<{ known: boolean }[]>(`select to_regproc('item_code_key') is not null as known`)
      )[0]!.known;
    while (await known()) await source.undoLastMigration({ transaction: 'each' });
    await source.query(`
      insert into buyer (id, siret, name) values ('${ID}1', '21530130000012', 'Laval');
      insert into purchasing_group (id, coordinator_id, title) values ('${ID}2', '${ID}1', 'Achats');
      insert into consultation (id, group_id, title, firm_years, renewals) values ('${ID}3', '${ID}2', 'Sel', 1, 3);
      insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
        values ('${ID}4', '${ID}3', 1, 'Sel', '34927100', 'fournitures', 'ordinaire');
      insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
        select gen_random_uuid(), '${ID}3', '${ID}4', place, code, 'Sel', 'sac', '1', 1, 20, ''
        from unnest(array['VH-1', 'vh-1', 'Vh-1', 'VH-2']) with ordinality as given (code, place)`);
    await migrate(database.databaseUrl);
    const codes = await source.query<{ code: string }[]>('select code from item order by position');
    expect(codes.map(({ code }) => code)).toEqual(['VH-1', 'vh-1~3', 'Vh-1~2', 'VH-2']);
    await source.query(
      'delete from item; delete from lot; delete from consultation; delete from purchasing_group; delete from buyer',
    );
  });

  test('every constraint has a name of ours', async () => {
    const rows = await source.query<{ conname: string }[]>(
      `select conname from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
       and conrelid::regclass::text <> 'migrations' and conname ~ '_(pkey|key|fkey|check|not_null)\\d*$'`,
    );
    expect(rows).toEqual([]);
  });
});
