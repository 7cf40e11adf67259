import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../../dist/app.module.js';
import { DocumentSetsService } from '../../dist/documents/document-sets.service.js';
import { readConfig } from '../../dist/platform/config/config.js';
import { createLogger } from '../../dist/platform/log/logger.js';
import { jobTrace } from '../../dist/platform/journal/trace.js';
import { runCli, siretOf } from './campaign.mjs';
import { figure, megabytes, ratio, seconds, timed, title } from './report.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = join(ROOT, 'test/fixtures/laval-2027');
const communes = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json');
const MOST_MEMORY = 400 * 2 ** 20;

/** The whole DCE of the sample, then of a group of 20 lots and 250 members, by one worker process and by two. */
export async function benchDocuments(databaseUrl, home) {
  const large = join(home, 'dce-large');
  enlarge(large, 20, 250);
  await one(databaseUrl, home, SAMPLE, 'sample, 12 lots, 32 members');
  await one(databaseUrl, home, large, 'large, 20 lots, 250 members');
}

async function one(databaseUrl, home, directory, name) {
  title(`DCE, ${name}`);
  const heading = `DCE ${name}`;
  await runCli(
    [
      'campaign',
      directory,
      '--out',
      join(home, 'dce-out'),
      '--title',
      heading,
      '--coordinator',
      '20008339200015',
    ],
    databaseUrl,
    'documents',
  );
  const times = [];
  for (const workers of [1, 2]) times.push(await make(databaseUrl, heading, workers));
  ratio('time of one worker process / time of two', times[0] / times[1], 1, true);
}

/** @returns milliseconds from the request to the archive */
async function make(databaseUrl, heading, count) {
  const environment = { DATABASE_URL: databaseUrl, HALLE_JOB_QUEUE: `bench-dce-${count}` };
  const config = { ...readConfig(environment) };
  const logger = createLogger({ logLevel: 'fatal' }, 'bench', 2);
  const app = await NestFactory.createApplicationContext(
    AppModule.for('http', { config, databaseUrl }, logger),
    { logger: false },
  );
  const source = app.get(DataSource);
  const [place] = await source.query(
    `select id as "consultationId", group_id as "groupId" from consultation where title = $1`,
    [heading],
  );
  // Said otherwise, so that each round makes all of its files.
  await source.query(`update consultation set object = $2 where id = $1`, [
    place.consultationId,
    `Mesure ${count}`,
  ]);
  const workers = Array.from({ length: count }, () => startWorker(environment));
  await Promise.all(workers.map(({ ready }) => ready));
  const sets = app.get(DocumentSetsService);
  const { ms, result } = await timed(async () => {
    let set = await source.transaction((tx) =>
      sets.request(tx, jobTrace('bench', null), new Date(), place, { part: 'dce', finish: 'draft' }),
    );
    while (set.archiveSha256 === null) {
      if (set.documents.some(({ failure }) => failure)) throw new Error('a document failed');
      await new Promise((resolve) => setTimeout(resolve, 20));
      set = await sets.read(source.manager, place.consultationId, set.id);
    }
    return set;
  });
  const ids = result.documents.map(({ requestId }) => requestId);
  const [{ p99 }] = await source.query(
    `select percentile_cont(0.99) within group (order by extract(epoch from started_at - enqueued_at)) as p99
     from job_request where id = any($1::uuid[])`,
    [ids],
  );
  await app.close();
  const peaks = await Promise.all(workers.map(({ stop }) => stop()));
  const files = result.documents.length;
  figure(`${count} worker process${count > 1 ? 'es' : ''}, ${files} files and their archive`, seconds(ms));
  figure('  files per second', ((files / ms) * 1000).toFixed(1));
  figure('  from the queue to the start, p99', seconds(Number(p99) * 1000));
  const peak = Math.max(...peaks);
  figure('  peak memory of a worker', megabytes(peak));
  ratio('  peak memory of a worker / 400 MB', peak / MOST_MEMORY, 1);
  return ms;
}

function startWorker(environment) {
  const peak = `process.on('exit', () => process.stderr.write('PEAK ' + process.resourceUsage().maxRSS + '\\n'))`;
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(peak)}`, join(ROOT, 'dist/worker.js')],
    { env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (text) => (stderr += text));
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      stdout += text;
      if (/worker ready/.test(stdout)) resolve();
    });
    child.on('exit', () => reject(new Error(`a worker ended: ${stderr}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.on('close', () => resolve(Number(/PEAK (\d+)/.exec(stderr)?.[1] ?? 0) * 1024));
      child.kill('SIGTERM');
    });
  return { ready, stop };
}

/** The catalogue of the sample, its lots repeated, and members that each join two lots of three. */
function enlarge(directory, lotCount, memberCount) {
  mkdirSync(directory, { recursive: true });
  const read = (file) => readFileSync(join(SAMPLE, file), 'utf8').trim().split('\r\n');
  const [header, ...lines] = read('catalogue.csv');
  const at = (name) =>
    header
      .replace(/^\ufeff/, '')
      .split(';')
      .indexOf(name);
  const [lotAt, codeAt] = [at('lot'), at('code_article')];
  const catalogue = [];
  for (let lot = 1; lot <= lotCount; lot += 1)
    for (const line of lines) {
      const cells = line.split(';');
      if (Number(cells[lotAt]) !== ((lot - 1) % 12) + 1) continue;
      if (lot > 12) cells[codeAt] = `${cells[codeAt]}-${lot}`;
      cells[lotAt] = String(lot);
      catalogue.push({ lot, code: cells[codeAt], line: cells.join(';') });
    }
  const members = [read('adhesions.csv')[0]];
  members.push('20008339200015;;Laval Agglomération;0;adhere;2026-06-15;2026-06-018;2026-08-06;1,2');
  const needs = ['siret;code_article;quantite_min;quantite_estimee;quantite_max;etat'];
  const insee = communes.filter(({ type }) => type === 'commune-actuelle').map(({ code }) => code);
  for (let i = 0; i < memberCount - 1; i += 1) {
    const siret = siretOf(String(2_150_000_000_000 + i * 7));
    const lots = Array.from({ length: lotCount }, (_, lot) => lot + 1).filter((lot) => (lot + i) % 3 !== 0);
    members.push(
      `${siret};${insee[i]};Commune ${i};${100 + ((i * 37) % 9_000)};adhere;2026-05-19;2026-${i};2026-06-26;"${lots.join(',')}"`,
    );
    for (const { lot, code } of catalogue)
      if (lots.includes(lot)) needs.push(`${siret};${code};;${((i * 13 + lot) % 400) + 1};;valide`);
  }
  const write = (file, rows) => writeFileSync(join(directory, file), `${rows.join('\r\n')}\r\n`);
  write('catalogue.csv', [header, ...catalogue.map(({ line }) => line)]);
  write('adhesions.csv', members);
  write('besoins.csv', needs);
  writeFileSync(join(directory, 'couts.csv'), readFileSync(join(SAMPLE, 'couts.csv')));
}
