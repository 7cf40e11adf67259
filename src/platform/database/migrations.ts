import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { PROJECT_ROOT } from '../config/config.js';
import { withConnection } from './connection.js';

const DIRECTORY = join(PROJECT_ROOT, 'migrations');
/** Any constant: it only has to be the same for every process that migrates this database. */
const MIGRATION_LOCK = 72_411_533;

type MigrationClass = new () => MigrationInterface;

/**
 * The hand-written `.sql` pairs of `migrations/` as TypeORM migrations, oldest first.
 * A name such as `20261123093000-needs` gives `Needs20261123093000`: TypeORM orders by the trailing digits.
 */
export function sqlMigrations(): MigrationClass[] {
  return readdirSync(DIRECTORY)
    .filter((file) => file.endsWith('.up.sql'))
    .sort()
    .map((file) => {
      const [, stamp = '', words = ''] = /^(\d{14})-([a-z0-9-]+)\.up\.sql$/.exec(file) ?? [];
      if (stamp === '') throw new Error(`migrations/${file}: expected 14 digits, a dash, words, .up.sql`);
      const sql = (direction: 'up' | 'down'): string =>
        readFileSync(join(DIRECTORY, file.replace(/\.up\.sql$/, `.${direction}.sql`)), 'utf8');
      const name = words.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase()) + stamp;
      return class implements MigrationInterface {
        readonly name = name;
        async up(runner: QueryRunner): Promise<void> {
          await runner.query(sql('up'));
        }
        async down(runner: QueryRunner): Promise<void> {
          await runner.query(sql('down'));
        }
      };
    });
}

/**
 * Brings the database up to date. Several processes may start at once: one migrates, the others wait, then find
 * nothing to do.
 *
 * @returns the names applied
 */
export function migrate(databaseUrl: string): Promise<string[]> {
  return withConnection(databaseUrl, 'halle migration', async (guard) => {
    const dataSource = new DataSource({ type: 'postgres', url: databaseUrl, migrations: sqlMigrations() });
    try {
      await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await dataSource.initialize();
      const applied = await dataSource.runMigrations({ transaction: 'each' });
      return applied.map((migration) => migration.name);
    } finally {
      if (dataSource.isInitialized) await dataSource.destroy();
    }
  });
}
