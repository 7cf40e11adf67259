import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { readConfig, type RuntimeConfig } from '../../src/platform/config/config.js';

/** Set by the global set-up: the PostgreSQL server of this run, and a migrated database to clone. */
const SERVER = 'TEST_SERVER_URL';
const TEMPLATE = 'TEST_TEMPLATE_DATABASE';

const databaseNamed = (serverUrl: string, name: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
};

async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export interface TestDatabase extends RuntimeConfig {
  /** What a child process needs in its environment to work on this database and queue. */
  readonly environment: Record<string, string>;
  drop(): Promise<void>;
}

/** A clone of the migrated template, and a queue of its own, on whatever services this run uses. */
export async function createTestDatabase(settings: Record<string, string> = {}): Promise<TestDatabase> {
  const serverUrl = process.env[SERVER]!;
  const name = `halle_test_${randomUUID().replaceAll('-', '')}`;
  await administer(serverUrl, `create database ${name} template ${process.env[TEMPLATE]}`);
  const databaseUrl = databaseNamed(serverUrl, name);
  const environment: Record<string, string> = {
    DATABASE_URL: databaseUrl,
    HALLE_JOB_QUEUE: name.replaceAll('_', '-'),
    HALLE_JOB_LOCK_SECONDS: '3',
    ...(process.env['REDIS_URL'] ? { REDIS_URL: process.env['REDIS_URL'] } : {}),
    ...settings,
  };
  return {
    config: readConfig(environment),
    databaseUrl,
    environment,
    drop: () => administer(serverUrl, `drop database ${name} with (force)`),
  };
}
