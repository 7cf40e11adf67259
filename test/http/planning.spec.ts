import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import type { PlanAnswer } from '../../src/planning/plan.dto.js';
import { PlanController } from '../../src/planning/plan.controller.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { Places } from '../support/clusters.js';

/** From the wished start of a contract back to the latest day of each act; what the law, councils and days off make of it. */
let world: World;
let officer: Holder;
let consultationId: string;
let entrammes: string;
let today = '2027-02-01';
const places = new Places(() => world);

beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  entrammes = await places.buyer('Entrammes');
  await places.member(groupId, entrammes);
  await places.sql(`update buyer set kind = 'commune', insee_code = '53007' where id = $1`, [buyerId]);
  // Only what plans sees that day: sessions and links keep the clock of the machine.
  Object.assign(world.app.get(PlanController), { clock: { now: () => new Date(`${today}T09:00:00Z`) } });
});
beforeEach(async () => {
  today = '2027-02-01';
  consultationId = await places.consultation(world.own.groupId);
});
afterAll(() => world.close());

const path = (query: string, file = 'plan') => `/consultations/${consultationId}/${file}?${query}`;
async function plan(query: string, holder = officer): Promise<PlanAnswer> {
  const response = await world.api(path(query), holder);
  expect([response.status, response.ok ? '' : await response.text()]).toEqual([200, '']);
  return (await response.json()) as PlanAnswer;
}
const step = (answer: PlanAnswer, code: string) => answer.steps.find((found) => found.code === code)!;
const version = async (buyerId: string): Promise<string> => {
  const [row] = await places.sql<{ version: number }>(`select version from buyer where id = $1`, [buyerId]);
  return `"${row!.version}"`;
};
const put = async (where: string, buyerId: string, sessions: unknown, holder = officer): Promise<Response> =>
  world.api(where, holder, {
    ...{ method: 'PUT', body: JSON.stringify({ sessions }) },
    headers: { 'If-Match': await version(buyerId) },
  });
const sheet = (buyerId: string): string =>
  `/groups/${world.own.groupId}/members/${buyerId}/buyer/council-sessions`;
async function meets(buyerId: string, sessions: readonly string[]): Promise<void> {
  expect((await put(sheet(buyerId), buyerId, sessions)).status).toBe(200);
}

const needs = async (quantity: number): Promise<void> => {
  const [lotId, itemId] = [await places.lot(consultationId), randomUUID()];
  await places.sql(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     values ($1, $2, $3, 1, 'V-1', 'Rosier', 'unité', '1', 10, 20, '60628')`,
    [itemId, consultationId, lotId],
  );
  await places.joins(consultationId, lotId, [entrammes]);
  await places.sql(
    `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate)
     values ($1, $2, $3, $4, 'valid', $5)`,
    [consultationId, itemId, entrammes, lotId, quantity],
  );
};

describe('public holidays', () => {
  test('are told to anybody, by their French names, by the place', async () => {
    const read = async (query: string) => {
      const response = await world.api(`/holidays?${query}`);
      expect(response.status).toBe(200);
      return (await response.json()) as { territory: string; items: { on: string; name: string }[] };
    };
    const { items, territory } = await read('year=2027');
    expect([territory, items.length]).toEqual(['metropole', 11]);
    expect(items).toContainEqual({ on: '2027-03-29', name: 'lundi de Pâques' });
    expect(items).toContainEqual({ on: '2027-07-14', name: 'Fête nationale' });
    const alsace = await read('year=2027&territory=alsace-moselle');
    expect(alsace.items).toContainEqual({ on: '2027-12-26', name: 'Saint-Étienne' });
  });

  test('what is wrong is told at once, in French', async () => {
    const response = await world.api('/holidays?year=1900&territory=lune');
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { pointer: string; detail: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['#/year', '#/territory']);
    expect(errors[0]!.detail).toBe('La plus petite valeur permise est 1984.');
    expect(await problem(world.api('/holidays'))).toEqual([422, 'VALIDATION']);
  });
});

describe('the sessions of a council', () => {
  test('are replaced as a whole, in order, journalled, and the same ones change nothing', async () => {
    const { buyerId } = world.own;
    const secretary = await world.person('commune_secretary', { buyerId, groupId: null });
    const where = `/buyers/${buyerId}/council-sessions`;
    const kept = await put(where, buyerId, ['2027-04-08', '2027-02-11'], secretary);
    const first = (await kept.json()) as { version: number };
    expect(first).toMatchObject({ buyerId, sessions: ['2027-02-11', '2027-04-08'] });
    expect(await (await put(where, buyerId, ['2027-02-11', '2027-04-08'], secretary)).json()).toEqual(first);
    expect(await (await world.api(where, secretary)).json()).toEqual(first);
    const lines = await places.sql<{ after: object }>(
      `select after from journal_entry where key = 'buyers.council-sessions' and subject_id = $1`,
      [buyerId],
    );
    expect(lines.map(({ after }) => after)).toEqual([{ councilSessions: ['2027-02-11', '2027-04-08'] }]);
    // Whoever conducts the group completes it as well, on the version that was read.
    expect(await (await world.api(sheet(buyerId), officer)).json()).toEqual(first);
    const late = await world.api(sheet(buyerId), officer, {
      ...{ method: 'PUT', body: JSON.stringify({ sessions: [] }) },
      headers: { 'If-Match': `"${first.version - 1}"` },
    });
    expect([late.status, ((await late.json()) as { current: object }).current]).toEqual([412, first]);
    await meets(buyerId, []);
    expect(await (await world.api(where, secretary)).json()).toMatchObject({ sessions: [] });
  });

  test('what is wrong is told; the database alone keeps a session once', async () => {
    const { buyerId } = world.own;
    const told = async (sessions: unknown) => {
      const response = await put(sheet(buyerId), buyerId, sessions);
      const { errors } = (await response.json()) as { errors: { detail: string }[] };
      return [response.status, ...errors.map(({ detail }) => detail)];
    };
    expect(await told(['2027-02-31'])).toEqual([
      422,
      'Pour chaque élément\u00a0: une date qui existe est attendue, sous la forme AAAA-MM-JJ, avant 2200.',
    ]);
    expect(await told(['2027-02-11', '1989-02-11'])).toEqual([
      422,
      'Pour chaque élément\u00a0: cette date précède le 1er\u00a0janvier\u00a01990\u00a0: vérifier l’année.',
    ]);
    expect(await told(['2027-02-11', '2027-02-11'])).toEqual([
      422,
      'Une séance est donnée deux fois\u00a0: n’en garder qu’une.',
    ]);
    await expect(
      places.sql(`insert into council_session values ($1, '2027-02-11'), ($1, '2027-02-11')`, [buyerId]),
    ).rejects.toThrow('council_session_is_given_once');
    const stranger = await world.person('commune_secretary', { buyerId: entrammes, groupId: null });
    expect(await problem(put(`/buyers/${buyerId}/council-sessions`, buyerId, [], stranger))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });
});

describe('the plan of a consultation', () => {
  beforeAll(async () => {
    await meets(world.own.buyerId, []);
    await meets(entrammes, []);
  });

  test('without known sessions, nothing is called late: it says whose sessions are missing', async () => {
    const found = await plan('wishedStart=2028-01-01');
    expect(found).toMatchObject({ feasible: false, earliestStart: null, missingDays: null, today });
    expect(found.sentence).toBe(
      'Un début le samedi 1er\u00a0janvier\u00a02028 ne peut pas encore être assuré. Sans séance connue à temps\u00a0: Argentré, Entrammes. Aucun début ne peut être calculé tant que des séances manquent\u00a0: donner les dates de ces conseils.',
    );
    expect(found.withoutSession.map(({ name }) => name)).toEqual(['Argentré', 'Entrammes']);
    expect(found.steps.map(({ state }) => state)).not.toContain('late');
  });

  test('sessions known, it says for which one all must be ready, and what the law asks of the notice', async () => {
    await meets(world.own.buyerId, ['2027-02-11', '2027-04-08', '2027-12-16']);
    await meets(entrammes, ['2027-05-20']);
    const found = await plan('wishedStart=2028-01-01');
    expect(found).toMatchObject({
      feasible: true,
      missingDays: 0,
      withoutSession: [],
      territory: 'metropole',
    });
    expect(found).toMatchObject({ procedure: 'open', procedureBasis: 'supposed' });
    const resolutions = step(found, 'resolutions');
    expect(resolutions).toMatchObject({ latestOn: '2027-09-09', marginDays: 66 });
    expect(resolutions.councils).toEqual({
      readyBy: '2027-04-08',
      usable: [
        {
          ...{ buyerId: world.own.buyerId, name: 'Argentré' },
          ...{ latest: '2027-04-08', sessions: ['2027-02-11', '2027-04-08'] },
        },
        { buyerId: entrammes, name: 'Entrammes', latest: '2027-05-20', sessions: ['2027-05-20'] },
      ],
      without: [],
    });
    expect(resolutions.sentence).toContain(
      'L’échéance à tenir est la séance du jeudi 8\u00a0avril\u00a02027, dernière séance utile connue (Argentré). Reste 66\u00a0jours.',
    );
    expect(found.sentence).toBe(
      'Un début le samedi 1er\u00a0janvier\u00a02028 est possible. Premier acte\u00a0: «\u00a0Faire délibérer les conseils\u00a0», au plus tard le jeudi 8\u00a0avril\u00a02027.',
    );
    const notice = step(found, 'notice-sent');
    expect(notice).toMatchObject({
      latestOn: '2027-10-06',
      basis: 'law',
      article: 'CCP R2161-3',
      verified: true,
    });
    expect(found.lawOn).toBe(notice.latestOn);
    expect(step(found, 'committee-called')).toMatchObject({ basis: 'usage', article: null });
    expect(step(found, 'start').sentence).toBe(
      'Commencer le marché\u00a0: au plus tard le samedi 1er\u00a0janvier\u00a02028, début souhaité. Reste 334\u00a0jours.',
    );
  });

  test.each([
    ['the day before Ascension', '2027-05-20', '', '2027-05-05', undefined],
    ['Ascension, pushed back', '2027-05-21', '', '2027-05-05', 'jeudi 6\u00a0mai\u00a02027 (Ascension)'],
    ['the day after Ascension', '2027-05-22', '', '2027-05-07', undefined],
    ['Good Friday in Mayenne', '2027-04-10', '', '2027-03-26', undefined],
    [
      ...(['Good Friday in Alsace', '2027-04-10', '&territory=alsace-moselle', '2027-03-25'] as const),
      'vendredi 26\u00a0mars\u00a02027 (Vendredi saint)',
    ],
  ])('two weeks before the start is %s', async (_, start, more, latestOn, dayOff) => {
    const notified = step(await plan(`wishedStart=${start}${more}`), 'notification');
    expect(notified.latestOn).toBe(latestOn);
    const pushed = /Avancé du (.*) au jour ouvré/.exec(notified.sentence)?.[1];
    expect(pushed).toBe(dayOff);
  });

  test('a start that can no longer be reached: what is late, by how much, and the first that can', async () => {
    await meets(world.own.buyerId, ['2027-02-11']);
    await meets(entrammes, ['2027-02-25']);
    const found = await plan('wishedStart=2027-05-01&procedure=open');
    expect(found).toMatchObject({ feasible: false, procedureBasis: 'asked' });
    expect(step(found, 'needs-opened')).toMatchObject({
      state: 'late',
      latestOn: '2026-11-23',
      marginDays: -70,
    });
    expect(found.missingDays).toBeGreaterThan(0);
    expect(found.sentence).toMatch(
      /^Un début le samedi 1er\u00a0mai\u00a02027 n’est plus possible\. «\u00a0Ouvrir le recensement des besoins\u00a0» aurait dû être fait le lundi 23\u00a0novembre\u00a02026 au plus tard\u00a0: il manque 70\u00a0jours\..* Début possible au plus tôt le /,
    );
    // The start that it offers can be kept.
    expect(await plan(`wishedStart=${found.earliestStart}&procedure=open`)).toMatchObject({
      feasible: true,
      missingDays: 0,
    });
  });

  test('the procedure is asked, or chosen, or told by the estimated value against the threshold', async () => {
    const choose = async (choice: object): Promise<void> => {
      const where = `/consultations/${consultationId}/procedure-choice`;
      const { version: read } = (await (await world.api(where, officer)).json()) as { version: number };
      const chosen = await world.api(where, officer, {
        ...{ method: 'PUT', body: JSON.stringify(choice) },
        headers: { 'If-Match': `"${read}"` },
      });
      expect(chosen.status).toBe(200);
    };
    const kind = async (more = '') => {
      const { procedure, procedureBasis, procedureSentence } = await plan(`wishedStart=2027-12-31${more}`);
      return [procedure, procedureBasis, procedureSentence];
    };
    await needs(5_000);
    await places.sql(`update lot set contract_form = 'ordinaire' where consultation_id = $1`, [
      consultationId,
    ]);
    await places.sql(`update consultation set firm_years = 1, renewals = 3 where id = $1`, [consultationId]);
    expect(await kind()).toEqual([
      ...['adapted', 'value'],
      'Procédure adaptée\u00a0: la valeur estimée, 200\u202f000,00\u00a0€ HT sur toute la durée, est sous le seuil de 216\u202f000,00\u00a0€.',
    ]);
    expect(step(await plan('wishedStart=2027-12-31'), 'notice-sent')).toMatchObject({ basis: 'usage' });
    await places.sql(`update need_line set estimate = 5400 where consultation_id = $1`, [consultationId]);
    expect(await kind()).toEqual([
      ...['open', 'value'],
      'Appel d’offres ouvert\u00a0: la valeur estimée, 216\u202f000,00\u00a0€ HT sur toute la durée, atteint le seuil de 216\u202f000,00\u00a0€.',
    ]);
    expect(await kind('&procedure=adapted')).toEqual([
      'adapted',
      'asked',
      'Procédure adaptée, comme demandé.',
    ]);
    // An accord-cadre counts its maximum (R2121-8): without one nothing is settled, unless its needs reach the threshold.
    await places.sql(`update lot set contract_form = 'bons_de_commande' where consultation_id = $1`, [
      consultationId,
    ]);
    expect(await kind()).toEqual([
      ...['open', 'value'],
      'Appel d’offres ouvert\u00a0: la valeur estimée, au moins 216\u202f000,00\u00a0€ HT sur toute la durée, atteint le seuil de 216\u202f000,00\u00a0€.',
    ]);
    await places.sql(`update need_line set estimate = 5399 where consultation_id = $1`, [consultationId]);
    expect((await kind()).slice(0, 2)).toEqual(['open', 'supposed']);
    await places.sql(`update lot set contract_form = 'ordinaire' where consultation_id = $1`, [
      consultationId,
    ]);
    await choose({ procedure: 'restricted' });
    expect(await kind()).toEqual(['restricted', 'chosen', 'Appel d’offres restreint, comme choisi.']);
    const twoSteps = await plan('wishedStart=2027-12-31');
    expect(step(twoSteps, 'notice-sent')).toMatchObject({ basis: 'law', article: 'CCP R2161-6' });
    expect(step(twoSteps, 'invitation-sent')).toMatchObject({ basis: 'law', article: 'CCP R2161-8' });
    await choose({ procedure: 'open', urgency: 'Crue du 3 juin', letters: 'other' });
    const urgent = await plan('wishedStart=2027-12-31');
    expect(step(urgent, 'notice-sent').sentence).toContain('15\u00a0jours');
    expect(step(urgent, 'rejections-sent').sentence).toContain('16\u00a0jours');
    await choose({ procedure: 'direct' });
    expect((await kind()).slice(0, 2)).toEqual(['adapted', 'chosen']);
    await choose({});
    // The thresholds of 2028 are not known in 2026.
    await places.sql(`update consultation set planned_launch_on = '2028-02-01' where id = $1`, [
      consultationId,
    ]);
    const later = await plan('wishedStart=2028-12-31');
    expect([later.lawOn, later.procedure, later.procedureBasis]).toEqual(['2028-02-01', 'open', 'supposed']);
  });

  test('what is decided, sent and signed is done; one council that has not resolved keeps the others waiting', async () => {
    const { groupId, buyerId } = world.own;
    const decide = (
      buyer: string,
      resolution: string | null,
      sent: string | null,
      enforceable: string | null,
    ) =>
      places.sql(
        `update membership set decision_kind = case when $3::date is not null then 'resolution' end,
           resolution_on = $3, sent_to_prefecture_on = $4, enforceable_on = $5 where group_id = $1 and buyer_id = $2`,
        [groupId, buyer, resolution, sent, enforceable],
      );
    const states = async () => {
      const { steps } = await plan('wishedStart=2028-01-01');
      return ['resolutions', 'resolutions-sent', 'agreement-signed'].map(
        (code) => steps.find((found) => found.code === code)!.state,
      );
    };
    await places.sql(
      `insert into agreement_version values ($1, 1, 'Convention', 'essai', '2027-01-05', now())`,
      [groupId],
    );
    const sign = (buyer: string, on: string) =>
      places.sql(`insert into agreement_signature values ($1, 1, $2, $3, 'Claire Martin', 'maire', now())`, [
        ...[groupId, buyer, on],
      ]);
    await decide(buyerId, '2027-01-14', '2027-01-15', '2027-01-16');
    await sign(buyerId, '2027-01-20');
    expect(await states()).toEqual(['open', 'open', 'open']);
    const half = step(await plan('wishedStart=2028-01-01'), 'resolutions');
    expect(half.councils!.usable.map(({ name }) => name)).toEqual(['Entrammes']);
    await decide(entrammes, '2027-01-21', null, null);
    expect(await states()).toEqual(['done', 'open', 'open']);
    await decide(entrammes, '2027-01-21', '2027-01-22', '2027-01-23');
    expect(await states()).toEqual(['done', 'done', 'done']);
    await sign(entrammes, '2027-01-28');
    const done = await plan('wishedStart=2028-01-01');
    expect(step(done, 'resolutions').sentence).toBe(
      'Faire délibérer les conseils\u00a0: fait le jeudi 21\u00a0janvier\u00a02027.',
    );
    expect(done).toMatchObject({ feasible: true, withoutSession: [] });
    for (const buyer of [buyerId, entrammes]) await decide(buyer, null, null, null);
  });

  test('once launched it begins with the notice, on the law of that day; dropped, there is none', async () => {
    await places.sql(`update consultation set launched_at = '2027-01-25T10:00:00Z' where id = $1`, [
      consultationId,
    ]);
    const found = await plan('wishedStart=2027-05-03');
    expect([found.lawOn, found.steps[0]!.code, found.steps[0]!.state]).toEqual([
      ...['2027-01-25', 'notice-sent', 'done'],
    ]);
    expect(found.feasible).toBe(true);
    // 30 days from 26 January end on Wednesday 24 February at midnight.
    expect(step(found, 'bids-due').earliestOn).toBe('2027-02-25');
    await places.sql(
      `update consultation set cancelled_at = now(), cancellation_reason = 'essai' where id = $1`,
      [consultationId],
    );
    expect(await problem(world.api(path('wishedStart=2027-05-03'), officer))).toEqual([
      409,
      'CONSULTATION_CANCELLED',
    ]);
  });

  test('is read by the members of its group; everything wrong with the wish is told at once', async () => {
    const secretary = await world.person('commune_secretary', { buyerId: entrammes, groupId: null });
    expect((await plan('wishedStart=2028-01-01', secretary)).consultationId).toBe(consultationId);
    const stranger = await world.person('commune_secretary', { buyerId: world.other.buyerId, groupId: null });
    for (const file of ['plan', 'plan.ics'])
      expect(await problem(world.api(path('wishedStart=hier', file), stranger))).toEqual([404, 'NOT_FOUND']);
    const told = async (query: string) => {
      const response = await world.api(path(query), officer);
      const { errors } = (await response.json()) as { errors: { pointer: string; detail: string }[] };
      return [response.status, ...errors.map(({ pointer, detail }) => `${pointer} ${detail}`)];
    };
    expect(await told('wishedStart=2027-01-31&procedure=gre-a-gre&territory=lune')).toEqual([
      422,
      '#/wishedStart Le dimanche 31\u00a0janvier\u00a02027 est passé\u00a0: donner un début souhaité à partir d’aujourd’hui, lundi 1er\u00a0février\u00a02027.',
      '#/procedure «\u00a0gre-a-gre\u00a0» n’est pas connu\u00a0: les valeurs permises sont «\u00a0adapted\u00a0», «\u00a0open\u00a0», «\u00a0restricted\u00a0», «\u00a0negotiated\u00a0».',
      expect.stringMatching(/^#\/territory «\u00a0lune\u00a0» n’est pas connu/),
    ]);
    expect(await told('wishedStart=2027-02-31')).toEqual([
      422,
      expect.stringContaining('n’est pas une date'),
    ]);
    expect(await told('wishedStart=2100-01-01')).toEqual([422, expect.stringContaining('trop lointain')]);
    expect(await told('')).toEqual([422, expect.stringContaining('#/wishedStart Le début souhaité')]);
  });

  test('goes to a calendar: a day by step, under a uid that stays when the wish moves', async () => {
    const read = async (start: string) => {
      const response = await world.api(path(`wishedStart=${start}`, 'plan.ics'), officer);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'text/calendar; charset=utf-8',
      ]);
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="retroplanning-${start}.ics"`,
      );
      const calendar = new ICAL.Component(ICAL.parse(await response.text()) as unknown[]);
      expect(calendar.getFirstPropertyValue('name')).toMatch(/^Rétroplanning\u00a0: /);
      return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
    };
    const [events, moved] = [await read('2028-01-01'), await read('2028-02-01')];
    const { steps } = await plan('wishedStart=2028-01-01');
    expect(events.map(({ startDate }) => startDate.toString())).toEqual(
      steps.map(({ latestOn, councils }) => councils?.readyBy ?? latestOn),
    );
    expect(events.map(({ description }) => description)).toEqual(steps.map(({ sentence }) => sentence));
    expect(events[0]!.uid).toBe(`needs-opened.${consultationId}@halle`);
    expect(moved.map(({ uid }) => uid)).toEqual(events.map(({ uid }) => uid));
    expect(moved[0]!.startDate.toString()).not.toBe(events[0]!.startDate.toString());
  });
});
