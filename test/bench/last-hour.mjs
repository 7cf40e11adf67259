import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { figure, rate, ratio, timed, title } from './report.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MEMBERS = 1_000;
const ITEMS = 40;
const LOTS = 4;
/** Autosaves of a member, and lines of each; then it transmits. */
const SAVES = 4;
const LINES = 5;
/** Requests on their way at once: a page waits for its answer before it sends the next. */
const AT_ONCE = 64;

/**
 * The last hour of a census: every member types and transmits through HTTP at once, on a server process of its own. Then
 * the deadline falls while they go on: the database's clock alone says what came in time.
 */
export async function benchLastHour(databaseUrl) {
  title(
    `Last hour, ${MEMBERS} members, ${SAVES} autosaves of ${LINES} lines and a transmission each, ${AT_ONCE} at once`,
  );
  const source = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
  try {
    const census = await prepare(source);
    const server = await startServer(databaseUrl);
    try {
      await everybodyTypes(source, server.port, census);
      await deadlineFalls(source, server.port, census);
    } finally {
      await server.stop();
    }
  } finally {
    await source.destroy();
  }
}

async function everybodyTypes(source, port, census) {
  const told = new Told();
  const { ms } = await timed(() =>
    eachMember(census, (member) => typeAndTransmit(port, census, member, told)),
  );
  const count = told.times.length;
  figure('requests', `${count.toLocaleString('en')}, ${rate(count, ms)}`);
  figure('time of a request: median, p95, p99, longest', told.quantiles([0.5, 0.95, 0.99, 1]));
  const [kept] = await source.query(
    `select (select count(*)::int from need_entry where consultation_id = $1) as lines,
            (select count(*)::int from need_version where consultation_id = $1) as versions,
            (select count(*)::int from need_line where consultation_id = $1) as counted`,
    [census.consultationId],
  );
  const typed = MEMBERS * SAVES * LINES;
  ratio('answers of the 5xx', told.failures, 0);
  ratio('lines lost or doubled, of those typed', Math.abs(typed - kept.lines), 0);
  ratio('transmissions lost or doubled', Math.abs(MEMBERS - kept.versions), 0);
  ratio('lines that differ from what was sent', await different(source, census, told.sent), 0);
}

async function typeAndTransmit(port, { consultationId, items }, member, told) {
  const path = `/api/v1/consultations/${consultationId}/declarations/${member.buyerId}`;
  for (let save = 0; save < SAVES; save += 1) {
    const lines = Array.from({ length: LINES }, (_, line) => {
      const at = (member.place + save * LINES + line) % items.length;
      return { itemId: items[at], version: 0, estimate: String(member.place + at + 1) };
    });
    const { status } = await told.call(port, member, 'PATCH', `${path}/lines`, { lines });
    if (status === 200)
      for (const line of lines) told.sent.set(`${member.buyerId}/${line.itemId}`, line.estimate);
  }
  await told.call(port, member, 'POST', `${path}/versions`, { attested: true });
}

/** Members type on; the deadline comes a second and a half later. */
async function deadlineFalls(source, port, census) {
  const [{ deadline }] = await source.query(
    `update need_campaign set deadline = clock_timestamp() + interval '1500 milliseconds' where consultation_id = $1
     returning deadline`,
    [census.consultationId],
  );
  const told = new Told();
  const until = performance.now() + 3_000;
  await eachMember(census, async (member) => {
    if (performance.now() > until) return;
    const path = `/api/v1/consultations/${census.consultationId}/declarations/${member.buyerId}`;
    const itemId = census.items[member.place % census.items.length];
    await told.call(port, member, 'PATCH', `${path}/lines`, {
      lines: [{ itemId, version: 1, estimate: '999999' }],
    });
  });
  while (performance.now() < until) await wait(50);
  const last = census.members.at(-1);
  const path = `/api/v1/consultations/${census.consultationId}/declarations/${last.buyerId}/lines`;
  const line = { itemId: census.items[last.place % census.items.length], version: 1, estimate: '999999' };
  const after = await told.call(port, last, 'PATCH', path, { lines: [line] });
  const [{ late }] = await source.query(
    `select count(*)::int as late from need_entry where consultation_id = $1 and updated_at > $2`,
    [census.consultationId, deadline],
  );
  const accepted = told.statuses.get(200) ?? 0;
  const refused = told.statuses.get(409) ?? 0;
  figure('around the deadline: taken, refused', `${accepted}, ${refused} (after it: ${after.status})`);
  ratio('lines written after the deadline', late, 0);
  ratio('answers of the 5xx around the deadline', told.failures, 0);
}

/** What the clients saw. */
class Told {
  times = [];
  statuses = new Map();
  failures = 0;
  sent = new Map();
  agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

  async call(port, member, method, path, body) {
    const start = performance.now();
    const answer = await send(this.agent, port, member.token, method, path, body);
    this.times.push(performance.now() - start);
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 500) this.failures += 1;
    return answer;
  }

  quantiles(parts) {
    const sorted = this.times.toSorted((a, b) => a - b);
    const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
    return parts.map((part) => `${Math.round(at(part))} ms`).join(', ');
  }
}

function send(agent, port, token, method, path, body) {
  const text = JSON.stringify(body);
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

/** Every member, some of them at once. */
async function eachMember({ members }, work) {
  const queue = members.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const member of queue) await work(member);
    }),
  );
}

async function different(source, { consultationId }, sent) {
  const rows = await source.query(
    `select buyer_id || '/' || item_id as line, trim_scale(estimate)::text as estimate, version
     from need_entry where consultation_id = $1`,
    [consultationId],
  );
  return rows.filter(({ line, estimate, version }) => sent.get(line) !== estimate || version !== 1).length;
}

async function startServer(databaseUrl) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.js')], {
    env: {
      ...{ PATH: process.env.PATH, DATABASE_URL: databaseUrl, PORT: String(port), HALLE_LOG_LEVEL: 'error' },
      ...{ HALLE_RATE_LIMIT: '1000000', HALLE_JOB_QUEUE: 'bench-last-hour' },
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 200; tries += 1) {
    if (await answers(port)) break;
    await wait(100);
  }
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

const answers = (port) =>
  fetch(`http://127.0.0.1:${port}/api/v1/health`).then(
    () => true,
    () => false,
  );

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A census of four lots that a thousand members joined, each with a secretary and her token. */
async function prepare(source) {
  const ids = (count) => Array.from({ length: count }, () => randomUUID());
  const [buyers, people, items, lots] = [ids(MEMBERS), ids(MEMBERS), ids(ITEMS), ids(LOTS)];
  const [groupId, consultationId] = ids(2);
  const tokens = buyers.map(() => `halle_${randomBytes(32).toString('base64url')}`);
  await source.query(
    `insert into buyer (id, siret, name) select id, siret, 'Commune ' || siret from unnest($1::uuid[], $2::text[]) as given (id, siret)`,
    [buyers, buyers.map((_, i) => String(90_000_000_000_000 + i))],
  );
  await source.query(
    `insert into purchasing_group (id, coordinator_id, title) values ($1, $2, 'Dernière heure')`,
    [...[groupId, buyers[0]]],
  );
  await source.query(
    `insert into membership (group_id, buyer_id, joined_at) select $1, id, now() from unnest($2::uuid[]) as given (id)`,
    [groupId, buyers],
  );
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Dernière heure', 1, 3)`,
    [consultationId, groupId],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     select id, $1, position, 'Lot ' || position, '34927100', 'fournitures', 'bons_de_commande'
     from unnest($2::uuid[]) with ordinality as given (id, position)`,
    [consultationId, lots],
  );
  await source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     select id, $1, lot_id, position, 'A-' || position, 'Article', 'sac', '40', 6.15, 20, '60632'
     from unnest($2::uuid[], $3::uuid[]) with ordinality as given (id, lot_id, position)`,
    [consultationId, items, items.map((_, i) => lots[i % LOTS])],
  );
  await source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id, form_signed_on)
     select $1, lot_id, buyer_id, '2026-07-01' from unnest($2::uuid[]) as lot (lot_id), unnest($3::uuid[]) as buyer (buyer_id)`,
    [consultationId, lots, buyers],
  );
  await source.query(
    `insert into need_campaign (consultation_id, opened_at, deadline, validation_required)
     values ($1, now() - interval '30 days', now() + interval '1 hour', false)`,
    [consultationId],
  );
  await enter(source, { people, buyers, tokens });
  return {
    consultationId,
    items,
    members: buyers.map((buyerId, place) => ({ buyerId, place, token: tokens[place] })),
  };
}

async function enter(source, { people, buyers, tokens }) {
  await source.query(
    `insert into person (id, email, name, created_at)
     select id, id || '@mairie.example', 'Secrétaire', now() from unnest($1::uuid[]) as given (id)`,
    [people],
  );
  await source.query(
    `insert into role_grant (id, person_id, role, buyer_id, granted_at)
     select gen_random_uuid(), person_id, 'commune_secretary', buyer_id, now()
     from unnest($1::uuid[], $2::uuid[]) as given (person_id, buyer_id)`,
    [people, buyers],
  );
  await source.query(
    `insert into api_token (id, person_id, label, secret_sha256, keys, created_at, expires_at)
     select gen_random_uuid(), person_id, 'Mesure', secret, array['needs.type', 'needs.submit', 'needs.read'], now(),
            now() + interval '1 day'
     from unnest($1::uuid[], $2::bytea[]) as given (person_id, secret)`,
    [people, tokens.map((token) => createHash('sha256').update(token).digest())],
  );
}
