import { createHash, randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DataSource } from 'typeorm';
import { CampaignQueries } from '../../dist/declarations/campaign.queries.js';
import { CampaignService } from '../../dist/declarations/campaign.service.js';
import { DeclarationsQueries } from '../../dist/declarations/declarations.queries.js';
import { SettleVersionService } from '../../dist/declarations/settle-version.service.js';
import { VersionsQueries } from '../../dist/declarations/versions.queries.js';
import { openConsolidated } from '../../dist/forms/consolidated.import.js';
import { ConsolidatedService, NEEDS_FILE } from '../../dist/forms/consolidated.service.js';
import { ConsolidationService } from '../../dist/forms/consolidation.service.js';
import { readForm } from '../../dist/forms/form.import.js';
import { FormsService } from '../../dist/forms/forms.service.js';
import { StagedFileService } from '../../dist/forms/staged-file.service.js';
import { StagedLinesQueries } from '../../dist/forms/staged-lines.queries.js';
import { StagedWritingQueries } from '../../dist/forms/staged-writing.queries.js';
import { ItemsQueries } from '../../dist/items/items.queries.js';
import { CountedNeedsService } from '../../dist/needs/counted-needs.service.js';
import { Journal } from '../../dist/platform/journal/journal.js';
import { CSV_TYPE, XLSX_TYPE } from '../../dist/platform/http/file-body.js';
import { writeWorkbook } from '../../dist/platform/xlsx/write-workbook.js';
import { figure, median, megabytes, rate, ratio, seconds, timed, title } from './report.mjs';

const TRACE = { actorKind: 'operator', actorId: null, actorName: 'bench', tokenId: null, onBehalfOf: null };
const LOTS = 10;
const CHUNK = 10_000;

const journal = new Journal();
const campaigns = new CampaignQueries();
const declarations = new DeclarationsQueries();
const staged = new StagedLinesQueries();
const versions = new VersionsQueries();
const consolidated = new ConsolidatedService(
  new CampaignService(campaigns, declarations, null, journal),
  new StagedFileService(staged),
  staged,
  new StagedWritingQueries(journal),
  new ConsolidationService(
    campaigns,
    declarations,
    versions,
    new SettleVersionService(new CountedNeedsService(), versions),
    journal,
  ),
);
const forms = new FormsService(campaigns, declarations, new ItemsQueries(), null);

/** The file of all members against bare inserts of the same rows into the same table, and what it takes of memory. */
export async function benchConsolidated(databaseUrl) {
  await withSource(databaseUrl, async (source) => {
    const peaks = [];
    for (const [members, items] of [
      [20, 500],
      [200, 500],
    ]) {
      const rows = members * items;
      title(`File of all members, ${members} × ${items} = ${rows.toLocaleString('en')} lines`);
      const census = await prepare(source, members, items);
      const file = csvOf(census);
      figure('the file', megabytes(file.length));
      peaks.push(await benchFile(source, census, file, rows));
    }
    ratio('growth of the peak, from 10,000 to 100,000 lines', peaks[1] / peaks[0], 2);
  });
}

async function benchFile(source, census, file, rows) {
  const opened = () => openConsolidated({ bytes: file, type: CSV_TYPE }, NEEDS_FILE);
  const check = async () => {
    const tables = await opened();
    return source.transaction((tx) => consolidated.check(tx, census.consultationId, { bytes: file, tables }));
  };
  const checked = await timed(check);
  const { token } = checked.result;
  const apply = async (application) => {
    const tables = await opened();
    const given = { bytes: file, tables };
    return source.transaction((tx) =>
      consolidated.apply(
        tx,
        { ...TRACE, channel: 'api', requestId: randomUUID() },
        census.consultationId,
        given,
        {
          ...{ mode: 'all', token, transmit: false, reason: null },
          ...application,
        },
      ),
    );
  };
  const times = { bare: [], ours: [] };
  for (let round = 0; round < 3; round += 1) {
    times.bare.push((await timed(() => source.transaction((tx) => bareLoad(tx, census)))).ms);
    await emptied(source, census);
    times.ours.push((await timed(() => apply({}))).ms);
    await emptied(source, census);
  }
  // Apart: to look at the memory takes time.
  const { peak } = await peakOf(() => apply({}));
  const [bare, ours] = [median(times.bare), median(times.ours)];
  figure('bare insert … select unnest, median of 3', `${seconds(bare)}, ${rate(rows, bare)}`);
  figure('the check alone', `${seconds(checked.ms)}, ${rate(rows, checked.ms)}`);
  figure('the import, reading, validation and journal included', `${seconds(ours)}, ${rate(rows, ours)}`);
  ratio('rate, import / bare', bare / ours, 0.25, true);
  figure('memory at the most while it is imported, beyond the file', megabytes(peak));
  const again = (await check()).token;
  const sent = await timed(() => apply({ token: again, transmit: true, reason: 'mesure' }));
  figure('the same again, transmitted for each member', seconds(sent.ms));
  return peak;
}

/** A member fills the workbook and sends it back: it is read, and checked. */
export async function benchForm(databaseUrl) {
  await withSource(databaseUrl, async (source) => {
    const medians = [];
    for (const items of [500, 5_000]) {
      title(`Workbook of a member, ${items.toLocaleString('en')} lines`);
      const census = await prepare(source, 1, items);
      const place = { consultationId: census.consultationId, buyerId: census.members[0] };
      const made = await timed(() => source.transaction((tx) => forms.workbook(tx, place)));
      const written = await timed(() => writeWorkbook(made.result));
      figure('made', seconds(made.ms + written.ms));
      const times = [];
      for (let round = 0; round < 20; round += 1)
        times.push(
          (
            await timed(async () => {
              const reading = await readForm({ bytes: written.result, type: XLSX_TYPE });
              return source.transaction((tx) => forms.check(tx, place, written.result, reading));
            })
          ).ms,
        );
      medians.push(median(times));
      figure('read and checked, median of 20', seconds(median(times)));
      figure('read and checked, p95', seconds([...times].sort((a, b) => a - b)[18]));
    }
    ratio('growth from 500 to 5,000 lines, for 10 times the lines', medians[1] / medians[0], 10);
  });
}

async function withSource(databaseUrl, work) {
  const source = new DataSource({ type: 'postgres', url: databaseUrl, entities: ['dist/**/*.entity.js'] });
  await source.initialize();
  try {
    await work(source);
  } finally {
    await source.destroy();
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** What some work keeps alive at the most, beyond what was there: garbage is collected at each look. */
async function peakOf(work) {
  const held = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, held() - before)), 150);
  try {
    return { result: await work(), peak: Math.max(peak, 1) };
  } finally {
    clearInterval(timer);
  }
}

async function prepare(source, memberCount, itemCount) {
  const ids = (count) => Array.from({ length: count }, () => randomUUID());
  const [members, items, lots] = [ids(memberCount), ids(itemCount), ids(LOTS)];
  const [groupId, consultationId] = ids(2);
  const sirets = members.map((id) =>
    String(BigInt(`0x${createHash('sha256').update(id).digest('hex').slice(0, 14)}`))
      .padStart(14, '1')
      .slice(-14),
  );
  await source.query(
    `insert into buyer (id, siret, name) select id, siret, 'Commune' from unnest($1::uuid[], $2::text[]) as given (id, siret)`,
    [members, sirets],
  );
  await source.query(
    `insert into purchasing_group (id, coordinator_id, title) values ($1, $2, $1::uuid::text)`,
    [groupId, members[0]],
  );
  await source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Mesure', 1, 0)`,
    [consultationId, groupId],
  );
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     select id, $1, position, 'Lot', '34927100', 'fournitures', 'bons_de_commande'
     from unnest($2::uuid[]) with ordinality as given (id, position)`,
    [consultationId, lots],
  );
  await source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     select id, $1, lot_id, position, 'A-' || position, 'Article', 'C62', '1', 12.5, 20, '60632'
     from unnest($2::uuid[], $3::uuid[]) with ordinality as given (id, lot_id, position)`,
    [consultationId, items, items.map((_, i) => lots[i % LOTS])],
  );
  await source.query(
    `insert into lot_participation (consultation_id, lot_id, buyer_id)
     select $1, lot_id, buyer_id from unnest($2::uuid[]) as lot (lot_id), unnest($3::uuid[]) as buyer (buyer_id)`,
    [consultationId, lots, members],
  );
  await source.query(
    `insert into need_campaign (consultation_id, opened_at, deadline, validation_required)
     values ($1, now(), now() + interval '1 day', false)`,
    [consultationId],
  );
  await source.query('analyze');
  return { consultationId, members, sirets, items, lots };
}

const quantityOf = (m, i) => ((m * 7 + i * 13) % 900) + 100;

function csvOf({ members, sirets, items }) {
  const lines = ['siret;code_article;quantite_estimee\n'];
  for (let m = 0; m < members.length; m += 1)
    for (let i = 0; i < items.length; i += 1) lines.push(`${sirets[m]};A-${i + 1};${quantityOf(m, i)},5\n`);
  return Buffer.from(lines.join(''));
}

const emptied = async (source, { consultationId }) => {
  await source.query(`delete from need_entry where consultation_id = $1`, [consultationId]);
  await source.query(`delete from need_declaration where consultation_id = $1`, [consultationId]);
  await source.query('vacuum analyze need_entry');
};

async function bareLoad(tx, { consultationId, members, items, lots }) {
  await tx.query(
    `insert into need_declaration (consultation_id, buyer_id, started_at) select $1, unnest($2::uuid[]), now()`,
    [consultationId, members],
  );
  let columns = [[], [], [], []];
  const flush = async () => {
    await tx.query(
      `insert into need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, updated_at, channel)
       select $1, given.*, now(), 'import' from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::numeric[]) as given`,
      [consultationId, ...columns],
    );
    columns = [[], [], [], []];
  };
  for (let m = 0; m < members.length; m += 1)
    for (let i = 0; i < items.length; i += 1) {
      columns[0].push(members[m]);
      columns[1].push(items[i]);
      columns[2].push(lots[i % LOTS]);
      columns[3].push(`${quantityOf(m, i)}.5`);
      if (columns[0].length === CHUNK) await flush();
    }
  if (columns[0].length > 0) await flush();
}
