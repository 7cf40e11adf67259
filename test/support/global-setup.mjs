import { join } from 'node:path';
import pg from 'pg';
import { PROJECT_ROOT, readConfig } from '../../dist/platform/config/config.js';
import { migrate } from '../../dist/platform/database/migrations.js';
import { acquireCluster } from '../../dist/platform/embedded/cluster.js';
import { prepareQueue } from '../../dist/platform/jobs/queue.js';

/**
 * One server and one migrated template for the whole run; each test file works on its own clone. On the compiled
 * program: Jest loads this file before it transforms anything.
 */
export default async function setUp() {
  const given = process.env.DATABASE_URL;
  const cluster = given ? undefined : await acquireCluster(join(PROJECT_ROOT, '.halle', 'test'));
  const serverUrl = cluster?.databaseUrl ?? given;
  if (cluster) await spareTheDisk(serverUrl);
  const template = `halle_template_${process.pid}`;
  await administer(serverUrl, `create database ${template} template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${template}`;
  const databaseUrl = url.toString();
  await migrate(databaseUrl);
  await prepareQueue({ config: readConfig({}), databaseUrl });
  process.env.TEST_SERVER_URL = serverUrl;
  process.env.TEST_TEMPLATE_DATABASE = template;
  globalThis.releaseTestServer = async () => {
    await administer(serverUrl, `drop database ${template} with (force)`);
    await cluster?.release();
  };
}

/**
 * The embedded server of a run of tests, and no other: what it holds is thrown away after the run, so that it need not
 * outlive a failure of the machine. On a slow disk the run takes half the time.
 */
async function spareTheDisk(serverUrl) {
  for (const setting of ['fsync', 'full_page_writes'])
    await administer(serverUrl, `alter system set ${setting} = off`);
  await administer(serverUrl, 'select pg_reload_conf()');
}

async function administer(connectionString, statement) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
