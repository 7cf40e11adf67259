import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConsultationsService } from '../../src/consultations/consultations.service.js';
import { COPIED_ITEM_COLUMNS, COPIED_LOT_COLUMNS } from '../../src/catalogue/copied-columns.js';
import { CopyConsultationService } from '../../src/catalogue/copy-consultation.service.js';
import { BulletinsService } from '../../src/participation/bulletins.service.js';
import { ReplaceCatalogueService } from '../../src/catalogue/replace-catalogue.service.js';
import { refusalOf } from '../../src/platform/http/refusal-of.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { KEY_WORDS, SUBJECT_WORDS } from '../../src/platform/journal/words.js';
import { openIdleApplication } from '../support/application.js';
import { createTestDatabase, type TestDatabase } from '../support/server.js';
import { OPERATOR } from '../support/trace.js';

let database: TestDatabase;
let app: INestApplicationContext;
let source: DataSource;
const AT = new Date('2026-11-25T09:31:58.123Z');
const GROUP = randomUUID();
const BUYER = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  app = await openIdleApplication(database);
  source = app.get(DataSource);
  await source.query(
    `insert into buyer (id, siret, name) values ($1, '20008339200015', 'Laval Agglomération')`,
    [BUYER],
  );
  await source.query(`insert into purchasing_group (id, coordinator_id, title) values ($1, $2, 'Achats')`, [
    GROUP,
    BUYER,
  ]);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const open = (title: string, renewals = 3): Promise<string> =>
  source.transaction((tx) =>
    app.get(ConsultationsService).open(tx, OPERATOR, AT, GROUP, { title, firmYears: 1, renewals }),
  );
const launch = (id: string) =>
  source.transaction((tx) => app.get(ConsultationsService).recordLaunch(tx, OPERATOR, AT, id));
const copy = (id: string, title: string) =>
  source.transaction((tx) =>
    app.get(CopyConsultationService).copy(tx, OPERATOR, AT, id, { title, plannedLaunchOn: '2028-02-01' }),
  );

/** Lots in numbers and items of which no two facts are the same. */
async function fill(id: string, lots: number, itemsPerLot: number): Promise<void> {
  await source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form, purchase_family)
     select gen_random_uuid(), $1, n * 3, 'Lot ' || n, (array['34927100', '44113620', '45233141'])[1 + n % 3],
            (array['fournitures', 'services', 'travaux'])[1 + n % 3],
            (array['bons_de_commande', 'mixte', 'ordinaire'])[1 + n % 3], case when n % 2 = 0 then 'voirie' end
     from generate_series(1, $2::integer) as n`,
    [id, lots],
  );
  await source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     select gen_random_uuid(), $1, lot.id, lot.number * 100 + n, lot.number || '-' || n, 'Article ' || n, 'XBG', n::text,
            (lot.number * 1000 + n) / 10000.0, 5.5, '60633'
     from lot, generate_series(1, $2::integer) as n where lot.consultation_id = $1`,
    [id, itemsPerLot],
  );
}
const contents = async (id: string): Promise<unknown[][]> => [
  await source.query(
    `select ${COPIED_LOT_COLUMNS.join(', ')} from lot where consultation_id = $1 order by number`,
    [id],
  ),
  await source.query(
    `select lot.number as lot, ${COPIED_ITEM_COLUMNS.map((column) => `item.${column}`).join(', ')}
     from item join lot on lot.id = item.lot_id and lot.consultation_id = item.consultation_id
     where item.consultation_id = $1 order by item.position`,
    [id],
  ),
];

describe('a copied consultation', () => {
  test('of 60 lots and 1 200 items is the same, with ids of its own, and says of which it is the copy', async () => {
    const former = await open('Services techniques 2027');
    await fill(former, 60, 20);
    await source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) select $1, id, $2 from lot where consultation_id = $1`,
      [former, BUYER],
    );
    await launch(former);
    const next = await copy(former, 'Services techniques 2028');
    const [lots, items] = await contents(next);
    expect([lots!.length, items!.length]).toEqual([60, 1200]);
    expect([lots, items]).toEqual(await contents(former));
    const [row] = await source.query<Record<string, unknown>[]>(
      `select copied_from_id as "copiedFrom", planned_launch_on::text as planned, launched_at as launched, version,
              (select count(*)::int from lot_participation where consultation_id = $1) as participations,
              (select count(*)::int from lot a join lot b on b.id = a.id where a.consultation_id = $1 and b.consultation_id = $2) as common
       from consultation where id = $1`,
      [next, former],
    );
    expect(row).toEqual({
      copiedFrom: former,
      planned: '2028-02-01',
      launched: null,
      version: 1,
      participations: 0,
      common: 0,
    });
    const lines = await source.query<{ subject: string; key: string; count: number }[]>(
      `select subject, key, count(*)::int as count from journal_entry where key in ('consultations.copy', 'lots.copy')
       group by subject, key order by subject`,
    );
    expect(lines).toEqual([
      { subject: 'consultation', key: 'consultations.copy', count: 1 },
      { subject: 'item', key: 'lots.copy', count: 1200 },
      { subject: 'lot', key: 'lots.copy', count: 60 },
    ]);
    // A copy can be copied, and nothing of it when its title is taken.
    await expect(
      copy(next, 'Services techniques 2027').catch((error: unknown) => refusalOf(error).code),
    ).resolves.toBe('ALREADY_EXISTS');
  });

  test('takes over every column of lots and items, identities and versions apart', async () => {
    const left = ['id', 'consultation_id', 'lot_id', 'version'];
    for (const [table, copied] of [
      ['lot', COPIED_LOT_COLUMNS],
      ['item', COPIED_ITEM_COLUMNS],
    ] as const) {
      const columns = await source.query<{ name: string }[]>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [table],
      );
      expect(
        columns
          .map(({ name }) => name)
          .filter((name) => !left.includes(name))
          .sort(),
      ).toEqual([...copied].sort());
    }
  });
});

describe('a campaign recorded on a consultation', () => {
  test('that is launched is refused: its duration, its catalogue, its participations', async () => {
    const id = await open('Papier 2027');
    await launch(id);
    const refused = 'Cette consultation est lancée';
    await expect(open('Papier 2027')).rejects.toThrow(refused);
    const lots = app.get(ReplaceCatalogueService);
    const catalogue = () => source.transaction((tx) => lots.replace(tx, OPERATOR, AT, id, []));
    await expect(catalogue()).rejects.toMatchObject({ code: 'CONSULTATION_LAUNCHED' });
    const forms = () =>
      source.transaction((tx) => app.get(BulletinsService).record(tx, OPERATOR, AT, id, []));
    await expect(forms()).rejects.toMatchObject({ code: 'PARTICIPATION_CLOSED' });
  });
});

describe('the database, last', () => {
  const attempt = (sql: string, parameters: unknown[]) =>
    source.query(sql, parameters).then(
      () => 'accepted',
      (error: unknown) => refusalOf(error).message,
    );

  test.each([
    [`object = ''`, 'L’objet d’une consultation ne peut pas être vide.'],
    [`families = array['voirie', '']`, 'Une famille d’achats porte un nom.'],
    [`duration_motive = ''`, 'Le motif de la durée ne peut pas être vide.'],
    [`cancelled_at = now()`, 'Une consultation se déclare sans suite avec son motif.'],
    [
      `cancelled_at = now(), cancellation_reason = ''`,
      'Le motif de la déclaration sans suite ne peut pas être vide.',
    ],
    [
      `no_split_ground = 'habit'`,
      'Le motif de lot unique n’est pas l’un de ceux du code de la commande publique (L2113-10, L2113-11).',
    ],
    [
      `no_split_motive = 'un seul logiciel'`,
      'La justification du lot unique s’écrit avec son motif (CCP L2113-10, L2113-11)\u00a0: le choisir.',
    ],
    [
      `no_split_ground = 'cost', no_split_motive = ''`,
      'La justification du lot unique ne peut pas être vide.',
    ],
    [`firm_years = 31`, 'La durée ferme va de 1 à 30\u00a0ans.'],
  ])('refuses a consultation with %s', async (assignment, sentence) => {
    const id = await open('Contraintes');
    expect(await attempt(`update consultation set ${assignment} where id = $1`, [id])).toBe(sentence);
  });

  test('refuses two lots of one number, but lets lots exchange theirs in one statement', async () => {
    const id = await open('Numéros');
    await fill(id, 2, 0);
    expect(await attempt(`update lot set number = 9 where consultation_id = $1`, [id])).toBe(
      'Cette consultation a déjà un lot de ce numéro.',
    );
    expect(await attempt(`update lot set number = 9 - number where consultation_id = $1`, [id])).toBe(
      'accepted',
    );
    expect(await attempt(`update lot set purchase_family = '' where consultation_id = $1`, [id])).toBe(
      'La famille d’achats d’un lot porte un nom.',
    );
  });

  test('refuses a form signed by nobody, or by somebody of no capacity', async () => {
    const id = await open('Bulletins');
    await fill(id, 1, 0);
    const insert = (name: string | null, capacity: string | null) =>
      attempt(
        `insert into lot_participation (consultation_id, lot_id, buyer_id, signatory_name, signatory_capacity)
         select $1, id, $2, $3, $4 from lot where consultation_id = $1`,
        [id, BUYER, name, capacity],
      );
    expect(await insert('', 'maire')).toBe('Le signataire d’un bulletin porte un nom.');
    expect(await insert('Claire Martin', '')).toBe(
      'La qualité du signataire d’un bulletin ne peut pas être vide.',
    );
    expect(await insert('Claire Martin', null)).toBe('Le signataire d’un bulletin se donne avec sa qualité.');
    expect(await insert('Claire Martin', 'maire')).toBe('accepted');
    expect(await insert('Claire Martin', 'maire')).toBe('Ce membre participe déjà à ce lot.');
  });
});

test('everything that these rooms tell has its words', async () => {
  const facts = [
    'object',
    'families',
    'durationMotive',
    'plannedLaunchOn',
    'launchedOn',
    'reason',
    'copiedFrom',
  ];
  for (const fact of [
    ...facts,
    'noSplitGround',
    'noSplitMotive',
    'purchaseFamily',
    'reservedClusterId',
    'signatory',
  ])
    expect(Object.keys(FACT_WORDS)).toContain(fact);
  const lines = await source.query<{ subject: string; key: string }[]>(
    `select distinct subject, key from journal_entry`,
  );
  for (const { subject, key } of lines)
    expect([SUBJECT_WORDS[subject], KEY_WORDS[key]]).not.toContain(undefined);
  for (const key of [
    'consultations.create',
    'consultations.edit',
    'consultations.cancel',
    'lots.create',
    'lots.edit',
    'lots.delete',
    'lots.order',
  ])
    expect(Object.keys(KEY_WORDS)).toContain(key);
});
