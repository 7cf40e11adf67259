import { randomUUID } from 'node:crypto';
import type { Problem } from '../../src/platform/http/problem.js';
import type { ConfirmedSignals, MainItemList, SignalList } from '../../src/signals/signals.dto.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable, openCensus } from '../support/census.js';
import { boughtLastYear, moreMember, populate, typed } from '../support/members.js';

let world: World;
let officer: Holder;
let secretary: Holder;
let of: Census;
const CLOCK_MINUTE = 60;

beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  await populate(world.source, buyerId, 2000);
});
afterAll(() => world.close());
beforeEach(async () => {
  of = await declarable(world.source, world.own);
  await openCensus(world.source, of);
});

const memberPath = (rest = '/signals', buyerId = of.buyerId) =>
  `/consultations/${of.consultationId}/declarations/${buyerId}${rest}`;
const allPath = (rest = '') => `/consultations/${of.consultationId}/needs-campaign/signals${rest}`;
const get = async <T>(path: string, holder: Holder): Promise<T> => {
  const response = await world.api(path, holder);
  const text = await response.text();
  expect([response.status, response.ok ? '' : text]).toEqual([200, '']);
  return JSON.parse(text) as T;
};
const signals = (holder = secretary, path = memberPath()) => get<SignalList>(path, holder);
const kinds = async () =>
  (await signals()).signals.map(({ kind, code, fingerprint }) => [kind, code, fingerprint]);
const type = (item: number, estimate: string | null, buyerId = of.buyerId) =>
  typed(world.source, of, buyerId, of.itemIds[item]!, estimate);
const pack = (packaging: string) =>
  world.source.query(`update item set packaging = $2 where consultation_id = $1`, [
    of.consultationId,
    packaging,
  ]);

describe('what looks wrong', () => {
  test('above three times the median per inhabitant, of five members at least', async () => {
    await pack('1');
    await type(0, '211');
    for (const [n, estimate] of ['10', '20', '30', '40', '50'].entries()) {
      expect(await kinds()).toEqual([]);
      const other = await moreMember(world.source, world.own.groupId, of, `Commune ${n}`, 1000);
      await type(0, estimate, other);
      if (n === 3) {
        // Five members: 10, 20, 30, 40 for 1 000 inhabitants and 211 for 2 000; the median is 30, which gives 60.
        expect(await kinds()).toEqual([['per_inhabitant', 'A-1', '211']]);
        await type(0, '180');
      }
    }
    // Six: the mean of 30 and 40 for 1 000 is 35, which gives 70; three times that is 210, and 210 is not above it.
    await type(0, '210');
    expect(await kinds()).toEqual([]);
    await type(0, '211');
    const { signals: found, toConfirm } = await signals();
    expect([toConfirm, found[0]]).toMatchObject([
      1,
      {
        ...{ id: `per_inhabitant:${of.itemIds[0]}`, lotNumber: 1, code: 'A-1', buyerId: of.buyerId },
        sentence: expect.stringContaining('(70\u00a0sacs)') as string,
      },
    ]);
    // Who needs none says nothing of what the others need, nor does a buyer without inhabitants.
    const school = await moreMember(world.source, world.own.groupId, of, 'Syndicat', null);
    await type(0, '9000', school);
    await type(0, '0', await moreMember(world.source, world.own.groupId, of, 'Sans besoin', 50));
    expect(await kinds()).toEqual([['per_inhabitant', 'A-1', '211']]);
  });

  test.each([
    ['1000', ['last_year', 'A-1', '1000 / 100']],
    ['999', null],
    ['11', null],
    ['10', ['last_year', 'A-1', '10 / 100']],
    // A zero is said on purpose.
    ['0', null],
    [null, null],
  ])('%s a year after 100 last year', async (estimate, found) => {
    await pack('1');
    await boughtLastYear(world.source, of, of.buyerId, of.itemIds[0], '100');
    await type(0, estimate);
    expect(await kinds()).toEqual(found === null ? [] : [found]);
  });

  test.each([
    // 3 pallets of 40 are 120 bags; 4 800 bags are 120 pallets.
    ['120', '3', ['unit', 'A-1', '3 / 40']],
    ['120', '4800', ['unit', 'A-1', '4800 / 40']],
    ['120', '120', null],
    // Near a pack's count: 0.8 × 120 = 96 ≤ 40 × 2.4.
    ['120', '2.4', ['unit', 'A-1', '2.4 / 40']],
    ['120', '5000', ['unit', 'A-1', '5000 / 40']],
    // 40 × 4 = 160 is above 1.25 × 120 = 150: that is a change, and a large one.
    ['120', '4', ['last_year', 'A-1', '4 / 120']],
    // Nothing to compare: less than one pack is what can be seen.
    [null, '39', ['unit', 'A-1', '39 / 40']],
    [null, '40', null],
  ])('in packs of 40, %s last year and %s this year', async (lastYear, estimate, found) => {
    if (lastYear !== null) await boughtLastYear(world.source, of, of.buyerId, of.itemIds[0], lastYear);
    await type(0, estimate);
    expect((await kinds()).filter(([kind]) => kind !== 'whole')).toEqual(found === null ? [] : [found]);
  });

  test('a part of what is bought whole; half a tonne is no such thing', async () => {
    await pack('1');
    await type(0, '40.5');
    await type(1, '40.5');
    await world.source.query(`update item set unit = 'TNE', unit_code = 'TNE' where id = $1`, [
      of.itemIds[1],
    ]);
    expect(await kinds()).toEqual([['whole', 'A-1', '40.5']]);
  });

  test('more than the member may order over the whole contract', async () => {
    await world.source.query(
      `insert into lot_terms (lot_id, consultation_id, maximum, holders, order_shares, vat_basis, price_kind, version)
       values ($1, $2, 5000, 'single', '{}', 'net', 'fixed', 1)`,
      [of.lotIds[0], of.consultationId],
    );
    await world.source.transaction(async (tx) => {
      await tx.query(`insert into lot_limits (lot_id, version) values ($1, 1)`, [of.lotIds[0]]);
      await tx.query(`insert into lot_member_limit (lot_id, buyer_id, maximum) values ($1, $2, 1000)`, [
        of.lotIds[0],
        of.buyerId,
      ]);
    });
    // 40 bags at 6.15 € are 246 € a year, 984 € over one year and three renewals.
    await type(0, '40');
    expect(await kinds()).toEqual([]);
    // 41 are 252.15 € a year: 1 008.60 €.
    await type(0, '41');
    const [found] = (await signals()).signals;
    expect(found).toMatchObject({
      ...{ id: `maximum:${of.lotIds[0]}`, kind: 'maximum', lotNumber: 1, itemId: null, code: null },
      fingerprint: '1008.60 / 1000.00',
      sentence: expect.stringContaining('1\u202f008,60\u00a0€ HT déclarés sur 4\u00a0ans') as string,
    });
  });

  test('the same round figure on five lines, and half of them', async () => {
    await pack('1');
    const ids = Array.from({ length: 10 }, () => randomUUID());
    await world.source.query(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
       select id, $1, $2, 10 + n, 'C-' || n, 'Sel', 'TNE', '1', 1, 20, '60633' from unnest($3::uuid[]) with ordinality as given (id, n)`,
      [of.consultationId, of.lotIds[0], ids],
    );
    const say = async (from: number, to: number, estimate: string) => {
      for (const id of ids.slice(from, to)) await typed(world.source, of, of.buyerId, id, estimate);
    };
    await say(0, 4, '50');
    expect(await kinds()).toEqual([]);
    await say(4, 5, '50');
    expect(await kinds()).toEqual([['round', null, '50 x 5']]);
    await say(5, 10, '7');
    expect(await kinds()).toEqual([['round', null, '50 x 5']]);
    // Eleven lines: five are less than half.
    await type(0, '8');
    expect(await kinds()).toEqual([]);
    // A figure that is not round may be the right one everywhere.
    await say(0, 10, '7');
    expect(await kinds()).toEqual([]);
  });

  test('what is typed in a lot that was left is not judged', async () => {
    await type(2, '40.5');
    expect(await kinds()).toEqual([['whole', 'B-1', '40.5']]);
    await world.source.query(`delete from lot_participation where lot_id = $1 and buyer_id = $2`, [
      of.lotIds[1],
      of.buyerId,
    ]);
    expect(await kinds()).toEqual([]);
  });
});

describe('confirmed with a reason', () => {
  const REASON = 'Mme Durand a compté elle-même';
  const confirm = (holder: Holder, path: string, body: object) =>
    world.api(path, holder, { method: 'POST', body: JSON.stringify(body) });
  const one = (fingerprint = '40.5', item = 0) => ({ id: `whole:${of.itemIds[item]}`, fingerprint });
  const rows = () =>
    world.source.query<{ reason: string; fingerprint: string }[]>(
      `select reason, fingerprint from need_signal_confirmation where consultation_id = $1`,
      [of.consultationId],
    );

  beforeEach(async () => {
    await pack('1');
    await type(0, '40.5');
  });

  test('by the member, of the figures that it read; other figures ask again', async () => {
    const response = await confirm(secretary, memberPath('/signals/confirmations'), {
      signals: [one()],
      reason: REASON,
    });
    expect(response.status).toBe(200);
    const { signals: confirmed } = (await response.json()) as ConfirmedSignals;
    expect(confirmed).toMatchObject([{ reason: REASON, confirmedBy: secretary.personId }]);
    expect(await signals()).toMatchObject({ toConfirm: 0, confirmed: 1 });
    await type(0, '41.5');
    expect(await signals()).toMatchObject({ toConfirm: 1, confirmed: 0, signals: [{ reason: null }] });
    await type(0, '40.5');
    expect(await signals()).toMatchObject({ toConfirm: 0, confirmed: 1 });
    const told = await world.source.query<{ line: string }[]>(
      `select e::text as line from journal_entry e where key = 'needs.confirm-signal' and subject_id = $1`,
      [of.consultationId],
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.line).toContain('A-1 whole');
    expect(told[0]!.line).not.toContain('Durand');
  });

  test('by the coordinator, after the deadline too', async () => {
    await world.source.query(
      `update need_campaign set deadline = now() - make_interval(mins => $2) where consultation_id = $1`,
      [of.consultationId, CLOCK_MINUTE],
    );
    const response = await confirm(officer, allPath('/confirmations'), {
      ...{ signals: [one()], reason: 'vu avec la commune', buyerId: of.buyerId },
    });
    expect(response.status).toBe(200);
    expect(await signals(officer, allPath())).toMatchObject({
      ...{ toConfirm: 0, confirmed: 1 },
      signals: [{ buyerId: of.buyerId, reason: 'vu avec la commune' }],
    });
  });

  test('all or none: one that changed stops the others, and is shown', async () => {
    await type(1, '12.5');
    const response = await confirm(secretary, memberPath('/signals/confirmations'), {
      signals: [one(), one('99', 1), { id: 'round', fingerprint: '50 x 5' }],
      reason: REASON,
    });
    const problem = (await response.json()) as Problem;
    expect([response.status, problem.code]).toEqual([409, 'SIGNALS_CHANGED']);
    expect(problem.errors!.map(({ pointer }) => pointer)).toEqual([
      '#/signals/1/fingerprint',
      '#/signals/2/fingerprint',
    ]);
    expect(await rows()).toEqual([]);
  });

  test('two at once: the first reason stays, and there is one', async () => {
    const asked = ['la première', 'la seconde'].map((reason) =>
      confirm(secretary, memberPath('/signals/confirmations'), { signals: [one(), one()], reason }),
    );
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const reasons = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as ConfirmedSignals).signals[0]!.reason),
    );
    const kept = await rows();
    expect(kept).toHaveLength(1);
    expect(new Set(reasons)).toEqual(new Set([kept[0]!.reason]));
  });

  test('bad input is refused in its place', async () => {
    for (const [body, pointer] of [
      [{ signals: [], reason: REASON }, '#/signals'],
      [{ signals: [one()], reason: ' ' }, '#/reason'],
      [{ signals: [{ id: "'; drop", fingerprint: '1' }], reason: REASON }, '#/signals/0/id'],
    ] as const) {
      const response = await confirm(secretary, memberPath('/signals/confirmations'), body);
      const problem = (await response.json()) as Problem;
      expect([response.status, problem.errors!.map((fault) => fault.pointer)]).toEqual([422, [pointer]]);
    }
    expect(await rows()).toEqual([]);
  });

  test('neither by another member, nor of a buyer that is not of the group', async () => {
    const other = await world.person('commune_secretary', { buyerId: world.other.buyerId, groupId: null });
    const body = { signals: [one()], reason: REASON };
    expect((await confirm(other, memberPath('/signals/confirmations'), body)).status).toBe(404);
    const stranger = { ...body, buyerId: world.other.buyerId };
    expect((await confirm(officer, allPath('/confirmations'), stranger)).status).toBe(404);
    expect((await world.api(allPath(), secretary)).status).toBe(403);
    expect(await rows()).toEqual([]);
  });
});

test('nothing of it stops a transmission', async () => {
  await type(0, '40.5');
  await type(2, '0');
  expect((await signals()).toConfirm).toBe(1);
  const sent = await world.post(memberPath('/versions'), secretary, { attested: true });
  expect([sent.status, sent.ok ? '' : await sent.text()]).toEqual([201, '']);
});

test('the five main items of a member, and the prices that lack', async () => {
  const ids = Array.from({ length: 4 }, () => randomUUID());
  await world.source.query(
    `insert into item (id, consultation_id, lot_id, position, code, designation, unit, packaging, unit_price, vat_rate, m57_nature)
     select id, $1, $2, 10 + n, 'C-' || n, 'Sel', 'TNE', '1', n, 20, '60633' from unnest($3::uuid[]) with ordinality as given (id, n)`,
    [of.consultationId, of.lotIds[0], ids],
  );
  // 10 at 1, 2, 3 and 4 €; 2 and 5 bags at 6.15 €; none of the last.
  for (const id of ids) await typed(world.source, of, of.buyerId, id, '10');
  await type(0, '2');
  await type(1, '5');
  await type(2, '0');
  await world.source.query(`update need_entry set last_price = 6.4 where item_id = $1`, [of.itemIds[1]]);
  const main = await get<MainItemList>(memberPath('/main-items'), secretary);
  expect(
    main.items.map(({ code, net, lastPrice, priceMissing }) => [code, net, lastPrice, priceMissing]),
  ).toEqual([
    ['C-4', '40.00', null, true],
    ['A-2', '30.75', '6.40', false],
    ['C-3', '30.00', null, true],
    ['C-2', '20.00', null, true],
    ['A-1', '12.30', null, true],
  ]);
  expect(main.pricesMissing).toBe(4);
});
