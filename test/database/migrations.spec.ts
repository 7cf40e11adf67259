import { randomUUID } from 'node:crypto';
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
    const guards = () =>
      source.query<unknown[]>(
        `select from pg_stat_activity where datname = current_database() and application_name = 'halle migration'`,
      );
    while ((await guards()).length > 0) await sleep(20);
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

describe('versions of bulletins and catalogues', () => {
  const [consultationId, other, group, coordinator, member, leaver] = Array.from({ length: 6 }, () =>
    randomUUID(),
  ) as [string, string, string, string, string, string];
  const lots = [randomUUID(), randomUUID()] as const;
  const forms = async () =>
    new Map(
      (
        await source.query<{ buyerId: string; version: number }[]>(
          `select buyer_id as "buyerId", version from participation_form where consultation_id = $1`,
          [consultationId],
        )
      ).map(({ buyerId, version }) => [buyerId, version]),
    );
  const catalogue = async (id = consultationId): Promise<number | undefined> =>
    (
      await source.query<{ version: number }[]>(
        `select version from catalogue_version where consultation_id = $1`,
        [id],
      )
    )[0]?.version;
  const exists = async (): Promise<boolean> =>
    (
      await source.query<{ known: boolean }[]>(
        `select to_regclass('participation_form') is not null as known`,
      )
    )[0]!.known;

  test('what was there before them is at its first version; what was not, at none', async () => {
    while (await exists()) await source.undoLastMigration({ transaction: 'each' });
    await source.query(
      `insert into buyer (id, siret, name) values
         ($1, '20008339200015', 'Laval Agglomération'), ($2, '21530054200010', 'Changé'), ($3, '21530130000012', 'Laval')`,
      [coordinator, member, leaver],
    );
    await source.query(`insert into purchasing_group (id, coordinator_id, title) values ($1, $2, 'Voirie')`, [
      ...[group, coordinator],
    ]);
    await source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals)
       values ($1, $3, 'Voirie 2027', 1, 3), ($2, $3, 'Voirie 2028', 1, 3)`,
      [consultationId, other, group],
    );
    await source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $3, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande'),
              ($2, $3, 2, 'Gants', '18141000', 'fournitures', 'bons_de_commande')`,
      [...lots, consultationId],
    );
    await source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id)
       values ($1, $2, $4), ($1, $3, $4), ($1, $2, $5)`,
      [consultationId, ...lots, member, leaver],
    );
    await migrate(database.databaseUrl);
    expect(await forms()).toEqual(
      new Map([
        [member, 1],
        [leaver, 1],
      ]),
    );
    expect([await catalogue(), await catalogue(other)]).toEqual([1, undefined]);
  });

  test('grow with each change, whoever makes it, of that bulletin or that catalogue alone', async () => {
    await source.query(`delete from lot_participation where lot_id = $1 and buyer_id = $2`, [
      lots[0],
      leaver,
    ]);
    expect(await forms()).toEqual(
      new Map([
        [member, 1],
        [leaver, 2],
      ]),
    );
    await source.query(`update lot_participation set form_signed_on = '2026-11-20' where lot_id = $1`, [
      lots[1],
    ]);
    expect(await forms()).toEqual(
      new Map([
        [member, 2],
        [leaver, 2],
      ]),
    );
    await source.query(`update lot set reserved_cluster_id = null, version = version + 1`);
    expect(await catalogue()).toBe(1);
    await source.query(`update lot set title = 'Gants de travail' where id = $1`, [lots[1]]);
    expect(await catalogue()).toBe(2);
    await source.query(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
       values ($1, $2, $3, 1, 'S-1', 'Sel', 'tonne', '1', 92, 20, '6068')`,
      [randomUUID(), consultationId, lots[0]],
    );
    await source.query(`update item set unit_price = 95 where consultation_id = $1`, [consultationId]);
    await source.query(`delete from item where consultation_id = $1`, [consultationId]);
    expect([await catalogue(), await catalogue(other)]).toEqual([5, undefined]);
  });

  test('go with their consultation, and are never less than one', async () => {
    for (const table of ['participation_form', 'catalogue_version'])
      await expect(source.query(`update ${table} set version = 0`)).rejects.toMatchObject({
        driverError: { constraint: `${table.replace(/_version$/, '')}_version_is_positive` },
      });
    await source.transaction(async (tx) => {
      await tx.query(`delete from lot_participation where consultation_id = $1`, [consultationId]);
      await tx.query(`delete from lot where consultation_id = $1`, [consultationId]);
      await tx.query(`delete from consultation where id = $1`, [consultationId]);
    });
    expect([[...(await forms())], await catalogue()]).toEqual([[], undefined]);
  });
});
