import { REFUSALS } from '../../src/platform/refusals/catalogue.js';
import { randomUUID } from 'node:crypto';
import { SourcingQueries } from '../../src/sourcing/sourcing.queries.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { KEY_WORDS, SUBJECT_WORDS } from '../../src/platform/journal/words.js';
import { drawnSiret, supplierEntry } from '../accounts/recipes/sourcing.js';
import { type Holder, problem, World } from '../accounts/world.js';

let world: World;
let officer: Holder;
let consultationId: string;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  consultationId = randomUUID();
  await world.source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, 'Sel', 1, 0)`,
    [consultationId, world.own.groupId],
  );
  await world.source.query(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     values ($1, $2, 3, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
    [randomUUID(), consultationId],
  );
});
afterAll(() => world.close());

const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;
const create = async (more: object = {}): Promise<string> =>
  (await json<{ id: string }>(world.post('/suppliers', officer, supplierEntry(more)))).id;
const put = (id: string, version: number, body: object) =>
  world.api(`/suppliers/${id}`, officer, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'If-Match': `"${version}"` },
  });

describe('the directory of suppliers', () => {
  test('is searched by name without accents, SIRET, CPV, commune and status, page after page', async () => {
    const proof = { source: 'liste de la Dreets', provenOn: '2026-01-15' };
    const siret = drawnSiret();
    const id = await create({
      siret,
      name: 'Œuvre d’insertion Évron',
      activities: ['77310000'],
      departments: [],
      epci: ['200083392'],
      statuses: [
        { status: 'siae', ...proof, expiresOn: '2199-12-31' },
        { status: 'ea', ...proof, expiresOn: '2026-02-01' },
      ],
    });
    const found = async (query: string) =>
      (await json<{ items: { id: string }[] }>(world.api(`/suppliers?${query}`, officer))).items.map(
        (row) => row.id,
      );
    for (const query of ['q=oeuvre+evron', `q=${siret.slice(0, 9)}`, 'cpv=7731', 'cpv=77312000-0', 'cpv=77'])
      expect(await found(query)).toEqual([id]);
    expect(await found('commune=53130&cpv=77')).toEqual([id]);
    expect(await found('commune=35238&cpv=77')).toEqual([]);
    expect(await found('status=siae')).toEqual([id]);
    expect(await found('status=ea')).toEqual([]);
    expect(await problem(world.api('/suppliers?cpv=77312000-1', officer))).toEqual([422, 'VALIDATION']);
    await create({ name: 'Œuvre d’insertion Évron Nord', activities: ['77310000'] });
    const page = await json<{ items: unknown[]; next: string }>(
      world.api('/suppliers?q=evron&limit=1', officer),
    );
    expect([page.items.length, (await found(`q=evron&limit=1&after=${page.next}`)).length]).toEqual([1, 1]);
    expect(await problem(world.api('/suppliers?after=WyJhIl0', officer))).toEqual([400, 'MALFORMED_CURSOR']);
  });

  test('tells every fault of an entry at once', async () => {
    const response = await world.post('/suppliers', officer, {
      ...supplierEntry({
        siret: '1',
        activities: ['34', '99', '34927100-3'],
        departments: ['99'],
        communes: ['53000'],
      }),
    });
    const { code, errors } = (await response.json()) as { code: string; errors: { pointer: string }[] };
    expect([response.status, code, errors.map(({ pointer }) => pointer)]).toEqual([
      ...[422, 'VALIDATION'],
      ['#/siret', '#/activities/1', '#/activities/2', '#/departments/0', '#/communes/0'],
    ]);
  });

  test('refuses a SIRET twice, also when two people send it at once', async () => {
    const entry = supplierEntry();
    const answers = await Promise.all([1, 2].map(() => problem(world.post('/suppliers', officer, entry))));
    expect(answers.map(([status]) => status).sort()).toEqual([201, 409]);
    expect(answers).toContainEqual([409, 'SUPPLIER_ALREADY_LISTED']);
  });

  test('of two people who change one supplier, lets one through and shows it to the other', async () => {
    const id = await create();
    const entry = supplierEntry({ name: 'Sel du Maine' });
    const answers = await Promise.all([put(id, 1, entry), put(id, 1, { ...entry, name: 'Sel d’Anjou' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const stale = (await answers.find(({ status }) => status === 412)!.json()) as {
      current: { version: number };
    };
    expect(stale.current.version).toBe(2);
    expect(await problem(put(randomUUID(), 1, entry))).toEqual([404, 'NOT_FOUND']);
  });

  test('imports a file whole, after a trial that changes nothing, or tells every row at fault', async () => {
    const header =
      'siret;nom;activites_cpv;communes;departements;epci;france_entiere;statut;source_preuve;date_preuve;fin_preuve';
    const siret = drawnSiret();
    const send = (rows: string[], dryRun: boolean) =>
      world.post('/suppliers/import', officer, {
        fileName: 'f.csv',
        content: Buffer.from([header, ...rows].join('\r\n'), 'latin1').toString('base64'),
        dryRun,
      });
    const rows = [`${siret};Pépinière;77;;53;;;pme;Insee;2026-01-01;`];
    const counts = { updated: 0, unchanged: 0 };
    expect(await json(send(rows, true))).toEqual({ dryRun: true, created: 1, ...counts });
    expect(await json(send(rows, false))).toEqual({ dryRun: false, created: 1, ...counts });
    expect(await json(send(rows, false))).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect(await json(send([rows[0]!.replace('Insee', 'Sirene')], false))).toMatchObject({ updated: 1 });
    const wrong = [...rows, '12;;34;;;;;;;;'];
    expect(await problem(send(wrong, false))).toEqual([422, 'SUPPLIER_FILE_REFUSED']);
    const told = REFUSALS.SUPPLIER_FILE_REFUSED.detail;
    expect(told(1)).toContain('une erreur, indiquée dans «\u00a0errors\u00a0» avec sa ligne et sa colonne.');
    expect(told(3)).toContain(
      '3\u00a0erreurs, indiquées dans «\u00a0errors\u00a0» avec leur ligne et leur colonne.',
    );
    // A trial is refused as the import would be, and counts as it would.
    const trial = await send(wrong, true);
    const { errors } = (await trial.json()) as { errors: { pointer: string }[] };
    expect([trial.status, ...errors.map(({ pointer }) => pointer)]).toEqual([
      ...[422, '#/content/3/siret', '#/content/3/nom', '#/content/3/communes'],
    ]);
    const changed = rows[0]!.replace('Insee', 'Sirene, 2026');
    const would = { dryRun: true, created: 0, updated: 1, unchanged: 0 };
    for (let trials = 0; trials < 2; trials += 1) expect(await json(send([changed], true))).toEqual(would);
    expect(await json(send([changed.replace(', 2026', '')], true))).toMatchObject({
      updated: 0,
      unchanged: 1,
    });
  });
});

describe('the sourcing log', () => {
  const path = () => `/consultations/${consultationId}/sourcing`;
  const record = (supplierId: string, more: object = {}) =>
    world.post(`${path()}/contacts`, officer, {
      supplierId,
      metOn: '2026-01-15',
      subject: 'délais de livraison',
      informationGiven: ['300 tonnes par an'],
      ...more,
    });
  const verdicts = async () =>
    (await json<{ items: { verdict: string }[] }>(world.api(`${path()}/checks`, officer))).items.map(
      ({ verdict }) => verdict,
    );

  test('is corrected by another line and never changed; a supplier met is erased, not removed', async () => {
    const [one, two] = [await create({ name: 'Un' }), await create({ name: 'Deux' })];
    const { id } = await json<{ id: string }>(record(one));
    expect(await verdicts()).toEqual(['warn', 'ok']);
    await record(two, { informationGiven: [] });
    expect(await verdicts()).toEqual(['ok', 'warn']);
    await record(two);
    expect(await verdicts()).toEqual(['ok', 'ok']);
    const correct = () =>
      world.post(`${path()}/contacts/${id}/correction`, officer, {
        ...{ supplierId: one, metOn: '2026-01-16', subject: 'délais', reason: 'erreur de date' },
      });
    const answers = await Promise.all([problem(correct()), problem(correct())]);
    expect(answers.map(([status]) => status).sort()).toEqual([201, 409]);
    expect(answers).toContainEqual([409, 'CONTACT_ALREADY_CORRECTED']);
    expect(await problem(record(two, { lotNumber: 99 }))).toEqual([422, 'CONTACT_LOT_UNKNOWN']);
    const struck = await json<{ id: string }>(record(two, { lotNumber: 3 }));
    const strike = () =>
      problem(world.post(`${path()}/contacts/${struck.id}/strike-out`, officer, { reason: 'erreur' }));
    expect([await strike(), await strike()]).toEqual([
      [201, undefined],
      [409, 'CONTACT_STRUCK_OUT'],
    ]);
    const { items } = await json<{ items: { state: string }[] }>(world.api(`${path()}/contacts`, officer));
    expect(items.map(({ state }) => state)).toEqual([
      ...['corrected', 'standing', 'standing', 'standing', 'struck out', 'struck out'],
    ]);
    await expect(world.source.query(`delete from sourcing_contact`)).rejects.toThrow('never changed');
    await expect(world.source.query(`update sourcing_contact set subject = 'x'`)).rejects.toThrow('never');
    const remove = { method: 'DELETE', headers: { 'If-Match': '"1"' } };
    expect(await problem(world.api(`/suppliers/${one}`, officer, remove))).toEqual([409, 'SUPPLIER_WAS_MET']);
    const administrator = await world.person('administrator', { buyerId: null, groupId: null });
    expect((await world.post(`/suppliers/${one}/erasure`, administrator, {})).status).toBe(204);
    expect(await problem(world.api(`/suppliers/${one}`, officer))).toEqual([404, 'NOT_FOUND']);
    expect(await json(world.api(`${path()}/contacts`, officer))).toMatchObject({
      items: [{ supplierName: 'Fournisseur effacé', supplierSiret: null }, {}, {}, {}, {}, {}],
    });
    expect(await problem(record(one))).toEqual([422, 'SUPPLIER_UNKNOWN']);
  });

  test('takes no contact to come, and none after the launch', async () => {
    const id = await create();
    expect(await problem(record(id, { metOn: '2199-01-01' }))).toEqual([422, 'CONTACT_IN_FUTURE']);
    await world.source.query(`update consultation set launched_at = '2026-02-01' where id = $1`, [
      consultationId,
    ]);
    expect(await problem(record(id, { metOn: '2026-02-02' }))).toEqual([409, 'CONTACT_AFTER_LAUNCH']);
    expect(await problem(record(id, { metOn: '2026-01-31' }))).toEqual([201, undefined]);
  });

  test('tells the journal in French words, without a name, a SIRET or what was said', async () => {
    const lines = await world.source.query<{ subject: string; key: string; before: object; after: object }[]>(
      `select subject, key, before, after from journal_entry where key like 'sourcing.%'`,
    );
    expect(new Set(lines.map(({ key }) => key)).size).toBe(5);
    for (const { subject, key, before, after } of lines) {
      expect([SUBJECT_WORDS[subject], KEY_WORDS[key]]).not.toContain(undefined);
      for (const fact of Object.keys({ ...before, ...after })) expect(FACT_WORDS).toHaveProperty(fact);
      expect(JSON.stringify([before, after])).not.toMatch(/\d{14}|Sel|tonnes/);
    }
  });
});

describe('how many could answer', () => {
  const on = '2026-11-25';
  const count = (cpvCodes: string[], inseeCodes: string[]) =>
    world.app.get(SourcingQueries).answerable(world.source.manager, { cpvCodes, inseeCodes, on });

  test('counts those whose activity covers the code, where they serve, by proofs that hold', async () => {
    const proof = { source: 'Insee', provenOn: '2026-01-15' };
    const work = { activities: ['45233100'] };
    await create({ ...work, statuses: [{ status: 'sme', ...proof, expiresOn: null }] });
    await create({
      ...{ activities: ['4523'], departments: [], communes: ['53130'] },
      statuses: [
        { status: 'ea', ...proof, expiresOn: '2026-12-31' },
        { status: 'siae', ...proof, expiresOn: '2026-11-24' },
      ],
    });
    await create({ activities: ['45233162'], departments: [], nationwide: true });
    const none = { sme: 0, adapted: 0, siae: 0, prisonWork: 0, socialEconomy: 0 };
    expect(await count(['45233100'], ['53130', '53054'])).toEqual({
      somewhere: { ...none, total: 2, sme: 1, adapted: 1 },
      everywhere: { ...none, total: 1, sme: 1 },
      partly: { ...none, total: 1 },
      byCommune: [
        { inseeCode: '53054', ...none, total: 1, sme: 1 },
        { inseeCode: '53130', ...none, total: 2, sme: 1, adapted: 1 },
      ],
    });
    expect((await count(['45233100'], [])).somewhere.total).toBe(2);
    const path = '/suppliers/answerable?cpv=45233100,99&communes=53130,53000';
    expect(await problem(world.api(path, officer))).toEqual([422, 'VALIDATION']);
  });

  test('answers at once on 20 000 suppliers, by its indexes', async () => {
    await world.source.query(
      `with made as (
         insert into supplier (id, siret, name, search_key, nationwide, created_at)
         select gen_random_uuid(), lpad(n::text, 14, '0'), 'F' || n, 'f' || n, n % 50 = 0, now()
         from generate_series(1, 20000) as n returning id, siret),
       numbered as (select id, siret::bigint as n from made),
       activity as (
         insert into supplier_activity (supplier_id, cpv_prefix)
         select distinct id, left(code, 2) || rtrim(substr(code, 3), '0') from numbered
         join lateral (select code from cpv_code order by code offset (n * 7) % 9000 limit 3) as c on true),
       department as (
         insert into supplier_department (supplier_id, department_code)
         select id, case when n % 4 = 0 then '53' else lpad((n % 95 + 1)::text, 2, '0') end from numbered
         where n % 95 <> 19)
       insert into supplier_status (supplier_id, status, source, proven_on)
       select id, case when n % 3 = 0 then 'sme' else 'siae' end, 'essai', '2026-01-01' from numbered`,
    );
    await world.source.query('analyze supplier, supplier_activity, supplier_department, supplier_status');
    const communes = Array.from({ length: 34 }, (_, rank) => `53${String(rank + 1).padStart(3, '0')}`);
    const start = performance.now();
    const { somewhere, byCommune } = await count(['34927100'], communes);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect([somewhere.total > 0, byCommune.length]).toEqual([true, 34]);
    const plan = await world.source.query<Record<string, string>[]>(
      `explain select supplier_id from supplier_activity where cpv_prefix = any('{34,349,3492,34927,349271}')`,
    );
    expect(JSON.stringify(plan)).toContain('supplier_activity_by_prefix');
  });
});
