import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { NeedsQueries } from '../../dist/needs/needs.queries.js';
import { ALL, NeedsTotalsQueries } from '../../dist/needs/needs-totals.queries.js';
import { NeedsService } from '../../dist/needs/needs.service.js';
import { Journal } from '../../dist/platform/journal/journal.js';
import { figure, inTurn, megabytes, rate, ratio, seconds, timed, title } from './report.mjs';

const LOTS = 20;
const CHUNK = 10_000;
const TRACE = { actorKind: 'operator', actorName: 'bench', channel: 'cli' };

/** Loads and aggregates need lines through the service, and the bare SQL of the same rows on the same table. */
export async function benchNeeds(databaseUrl) {
  const source = new DataSource({ type: 'postgres', url: databaseUrl });
  await source.initialize();
  try {
    for (const [members, items] of [
      [34, 500],
      [2_000, 2_000],
    ])
      await benchSize(source, databaseUrl, members, items);
  } finally {
    await source.destroy();
  }
}

async function benchSize(source, databaseUrl, memberCount, itemCount) {
  const rows = memberCount * itemCount;
  title(`Needs, ${memberCount} members × ${itemCount} items = ${rows.toLocaleString('en')} lines`);
  const campaign = await prepare(source, memberCount, itemCount);
  const queries = new NeedsQueries();

  const bare = await timed(() => source.transaction((tx) => bareLoad(tx, campaign)));
  await source.query('truncate need_line');
  const service = await timed(() =>
    source.transaction((tx) =>
      new NeedsService(new Journal()).replaceNeeds(
        tx,
        TRACE,
        new Date(),
        campaign.consultationId,
        linesOf(campaign),
      ),
    ),
  );
  await source.query('vacuum analyze need_line');
  figure('bare insert … select unnest', `${seconds(bare.ms)}, ${rate(rows, bare.ms)}`);
  figure('the service, validation and journal included', `${seconds(service.ms)}, ${rate(rows, service.ms)}`);
  ratio('load rate, service / bare', bare.ms / service.ms, 0.25, true);

  const [bareSum, ourSum] = await inTurn(
    7,
    () =>
      source.query(
        `select item_id, sum(minimum), sum(estimate), sum(maximum) from need_line where consultation_id = $1 group by item_id`,
        [campaign.consultationId],
      ),
    () => queries.totalsByItem(source.manager, campaign.consultationId),
  );
  figure('bare select sum … group by, median', `${bareSum.toFixed(1)} ms`);
  figure('totalsByItem, median', `${ourSum.toFixed(1)} ms`);
  ratio('aggregate, query / bare', ourSum / bareSum, 1.3);
  await benchTotals(source, campaign.consultationId);
  await benchExport(source, databaseUrl, campaign.consultationId);
  // Emptied for the next size; what it hangs from stays: other tables refuse to be emptied.
  await source.query('truncate need_line');
}

/** Totals by item as they are shown, amounts included, and the bare SQL of the same sums. */
async function benchTotals(source, consultationId) {
  const queries = new NeedsTotalsQueries();
  const [bare, ours] = await inTurn(
    5,
    () =>
      source.query(
        `select item_id, sum(minimum), sum(estimate), sum(maximum), sum(round(estimate * unit_price, 2))
         from need_line join item on item.id = item_id where need_line.consultation_id = $1 group by item_id`,
        [consultationId],
      ),
    () => queries.items(source.manager, { consultationId, buyerId: null }, ALL),
  );
  figure('bare sums and amounts by item, median', `${bare.toFixed(1)} ms`);
  figure('totals by item, median', `${ours.toFixed(1)} ms`);
  ratio('totals by item / bare', ours / bare, 1.3);
  for (const [name, work] of [
    ['totals by lot', () => queries.lots(source.manager, { consultationId, buyerId: null })],
    [
      'hash of the lines, as a publication freezes them',
      () => queries.linesSha256(source.manager, consultationId),
    ],
  ])
    figure(name, `${(await timed(work)).ms.toFixed(1)} ms`);
}

/** The CSV of every line, in a process of its own: its peak must not follow their number. */
async function benchExport(source, databaseUrl, consultationId) {
  const [, peak, ms, bytes] = execFileSync(
    process.execPath,
    [fileURLToPath(new URL('export-memory.mjs', import.meta.url)), databaseUrl, consultationId],
    { encoding: 'utf8' },
  ).match(/(\d+) (\d+) (\d+)/);
  figure('CSV export, in parts', `${seconds(Number(ms))}, ${megabytes(Number(bytes))}`);
  figure('peak memory of its process', megabytes(Number(peak)));
  await source.query('delete from needs_export where consultation_id = $1', [consultationId]);
}

let prepared = 0;

/** Members, lots, items and participations of a size, without needs. */
export async function prepare(source, memberCount, itemCount) {
  const ids = (count) => Array.from({ length: count }, () => randomUUID());
  const [members, items, lots] = [ids(memberCount), ids(itemCount), ids(LOTS)];
  const [groupId, consultationId] = ids(2);
  // Numbers that no other preparation has.
  const sirets = members.map(() => String(10_000_000_000_000 + (prepared += 1)));
  await source.query(
    `insert into buyer (id, siret, name) select id, siret, 'Commune' from unnest($1::uuid[], $2::text[]) as given (id, siret)`,
    [members, sirets],
  );
  await source.query(`insert into purchasing_group (id, coordinator_id, title) values ($1, $2, 'Mesure')`, [
    groupId,
    members[0],
  ]);
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
  return { consultationId, members, items, lots };
}

/** The same lines for both, made one by one; may be read again. */
const linesOf = ({ members, items, lots }) => ({
  *[Symbol.iterator]() {
    for (let m = 0; m < members.length; m += 1)
      for (let i = 0; i < items.length; i += 1) {
        const estimate = BigInt(((m * 7 + i * 13) % 900) + 100) * 125n;
        yield {
          buyerId: members[m],
          itemId: items[i],
          lotId: lots[i % LOTS],
          standing: 'valid',
          minimum: estimate / 2n,
          estimate,
          maximum: estimate * 2n,
        };
      }
  },
});

async function bareLoad(tx, campaign) {
  let columns = [[], [], [], [], [], [], []];
  const flush = async () => {
    await tx.query(
      `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
       select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[])`,
      [campaign.consultationId, ...columns],
    );
    columns = [[], [], [], [], [], [], []];
  };
  const decimal = (thousandths) => `${thousandths / 1000n}.${String(thousandths % 1000n).padStart(3, '0')}`;
  for (const line of linesOf(campaign)) {
    columns[0].push(line.itemId);
    columns[1].push(line.buyerId);
    columns[2].push(line.lotId);
    columns[3].push(line.standing);
    columns[4].push(decimal(line.minimum));
    columns[5].push(decimal(line.estimate));
    columns[6].push(decimal(line.maximum));
    if (columns[0].length === CHUNK) await flush();
  }
  if (columns[0].length > 0) await flush();
}
