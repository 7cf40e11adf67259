import { randomUUID } from 'node:crypto';
import { type Census, declarable, joinLots, moveCensus, openCensus } from '../support/census.js';
import { joinGroup } from '../support/publishable.js';
import type {
  CampaignAnswer,
  DeclarationAnswer,
  DeclarationList,
  LineList,
} from '../../src/declarations/answers.dto.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { type Holder, World } from '../accounts/world.js';

let world: World;
let officer: Holder;
let secretary: Holder;
let validator: Holder;
let of: Census;

beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  validator = await world.person('commune_validator', { buyerId, groupId: null });
});
afterAll(() => world.close());
beforeEach(async () => {
  of = await declarable(world.source, world.own);
});

const path = (rest = '', buyerId = of.buyerId) =>
  `/consultations/${of.consultationId}/declarations/${buyerId}${rest}`;
const campaign = (rest = '') => `/consultations/${of.consultationId}/needs-campaign${rest}`;
const send = async <T>(
  method: string,
  to: string,
  holder: Holder,
  body: unknown,
  headers = {},
): Promise<T> => {
  const response = await world.api(to, holder, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  expect([response.status < 300, response.ok ? '' : text]).toEqual([true, '']);
  return (text === '' ? undefined : JSON.parse(text)) as T;
};
const refused = (method: string, to: string, holder: Holder, body: unknown, headers = {}) =>
  world
    .api(to, holder, { method, headers, body: JSON.stringify(body) })
    .then((response) => response.json() as Promise<Problem & { readonly current?: { lines: object[] } }>);
const read = async (holder = secretary): Promise<DeclarationAnswer> => {
  const response = await world.api(path(), holder);
  expect(response.status).toBe(200);
  return (await response.json()) as DeclarationAnswer;
};
const type = (lines: readonly object[], holder = secretary) =>
  send<LineList>('PATCH', path('/lines'), holder, { lines });
const line = (index: number, estimate: string | null, version = 0, more = {}) => ({
  itemId: of.itemIds[index],
  version,
  estimate,
  ...more,
});
const noNeed = (lot: number, holder = secretary) =>
  send('PUT', path(`/lots/${of.lotIds[lot]}`), holder, {
    noNeed: true,
    contractEndsOn: null,
    noticeMonths: null,
  });
const transmit = (holder = secretary) =>
  send<{ number: number; kind: string; receipt: string }>('POST', path('/versions'), holder, {
    attested: true,
  });
const counted = (buyerId = of.buyerId) =>
  world.source.query<{ code: string; standing: string; estimate: string }[]>(
    `select i.code, n.standing, trim_scale(n.estimate)::text as estimate
     from need_line n join item i on i.id = n.item_id
     where n.consultation_id = $1 and n.buyer_id = $2 order by i.code`,
    [of.consultationId, buyerId],
  );

describe('the census', () => {
  test('opens on a deadline in Paris time, which people read, and is moved as long as it is to come', async () => {
    const opened = await send<CampaignAnswer>('POST', campaign(), officer, { deadline: '2027-12-15T17:00' });
    expect(opened).toMatchObject({
      state: 'open',
      deadline: '2027-12-15T16:00:00.000Z',
      deadlineText: 'mercredi 15\u00a0décembre\u00a02027 à 17\u00a0h\u00a000 (heure de Paris)',
      validationRequired: false,
      version: 1,
    });
    const moved = await send<CampaignAnswer>(
      'PATCH',
      campaign(),
      officer,
      { deadline: '2027-07-01T12:00' },
      { 'If-Match': '"1"' },
    );
    expect([moved.deadline, moved.version]).toEqual(['2027-07-01T10:00:00.000Z', 2]);
    for (const [deadline, code] of [
      ['2020-01-01T12:00', 'notInTheFuture'],
      ['2027-03-28T02:30', 'skippedHour'],
    ]) {
      const { code: refusal, errors } = await refused(
        'PATCH',
        campaign(),
        officer,
        { deadline },
        { 'If-Match': '"2"' },
      );
      expect([refusal, errors![0]!.code]).toEqual(['DEADLINE_REFUSED', code]);
    }
    expect(await refused('POST', campaign(), officer, { deadline: '2027-12-15T17:00' })).toMatchObject({
      code: 'NEEDS_ALREADY_OPEN',
    });
  });

  test('knows what was bought last year, from the consultation that this one was copied from', async () => {
    const last = of;
    await world.source.query(
      `insert into need_line (consultation_id, item_id, buyer_id, lot_id, standing, estimate)
       values ($1, $2, $3, $4, 'valid', 110)`,
      [last.consultationId, last.itemIds[0], last.buyerId, last.lotIds[0]],
    );
    of = await declarable(world.source, world.own);
    await world.source.query(`update consultation set copied_from_id = $2 where id = $1`, [
      of.consultationId,
      last.consultationId,
    ]);
    await send('POST', campaign(), officer, { deadline: '2027-12-15T17:00' });
    const { lines } = await read();
    expect(lines.map(({ code, lastYear, estimate }) => [code, lastYear, estimate])).toEqual([
      ['A-1', '110', null],
      ['A-2', null, null],
      ['B-1', null, null],
    ]);
  });
});

describe('typing', () => {
  beforeEach(() => openCensus(world.source, of));

  test('from nothing to a transmitted declaration, which counts with its zeros', async () => {
    expect((await read()).state).toBe('not_started');
    const { lines } = await type([
      line(0, '120.50', 0, { minimum: '100', lastPrice: '6.4', note: 'salle des fêtes' }),
    ]);
    expect(lines[0]).toMatchObject({ estimate: '120.5', minimum: '100', lastPrice: '6.40', version: 1 });
    expect(await read()).toMatchObject({ state: 'draft', lotsAnswered: 1, counted: false });
    // Silence is not a zero: each lot is answered, or said to need nothing.
    const silent = await refused('POST', path('/versions'), secretary, { attested: true });
    expect([silent.code, silent.errors!.map(({ code }) => code)]).toEqual(['NEEDS_SILENT', ['lot2']]);
    await noNeed(1);
    expect(await refused('POST', path('/versions'), secretary, { attested: false })).toMatchObject({
      code: 'NOT_ATTESTED',
    });
    const version = await transmit();
    expect(version).toMatchObject({ number: 1, kind: 'transmission' });
    expect(version.receipt).toMatch(/^AR-\d{4}-\d{6,}$/);
    expect(await counted()).toEqual([
      { code: 'A-1', standing: 'valid', estimate: '120.5' },
      { code: 'B-1', standing: 'valid', estimate: '0' },
    ]);
    expect(await read()).toMatchObject({ state: 'transmitted', counted: true });
  });

  test('what is changed after a transmission does not count until it is transmitted again', async () => {
    await type([line(0, '10'), line(1, '0'), line(2, '3')]);
    await transmit();
    await type([line(0, '11', 1)]);
    expect((await read()).state).toBe('modified');
    expect((await counted())[0]).toMatchObject({ estimate: '10' });
    await transmit();
    expect((await counted())[0]).toMatchObject({ estimate: '11' });
    const response = await world.api(path('/versions/2/differences'), secretary);
    expect(await response.json()).toEqual({
      lines: [expect.objectContaining({ code: 'A-1', before: '10', after: '11' })],
    });
    expect(await refused('POST', path('/versions'), secretary, { attested: true })).toMatchObject({
      code: 'ALREADY_TRANSMITTED',
    });
  });

  test('two people in one declaration: the second gets both values, and nothing is overwritten', async () => {
    await type([line(0, '10')]);
    await type([line(0, '12', 1)], validator);
    const conflict = await refused('PATCH', path('/lines'), secretary, {
      lines: [line(1, '4'), line(0, '13', 1)],
    });
    expect(conflict).toMatchObject({
      status: 409,
      code: 'NEED_LINES_CONFLICT',
      current: { lines: [{ code: 'A-1', estimate: '12', version: 2 }] },
    });
    expect(conflict.errors!.map(({ pointer }) => pointer)).toEqual(['#/lines/1/version']);
    // Nothing of the refused request was written.
    expect((await read()).lines.map(({ estimate }) => estimate)).toEqual(['12', null, null]);
    // Sent again after a lost answer, what is already there is simply done.
    expect((await type([line(0, '12', 1)])).lines[0]).toMatchObject({ version: 2 });
  });

  test('many at once on one line: one writes, each other is told, none is lost', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        world.api(path('/lines'), i % 2 === 0 ? secretary : validator, {
          method: 'PATCH',
          body: JSON.stringify({ lines: [line(0, String(i + 1))] }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
    expect((await read()).lines[0]).toMatchObject({ version: 1 });
  });

  test('every fault at once, with its place', async () => {
    const { code, errors } = await refused('PATCH', path('/lines'), secretary, {
      lines: [
        line(0, '10', 0, { minimum: '11', maximum: '9' }),
        line(0, '10'),
        line(1, null, 0, { maximum: '5', keptOutside: '2' }),
        { itemId: randomUUID(), version: 0, estimate: '1' },
        line(2, '1', 0, { deliverySiteId: randomUUID() }),
      ],
    });
    expect(code).toBe('NEED_LINES_REFUSED');
    expect(errors!.map(({ pointer, code: fault }) => [pointer, fault])).toEqual([
      ['#/lines/0/minimum', 'minimumAboveEstimate'],
      ['#/lines/0/maximum', 'estimateAboveMaximum'],
      ['#/lines/1/itemId', 'itemTwice'],
      ['#/lines/2/estimate', 'estimateMissing'],
      ['#/lines/2/keptOutsideReason', 'reasonMissing'],
      ['#/lines/3/itemId', 'itemUnknown'],
    ]);
    const site = await refused('PATCH', path('/lines'), secretary, {
      lines: [line(2, '1', 0, { deliverySiteId: randomUUID() })],
    });
    expect(site.errors!.map(({ code: fault }) => fault)).toEqual(['siteUnknown']);
    expect((await read()).state).toBe('not_started');
  });

  test('« aucun besoin » is one action, and is refused beside quantities', async () => {
    await type([line(0, '4')]);
    expect(await refused('POST', path('/no-need'), secretary, {})).toMatchObject({
      code: 'NO_NEED_BESIDE_QUANTITIES',
    });
    await type([line(0, null, 1)]);
    await send('POST', path('/no-need'), secretary, {});
    await transmit();
    expect(await counted()).toEqual(
      ['A-1', 'A-2', 'B-1'].map((code) => ({ code, standing: 'valid', estimate: '0' })),
    );
  });

  test('a delegate types under its mandate, and does not transmit; the journal says so', async () => {
    const delegate = await world.delegate(of.buyerId);
    await type([line(0, '7')], delegate);
    expect(await refused('POST', path('/versions'), delegate, { attested: true })).toMatchObject({
      status: 403,
    });
    const [entry] = await world.source.query<{ key: string; behalf: string; after: unknown }[]>(
      `select key, on_behalf_of as behalf, after from journal_entry where subject = 'needs' and subject_id = $1`,
      [of.lotIds[0]],
    );
    expect(entry).toEqual({ key: 'needs.type', behalf: of.buyerId, after: { 'A-1': '7' } });
    const [{ channel } = { channel: '' }] = await world.source.query<{ channel: string }[]>(
      `select channel from need_entry where consultation_id = $1`,
      [of.consultationId],
    );
    expect(channel).toBe('delegation');
  });

  test('a member of another commune neither reads nor types it', async () => {
    const stranger = await world.person('commune_secretary', { buyerId: world.other.buyerId, groupId: null });
    expect((await world.api(path(), stranger)).status).toBe(404);
    expect(await refused('PATCH', path('/lines'), officer, { lines: [line(0, '1')] })).toMatchObject({
      status: 403,
    });
  });
});

describe('after the deadline', () => {
  beforeEach(async () => {
    await openCensus(world.source, of);
    await type([line(0, '10')]);
    await noNeed(1);
  });

  test('it is locked; a correction has its reason, and counts once the coordinator accepts it', async () => {
    await transmit();
    await moveCensus(world.source, of, -1);
    expect((await read()).state).toBe('locked');
    expect(await refused('PATCH', path('/lines'), secretary, { lines: [line(0, '12', 1)] })).toMatchObject({
      code: 'NEEDS_LOCKED',
    });
    await send('POST', path('/rectification'), secretary, { reason: 'erreur d’unité' });
    await type([line(0, '12', 1)]);
    expect(await transmit()).toMatchObject({ number: 2, kind: 'rectification', reason: 'erreur d’unité' });
    expect((await read()).state).toBe('awaiting_decision');
    expect((await counted())[0]).toMatchObject({ estimate: '10' });
    expect(await refused('POST', campaign('/closure'), officer, {}, { 'If-Match': '"1"' })).toMatchObject({
      code: 'NEEDS_PENDING',
    });
    expect(await refused('POST', path('/versions/2/decision'), officer, { accepted: false })).toMatchObject({
      code: 'REFUSAL_WITHOUT_REASON',
    });
    await send('POST', path('/versions/2/decision'), officer, { accepted: true });
    expect((await counted())[0]).toMatchObject({ estimate: '12' });
    expect(await refused('POST', path('/versions/2/decision'), officer, { accepted: true })).toMatchObject({
      code: 'VERSION_NOT_WAITING',
    });
  });

  test('a late answer waits, is shown as late, and goes when it is refused', async () => {
    await moveCensus(world.source, of, -1);
    await send('POST', path('/rectification'), secretary, { reason: 'secrétaire absente' });
    expect(await transmit()).toMatchObject({ kind: 'late' });
    expect((await counted())[0]).toMatchObject({ standing: 'late' });
    await send('POST', path('/versions/1/decision'), officer, { accepted: false, reason: 'trop tard' });
    expect(await counted()).toEqual([]);
    expect((await read()).state).toBe('refused');
  });

  test('the silent are out of their lots when it is closed, what they typed stays, and it is never a zero', async () => {
    const silent = randomUUID();
    await world.source.query(`insert into buyer (id, siret, name) values ($1, $2, 'Bonchamp')`, [
      silent,
      `${Math.trunc(Math.random() * 1e14)}`.padStart(14, '2'),
    ]);
    await joinGroup(world.source, world.own.groupId, silent);
    await joinLots(world.source, of, silent);
    await transmit();
    expect(await refused('POST', campaign('/closure'), officer, {}, { 'If-Match': '"1"' })).toMatchObject({
      code: 'DEADLINE_TO_COME',
    });
    await moveCensus(world.source, of, -1);
    const { excluded } = await send<{ excluded: object[] }>(
      'POST',
      campaign('/closure'),
      officer,
      {},
      { 'If-Match': '"1"' },
    );
    expect(excluded).toEqual([
      expect.objectContaining({ buyerName: 'Bonchamp', lotNumber: 1 }),
      expect.objectContaining({ buyerName: 'Bonchamp', lotNumber: 2 }),
    ]);
    expect(await counted(silent)).toEqual([]);
    const response = await world.api(`/consultations/${of.consultationId}/declarations`, officer);
    const { declarations } = (await response.json()) as DeclarationList;
    expect(declarations.map(({ buyerName, state }) => [buyerName, state])).toEqual([['Argentré', 'locked']]);
  });
});

describe('what the commune says of what was transmitted in its name', () => {
  test('contested, nothing of it counts until it transmits again', async () => {
    await openCensus(world.source, of);
    await type([line(0, '10'), line(2, '1')]);
    await transmit();
    await send('POST', path('/versions/1/contest'), validator, { reason: 'le conseil n’en veut pas' });
    expect(await counted()).toEqual([]);
    expect((await read()).state).toBe('contested');
    await transmit();
    expect(await counted()).toHaveLength(2);
    expect(await refused('POST', path('/versions/1/contest'), validator, { reason: 'encore' })).toMatchObject(
      {
        code: 'VERSION_SUPERSEDED',
      },
    );
  });

  test('where the group asks for it, what is transmitted waits for the validator', async () => {
    await send('PUT', `/groups/${world.own.groupId}/needs-settings`, officer, { validationRequired: true });
    await send('POST', campaign(), officer, { deadline: '2027-12-15T17:00' });
    await type([line(0, '10'), line(2, '1')]);
    await transmit();
    expect([(await read()).state, await counted()]).toEqual(['awaiting_validation', []]);
    await send('POST', path('/versions/1/validation'), validator, {});
    expect([(await read()).state, (await counted()).length]).toEqual(['transmitted', 2]);
  });
});
