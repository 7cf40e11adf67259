// A program that uses the cluster of the home given as argument, as another process of Halle would.
// It is told what to do on its standard input, one word a line, and answers on its standard output, one JSON a line.
import { createInterface } from 'node:readline';
import pg from 'pg';
import { acquireCluster } from '../../dist/platform/embedded/cluster.js';

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const cluster = await acquireCluster(process.argv[2], {
  log: (message) => process.stderr.write(`${message}\n`),
});

const work = {
  async insert() {
    const client = new pg.Client(cluster.databaseUrl);
    client.on('error', () => undefined);
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS acknowledged (n integer PRIMARY KEY)');
    for (let n = 1; ; n++) {
      await client.query('INSERT INTO acknowledged VALUES ($1)', [n]);
      say({ inserted: n });
    }
  },
  async release() {
    await cluster.release();
    say({ released: true });
    process.stdin.unref();
  },
};

process.on('SIGINT', async () => {
  const client = new pg.Client(cluster.databaseUrl);
  await client.connect();
  const { rows } = await client.query('SELECT 42 AS answer');
  await client.end();
  say(rows[0]);
  await work.release();
});

createInterface({ input: process.stdin }).on('line', (word) => void work[word]());
say({ databaseUrl: cluster.databaseUrl });
