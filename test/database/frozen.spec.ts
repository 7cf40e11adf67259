import { readFileSync } from 'node:fs';
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
  need_campaign: 'consultation_id = $1',
  need_declaration: 'consultation_id = $1',
  need_entry: 'consultation_id = $1',
  need_lot_answer: 'consultation_id = $1',
  need_history: 'consultation_id = $1',
  need_version: 'consultation_id = $1',
  need_exclusion: 'consultation_id = $1',
  need_signal_confirmation: 'consultation_id = $1',
  consultation_terms: 'consultation_id = $1',
  lot_terms: 'consultation_id = $1',
  procedure_choice: 'consultation_id = $1',
  procedure_small_lot: 'consultation_id = $1',
  lot_delivery_site: 'consultation_id = $1',
  document_particulars: 'consultation_id = $1',
  document_particular: 'consultation_id = $1',
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
  // What people say of a declaration goes on.
  'need_comment',
  // When people were reminded.
  'need_reminder',
  ...['cost_sharing', 'cost_line', 'cost_line_lot', 'dossier', 'sourcing_contact'],
  // Documents are asked for again, of what is frozen.
  'document_set',
  'needs_export',
  'mail',
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
  for (const rows of [
    `need_campaign (consultation_id, opened_at, deadline, validation_required, closed_at)
     select consultation, now() - interval '9 days', now() - interval '2 days', false, now() - interval '1 day'`,
    `document_particulars (consultation_id, version) select consultation, 1`,
    `document_particular (consultation_id, code, value) select consultation, 'reference', '2027-03'`,
    `need_declaration (consultation_id, buyer_id, started_at) select consultation, buyer, now()`,
    `need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, updated_at, channel)
     select consultation, buyer, item, lot, 12.5, now(), 'api'`,
    `need_lot_answer (consultation_id, buyer_id, lot_id) select consultation, buyer, lot`,
    `need_history (consultation_id, buyer_id, item_id, quantity, source) select consultation, buyer, item, 10, 'import'`,
    `need_exclusion (consultation_id, buyer_id, lot_id, excluded_at) select consultation, buyer, lot, now()`,
    `need_signal_confirmation (consultation_id, buyer_id, kind, item_id, fingerprint, reason, confirmed_at)
     select consultation, buyer, 'whole', item, '12.5', 'vendu au poids', now()`,
  ])
    await source.query(
      `with given as (select $1::uuid as consultation, $2::uuid as buyer, $3::uuid as lot, $4::uuid as item)
       insert into ${rows} from given`,
      [one.consultationId, buyerId, lot, one.itemId],
    );
  await source.query(
    `insert into need_version (id, consultation_id, buyer_id, number, kind, revision, content, sha256, receipt,
                               transmitted_at, channel)
     values (gen_random_uuid(), $1, $2, 1, 'transmission', 0, '{}', encode(sha256('{}'), 'hex'), $1::uuid::text, now(), 'api')`,
    [one.consultationId, buyerId],
  );
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
/** What is refused sooner: by rows that name it, or for being kept whatever happens. */
const HELD: Readonly<Record<string, readonly [string, string]>> = {
  need_campaign: ['23503', 'need_declaration_campaign'],
  need_declaration: ['23503', 'need_entry_declaration'],
  need_version: ['23001', 'need_version_is_kept'],
};
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
    expect(await refusal(remove, of.consultationId)).toEqual(HELD[table] ?? FROZEN_BY);
    const insert = `insert into ${table} (${columns}) select ${columns} from ${table} where ${rows}`;
    // Written again, a row is there already: refused for that, when it may change at all.
    expect((await refusal(insert, draft.consultationId))[0]).toBe('23505');
    const refused = await refusal(insert, of.consultationId);
    // Once a statement: what counts by the thousand is judged after it is written.
    if (table.startsWith('need_')) expect(refused[0]).toBe('23505');
    else expect(refused).toEqual(FROZEN_BY);
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
  expect(
    await refusal(
      `insert into renunciation (consultation_id, buyer_id, reason, resolution_on, resolution_number, renounced_at)
       values ($1, $2, 'fermeture', '2026-11-20', '31', now())`,
      ...[consultationId, buyerId],
    ),
  ).toBe('done');
});

describe('what the launch rests on in its group', () => {
  const place = () => [world.own.groupId, world.own.buyerId] as const;
  const AT = 'where group_id = $1 and buyer_id = $2';
  const decision = ['23001', 'launched_decision_is_kept'];
  const kept = ['23001', 'launched_membership_is_kept'];

  test('the decision of a member, its transmission and its date: none changes', async () => {
    for (const change of [
      ...['enforceable_on = null', `decision_kind = 'delegated'`, `resolution_on = '2026-06-21'`],
      ...[
        `resolution_number = '18'`,
        `sent_to_prefecture_on = '2026-06-23'`,
        `enforceable_on = '2026-06-25'`,
      ],
      ...[`joined_at = now()`, `joined_at = null, declined_at = now()`],
    ])
      expect([change, await refusal(`update membership set ${change} ${AT}`, ...place())]).toEqual([
        change,
        decision,
      ]);
    const figure = `update membership set municipal_population = 900, population_source = 'Insee', version = version + 1 ${AT}`;
    expect(await refusal(figure, ...place())).toBe('done');
  });

  test('a member withdraws once it renounced, or once the launch is over; then it may be invited again', async () => {
    const out = `update membership set withdrawn_at = now()`;
    expect(await refusal(`${out} ${AT}`, ...place())).toEqual(kept);
    expect(await refusal(`${out}, enforceable_on = null ${AT}`, ...place())).not.toBe('done');
    const undo = new Error('undone');
    const steps = (release: string, ...then: string[]) =>
      source
        .transaction(async (tx) => {
          await tx.query(release, [of.consultationId]);
          for (const statement of [`${out} ${AT}`, ...then]) await tx.query(statement, [...place()]);
          throw undo;
        })
        .catch((error: unknown) =>
          error === undo ? 'done' : (error as { driverError: { constraint: string } }).driverError.constraint,
        );
    // Any other launch of the group with it is over.
    await source.query(
      `update group_launch set ended_at = now() where group_id = $1 and consultation_id <> $2 and ended_at is null`,
      [world.own.groupId, of.consultationId],
    );
    const renounced = `insert into renunciation (consultation_id, buyer_id, reason, resolution_on, resolution_number, renounced_at)
      select $1, '${world.own.buyerId}', 'fermeture', '2026-11-20', '31', now()`;
    const over = `update group_launch set ended_at = now() where consultation_id = $1`;
    const anew = `update membership set withdrawn_at = null, withdrawal_reason = null, joined_at = null, invited_at = now(),
      decision_kind = null, resolution_on = null, resolution_number = null, sent_to_prefecture_on = null,
      enforceable_on = null ${AT}`;
    const joined = `update membership set joined_at = clock_timestamp(), decision_kind = 'resolution', resolution_on = '2026-11-01' ${AT}`;
    const signed = `update agreement_signature set recorded_at = clock_timestamp(), signed_on = '2026-11-20' ${AT}`;
    for (const release of [renounced, over]) {
      expect(await steps(release)).toBe('done');
      expect(await steps(release, anew, joined, signed)).toBe('done');
      // Neither taken back, nor decided otherwise afterwards.
      expect(await steps(release, `update membership set withdrawn_at = null ${AT}`)).toBe(
        'launched_membership_is_kept',
      );
      expect(await steps(release, `update membership set enforceable_on = null ${AT}`)).toBe(
        'launched_decision_is_kept',
      );
      expect(await steps(release, signed)).toBe('launched_signature_is_kept');
    }
  });

  test('the version of the agreement and its signatures; avenants go on', async () => {
    const version = ['23001', 'launched_agreement_is_kept'];
    const [groupId] = place();
    const ofGroup = 'where group_id = $1';
    expect(await refusal(`update agreement_version set label = 'x' ${ofGroup}`, groupId)).toEqual(version);
    expect(await refusal(`delete from agreement_version ${ofGroup}`, groupId)).toEqual(version);
    const signature = ['23001', 'launched_signature_is_kept'];
    for (const buyerId of [place()[1], of.coordinatorId]) {
      expect(await refusal(`delete from agreement_signature ${AT}`, groupId, buyerId)).toEqual(signature);
      for (const change of [`signatory_name = 'Autre'`, `recorded_at = now()`, `signed_on = '2026-07-02'`])
        expect(await refusal(`update agreement_signature set ${change} ${AT}`, groupId, buyerId)).toEqual(
          signature,
        );
    }
    const next = `with added as (
        insert into agreement_version (group_id, number, label, summary, adopted_on, recorded_at)
        values ($1, 2, 'Avenant', '', '2026-11-20', now()) returning number)
      insert into agreement_signature (group_id, version_number, buyer_id, signed_on, signatory_name,
                                       signatory_capacity, recorded_at)
      select $1, number, $2, '2026-11-21', 'Claire Martin', 'maire', now() from added`;
    const undo = new Error('undone');
    const after = source.transaction(async (tx) => {
      await tx.query(next, [...place()]);
      await tx.query(`update agreement_signature set signatory_name = 'Autre' ${AT} and version_number = 2`, [
        ...place(),
      ]);
      await tx.query(`delete from agreement_signature ${AT} and version_number = 2`, [...place()]);
      await tx.query(`update agreement_version set label = 'Avenant n° 1' ${ofGroup} and number = 2`, [
        groupId,
      ]);
      await tx.query(`delete from agreement_version ${ofGroup} and number = 2`, [groupId]);
      throw undo;
    });
    await expect(after).rejects.toBe(undo);
  });

  test('the coordinator; and nothing of it is emptied at once', async () => {
    const coordinator = `update purchasing_group set coordinator_id = $2 where id = $1`;
    expect(await refusal(coordinator, ...place())).toEqual(['23001', 'launched_coordinator_is_kept']);
    expect(await refusal(coordinator, world.other.groupId, world.own.buyerId)).toBe('done');
    expect(await refusal(`update purchasing_group set title = 'Autre titre' where id = $1`, place()[0])).toBe(
      'done',
    );
    for (const table of ['membership', 'agreement_version', 'agreement_signature', 'group_launch_member'])
      expect([table, (await refusal(`truncate ${table} cascade`))[0]]).toEqual([table, '23001']);
  });

  test('a launch is told the version that it rests on by the database, whatever is asked', async () => {
    const [row] = await source.query<{ number: number }[]>(
      `select agreement_number as number from group_launch where consultation_id = $1`,
      [of.consultationId],
    );
    expect(row).toEqual({ number: 1 });
    expect(await refusal(`update group_launch set agreement_number = null`)).toEqual([
      '23001',
      'launch_is_kept',
    ]);
  });
});

test('launches of before are told the version that they were published with, and are kept as they are', async () => {
  const file = (way: string) =>
    readFileSync(
      new URL(`../../migrations/20261129090000-launched-groups-are-kept.${way}.sql`, import.meta.url),
      'utf8',
    );
  const undo = new Error('undone');
  const again = source.transaction(async (tx) => {
    await tx.query(file('down'));
    await tx.query(file('up'));
    const [row] = await tx.query<{ number: number }[]>(
      `select agreement_number as number from group_launch where consultation_id = $1`,
      [of.consultationId],
    );
    expect(row).toEqual({ number: 1 });
    throw undo;
  });
  await expect(again).rejects.toBe(undo);
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
