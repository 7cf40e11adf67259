import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { figure, megabytes, ratio, seconds, timed, title } from './report.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = join(ROOT, 'test/fixtures/laval-2027');
const LARGE = 1_250;
const communes = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json');

/** The whole campaign on the sample, then on one of 1 250 communes with the same catalogue. */
export async function benchCampaign(databaseUrl, home) {
  const large = join(home, 'large');
  const lines = generate(large, LARGE);
  const sample = await runCampaign(databaseUrl, home, SAMPLE, 'sample');
  const grown = await runCampaign(databaseUrl, home, large, 'large');
  const sampleLines = readFileSync(join(SAMPLE, 'besoins.csv'), 'utf8').trim().split('\n').length - 1;
  title(`Campaign, growth from ${sampleLines} need lines (35 buyers) to ${lines} (${LARGE} buyers)`);
  const work = ({ stages }) => stages.filter((s) => s.name !== 'start').reduce((sum, s) => sum + s.ms, 0);
  ratio('time per line, large / sample, start apart', work(grown) / lines / (work(sample) / sampleLines), 1);
}

async function runCampaign(databaseUrl, home, directory, name) {
  const out = join(home, `out-${name}`);
  title(`Campaign, ${name}`);
  const args = [
    'campaign',
    directory,
    '--out',
    out,
    '--key',
    'population',
    '--coordinator',
    '20008339200015',
  ];
  const { ms, result } = await timed(() => runCli(args, databaseUrl, name));
  const { stages, files } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  for (const stage of stages) figure(stage.name, seconds(stage.ms));
  figure(`whole command, ${files.length} files`, seconds(ms));
  figure('peak memory of the command', megabytes(result * 1024));
  return { stages };
}

/** @returns the peak resident memory, in kB, as the operating system accounts it */
export function runCli(args, databaseUrl, name) {
  const peak = `process.on('exit', () => process.stdout.write(String(process.resourceUsage().maxRSS)))`;
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(peak)}`, join(ROOT, 'dist/cli.js'), ...args],
      {
        env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, HALLE_JOB_QUEUE: `bench-${name}` },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    child.on('close', (code) => (code === 0 ? resolve(Number(stdout)) : reject(new Error(stderr))));
  });
}

/** Fictitious communes, under the INSEE codes of real ones, on the sample's catalogue, each joining eight lots and needing most of their items. */
function generate(directory, count) {
  mkdirSync(directory, { recursive: true });
  for (const file of ['catalogue.csv', 'couts.csv']) cpSync(join(SAMPLE, file), join(directory, file));
  const catalogue = readFileSync(join(SAMPLE, 'catalogue.csv'), 'utf8').trim().split('\r\n').slice(1);
  const items = catalogue
    .map((line) => line.split(';'))
    .map((cells) => ({ lot: Number(cells[0]), code: cells[5] }));
  const members = [
    'siret;code_insee;nom;population_municipale;reponse;deliberation_le;deliberation_numero;bulletin_le;lots',
    '20008339200015;;Laval Agglomération;0;adhere;2026-06-15;2026-06-018;2026-08-06;1,2',
  ];
  const needs = ['siret;code_article;quantite_min;quantite_estimee;quantite_max;etat'];
  const insee = communes.filter(({ type }) => type === 'commune-actuelle').map(({ code }) => code);
  for (let i = 0; i < count - 1; i += 1) {
    const siret = siretOf(String(2_150_000_000_000 + i * 7));
    const lots = Array.from({ length: 12 }, (_, lot) => lot + 1).filter((lot) => (lot + i) % 3 !== 0);
    members.push(
      `${siret};${insee[i]};Commune ${i};${100 + ((i * 37) % 9_000)};adhere;2026-05-19;2026-${i};2026-06-26;"${lots.join(',')}"`,
    );
    for (const item of items)
      if (lots.includes(item.lot) && (i * 31 + item.lot) % 7 !== 0)
        needs.push(`${siret};${item.code};;${((i * 13 + item.code.charCodeAt(4) * 7) % 400) + 1};;valide`);
  }
  writeFileSync(join(directory, 'adhesions.csv'), `${members.join('\r\n')}\r\n`);
  writeFileSync(join(directory, 'besoins.csv'), `${needs.join('\r\n')}\r\n`);
  return needs.length - 1;
}

/** Thirteen digits and the key that makes a SIRET of them. */
export function siretOf(digits) {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
