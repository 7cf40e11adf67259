import { randomUUID } from 'node:crypto';
import { ConsultationsService } from '../../src/consultations/consultations.service.js';
import { OPERATOR } from '../support/trace.js';
import { type Holder, problem, World } from '../accounts/world.js';

let world: World;
let officer: Holder;
let mayor: Holder;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  mayor = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
});
afterAll(() => world.close());

const send = (method: string, path: string, body?: unknown, version?: number, holder = officer) =>
  world.api(path, holder, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: version === undefined ? {} : { 'If-Match': `"${version}"` },
  });
const json = async <T>(response: Response | Promise<Response>): Promise<T> =>
  (await (await response).json()) as T;
interface Answer {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { pointer: string; code: string }[];
  readonly current?: { version?: number; items?: unknown[] };
}
interface LotRead {
  readonly id: string;
  readonly number: number;
  readonly version: number;
}

const consultation = async (more: object = {}): Promise<string> => {
  const body = { title: `Achats ${randomUUID()}`, firmYears: 1, renewals: 3, ...more };
  const response = await send('POST', `/groups/${world.own.groupId}/consultations`, body);
  expect(response.status).toBe(201);
  return (await json<{ id: string }>(response)).id;
};
const LOT = { title: 'Sel', cpvCode: '34927100-2', family: 'fournitures', contractForm: 'bons_de_commande' };
const lot = async (consultationId: string, more: object = {}): Promise<string> => {
  const response = await send('POST', `/consultations/${consultationId}/lots`, { ...LOT, ...more });
  expect(response.status).toBe(201);
  return (await json<{ id: string }>(response)).id;
};
const lotsOf = async (consultationId: string): Promise<LotRead[]> =>
  (await json<{ items: LotRead[] }>(send('GET', `/consultations/${consultationId}/lots`))).items;
const launch = (consultationId: string) =>
  world.source.transaction((tx) =>
    world.app.get(ConsultationsService).recordLaunch(tx, OPERATOR, new Date(), consultationId),
  );
const FORM = { formSignedOn: '2026-11-20', signatoryName: 'Claire Martin', signatoryCapacity: 'maire' };
const join = (
  consultationId: string,
  lotIds: string[],
  holder = officer,
  buyerId = world.own.buyerId,
  version?: number,
) =>
  send(
    'PUT',
    `/consultations/${consultationId}/members/${buyerId}/participation`,
    { ...FORM, lotIds },
    version,
    holder,
  );

describe('a consultation', () => {
  test('is created, read with its ETag, edited by who read it last, listed newest first', async () => {
    const id = await consultation({
      object: 'Sel et voirie',
      families: [' voirie '],
      plannedLaunchOn: '2027-02-01',
    });
    const read = await send('GET', `/consultations/${id}`);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(await json(read)).toMatchObject({
      id,
      state: 'draft',
      families: ['voirie'],
      plannedLaunchOn: '2027-02-01',
    });
    const edited = await send('PATCH', `/consultations/${id}`, { object: null, renewals: 2 }, 1);
    expect([edited.status, edited.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await json(edited)).toMatchObject({ object: null, renewals: 2, plannedLaunchOn: '2027-02-01' });
    const stale = await json<Answer>(send('PATCH', `/consultations/${id}`, { renewals: 1 }, 1));
    expect([stale.code, stale.current?.version]).toEqual(['STALE_VERSION', 2]);
    const page = await json<{ items: { id: string }[] }>(
      send('GET', `/groups/${world.own.groupId}/consultations?limit=1`),
    );
    expect(page.items.map((one) => one.id)).toEqual([id]);
  });

  test('refuses what cannot be: every field at once, a taken title, a duration without motive', async () => {
    const path = `/groups/${world.own.groupId}/consultations`;
    const wrong = {
      title: ' ',
      firmYears: 0,
      renewals: 'x',
      families: null,
      noSplitGround: 'habit',
      plannedLaunchOn: '2027-02-30',
    };
    const refused = await json<Answer>(send('POST', path, wrong));
    expect([refused.code, refused.errors!.map(({ pointer }) => pointer).sort()]).toEqual([
      'VALIDATION',
      ['#/families', '#/firmYears', '#/noSplitGround', '#/plannedLaunchOn', '#/renewals', '#/title'],
    ]);
    const title = `Achats ${randomUUID()}`;
    const id = await consultation({ title });
    expect(await problem(send('POST', path, { title, firmYears: 1, renewals: 0 }))).toEqual([
      409,
      'ALREADY_EXISTS',
    ]);
    const long = await json<Answer>(send('PATCH', `/consultations/${id}`, { firmYears: 2 }, 1));
    expect([long.code, long.detail]).toEqual([
      'DURATION_NEEDS_A_MOTIVE',
      'La durée totale, reconductions comprises, est de 5\u00a0ans. Au-delà de 4\u00a0ans (CCP L2125-1), écrire le motif qui la justifie, ou réduire la durée.',
    ]);
    const motive = { firmYears: 2, durationMotive: 'amortissement des bacs' };
    expect((await send('PATCH', `/consultations/${id}`, motive, 1)).status).toBe(200);
    expect(await problem(send('PATCH', `/consultations/${id}`, { title: null }, 2))).toEqual([
      422,
      'VALIDATION',
    ]);
    expect(
      await problem(send('PATCH', `/consultations/${id}`, { noSplitMotive: 'un seul logiciel' }, 2)),
    ).toEqual([422, 'INCONSISTENT']);
    expect(await problem(send('PATCH', `/consultations/${id}`, { renewals: 0 }))).toEqual([
      428,
      'VERSION_REQUIRED',
    ]);
  });

  test('has a title that capitals, accents and hyphens do not tell from another of the group', async () => {
    const path = `/groups/${world.own.groupId}/consultations`;
    const title = `Énergie ${randomUUID()}`;
    const id = await consultation({ title });
    const same = title.toUpperCase().replaceAll('-', ' ').replace('É', 'E');
    const taken = [409, 'ALREADY_EXISTS'];
    expect(await problem(send('POST', path, { title: same, firmYears: 1, renewals: 0 }))).toEqual(taken);
    expect(await problem(send('POST', `/consultations/${id}/copy`, { title: same }))).toEqual(taken);
    const other = await consultation();
    expect(await problem(send('PATCH', `/consultations/${other}`, { title: same }, 1))).toEqual(taken);
    // Its own title may be written otherwise.
    expect((await send('PATCH', `/consultations/${id}`, { title: same }, 1)).status).toBe(200);
    // A campaign's files find it so.
    const opened = await world.source.transaction((tx) =>
      world.app
        .get(ConsultationsService)
        .open(tx, OPERATOR, new Date(), world.own.groupId, { title, firmYears: 1, renewals: 3 }),
    );
    expect(opened).toBe(id);
    expect(await json(send('GET', `/consultations/${id}`))).toMatchObject({ title: same });
  });

  test('launched or without further action, does not change; it can be cancelled once, and copied', async () => {
    const id = await consultation();
    const lotId = await lot(id);
    await launch(id);
    expect(await json(send('GET', `/consultations/${id}`))).toMatchObject({ state: 'launched', version: 2 });
    const edits = (): Promise<Response>[] => [
      send('PATCH', `/consultations/${id}`, { renewals: 0 }, 2),
      send('POST', `/consultations/${id}/lots`, LOT),
      send('PATCH', `/lots/${lotId}`, { title: 'Saumure' }, 1),
      send('DELETE', `/lots/${lotId}`, undefined, 1),
      send('PUT', `/consultations/${id}/lots/order`, { lots: [{ id: lotId, version: 1 }] }),
    ];
    for (const edit of edits()) expect(await problem(edit)).toEqual([409, 'CONSULTATION_LAUNCHED']);
    expect(await problem(join(id, [lotId]))).toEqual([409, 'PARTICIPATION_CLOSED']);
    await expect(launch(id)).rejects.toThrow('Cette consultation est lancée');
    expect(await problem(send('POST', `/consultations/${id}/cancellation`, { reason: 'x' }, 2))).toEqual([
      422,
      'VALIDATION',
    ]);
    const cancelled = await send(
      'POST',
      `/consultations/${id}/cancellation`,
      { reason: 'plus de besoin' },
      2,
    );
    expect(await json(cancelled)).toMatchObject({ state: 'cancelled', cancellationReason: 'plus de besoin' });
    for (const edit of edits()) expect(await problem(edit)).toEqual([409, 'CONSULTATION_CANCELLED']);
    expect(await problem(join(id, [lotId]))).toEqual([409, 'CONSULTATION_CANCELLED']);
    expect(await problem(send('POST', `/consultations/${id}/cancellation`, { reason: 'encore' }, 3))).toEqual(
      [409, 'CONSULTATION_CANCELLED'],
    );
    const copy = await send('POST', `/consultations/${id}/copy`, { title: `Copie ${id}` });
    expect(copy.status).toBe(201);
    const copyId = (await json<{ id: string }>(copy)).id;
    expect(await json(send('GET', `/consultations/${copyId}`))).toMatchObject({
      state: 'draft',
      copiedFromId: id,
      launchedAt: null,
      cancellationReason: null,
      version: 1,
    });
  });

  test('tells what is missing before a launch', async () => {
    const id = await consultation();
    const checks = await json<{
      verdict: string;
      items: { subject: string; rule: string; verdict: string }[];
    }>(send('GET', `/consultations/${id}/checks`));
    expect(checks.verdict).toBe('block');
    expect(
      checks.items
        .filter(({ subject }) => subject === 'consultation')
        .map(({ rule, verdict }) => `${rule} ${verdict}`),
    ).toEqual([
      ...['CONSULTATION_OBJECT block', 'LOT_SPLIT block', 'PLANNED_LAUNCH warn', 'FRAMEWORK_DURATION ok'],
      ...['LOT_PARTICIPANTS ok', 'LOT_WORKS_CPV ok', 'PLACE_WORDING ok'],
    ]);
  });

  test('warns of a brand or a place in its titles and its object, with what to write', async () => {
    const id = await consultation({ object: 'Mise en concurrence d’entreprises locales' });
    await lot(id, { title: 'Nettoyeurs Kärcher' });
    const { items } = await json<{ items: { rule: string; verdict: string; sentence: string }[] }>(
      send('GET', `/consultations/${id}/checks`),
    );
    const told = items.filter(({ rule, verdict }) => rule === 'PLACE_WORDING' && verdict === 'warn');
    expect(told).toHaveLength(2);
    expect(told[1]!.sentence).toBe(
      'La liste des lots nomme «\u00a0Kärcher\u00a0» sans «\u00a0ou équivalent\u00a0»\u00a0: vérifier qu’une description précise n’est pas possible sans ce nom. Écrire plutôt «\u00a0Nettoyeurs Kärcher ou équivalent\u00a0».',
    );
  });
});

describe('lots', () => {
  test('come last unless numbered, with a CPV code that exists, check digit forgiven', async () => {
    const id = await consultation();
    const first = await lot(id, { number: 4 });
    await lot(id, { title: 'Seaux', purchaseFamily: 'voirie' });
    expect((await lotsOf(id)).map(({ number }) => number)).toEqual([4, 5]);
    expect(await json(send('GET', `/lots/${first}`))).toMatchObject({
      cpvCode: '34927100',
      consultationId: id,
      participants: 0,
    });
    expect(await problem(send('POST', `/consultations/${id}/lots`, { ...LOT, number: 4 }))).toEqual([
      409,
      'ALREADY_EXISTS',
    ]);
    const unknown = await json<Answer>(
      send('POST', `/consultations/${id}/lots`, { ...LOT, cpvCode: '99999999-8' }),
    );
    expect([unknown.code, unknown.detail]).toEqual([
      'CPV_UNKNOWN',
      'Le code 99999999 n’est pas dans la nomenclature CPV\u00a02008\u00a0: en chercher un par mots ou par début de code (GET\u00a0/api/v1/cpv).',
    ]);
    for (const [cpvCode, detail] of [
      ['349271', 'Un code CPV compte 8\u00a0chiffres, par exemple 34927100 ou 34927100-2.'],
      [
        '34927100-3',
        'La clé du code CPV 34927100 est 2, et non 3\u00a0: vérifier les 8\u00a0chiffres, puis écrire 34927100-2, ou le code sans sa clé.',
      ],
    ])
      expect(
        (
          await json<{ errors: { pointer: string; detail: string }[] }>(
            send('POST', `/consultations/${id}/lots`, { ...LOT, cpvCode }),
          )
        ).errors.map(({ pointer, detail }) => [pointer, detail]),
      ).toEqual([['#/cpvCode', detail]]);
    expect((await send('PATCH', `/lots/${first}`, { number: 1, cpvCode: '44113620-7' }, 1)).status).toBe(200);
    expect(await problem(send('PATCH', `/lots/${first}`, { number: 5 }, 2))).toEqual([409, 'ALREADY_EXISTS']);
    expect(await problem(send('PATCH', `/lots/${first}`, { title: 'x' }, 1))).toEqual([412, 'STALE_VERSION']);
  });

  test('are ordered together by who read them all: of two people at once, one is told to read again', async () => {
    const id = await consultation();
    for (const title of ['a', 'b', 'c']) await lot(id, { title });
    const read = await lotsOf(id);
    const order = (lots: readonly LotRead[]) =>
      send('PUT', `/consultations/${id}/lots/order`, {
        lots: lots.map(({ id: lotId, version }) => ({ id: lotId, version })),
      });
    const answers = await Promise.all([order([read[2]!, read[0]!, read[1]!]), order([...read].reverse())]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const stale = await json<Answer>(answers.find(({ status }) => status === 412)!);
    expect([stale.code, stale.current?.items?.length]).toEqual(['STALE_VERSION', 3]);
    const now = await lotsOf(id);
    expect(now.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(now[0]!.id).toBe(read[2]!.id);
    expect(await problem(order(now.slice(1)))).toEqual([412, 'STALE_VERSION']);
    expect(await problem(order([now[0]!, now[0]!, now[1]!]))).toEqual([412, 'STALE_VERSION']);

    const [removed, ordered] = await Promise.all([
      send('DELETE', `/lots/${now[1]!.id}`, undefined, now[1]!.version),
      order([now[2]!, now[0]!, now[1]!]),
    ]);
    expect([[204, 412].join(), [412, 200].join()]).toContain([removed.status, ordered.status].join());
  });

  test('fifty people on one group: nothing lost, nobody stuck', async () => {
    const id = await consultation();
    const joined = await lot(id);
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, (_, i) =>
        send('POST', `/consultations/${id}/lots`, { ...LOT, title: `Lot ${i}` }),
      ),
      ...Array.from({ length: 10 }, () => join(id, [joined], officer, world.own.buyerId, 0)),
      ...Array.from({ length: 10 }, (_, i) =>
        send('PATCH', `/consultations/${id}`, { object: `Objet ${i}` }, 1),
      ),
      ...Array.from({ length: 10 }, () => consultation()),
    ]);
    const statuses = answers.map((answer) => (typeof answer === 'string' ? 201 : answer.status));
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(201));
    expect(statuses.slice(20, 30).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    expect(statuses.slice(30, 40).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    expect((await lotsOf(id)).map(({ number }) => number)).toEqual(
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
  });
});

describe('participation', () => {
  const table = (consultationId: string, holder: Holder) =>
    json<{ lots: LotRead[]; members: { buyerId: string; lotIds: string[]; signatoryName: string | null }[] }>(
      send('GET', `/consultations/${consultationId}/participation`, undefined, undefined, holder),
    );

  test('is à la carte, by the commune or from paper; a form replaces the former', async () => {
    const id = await consultation();
    const [a, b] = [await lot(id), await lot(id)];
    const first = await join(id, [b, a], mayor);
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    expect((await table(id, mayor)).members).toMatchObject([
      { buyerId: world.own.buyerId, lotIds: [a, b], signatoryName: 'Claire Martin' },
    ]);
    expect((await join(id, [b], officer, world.own.buyerId, 1)).status).toBe(200);
    const [row] = await world.source.query<{ joinedBy: string }[]>(
      `select joined_by as "joinedBy" from lot_participation where lot_id = $1`,
      [b],
    );
    expect(row!.joinedBy).toBe(mayor.personId);
    expect((await table(id, officer)).members[0]!.lotIds).toEqual([b]);
    const journal = await world.source.query<
      { actor: string; buyer: string; before: object | null; after: object | null }[]
    >(
      `select actor_id as actor, buyer_id as buyer, before, after from journal_entry
       where subject = 'participation' and subject_id = $1 order by position`,
      [id],
    );
    expect(journal).toEqual([
      {
        actor: mayor.personId,
        buyer: world.own.buyerId,
        before: null,
        after: { 'lot 1': '2026-11-20', 'lot 2': '2026-11-20', signatory: 'donnée personnelle' },
      },
      { actor: officer.personId, buyer: world.own.buyerId, before: { 'lot 1': '2026-11-20' }, after: {} },
    ]);
    expect((await join(id, [], officer, world.own.buyerId, 2)).status).toBe(200);
    expect((await table(id, officer)).members[0]!.lotIds).toEqual([]);
  });

  test('is the commune’s own affair: another member is refused, who is not of the group sees nothing', async () => {
    const id = await consultation();
    const a = await lot(id);
    const [neighbour, stranger] = [randomUUID(), world.other.buyerId];
    await world.source.query(`insert into buyer (id, siret, name) values ($1, '21530130000012', 'Laval')`, [
      neighbour,
    ]);
    await world.source.query(
      `insert into membership (group_id, buyer_id, joined_at) values ($1, $2, now())`,
      [world.own.groupId, neighbour],
    );
    const other = await world.person('commune_validator', { buyerId: neighbour, groupId: null });
    const outside = await world.person('commune_validator', { buyerId: stranger, groupId: null });
    expect(await problem(join(id, [a], other))).toEqual([403, 'FORBIDDEN']);
    expect(await problem(join(id, [a], outside))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(join(id, [a], outside, stranger))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(join(id, [a], officer, stranger))).toEqual([404, 'NOT_FOUND']);
    await world.source.query(
      `update membership set joined_at = null, declined_at = now() where buyer_id = $1`,
      [neighbour],
    );
    const declined = await json<Answer>(join(id, [a], other, neighbour));
    expect([declined.code, declined.detail]).toEqual([
      'NOT_AN_ACTIVE_MEMBER',
      'Cet acheteur n’est pas membre du groupement, ou s’en est retiré\u00a0: seul un membre adhère aux lots. Enregistrer d’abord son adhésion au groupement.',
    ]);
    await world.source.query(
      `update membership set joined_at = now(), declined_at = null where buyer_id = $1`,
      [neighbour],
    );

    // Members see each other, unless their group closed it.
    await join(id, [a], mayor);
    expect((await table(id, other)).members).toHaveLength(2);
    await world.source.query(`update purchasing_group set members_see_each_other = false where id = $1`, [
      world.own.groupId,
    ]);
    expect((await table(id, other)).members.map(({ buyerId }) => buyerId)).toEqual([neighbour]);
    expect((await table(id, officer)).members).toHaveLength(2);
    await world.source.query(`update purchasing_group set members_see_each_other = true`);
  });

  test('in a lot of another cluster, in an unknown lot, on a day to come: all is told at once', async () => {
    const [cluster, lead] = [randomUUID(), world.other.buyerId];
    const belongs = (buyerId: string) =>
      `insert into cluster_member (cluster_id, buyer_id) values ('${cluster}', '${buyerId}')`;
    await world.source.transaction(async (tx) => {
      await tx.query(`insert into cluster (id, name, lead_buyer_id) values ($1, 'Pôle nord', $2)`, [
        cluster,
        lead,
      ]);
      await tx.query(belongs(lead));
    });
    const id = await consultation();
    const reserved = await lot(id, { reservedClusterId: cluster });
    const form = { ...FORM, lotIds: [reserved, randomUUID()], formSignedOn: '2199-01-01' };
    const path = `/consultations/${id}/members/${world.own.buyerId}/participation`;
    const refused = await json<Answer>(send('PUT', path, form));
    expect(refused.code).toBe('PARTICIPATION_REFUSED');
    expect(refused.errors!.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '#/lotIds LOT_UNKNOWN',
      '#/lotIds LOT_RESERVED',
      '#/formSignedOn FORM_NOT_SIGNED_YET',
    ]);
    await world.source.query(belongs(world.own.buyerId));
    expect((await join(id, [reserved])).status).toBe(200);
  });

  test('follows the decision to join, where its date is known', async () => {
    const decided = (on: string | null) =>
      world.source.query(
        `update membership set decision_kind = $3, resolution_on = $2, resolution_number = $3 where buyer_id = $1`,
        [world.own.buyerId, on, on && 'resolution'],
      );
    await decided('2026-05-19');
    const id = await consultation();
    const lotIds = [await lot(id)];
    const path = `/consultations/${id}/members/${world.own.buyerId}/participation`;
    const form = (formSignedOn: string) => send('PUT', path, { ...FORM, lotIds, formSignedOn });
    const refused = await json<Answer>(form('2020-07-28'));
    expect([refused.code, refused.errors]).toMatchObject([
      'PARTICIPATION_REFUSED',
      [{ pointer: '#/formSignedOn', code: 'FORM_SIGNED_BEFORE_DECISION' }],
    ]);
    expect(refused.detail).toContain('avant la décision d’adhérer au groupement, du 19\u00a0mai\u00a02026');
    expect((await form('2026-05-19')).status).toBe(200);
    await decided(null);
  });

  test('in a lot where needs are declared is not left, and the lot not removed: the lots are named', async () => {
    const id = await consultation();
    const lots = [await lot(id), await lot(id), await lot(id)];
    await join(id, lots);
    for (const lotId of lots.slice(0, 2)) {
      const itemId = randomUUID();
      await world.source.query(
        `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
         values ($1, $2, $3, 0, $4, 'Sel', 'TNE', '1', 80, 20, '60633')`,
        [itemId, id, lotId, itemId],
      );
      await world.source.query(
        `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate) values ($1, $2, $3, $4, 'valid', 5)`,
        [id, itemId, world.own.buyerId, lotId],
      );
    }
    const left = await json<Answer>(join(id, [], officer, world.own.buyerId, 1));
    expect([left.code, left.detail]).toEqual([
      'LOT_HAS_NEEDS',
      'Des besoins sont déclarés pour les lots\u00a01, 2\u00a0: les retirer d’abord, puis recommencer. Rien n’a été changé.',
    ]);
    expect(
      (await table(id, officer)).members.find(({ buyerId }) => buyerId === world.own.buyerId)!.lotIds,
    ).toEqual(lots);
    const removed = await json<Answer>(send('DELETE', `/lots/${lots[0]!}`, undefined, 1));
    expect([removed.code, removed.detail]).toEqual([
      'LOT_HAS_NEEDS',
      'Des besoins sont déclarés pour le lot\u00a01\u00a0: les retirer d’abord, puis recommencer. Rien n’a été changé.',
    ]);
    expect((await send('DELETE', `/lots/${lots[2]!}`, undefined, 1)).status).toBe(204);
    expect((await table(id, officer)).lots).toHaveLength(2);
  });
});

test('the CPV nomenclature is searched page by page, the words themselves first', async () => {
  interface Found {
    readonly items: readonly { code: string; label: string }[];
    readonly next: string | null;
  }
  const search = (q: string, more = '') =>
    json<Found>(world.api(`/cpv?q=${encodeURIComponent(q)}${more}`, mayor));
  expect((await search('44113620-7')).items.map(({ code }) => code)).toEqual(['44113620']);
  expect(await problem(world.api('/cpv?q=44113620-8', mayor))).toEqual([422, 'VALIDATION']);
  for (const { code } of (await search('4411')).items) expect(code).toMatch(/^4411/);
  const accents = await search('MATERIEL electrique');
  expect(accents.items.length).toBeGreaterThan(0);
  for (const { label } of accents.items)
    expect(label.normalize('NFD').replace(/\p{M}/gu, '')).toMatch(/materiel/i);
  expect(await search('œuvres')).toEqual(await search('oeuvre'));
  const all = await search('sel', '&limit=200');
  expect(all.items[0]!.label).toMatch(/\bsels?\b/i);
  const pages: string[] = [];
  for (let page = await search('sel', '&limit=7'); ;) {
    pages.push(...page.items.map(({ code }) => code));
    if (page.next === null || pages.length >= 200) break;
    page = await search('sel', `&limit=7&after=${page.next}`);
  }
  expect(pages.slice(0, all.items.length)).toEqual(all.items.map(({ code }) => code));
  expect(await problem(world.api('/cpv?q=sel&after=WyJ4Il0', mayor))).toEqual([400, 'MALFORMED_CURSOR']);
});
