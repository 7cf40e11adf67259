import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { CampaignQueries } from '../../dist/declarations/campaign.queries.js';
import { CampaignService } from '../../dist/declarations/campaign.service.js';
import { ConsultationsQueries } from '../../dist/consultations/consultations.queries.js';
import { DashboardService } from '../../dist/desk/dashboard.service.js';
import { describeDashboard } from '../../dist/desk/desk-answers.js';
import { DeskQueries } from '../../dist/desk/desk.queries.js';
import { LawbookQueries } from '../../dist/lawbook/lawbook.queries.js';
import { LawbookService } from '../../dist/lawbook/lawbook.service.js';
import { LotsQueries } from '../../dist/lots/lots.queries.js';
import { NeedsQueries } from '../../dist/needs/needs.queries.js';
import { ProcedureQueries } from '../../dist/procedure/procedure.queries.js';
import { ProcedureService } from '../../dist/procedure/procedure.service.js';
import { SignalsQueries } from '../../dist/signals/signals.queries.js';
import { TermsQueries } from '../../dist/terms/terms.queries.js';
import { inTurn, figure, ratio, timed, title } from './report.mjs';
import { prepare } from './needs.mjs';

const AT = new Date('2027-01-15T08:00:00Z');
/** One member in that many says nothing. */
const SILENT = 11;

/**
 * The coordinator's dashboard, as it is answered, against the bare aggregate of the same lines. At 34 × 500 every line is
 * also typed, to be judged, and known of last year; at 4 million, what counts alone is there.
 */
export async function benchDesk(databaseUrl) {
  const source = new DataSource({ type: 'postgres', url: databaseUrl });
  await source.initialize();
  try {
    await benchSize(source, 34, 500, true);
    await benchSize(source, 2_000, 2_000, false);
  } finally {
    await source.destroy();
  }
}

async function benchSize(source, memberCount, itemCount, whole) {
  title(
    `Dashboard, ${memberCount} members × ${itemCount} items${whole ? ', typed and known of last year' : ''}`,
  );
  const campaign = await prepare(source, memberCount, itemCount);
  const { consultationId } = campaign;
  await fill(source, campaign, whole);
  const dashboards = dashboard();
  const read = () =>
    source.transaction('REPEATABLE READ', async (tx) =>
      JSON.stringify(describeDashboard(await dashboards.read(tx, consultationId, AT))),
    );
  const first = await timed(read);
  const [bare, ours] = await inTurn(
    7,
    () =>
      source.query(
        `select item_id, sum(minimum), sum(estimate), sum(maximum) from need_line where consultation_id = $1 group by item_id`,
        [consultationId],
      ),
    read,
  );
  const told = JSON.parse(first.result);
  figure(
    'members, of which counted in lot 1; signals',
    `${told.members.length}, ${told.lots[0].members}; ${JSON.stringify(told.signals)}`,
  );
  figure('bare select sum … group by, median', `${bare.toFixed(1)} ms`);
  figure('dashboard, median (first)', `${ours.toFixed(1)} ms (${first.ms.toFixed(1)} ms)`);
  if (whole) ratio('dashboard ms, of 100', ours / 100, 1);
  else ratio('dashboard / bare aggregate', ours / bare, 3);
  const parts = new DeskQueries();
  const signals = new SignalsQueries();
  for (const [name, work] of [
    ['members', () => parts.members(source.manager, consultationId)],
    ['lots', () => parts.lots(source.manager, consultationId)],
    [
      'amounts by member',
      () =>
        source.transaction(async (tx) => {
          await parts.widen(tx);
          return parts.amounts(tx, consultationId);
        }),
    ],
    ['last year', () => parts.lastYear(source.manager, consultationId)],
    ...(whole ? [['signals', () => signals.counts(source.manager, consultationId, null)]] : []),
  ])
    figure(`of which ${name}`, `${(await timed(work)).ms.toFixed(1)} ms`);
  await source.query('truncate need_line');
}

function dashboard() {
  const [needs, lots, terms] = [new NeedsQueries(), new LotsQueries(), new TermsQueries()];
  const procedure = new ProcedureService(
    new LawbookService(new LawbookQueries()),
    new ConsultationsQueries(),
    lots,
    terms,
    needs,
    new ProcedureQueries(),
  );
  return new DashboardService(
    new CampaignService(new CampaignQueries()),
    new SignalsQueries(),
    procedure,
    new DeskQueries(),
  );
}

/** Lines of all but a few members, made by the server; the same ones typed, and half as much last year. */
export async function fill(source, { consultationId, members }, whole) {
  const speaking = members.filter((_, index) => index % SILENT !== 0);
  await source.query(
    `insert into buyer_population (buyer_id, kind, value, vintage, source)
     select id, 'municipale', 400 + 37 * n, 2023, 'bench' from unnest($1::uuid[]) with ordinality as given (id, n)`,
    [members],
  );
  await source.query(
    `insert into need_campaign (consultation_id, opened_at, deadline, validation_required)
     values ($1, now() - interval '30 days', now() + interval '1 day', false)`,
    [consultationId],
  );
  await source.query(
    `insert into need_declaration (consultation_id, buyer_id, started_at) select $1, unnest($2::uuid[]), now()`,
    [consultationId, speaking],
  );
  await source.query(
    `insert into need_version (id, consultation_id, buyer_id, number, kind, revision, content, sha256, receipt, transmitted_at, channel)
     select gen_random_uuid(), $1, id, 1, 'transmission', 0, '{}', encode(sha256('{}'), 'hex'), $3 || n, now(), 'api'
     from unnest($2::uuid[]) with ordinality as given (id, n)`,
    [consultationId, speaking, randomUUID()],
  );
  await source.query(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, minimum, estimate, maximum)
     select $1, i.id, m.id, i.lot_id, 'valid', q / 2, q, q * 2
     from unnest($2::uuid[]) with ordinality as m (id, n), item i,
          lateral (select 2 * (((m.n * 7 + i.position * 13) % 450) + 50)::numeric as q) as quantity
     where i.consultation_id = $1`,
    [consultationId, speaking],
  );
  if (whole) {
    await source.query(
      `insert into need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, updated_at, channel)
       select consultation_id, buyer_id, item_id, lot_id, estimate, now(), 'api' from need_line where consultation_id = $1`,
      [consultationId],
    );
    await source.query(
      `insert into need_history (consultation_id, buyer_id, item_id, quantity, source)
       select consultation_id, buyer_id, item_id, minimum, 'import' from need_line where consultation_id = $1`,
      [consultationId],
    );
  }
  for (const table of ['need_line', 'need_entry', 'need_history', 'lot_participation', 'item', 'buyer'])
    await source.query(`vacuum analyze ${table}`);
}
