import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { BuyersImportService } from '../../src/buyers/buyers-import.service.js';
import { BuyersService } from '../../src/buyers/buyers.service.js';
import { nationalEntries, nationalEntry } from '../../src/buyers/national-reference.js';
import { searchKey } from '../../src/buyers/search-key.rules.js';
import { JournalQueries } from '../../src/platform/journal/journal.queries.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { KEY_WORDS, SUBJECT_WORDS } from '../../src/platform/journal/words.js';
import { CONSTRAINTS } from '../../src/platform/refusals/constraints.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { freshSiren } from '../accounts/recipes/buyers.js';
import { OPERATOR } from '../support/trace.js';

let world: World;
let admin: Holder;
let officer: Holder;
beforeAll(async () => {
  world = await World.open();
  admin = await world.person('administrator', { buyerId: null, groupId: null });
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
afterAll(() => world.close());

const AT = new Date('2026-11-25T09:31:58.123Z');
const LAVAL = '200083392';
const tx = <T>(work: (manager: DataSource['manager']) => Promise<T>): Promise<T> =>
  world.source.transaction(work);

interface Body {
  readonly id: string;
  readonly version: number;
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: { pointer: string; code: string; detail: string }[];
  readonly [key: string]: unknown;
}
async function send(
  method: string,
  path: string,
  holder: Holder,
  body?: unknown,
  version?: number,
): Promise<{ status: number; body: Body; link: string | null }> {
  const response = await world.api(path, holder, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(version === undefined ? {} : { headers: { 'If-Match': `"${version}"` } }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Body,
    link: response.headers.get('link'),
  };
}
const linesOfInstallation = async (subject: string, id: string) =>
  (
    await world.app.get(JournalQueries).ofGroup(world.source.manager, null, { limit: 1000, cursor: null })
  ).lines.filter((line) => line.subject === subject && line.subjectId === id);

describe('the key by which names are looked up', () => {
  test('is the same in SQL and in the program, for every commune and EPCI of the country', async () => {
    const names = [...nationalEntries()].flatMap((entry) => [
      entry.name,
      ...entry.formerCodes.flatMap(({ name }) => name ?? []),
    ]);
    names.push('  ', 'ŒUVRE & Æther', 'SAINT-OUËN', "Ste Anne d'Auray", 'ß Ł 東京');
    const rows = await world.source.query<{ name: string; key: string }[]>(
      `select name, search_key(name) as key from unnest($1::text[]) as name`,
      [names],
    );
    expect(rows.filter(({ name, key }) => searchKey(name) !== key)).toEqual([]);
    expect(rows.length).toBeGreaterThan(38_000);
  });
});

describe('the constraints of the database', () => {
  const refusedBy = async (sql: string, values: unknown[] = []): Promise<string> => {
    const error: unknown = await tx((manager) => manager.query(sql, values)).then(
      () => null,
      (reason: unknown) => reason,
    );
    const { constraint = '' } =
      (error as { driverError?: { constraint?: string } } | null)?.driverError ?? {};
    expect([sql, Object.keys(CONSTRAINTS)]).toEqual([sql, expect.arrayContaining([constraint])]);
    return constraint;
  };
  const buyer = `insert into buyer (id, siret, siren_alone, insee_code, name, kind, applies_code) values (gen_random_uuid(), `;

  test.each([
    ['buyer_has_a_siret_or_a_siren', `${buyer} '21530007000012', '215300070', null, 'X', 'other', false)`],
    ['buyer_siren_has_9_digits', `${buyer} null, '2153', null, 'X', 'other', false)`],
    ['buyer_kind_is_known', `${buyer} null, '215300070', null, 'X', 'region', false)`],
    ['buyer_commune_has_its_insee_code', `${buyer} null, '215300070', null, 'X', 'commune', false)`],
    ['buyer_insee_code_is_of_a_commune', `${buyer} null, '215300070', '53007', 'X', 'ccas', false)`],
    ['buyer_private_applies_the_code', `${buyer} null, '215300070', null, 'X', 'private', false)`],
  ])('%s', async (name, sql) => {
    expect(await refusedBy(sql)).toBe(name);
  });

  test('on what a buyer holds', async () => {
    const { buyerId } = world.own;
    const establishment = `insert into buyer_establishment (buyer_id, siret, label, engagement_required) values ($1, `;
    expect(await refusedBy(`${establishment} '21530054200010', 'Eau', false)`, [buyerId])).toBe(
      'buyer_establishment_has_the_siren_of_its_buyer',
    );
    expect(await refusedBy(`${establishment} '215', 'Eau', false)`, [buyerId])).toBe(
      'buyer_establishment_siret_has_14_digits',
    );
    const population = `insert into buyer_population (buyer_id, kind, value, vintage, in_force_on, source) values `;
    for (const [name, row] of [
      ['buyer_population_kind_is_known', `($1, 'comptée', 1, 2023, null, 'INSEE')`],
      ['buyer_population_is_not_negative', `($1, 'totale', -1, 2023, null, 'INSEE')`],
      ['buyer_population_vintage_is_a_year', `($1, 'totale', 1, 23, null, 'INSEE')`],
      ['buyer_population_has_a_source', `($1, 'totale', 1, 2023, null, '')`],
      [
        'buyer_population_comes_into_force_after_its_census',
        `($1, 'totale', 1, 2023, '2023-01-01', 'INSEE')`,
      ],
      [
        'buyer_population_is_given_once',
        `($1, 'totale', 1, null, null, 'a'), ($1, 'totale', 2, null, null, 'b')`,
      ],
    ])
      expect(await refusedBy(`${population} ${row}`, [buyerId])).toBe(name);
    const site = `insert into delivery_site (id, buyer_id, label, address) values `;
    expect(await refusedBy(`${site} (gen_random_uuid(), null, 'Atelier', 'rue')`)).toBe(
      'delivery_site_has_one_owner',
    );
    expect(
      await refusedBy(`${site} (gen_random_uuid(), $1, 'A', 'x'), (gen_random_uuid(), $1, 'A', 'y')`, [
        buyerId,
      ]),
    ).toBe('delivery_site_label_is_unique');
    expect(
      await refusedBy(
        `insert into cluster (id, name, lead_buyer_id) values (gen_random_uuid(), 'Seul', $1)`,
        [buyerId],
      ),
    ).toBe('cluster_lead_is_a_member');
  });
});

describe('buyers typed in', () => {
  const ccas = (changes: object = {}) => ({
    kind: 'ccas',
    name: 'CCAS de Laval',
    siren: freshSiren(),
    ...changes,
  });

  test('every fault at once, in French; then once only', async () => {
    const wrong = await send('POST', '/buyers', officer, {
      ...{
        kind: 'commune',
        name: 'Argentré',
        siret: '21530007000013',
        inseeCode: '53999',
        appliesCode: true,
      },
    });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'VALIDATION']);
    expect(wrong.body.errors!.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '#/siret wrong_check_digit',
      '#/inseeCode insee_code_unknown',
      '#/appliesCode code_said_by_public',
    ]);
    const given = ccas();
    const made = await send('POST', '/buyers', officer, given);
    expect([made.status, made.body]).toMatchObject([
      201,
      { siret: null, siren: given.siren, kind: 'ccas', version: 1, establishments: [], clusters: [] },
    ]);
    const again = await send('POST', '/buyers', admin, given);
    expect([again.status, again.body.code, again.body.detail]).toEqual([
      409,
      'BUYER_KNOWN_BY_SIREN',
      'CCAS de Laval est déjà enregistré sous ce SIREN\u00a0: compléter sa fiche plutôt que d’en créer une seconde.',
    ]);
    const [line] = await linesOfInstallation('buyer', made.body.id);
    expect(line).toMatchObject({
      key: 'buyers.register',
      before: null,
      after: { siren: given.siren, name: 'CCAS de Laval', buyerKind: 'ccas' },
    });
  });

  test('the same one twice at once is one', async () => {
    const given = ccas();
    const answers = await Promise.all([1, 2, 3].map(() => send('POST', '/buyers', officer, given)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('a private member says that it applies the code', async () => {
    const given = { kind: 'private', name: 'Association d’insertion', siren: freshSiren() };
    const refused = await send('POST', '/buyers', officer, given);
    expect(refused.body.errors).toMatchObject([
      {
        pointer: '#/appliesCode',
        code: 'private_without_the_code',
        detail: expect.stringContaining('L2113-6'),
      },
    ]);
    const made = await send('POST', '/buyers', officer, { ...given, appliesCode: true });
    expect([made.status, made.body['appliesCode']]).toEqual([201, true]);
  });

  test('are edited by whoever read them last; the SIRET is completed, never another’s', async () => {
    const { id, version } = (await send('POST', '/buyers', admin, ccas({ siren: '265300111', name: 'CCAS' })))
      .body;
    const path = `/buyers/${id}`;
    expect(await problem(world.api(path, admin, { method: 'PATCH', body: '{}' }))).toEqual([
      428,
      'VERSION_REQUIRED',
    ]);
    expect((await send('PATCH', path, officer, { name: 'X' }, version)).status).toBe(404);
    const other = await send('PATCH', path, admin, { siret: '21530007000012' }, version);
    expect([other.status, other.body.errors?.[0]?.code ?? other.body.code]).toEqual([422, 'kind_of_another']);
    const differs = await send('PATCH', path, admin, { siret: '35600000000048' }, version);
    expect([differs.status, differs.body.code]).toEqual([422, 'SIREN_DIFFERS']);
    const siret = siretOf('265300111');
    const [one, two] = await Promise.all([
      send('PATCH', path, admin, { siret }, version),
      send('PATCH', path, admin, { name: 'CCAS de Bourgon' }, version),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 412]);
    const current = (await send('GET', path, admin)).body;
    expect(current.version).toBe(2);
    const done = await send('PATCH', path, admin, { siret, name: 'CCAS de Bourgon' }, 2);
    expect(done.body).toMatchObject({ siret, siren: '265300111', name: 'CCAS de Bourgon', version: 3 });
    const erased = await send('PATCH', path, admin, { siret: null }, 3);
    expect([erased.status, erased.body.code]).toEqual([422, 'SIRET_STAYS']);
  });

  test('have a SIRET per budget, populations with their census, and delivery sites that keep their ids', async () => {
    const siren = freshSiren();
    const { id } = (await send('POST', '/buyers', admin, ccas({ siren }))).body;
    const put = (what: string, list: unknown, version: number) =>
      send('PUT', `/buyers/${id}/${what}`, admin, list, version);
    const water = { label: 'Eau', chorusServiceCode: 'EAU', engagementRequired: true, siret: siretOf(siren) };
    expect(
      (await put('establishments', { establishments: [{ ...water, siret: '21530007000012' }] }, 1)).body
        .errors,
    ).toMatchObject([{ pointer: '#/establishments/0/siret', code: 'siren_of_another_buyer' }]);
    const budgets = await put('establishments', { establishments: [water] }, 1);
    expect(budgets.body).toMatchObject({ establishments: [water], version: 2 });
    const taken = tx((manager) =>
      world.app
        .get(BuyersService)
        .register(manager, OPERATOR, AT, [{ siret: water.siret, inseeCode: null, name: 'X' }]),
    );
    await expect(taken).rejects.toMatchObject({ code: 'SIRET_TAKEN' });

    const figure = {
      kind: 'municipale',
      value: 2908,
      vintage: 2023,
      inForceOn: '2026-01-01',
      source: 'INSEE',
    };
    const missing = await put(
      'populations',
      { populations: [{ kind: 'municipale', value: 2908, source: 'INSEE' }] },
      2,
    );
    expect(missing.body.errors!.map(({ pointer }) => pointer)).toEqual([
      '#/populations/0/vintage',
      '#/populations/0/inForceOn',
    ]);
    const twice = await put('populations', { populations: [figure, figure] }, 2);
    expect(twice.body.errors).toMatchObject([{ pointer: '#/populations/1', code: 'population_given_twice' }]);
    expect((await put('populations', { populations: [figure] }, 2)).body).toMatchObject({
      populations: [figure],
      version: 3,
    });

    const site = (label: string, more: object = {}) => ({
      label,
      address: '4 rue des Ateliers',
      hours: null,
      ...more,
    });
    const first = await put('delivery-sites', { deliverySites: [site('Atelier'), site('École')] }, 3);
    const [atelier, ecole] = first.body['deliverySites'] as { id: string; label: string }[];
    const swapped = await put(
      'delivery-sites',
      { deliverySites: [site('École', { id: atelier!.id }), site('Atelier', { id: ecole!.id })] },
      4,
    );
    expect(swapped.body['deliverySites']).toMatchObject([
      { id: ecole!.id, label: 'Atelier' },
      { id: atelier!.id, label: 'École' },
    ]);
    const foreign = await put('delivery-sites', { deliverySites: [site('X', { id: randomUUID() })] }, 5);
    expect([foreign.status, foreign.body.code]).toEqual([422, 'DELIVERY_SITE_UNKNOWN']);
    const same = await put('delivery-sites', { deliverySites: [site('X'), site('X')] }, 5);
    expect(same.body.errors).toMatchObject([
      { detail: 'Deux lieux portent le même nom\u00a0: les distinguer.' },
    ]);
    const lines = await linesOfInstallation('buyer', id);
    expect(lines.map((line) => line.key)).toEqual([
      'buyers.delivery-sites',
      'buyers.delivery-sites',
      'buyers.populations',
      'buyers.establishments',
      'buyers.register',
    ]);
    expect(lines[0]!.after).toEqual({ siteAddresses: 'donnée personnelle' });
    for (const { subject, key, after } of lines) {
      expect([SUBJECT_WORDS[subject], KEY_WORDS[key]]).not.toContain(undefined);
      for (const fact of Object.keys(after!)) expect(Object.keys(FACT_WORDS)).toContain(fact);
    }
  });
});

describe('the national reference', () => {
  test('two imports at once make 35 buyers, once; then nothing changes', async () => {
    const before = (await world.source.query<{ n: number }[]>('select count(*)::int as n from buyer'))[0]!.n;
    const answers = await Promise.all(
      [1, 2].map(() => send('POST', '/buyers/imports', officer, { epci: LAVAL })),
    );
    const sizes = answers.map(({ status, body }) => [
      status,
      ...['created', 'updated', 'left', 'skipped'].map((list) => (body[list] as unknown[]).length),
    ]);
    // Argentré and Changé were here already, of a kind that nobody had told.
    expect(sizes.sort((a, b) => a[1]! - b[1]!)).toEqual([
      [200, 0, 0, 35, 0],
      [200, 33, 2, 0, 0],
    ]);
    const count = async () =>
      (
        await world.source.query<{ n: number; lines: number }[]>(
          `select (select count(*)::int from buyer) as n, (select count(*)::int from journal_entry) as lines`,
        )
      )[0]!;
    const after = await count();
    expect(after.n).toBe(before + 33);
    const again = await send('POST', '/buyers/imports', admin, { epci: LAVAL });
    expect(again.body['left']).toHaveLength(35);
    expect(await count()).toEqual(after);
  });

  test('a figure that someone completed with its census year and source stays alone', async () => {
    const [ahuille] = await world.source.query<{ id: string; version: number }[]>(
      `select id, version from buyer where siren = '215300013'`,
    );
    const { id, version } = ahuille!;
    const completed = [
      { kind: 'municipale', value: 1_900, vintage: 2023, inForceOn: '2026-01-01', source: 'INSEE, RP 2023' },
      { kind: 'totale', value: 1_950, vintage: 2023, inForceOn: '2026-01-01', source: 'INSEE, RP 2023' },
    ];
    const put = await send('PUT', `/buyers/${id}/populations`, admin, { populations: completed }, version);
    expect(put.status).toBe(200);
    const again = await send('POST', '/buyers/imports', admin, { epci: LAVAL });
    expect([(again.body['updated'] as unknown[]).length, (again.body['left'] as unknown[]).length]).toEqual([
      0, 35,
    ]);
    expect((await send('GET', `/buyers/${id}`, admin)).body).toMatchObject({
      version: version + 1,
      populations: completed,
    });
  });

  test('a commune is one buyer: its INSEE code is held once, under the SIREN that the reference tells', async () => {
    // Ahuillé is here, as 53001.
    const twin = { kind: 'commune', name: 'Ahuillé bis', inseeCode: '53001', siren: freshSiren() };
    const other = await send('POST', '/buyers', admin, twin);
    expect([other.status, other.body.errors]).toMatchObject([
      422,
      [
        {
          pointer: '#/siren',
          code: 'commune_of_another_siren',
          detail: expect.stringContaining('désigne Ahuillé (215300013), dont le SIREN') as string,
        },
      ],
    ]);
    // Where people gave a code to another buyer, before it was looked at.
    const [holder, siren] = [randomUUID(), '215300229'];
    expect(nationalEntry(siren)).toMatchObject({ inseeCode: '53022' });
    await world.source.query(
      `insert into buyer (id, siren_alone, insee_code, name, kind) values ($1, $2, '53022', 'Bais', 'commune')`,
      [holder, freshSiren()],
    );
    const given = { kind: 'commune', name: 'Bais', inseeCode: '53022', siren };
    const held = await send('POST', '/buyers', admin, given);
    expect([held.status, held.body.code, held.body.detail]).toEqual([
      ...[409, 'INSEE_CODE_TAKEN'],
      'Le code INSEE 53022 est déjà celui de la commune «\u00a0Bais\u00a0»\u00a0: compléter sa fiche, ou corriger le code.',
    ]);
    await world.source.query(`delete from buyer where id = $1`, [holder]);
    expect((await send('POST', '/buyers', admin, given)).status).toBe(201);
  });

  test('an absorbed commune stays found, and its code is kept', async () => {
    const found = await send('GET', '/buyers?q=53194', officer);
    const [line] = found.body['items'] as Body[];
    expect(line).toMatchObject({
      name: 'Loiron-Ruillé',
      inseeCode: '53137',
      siret: null,
      siren: '200055705',
    });
    expect((await send('GET', `/buyers/${line!.id}`, admin)).body).toMatchObject({
      formerCodes: [{ inseeCode: '53194', name: 'Ruillé-le-Gravelais' }],
      populations: [
        {
          kind: 'municipale',
          value: 2724,
          vintage: null,
          source: expect.stringContaining('millésime non indiqué'),
        },
        { kind: 'totale', value: 2772, vintage: null },
      ],
    });
  });

  test('the SIRET that a campaign gives completes the buyer that was imported, and joins need one', async () => {
    const service = world.app.get(BuyersService);
    const [{ id }] = await world.source.query<[{ id: string }]>(
      `select id from buyer where siren = '215300344'`,
    );
    await expect(service.requireSirets(world.source.manager, [id, world.own.buyerId])).rejects.toMatchObject({
      code: 'SIRET_MISSING',
      message: expect.stringContaining('Bonchamp-lès-Laval'),
    });
    const register = () =>
      tx((manager) =>
        service.register(manager, OPERATOR, AT, [
          { siret: '21530034400011', inseeCode: '53034', name: 'Bonchamp' },
        ]),
      );
    const ids = await Promise.all([register(), register()]);
    expect(ids.map((map) => map.get('21530034400011'))).toEqual([id, id]);
    await service.requireSirets(world.source.manager, [id]);
    const [line, ...others] = await linesOfInstallation('buyer', id);
    expect([line!.before, line!.after, others.length]).toEqual([
      { siret: null, name: 'Bonchamp-lès-Laval' },
      { siret: '21530034400011', name: 'Bonchamp' },
      1,
    ]);
    const kept = await send('POST', '/buyers/imports', officer, { sirens: ['215300344'] });
    expect(kept.body).toMatchObject({
      left: [{ id }],
      otherNames: [{ name: 'Bonchamp', nationalName: 'Bonchamp-lès-Laval' }],
    });
  });

  test('refuses what it does not know, and both ways of asking at once', async () => {
    for (const [body, code] of [
      [{}, 'IMPORT_OF_NOTHING'],
      [{ epci: LAVAL, sirens: ['215300344'] }, 'IMPORT_OF_NOTHING'],
      [{ epci: '215300344' }, 'EPCI_UNKNOWN'],
      [{ sirens: ['215300344', '999999999'] }, 'REFERENCE_UNKNOWN'],
      [{ sirens: ['2153'] }, 'VALIDATION'],
    ] as const) {
      const refused = await send('POST', '/buyers/imports', admin, body);
      expect([body, refused.status, refused.body.code]).toEqual([body, 422, code]);
    }
    const secretary = await world.person('commune_secretary', { buyerId: world.own.buyerId, groupId: null });
    expect((await send('POST', '/buyers/imports', secretary, { epci: LAVAL })).status).toBe(403);
  });

  test('is searched, and says who is registered', async () => {
    const found = await send('GET', '/reference/buyers?q=st%20ou%C3%ABn%20toits', officer);
    expect(found.body).toMatchObject({
      edition: 2026,
      items: [
        {
          ...{ name: 'Saint-Ouën-des-Toits', inseeCode: '53243', epci: LAVAL, buyerId: expect.any(String) },
          populations: { municipale: 1782 },
        },
      ],
      next: null,
    });
    const elsewhere = await send('GET', '/reference/buyers?q=oeuf%20en%20ternois', officer);
    expect(elsewhere.body).toMatchObject({ items: [{ name: 'Œuf-en-Ternois', buyerId: null }] });
    expect((await send('GET', '/reference/buyers', officer)).status).toBe(422);
    expect((await send('GET', '/reference/buyers?q=--', officer)).body['items']).toEqual([]);
  });
});

describe('a search among buyers', () => {
  const names = async (query: string) =>
    ((await send('GET', `/buyers?${query}`, officer)).body['items'] as Body[]).map(({ name }) => name);

  test.each([
    ['q=saint ouen', ['Saint-Ouën-des-Toits']],
    ['q=ST OUËN', ['Saint-Ouën-des-Toits']],
    ['q=l’huisserie', ["L'Huisserie"]],
    ['q=huiss', ["L'Huisserie"]],
    ['q=53243', ['Saint-Ouën-des-Toits']],
    ['q=215 302 431', ['Saint-Ouën-des-Toits']],
    ['q=nulle part', []],
    ['q=--', []],
  ])('%s', async (query, expected) => {
    expect(await names(encodeURI(query))).toEqual(expected);
  });

  test('the very name comes first; pages follow each other by their links', async () => {
    expect((await names('q=laval')).slice(0, 2)).toEqual(['Laval', 'CA Laval Agglomération']);
    const seen: unknown[] = [];
    for (let path: string | null = '/buyers?limit=7'; path !== null;) {
      const page: Awaited<ReturnType<typeof send>> = await send('GET', path, officer);
      seen.push(...(page.body['items'] as Body[]).map(({ id }) => id));
      path = /<\/api\/v1([^>]+)>/.exec(page.link ?? '')?.[1] ?? null;
    }
    const [{ n }] = await world.source.query<[{ n: number }]>('select count(*)::int as n from buyer');
    expect([seen.length, new Set(seen).size]).toEqual([n, n]);
    const forged = Buffer.from(JSON.stringify([7, 'x', 'y'])).toString('base64url');
    expect((await send('GET', `/buyers?after=${forged}`, officer)).body.code).toBe('MALFORMED_CURSOR');
  });
});

describe('clusters', () => {
  const idOf = async (inseeCode: string): Promise<string> =>
    (
      await world.source.query<{ id: string }[]>(`select id from buyer where insee_code = $1`, [inseeCode])
    )[0]!.id;

  test('gather communes around a lead one; a commune may be in several', async () => {
    const [loiron, olivet, bourgon] = [await idOf('53137'), await idOf('53169'), await idOf('53040')];
    const given = { name: 'Pôle de Loiron', leadBuyerId: loiron, memberIds: [olivet, olivet] };
    const [made, twin] = await Promise.all([
      send('POST', '/clusters', officer, given),
      send('POST', '/clusters', officer, { ...given, name: 'pole de LOIRON' }),
    ]);
    expect([made.status, twin.status].sort()).toEqual([201, 409]);
    const cluster = made.status === 201 ? made.body : twin.body;
    expect((cluster['members'] as Body[]).map(({ id }) => id).sort()).toEqual([loiron, olivet].sort());
    const path = `/clusters/${cluster.id}`;
    const left = await send('PUT', `${path}/members`, officer, { buyerIds: [bourgon] }, 1);
    expect([left.status, left.body.code]).toEqual([422, 'CLUSTER_LEAD_STAYS']);
    const unknown = await send('PUT', `${path}/members`, officer, { buyerIds: [loiron, randomUUID()] }, 1);
    expect([unknown.status, unknown.body.code]).toEqual([422, 'BUYERS_UNKNOWN']);
    const members = await Promise.all(
      [
        [loiron, bourgon],
        [loiron, olivet, bourgon],
      ].map((buyerIds) => send('PUT', `${path}/members`, officer, { buyerIds }, 1)),
    );
    expect(members.map(({ status }) => status).sort()).toEqual([200, 412]);
    const renamed = await send('PATCH', path, officer, { name: 'Pays de Loiron', leadBuyerId: olivet }, 2);
    expect(renamed.body).toMatchObject({ name: 'Pays de Loiron', leadName: 'Olivet', version: 3 });
    const site = { label: 'Atelier', address: '1 rue de l’Atelier', hours: 'le matin' };
    const shared = await send('PUT', `${path}/delivery-sites`, officer, { deliverySites: [site] }, 3);
    expect(shared.body['deliverySites']).toMatchObject([site]);

    const second = await send('POST', '/clusters', admin, { ...given, name: 'Pôle de l’Oudon' });
    expect((await send('GET', `/buyers/${olivet}`, admin)).body['clusters']).toEqual([
      { id: cluster.id, name: 'Pays de Loiron' },
      { id: second.body.id, name: 'Pôle de l’Oudon' },
    ]);
    const filtered = await send('GET', `/buyers?clusterId=${second.body.id}`, officer);
    expect((filtered.body['items'] as Body[]).map(({ name }) => name)).toEqual(['Loiron-Ruillé', 'Olivet']);
    const first = await send('GET', '/clusters?limit=1', officer);
    expect(first.body['items']).toMatchObject([{ name: 'Pays de Loiron', leadName: 'Olivet' }]);
    const next = await send('GET', `/clusters?limit=1&after=${String(first.body['next'])}`, officer);
    expect(next.body).toMatchObject({ items: [{ name: 'Pôle de l’Oudon', members: 2 }], next: null });
    const lines = await linesOfInstallation('cluster', cluster.id);
    expect(lines.map((line) => line.key)).toEqual([
      'clusters.delivery-sites',
      'clusters.edit',
      'clusters.members',
      'clusters.create',
    ]);
  });

  test('are led by a commune', async () => {
    const [{ id }] = await world.source.query<[{ id: string }]>(`select id from buyer where siren = $1`, [
      LAVAL,
    ]);
    const refused = await send('POST', '/clusters', officer, {
      name: 'Tous',
      leadBuyerId: id,
      memberIds: [],
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'CLUSTER_LEAD_IS_NO_COMMUNE']);
  });

  test('are kept by the validator of the lead commune, and by no other commune', async () => {
    const [olivet, bourgon] = [await idOf('53169'), await idOf('53040')];
    const { body } = await send('POST', '/clusters', admin, {
      name: 'Sud',
      leadBuyerId: olivet,
      memberIds: [bourgon],
    });
    const by = (buyerId: string) => world.person('commune_validator', { buyerId, groupId: null });
    expect((await send('PATCH', `/clusters/${body.id}`, await by(bourgon), { name: 'A' }, 1)).status).toBe(
      403,
    );
    expect((await send('PATCH', `/clusters/${body.id}`, await by(olivet), { name: 'A' }, 1)).status).toBe(
      200,
    );
  });
});

describe('an import by the service', () => {
  test('does not choose between buyers that bear the same INSEE code', async () => {
    await world.source.query(
      `insert into buyer (id, siren_alone, insee_code, name, kind) values ($1, $2, '53096', 'Ernée', 'commune')`,
      [randomUUID(), freshSiren()],
    );
    const report = await tx((manager) =>
      world.app
        .get(BuyersImportService)
        .importSirens(manager, OPERATOR, AT, [
          [...nationalEntries()].find((entry) => entry.inseeCode === '53096')!.siren,
        ]),
    );
    expect(report).toMatchObject({
      created: [],
      updated: [],
      left: [],
      skipped: [{ others: [{ name: 'Ernée' }] }],
    });
  });
});

/** A SIRET of that SIREN, with its key. */
function siretOf(siren: string): string {
  const digits = `${siren}0001`;
  const sum = [...digits].reduce((total, digit, i) => {
    const weighted = Number(digit) * ((digits.length - i) % 2 === 1 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
