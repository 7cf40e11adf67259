import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { ReplaceCatalogueService } from '../../src/catalogue/replace-catalogue.service.js';
import { ProtectionReadingService } from '../../src/protection/protection-reading.service.js';
import type { ProtectionAnswer } from '../../src/protection/protection.dto.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { OPERATOR } from '../support/trace.js';
import { LAW_DAY, onLawDay } from '../support/law-figures.js';

let world: World;
let officer: Holder;
let consultationId: string;
const sql = <T>(text: string, values: unknown[] = []): Promise<T[]> => world.source.query<T[]>(text, values);

async function freshConsultation(): Promise<string> {
  const id = randomUUID();
  await sql(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 2)`,
    [id, world.own.groupId, `Achat ${id}`],
  );
  return id;
}
async function freshLot(number = 1, consultation = consultationId, cpv = '03451000'): Promise<string> {
  const id = randomUUID();
  await sql(
    `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
     values ($1, $2, $3, 'Végétaux', $4, 'fournitures', 'bons_de_commande')`,
    [id, consultation, number, cpv],
  );
  return id;
}

beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
beforeEach(async () => {
  consultationId = await freshConsultation();
});
afterAll(() => world.close());

const WHY = 'Plafonner les lots et payer une avance laisse répondre de petites entreprises.';
const CAP = {
  lever: 'LOT_CAP',
  record: { cap: 1, tieRule: 'préférence du candidat', competition: 'cinq offres' },
};
const ADVANCE = { lever: 'ADVANCE', record: { rate: '20.00' } };
const put = (lotId: string, body: object, version?: number, holder = officer) =>
  world.api(`/lots/${lotId}/protection`, holder, {
    method: 'PUT',
    body: JSON.stringify(body),
    ...(version === undefined ? {} : { headers: { 'If-Match': `"${version}"` } }),
  });
const get = (lotId: string, holder = officer) => world.api(`/lots/${lotId}/protection`, holder);
const remove = (lotId: string, version?: number, holder = officer) =>
  world.api(`/lots/${lotId}/protection`, holder, {
    method: 'DELETE',
    ...(version === undefined ? {} : { headers: { 'If-Match': `"${version}"` } }),
  });
const bodyOf = async (response: Response) => (await response.json()) as ProtectionAnswer;
const journalOf = (lotId: string) =>
  sql<{ key: string; before: object | null; after: object | null }>(
    `select key, before, after from journal_entry where subject = 'protection' and subject_id = $1 order by position`,
    [lotId],
  );

describe('« Mesures d’accès des TPE-PME » of a lot', () => {
  test('is set, read, changed, taken away; each is in the journal, and what changes nothing is not', async () => {
    const lotId = await freshLot(1);
    await freshLot(2);
    const bare = await get(lotId);
    expect([bare.status, bare.headers.get('etag')]).toEqual([200, '"0"']);
    expect(await bodyOf(bare)).toMatchObject({
      decided: false,
      justification: null,
      version: 0,
      levers: [],
    });

    // As it was read, or without a word of what was read: nothing was there.
    const set = await put(lotId, { justification: WHY, levers: [ADVANCE, CAP] }, 0);
    expect([set.status, set.headers.get('etag')]).toEqual([200, '"1"']);
    const state = await bodyOf(set);
    expect(state).toMatchObject({
      lotId,
      lotNumber: 1,
      decided: true,
      justification: WHY,
      version: 1,
      verdict: 'warn',
    });
    expect(state.levers.map(({ lever, record, verdict }) => [lever, record, verdict])).toEqual([
      ['ADVANCE', { rate: '20' }, 'ok'],
      ['LOT_CAP', CAP.record, 'warn'],
    ]);
    expect(state.duties.map(({ rule }) => rule)).toEqual([
      ...['SOCIAL_CLAUSE', 'ENVIRONMENTAL_CRITERION', 'ENVIRONMENTAL_CLAUSE', 'SUSTAINABLE_SPECIFICATION'],
      ...['PAYMENT', 'SPASER'],
    ]);

    expect(await bodyOf(await put(lotId, { justification: WHY, levers: [CAP, ADVANCE] }, 1))).toMatchObject({
      version: 1,
    });
    const changed = await put(
      lotId,
      { justification: WHY, levers: [{ ...CAP, record: { ...CAP.record, cap: 2 } }] },
      1,
    );
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await bodyOf(await get(lotId))).toEqual(await bodyOf(changed));
    expect((await remove(lotId, 2)).status).toBe(204);
    expect(await bodyOf(await get(lotId))).toMatchObject({ decided: false, levers: [] });

    const cap = (count: number) => ({
      'Plafond de lots par candidat': {
        'Nombre de lots au plus': count,
        'Règle de départage': 'préférence du candidat',
        'Concurrence attendue': 'cinq offres',
      },
    });
    const advance = { Avance: { 'Taux de l’avance': '20' } };
    expect(await journalOf(lotId)).toEqual([
      {
        key: 'protection.decide',
        before: null,
        after: { number: 1, justification: WHY, ...cap(1), ...advance },
      },
      { key: 'protection.decide', before: { ...cap(1), ...advance }, after: cap(2) },
      { key: 'protection.withdraw', before: { number: 1, justification: WHY, ...cap(2) }, after: null },
    ]);
  });

  test('asks for the version once it exists', async () => {
    const lotId = await freshLot();
    const asked = { justification: WHY, levers: [ADVANCE] };
    expect(await problem(put(lotId, asked, 1))).toEqual([412, 'STALE_VERSION']);
    expect((await put(lotId, asked)).status).toBe(200);
    expect(await problem(put(lotId, asked, 0))).toEqual([412, 'STALE_VERSION']);
    expect(await problem(put(lotId, asked))).toEqual([428, 'VERSION_REQUIRED']);
    expect(await problem(remove(lotId))).toEqual([428, 'VERSION_REQUIRED']);
    const stale = await put(lotId, asked, 7);
    expect([stale.status, stale.headers.get('etag')]).toEqual([412, '"1"']);
    expect(await stale.json()).toMatchObject({ current: { version: 1, justification: WHY } });
    expect(await problem(remove(lotId, 7))).toEqual([412, 'STALE_VERSION']);
    const weak = { method: 'DELETE', headers: { 'If-Match': 'W/"1"' } };
    expect(await problem(world.api(`/lots/${lotId}/protection`, officer, weak))).toEqual([
      400,
      'MALFORMED_VERSION',
    ]);
    expect((await remove(lotId, 1)).status).toBe(204);
    expect(await problem(remove(lotId, 1))).toEqual([404, 'NOT_FOUND']);
  });

  test('tells everything to correct at once, and keeps nothing', async () => {
    const lotId = await freshLot();
    const refused = await put(lotId, {
      justification: 'Pour les entreprises locales, dont la SARL Martin.',
      levers: [CAP, { lever: 'PERFORMANCE', record: { kinds: ['couleur'], 'a/b': 1 } }],
    });
    expect(refused.status).toBe(422);
    const { code, detail, errors } = (await refused.json()) as {
      code: string;
      detail: string;
      errors: { in: string; pointer: string; code: string; detail: string }[];
    };
    expect(code).toBe('PROTECTION_UNSOUND');
    expect(detail).toContain('7\u00a0défauts');
    expect(errors.map(({ in: place, pointer, code: fault }) => `${place} ${pointer} ${fault}`)).toEqual([
      'body #/justification justificationPlace',
      'body #/justification justificationSupplier',
      'body #/levers/0/lever leverNotUsable',
      'body #/levers/1/record/kinds fieldMalformed',
      'body #/levers/1/record/requirement fieldMissing',
      'body #/levers/1/record/proof fieldMissing',
      'body #/levers/1/record/a~1b fieldUnknown',
    ]);
    expect(errors[2]!.detail).toMatch(/Aucun autre lot n’est comparable/);
    expect(await bodyOf(await get(lotId))).toMatchObject({ decided: false });
    for (const wrong of [
      {},
      { justification: WHY },
      { justification: 3, levers: [] },
      { justification: WHY, levers: [3] },
      { justification: WHY, levers: [{ lever: 'ADVANCE', record: [] }] },
      { justification: WHY, levers: [ADVANCE], extra: 1 },
    ])
      expect(await problem(put(lotId, wrong))).toEqual([422, 'VALIDATION']);
    expect(await problem(put(lotId, { justification: WHY, levers: [] }))).toEqual([
      422,
      'PROTECTION_UNSOUND',
    ]);
    expect(await problem(put(randomUUID(), { justification: WHY, levers: [ADVANCE] }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  test('its justification is open to every reader of the group, and to nobody else', async () => {
    const lotId = await freshLot();
    await put(lotId, { justification: WHY, levers: [ADVANCE] });
    const { groupId, buyerId } = world.own;
    const readers = [
      await world.person('commune_secretary', { buyerId, groupId: null }),
      await world.person('legal_validator', { buyerId: null, groupId }),
      await world.reader(groupId),
      await world.delegate(buyerId),
    ];
    for (const holder of readers) {
      expect(await bodyOf(await get(lotId, holder))).toMatchObject({ justification: WHY });
      expect(await problem(remove(lotId, 1, holder))).toEqual([403, 'FORBIDDEN']);
    }
    const stranger = await world.person('procurement_officer', {
      buyerId: null,
      groupId: world.other.groupId,
    });
    expect(await problem(get(lotId, stranger))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(put(lotId, { justification: WHY, levers: [ADVANCE] }, 1, stranger))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  test('two people at once: one decides, the other is told', async () => {
    const lotId = await freshLot();
    const asked = (rate: number) => ({
      justification: WHY,
      levers: [{ lever: 'ADVANCE', record: { rate: String(rate) } }],
    });
    const first = await Promise.all(Array.from({ length: 8 }, (_, i) => put(lotId, asked(10 + i))));
    expect(first.map(({ status }) => status).sort()).toEqual([200, 428, 428, 428, 428, 428, 428, 428]);
    const then = await Promise.all(Array.from({ length: 8 }, (_, i) => put(lotId, asked(20 + i), 1)));
    expect(then.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
    expect(await bodyOf(await get(lotId))).toMatchObject({ version: 2 });
    expect(await journalOf(lotId)).toHaveLength(2);
    const gone = await Promise.all([remove(lotId, 2), remove(lotId, 2), put(lotId, asked(29), 2)]);
    expect(gone.filter(({ status }) => status < 300)).toHaveLength(1);
    for (const { status } of gone) expect([200, 204, 404, 412]).toContain(status);
  });

  test('changes no more once the consultation is launched; the law is that of the launch', async () => {
    const lotId = await freshLot();
    await onLawDay(world.source, 'critere_environnemental', 0n);
    await sql(`update consultation set planned_launch_on = $2 where id = $1`, [consultationId, LAW_DAY]);
    const early = await bodyOf(await put(lotId, { justification: WHY, levers: [ADVANCE] }));
    expect(early.day).toBe(LAW_DAY);
    expect(early.duties.find(({ rule }) => rule === 'ENVIRONMENTAL_CRITERION')!.verdict).toBe('ok');
    // A quarter past midnight in Paris.
    await sql(`update consultation set launched_at = '2026-08-20T22:15:00Z' where id = $1`, [consultationId]);
    const launched = await bodyOf(await get(lotId));
    expect(launched.day).toBe('2026-08-21');
    expect(launched.duties.find(({ rule }) => rule === 'ENVIRONMENTAL_CRITERION')!.verdict).toBe('warn');
    const asked = { justification: WHY, levers: [{ lever: 'ADVANCE', record: { rate: '30' } }] };
    expect(await problem(put(lotId, asked, 1))).toEqual([409, 'CONSULTATION_LAUNCHED']);
    expect(await problem(remove(lotId, 1))).toEqual([409, 'CONSULTATION_LAUNCHED']);
  });

  test('changes no more once the consultation is cancelled', async () => {
    const lotId = await freshLot();
    await put(lotId, { justification: WHY, levers: [ADVANCE] });
    const asked = { justification: WHY, levers: [{ lever: 'ADVANCE', record: { rate: '30' } }] };
    await sql(
      `update consultation set cancelled_at = now(), cancellation_reason = 'sans suite' where id = $1`,
      [consultationId],
    );
    expect(await problem(put(lotId, asked, 1))).toEqual([409, 'CONSULTATION_CANCELLED']);
    await sql(`update consultation set cancelled_at = null, cancellation_reason = null where id = $1`, [
      consultationId,
    ]);
    expect((await put(lotId, asked, 1)).status).toBe(200);
  });
});

describe('the catalogue', () => {
  test('alone, then for a lot: which are usable there, and why not', async () => {
    const lotId = await freshLot();
    const list = async (query: string) =>
      (await (await world.api(`/protection-levers${query}`, officer)).json()) as {
        lotId: string | null;
        day: string | null;
        items: { code: string; usable: boolean | null; whyNot: string | null }[];
      };
    const all = await list('');
    expect([all.lotId, all.day, all.items.length]).toEqual([null, null, 24]);
    expect(new Set(all.items.map(({ usable }) => usable))).toEqual(new Set([null]));
    const here = await list(`?lotId=${lotId}`);
    const unusable = here.items.filter(({ usable }) => usable === false);
    expect(unusable.map(({ code }) => code)).toEqual([
      ...['SPLIT_LOTS', 'LOT_CAP', 'RESERVED_SOCIAL_ECONOMY', 'SMALL_LOTS', 'SMALL_FIRM_SHARE'],
    ]);
    for (const { whyNot } of unusable) expect(whyNot).toMatch(/\.$/);
    expect(await problem(world.api('/protection-levers?lotId=3', officer))).toEqual([422, 'VALIDATION']);
    expect(await problem(world.api(`/protection-levers?lotId=${randomUUID()}`, officer))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    const stranger = await world.nobody();
    expect((await world.api('/protection-levers', stranger)).status).toBe(200);
    expect(await problem(world.api(`/protection-levers?lotId=${lotId}`, stranger))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  test('names no supplier of the directory, neither in the justification nor in a record', async () => {
    const lotId = await freshLot(1);
    await freshLot(2);
    await sql(
      `insert into supplier (id, siret, name, search_key, created_at)
       values ($1, '55210055400013', 'Pépinières de la Jouanne', 'pepinieres de la jouanne', now())`,
      [randomUUID()],
    );
    const answer = await put(lotId, {
      justification: 'Pour favoriser Pépinières de la Jouanne.',
      levers: [{ ...CAP, record: { ...CAP.record, competition: 'Au moins pépinières de la jouanne' } }],
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      {
        code: 'PROTECTION_UNSOUND',
        errors: [
          {
            ...{ pointer: '#/justification', code: 'justificationSupplier' },
            detail:
              'La justification semble nommer une entreprise («\u00a0Pépinières de la Jouanne\u00a0»)\u00a0: ce texte est ouvert à tous, l’écrire sans nom ni numéro.',
          },
          {
            ...{ pointer: '#/levers/0/record/competition', code: 'fieldSupplier' },
            detail:
              '«\u00a0Concurrence attendue\u00a0» nomme une entreprise de l’annuaire («\u00a0pépinières de la jouanne\u00a0»)\u00a0: ce texte est ouvert à tous, l’écrire sans nom.',
          },
        ],
      },
    ]);
    expect((await put(lotId, { justification: WHY, levers: [CAP] })).status).toBe(200);
  });

  test('a small lot counts among those of its consultation; the publication check reads verdicts only', async () => {
    const [one, two] = [await freshLot(1), await freshLot(2)];
    const record = {
      lotValue: '9000.00',
      smallTotal: '30000.00',
      total: '100000.00',
      computedOn: '2026-11-25',
      motive: 'offre pertinente',
    };
    await put(one, { justification: WHY, levers: [{ lever: 'SMALL_LOTS', record }] });
    const verdicts = await world.app
      .get(ProtectionReadingService)
      .verdicts(world.source.manager, consultationId, new Date('2026-11-25T10:00:00Z'), null);
    expect(verdicts.map(({ lotId, lotNumber }) => [lotId, lotNumber])).toEqual([
      [one, 1],
      [two, 2],
    ]);
    expect(verdicts[0]!.checks.find(({ rule }) => rule === 'SMALL_LOTS_ENVELOPE')).toMatchObject({
      verdict: 'block',
    });
    expect(JSON.stringify(verdicts)).not.toContain(WHY);
    expect(verdicts[1]!.checks.map(({ rule }) => rule)).toEqual([
      ...['SOCIAL_CLAUSE', 'ENVIRONMENTAL_CRITERION', 'ENVIRONMENTAL_CLAUSE', 'SUSTAINABLE_SPECIFICATION'],
      ...['PAYMENT', 'SPASER'],
    ]);
  });
});

describe('the database, last lock', () => {
  const brokenBy = (work: (tx: DataSource['manager']) => Promise<unknown>): Promise<string | undefined> =>
    world.source.transaction(work).then(
      () => undefined,
      (error: unknown) => (error as { driverError: { constraint?: string } }).driverError.constraint,
    );
  const flag = (lotId: string, why = WHY) =>
    [
      `insert into lot_protection (lot_id, justification, decided_at) values ($1, $2, now())`,
      [lotId, why],
    ] as const;
  const lever = (lotId: string, code = 'ADVANCE', record = '{}') =>
    [
      `insert into lot_lever (lot_id, lever, record, chosen_at) values ($1, $2, $3, now())`,
      [lotId, code, record],
    ] as const;

  test('keeps no flag without lever, no lever without flag, no empty justification', async () => {
    const lotId = await freshLot();
    const q =
      (...[text, values]: readonly [string, readonly unknown[]]) =>
      (tx: DataSource['manager']) =>
        tx.query(text, [...values]);
    const both = async (tx: DataSource['manager']) => {
      await q(...flag(lotId))(tx);
      await q(...lever(lotId))(tx);
    };
    expect(await brokenBy(q(...flag(lotId)))).toBe('lot_protection_has_a_lever');
    expect(await brokenBy(q(...lever(lotId)))).toBe('lot_lever_protection');
    expect(await brokenBy(q(...flag(lotId, `${' '.repeat(30)}court`)))).toBe(
      'lot_protection_justification_is_told',
    );
    expect(await brokenBy(q(...flag(randomUUID())))).toBe('lot_protection_lot');
    expect(await brokenBy(both)).toBeUndefined();
    expect(await brokenBy(q(...flag(lotId)))).toBe('lot_protection_pk');
    expect(await brokenBy(q(...lever(lotId)))).toBe('lot_lever_pk');
    expect(await brokenBy(q(...lever(lotId, 'advance')))).toBe('lot_lever_code_is_well_formed');
    expect(await brokenBy(q(...lever(lotId, 'RETENTION', '[]')))).toBe('lot_lever_record_is_an_object');
    expect(await brokenBy((tx) => tx.query(`delete from lot_lever where lot_id = $1`, [lotId]))).toBe(
      'lot_protection_has_a_lever',
    );
    expect(
      await brokenBy((tx) => tx.query(`update lot_protection set version = 0 where lot_id = $1`, [lotId])),
    ).toBe('lot_protection_version_is_positive');
    expect(
      await brokenBy((tx) => tx.query(`delete from lot_protection where lot_id = $1`, [lotId])),
    ).toBeUndefined();
    expect(await sql(`select from lot_lever where lot_id = $1`, [lotId])).toEqual([]);
  });

  test('a lot with measures does not leave the catalogue in silence', async () => {
    const lotId = await freshLot();
    await put(lotId, { justification: WHY, levers: [ADVANCE] });
    const leave = (tx: DataSource['manager']) =>
      world.app.get(ReplaceCatalogueService).replace(tx, OPERATOR, new Date(0), consultationId, []);
    expect(await brokenBy(leave)).toBe('lot_protection_lot');
    await remove(lotId, 1);
    expect(await brokenBy(leave)).toBeUndefined();
  });
});
