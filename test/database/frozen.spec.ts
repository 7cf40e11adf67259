import type { DataSource } from 'typeorm';
import { refusalOf } from '../../src/platform/http/refusal-of.js';
import { type Publishable, publishable } from '../support/publishable.js';
import { type Holder, World } from '../accounts/world.js';

/**
 * What the database itself refuses, asked by the application's own role, once a consultation is published. Each row is
 * first written while it may be.
 */
let world: World;
let source: DataSource;
let officer: Holder;
let of: Publishable;
let draft: Publishable;

const LOT = `lot_id = any(array(select id from lot where consultation_id = $1))`;
/** Each frozen table, and which of its rows are of a consultation. */
const FROZEN: Readonly<Record<string, string>> = {
  lot: 'consultation_id = $1',
  item: 'consultation_id = $1',
  lot_participation: 'consultation_id = $1',
  need_line: 'consultation_id = $1',
  consultation_terms: 'consultation_id = $1',
  lot_terms: 'consultation_id = $1',
  procedure_choice: 'consultation_id = $1',
  procedure_small_lot: 'consultation_id = $1',
  lot_delivery_site: 'consultation_id = $1',
  lot_limits: LOT,
  lot_member_limit: LOT,
  lot_criteria: LOT,
  lot_criterion: LOT,
  lot_new_tyres: LOT,
  lot_protection: LOT,
  lot_lever: LOT,
};
/** What is of a consultation and lives on after its launch. */
const LIVES_ON = [
  ...['group_launch', 'group_launch_member', 'renunciation', 'publication'],
  // Versions that triggers count, of what is frozen.
  ...['catalogue_version', 'participation_form'],
  ...['cost_sharing', 'cost_line', 'cost_line_lot', 'dossier', 'sourcing_contact'],
];

/** Every kind of row that a consultation may hold. */
async function fill(one: Publishable): Promise<void> {
  const [lot] = one.lotIds;
  const { buyerId } = world.own;
  await source.query(
    `insert into procedure_small_lot (lot_id, consultation_id, treatment) values ($1, $2, 'adapted')`,
    [lot, one.consultationId],
  );
  await source.query(
    `insert into consultation_terms (consultation_id, max_lots_bid, version) values ($1, 2, 1)`,
    [one.consultationId],
  );
  await source.query(
    `insert into lot_new_tyres (lot_id, ground, reference, recorded_at) values ($1, 'emergency_vehicles', 'SDIS', now())`,
    [lot],
  );
  await source.transaction(async (tx) => {
    await tx.query(`insert into lot_limits (lot_id, version) values ($1, 1)`, [lot]);
    await tx.query(`insert into lot_member_limit (lot_id, buyer_id, maximum) values ($1, $2, 1000)`, [
      lot,
      buyerId,
    ]);
  });
  await source.transaction(async (tx) => {
    await tx.query(`insert into lot_protection (lot_id, justification, decided_at) values ($1, $2, now())`, [
      lot,
      'Une avance laisse commencer de petites entreprises.',
    ]);
    await tx.query(
      `insert into lot_lever (lot_id, lever, record, chosen_at) values ($1, 'ADVANCE', '{"rate": "20"}', now())`,
      [lot],
    );
  });
  await source.query(
    `insert into delivery_site (id, buyer_id, label, address)
     values (gen_random_uuid(), $1, $2::uuid::text, '1 place Neuve')`,
    [buyerId, one.consultationId],
  );
  await source.query(
    `insert into lot_delivery_site (lot_id, consultation_id, delivery_site_id)
     select $1::uuid, $2::uuid, id from delivery_site where label = $2::uuid::text`,
    [lot, one.consultationId],
  );
}

beforeAll(async () => {
  world = await World.open();
  source = world.source;
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  [of, draft] = [await publishable(source, world.own), await publishable(source, world.own)];
  for (const one of [of, draft]) await fill(one);
  const response = await world.post(
    `/consultations/${of.consultationId}/publication`,
    officer,
    { withoutNonSignatories: false },
    { 'If-Match': '"1"' },
  );
  expect([response.status, response.ok ? '' : await response.text()]).toEqual([201, '']);
});
afterAll(() => world.close());

/** Code of the error and name of what refused; the change is undone if there is none. */
async function refusal(statement: string, ...given: unknown[]): Promise<[unknown, unknown] | 'done'> {
  const undo = new Error('undone');
  try {
    await source.transaction(async (tx) => {
      await tx.query(statement, given);
      throw undo;
    });
  } catch (error) {
    if (error === undo) return 'done';
    const { code, constraint } = (error as { driverError: { code: unknown; constraint: unknown } })
      .driverError;
    return [code, constraint];
  }
  return 'done';
}
const FROZEN_BY = ['23001', 'consultation_is_frozen'];
const columnsOf = async (table: string): Promise<string> => {
  const rows = await source.query<{ name: string }[]>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  return rows.map(({ name }) => name).join(', ');
};

test('every table of a consultation is frozen, or lives on for a reason', async () => {
  const rows = await source.query<{ name: string }[]>(
    `select distinct c.table_name as name from information_schema.columns c
     join information_schema.tables t on t.table_name = c.table_name and t.table_type = 'BASE TABLE'
     where c.table_schema = 'public' and t.table_schema = 'public' and c.column_name in ('consultation_id', 'lot_id')
     order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([...Object.keys(FROZEN), ...LIVES_ON].sort());
});

describe.each(Object.entries(FROZEN))('%s', (table, rows) => {
  test('takes every change while its consultation is prepared, and none once it is published', async () => {
    const [{ count } = { count: 0 }] = await source.query<{ count: number }[]>(
      `select count(*)::int as count from ${table} where ${rows}`,
      [of.consultationId],
    );
    expect(count).toBeGreaterThan(0);
    const columns = await columnsOf(table);
    const first = columns.split(', ')[0]!;
    const update = `update ${table} set ${first} = ${first} where ${rows}`;
    expect(await refusal(update, draft.consultationId)).toBe('done');
    expect(await refusal(update, of.consultationId)).toEqual(FROZEN_BY);
    const remove = `delete from ${table} where ${rows}`;
    expect(await refusal(remove, of.consultationId)).toEqual(FROZEN_BY);
    const insert = `insert into ${table} (${columns}) select ${columns} from ${table} where ${rows}`;
    // Written again, a row is there already: refused for that, when it may change at all.
    expect((await refusal(insert, draft.consultationId))[0]).toBe('23505');
    const refused = await refusal(insert, of.consultationId);
    expect(refused).toEqual(table === 'need_line' ? ['23505', 'need_line_pk'] : FROZEN_BY);
  });
});

test('a need more, a need moved, and needs by the thousand', async () => {
  const add = (one: Publishable) =>
    refusal(
      `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate)
       values ($1, $2, $3, $4, 'late', 1)`,
      ...[one.consultationId, one.itemId, one.coordinatorId, one.lotIds[0]],
    );
  expect([await add(draft), await add(of)]).toEqual(['done', FROZEN_BY]);
  expect(
    await refusal(`update need_line set estimate = estimate + 1 where consultation_id = any($1::uuid[])`, [
      draft.consultationId,
      of.consultationId,
    ]),
  ).toEqual(FROZEN_BY);
});

test('a lot does not go to, nor come from, a published consultation', async () => {
  const move = `update lot set consultation_id = $2, number = number + 10 where consultation_id = $1`;
  expect(await refusal(move, draft.consultationId, of.consultationId)).toEqual(FROZEN_BY);
  expect(await refusal(move, of.consultationId, draft.consultationId)).toEqual(FROZEN_BY);
});

test('nothing is emptied at once', async () => {
  for (const table of Object.keys(FROZEN))
    expect([table, await refusal(`truncate ${table} cascade`)]).toEqual([table, FROZEN_BY]);
});

test('the consultation itself may only be declared « sans suite », once; its launch is not taken back', async () => {
  const set = (change: string) =>
    refusal(`update consultation set ${change} where id = $1`, of.consultationId);
  for (const change of [
    `title = 'Autre'`,
    `launched_at = null`,
    `launched_at = now()`,
    'firm_years = 4',
    `object = 'Autre'`,
  ])
    expect([change, await set(change)]).toEqual([change, FROZEN_BY]);
  expect(await set(`cancelled_at = now(), cancellation_reason = 'sans suite', version = version + 1`)).toBe(
    'done',
  );
  expect(await refusal(`delete from consultation where id = $1`, of.consultationId)).toEqual(FROZEN_BY);
});

test('the publication is written once, and holds the hash of its text', async () => {
  const refused = ['23001', 'publication_is_append_only'];
  expect(await refusal(`update publication set sha256 = sha256`)).toEqual(refused);
  expect(await refusal(`delete from publication`)).toEqual(refused);
  expect(await refusal(`truncate publication`)).toEqual(refused);
  await source.query(
    `insert into group_launch (consultation_id, group_id, launched_at) values ($1, $2, now())`,
    [draft.consultationId, world.own.groupId],
  );
  const keep = (snapshot: string, sha256: string) =>
    refusal(
      `insert into publication (consultation_id, published_at, law_on, snapshot, sha256)
       values ($1, now(), '2026-12-01', $2, $3)`,
      ...[draft.consultationId, snapshot, sha256],
    );
  expect(await keep('{}', '0'.repeat(64))).toEqual(['23514', 'publication_sha256_is_that_of_the_snapshot']);
  expect(await keep('{}', '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')).toBe('done');
});

test('its launch and its members are kept; a member may renounce, and its membership does not vanish', async () => {
  const { buyerId, groupId } = world.own;
  const { consultationId } = of;
  const launch = ['23001', 'launch_is_kept'];
  const at = 'where consultation_id = $1';
  expect(await refusal(`update group_launch set launched_at = now() ${at}`, consultationId)).toEqual(launch);
  expect(await refusal(`delete from group_launch ${at}`, consultationId)).toEqual(launch);
  expect(await refusal(`update group_launch set ended_at = now() ${at}`, consultationId)).toBe('done');
  const members = ['23001', 'launch_members_are_kept'];
  expect(await refusal(`delete from group_launch_member ${at}`, consultationId)).toEqual(members);
  expect(await refusal(`update group_launch_member set buyer_id = buyer_id ${at}`, consultationId)).toEqual(
    members,
  );
  expect(
    await refusal(
      `insert into group_launch_member (consultation_id, buyer_id) values ($1, $2)`,
      consultationId,
      world.other.buyerId,
    ),
  ).toEqual(members);
  const kept = ['23001', 'launched_membership_is_kept'];
  expect(
    await refusal(`delete from membership where group_id = $1 and buyer_id = $2`, groupId, buyerId),
  ).toEqual(kept);
  expect(
    await refusal(`update membership set buyer_id = $2 where buyer_id = $1`, buyerId, world.other.buyerId),
  ).toEqual(kept);
  expect(await refusal(`update membership set withdrawn_at = now() where buyer_id = $1`, buyerId)).toBe(
    'done',
  );
  expect(
    await refusal(
      `insert into renunciation (consultation_id, buyer_id, reason, resolution_on, resolution_number, renounced_at)
       values ($1, $2, 'fermeture', '2026-11-20', '31', now())`,
      ...[consultationId, buyerId],
    ),
  ).toBe('done');
});

test('to people it is one French sentence', async () => {
  const error: unknown = await source
    .query(`update lot set title = 'Autre' where id = $1`, [of.lotIds[0]])
    .catch((failure: unknown) => failure);
  const { code, status, message } = refusalOf(error);
  expect([code, status]).toEqual(['FROZEN', 409]);
  expect(message).toMatch(/^Cette consultation est lancée\u00a0: .* ne changent plus\./);
});

test('what is written before a launch and not yet told makes it wait, and is in what it froze', async () => {
  const one = await publishable(source, world.own);
  const writing = source.createQueryRunner();
  await writing.startTransaction();
  await writing.query(`update lot set title = 'Écrit avant' where id = $1`, [one.lotIds[0]]);
  let told = false;
  const publishing = world
    .post(
      `/consultations/${one.consultationId}/publication`,
      officer,
      { withoutNonSignatories: false },
      { 'If-Match': '"1"' },
    )
    .finally(() => (told = true));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(told).toBe(false);
  await writing.commitTransaction();
  await writing.release();
  expect((await publishing).status).toBe(201);
  const [row] = await source.query<{ holds: boolean }[]>(
    `select snapshot like '%Écrit avant%' as holds from publication where consultation_id = $1`,
    [one.consultationId],
  );
  expect(row).toEqual({ holds: true });
});
