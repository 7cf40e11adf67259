import { randomUUID } from 'node:crypto';
import { type Holder, problem, World } from '../accounts/world.js';
import { Places } from '../support/clusters.js';

/** A consultation by cluster: Argentré is of two clusters, Bonchamp of one, Changé of none. Figures worked out by hand. */
let world: World;
let officer: Holder;
let consultationId: string;
const lots: string[] = [];
const items: string[] = [];
const buyers: Record<string, string> = {};
const clusters: Record<string, string> = {};
const places = new Places(() => world);

beforeAll(async () => {
  world = await World.open();
  const { groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  buyers['Argentré'] = world.own.buyerId;
  for (const name of ['Bonchamp', 'Parné', 'Entrammes']) {
    buyers[name] = await places.buyer(name);
    await places.member(groupId, buyers[name]);
  }
  clusters['East'] = await places.cluster('Pôle Est', [buyers['Bonchamp']!, buyers['Argentré']]);
  clusters['South'] = await places.cluster('Pôle Sud', [buyers['Entrammes']!, buyers['Argentré']]);
  await places.cluster('Pôle d’ailleurs', [await places.buyer('Lointaine')]);
  consultationId = await places.consultation(groupId);
  lots.push(await places.lot(consultationId, 1), await places.lot(consultationId, 2));
  items.push(
    await places.item(consultationId, lots[0]!, 'A', '0.3333'),
    await places.item(consultationId, lots[0]!, 'B', '10'),
    await places.item(consultationId, lots[1]!, 'C', '100'),
  );
  const ids = (...names: string[]) => names.map((name) => buyers[name]!);
  await places.joins(consultationId, lots[0]!, ids('Argentré', 'Bonchamp', 'Parné'));
  await places.joins(consultationId, lots[1]!, ids('Argentré'));
  const need = (name: string, item: number, estimate: string, standing?: string) =>
    places.need(consultationId, lots[item === 2 ? 1 : 0]!, items[item]!, buyers[name]!, estimate, standing);
  await need('Argentré', 0, '3'); // 0.9999 → 1.00
  await need('Argentré', 1, '2.5'); // 25.00
  await need('Argentré', 2, '1'); // 100.00
  await need('Bonchamp', 0, '1'); // 0.3333 → 0.33
  await need('Bonchamp', 1, '1000', 'late');
  await need('Parné', 1, '4'); // 40.00
});
afterAll(() => world.close());

interface Line {
  readonly name?: string;
  readonly participants: number;
  readonly net: string;
  readonly lots: readonly {
    readonly number: number;
    readonly participants: number;
    readonly net: string;
    readonly items: readonly { code: string; minimum: string; estimate: string; maximum: string }[];
  }[];
}
interface Read {
  readonly clusters: readonly Line[];
  readonly outside: Line;
  readonly total: Line;
  readonly everyone: boolean;
  readonly caution: string;
}
const read = async (query = '', holder = officer): Promise<Read> =>
  (await (await world.api(`/consultations/${consultationId}/clusters${query}`, holder)).json()) as Read;
const told = ({ name, participants, net, lots: of }: Line) => [
  name ?? null,
  participants,
  net,
  of.map((lot) => [lot.number, lot.participants, lot.net]),
];

test('each cluster with its participants and amounts lot by lot, those of none, and the true total', async () => {
  const answer = await read();
  expect(answer.clusters.map(told)).toEqual([
    [
      'Pôle Est',
      2,
      '126.33',
      [
        [1, 2, '26.33'],
        [2, 1, '100.00'],
      ],
    ],
    [
      'Pôle Sud',
      1,
      '126.00',
      [
        [1, 1, '26.00'],
        [2, 1, '100.00'],
      ],
    ],
  ]);
  expect(told(answer.outside)).toEqual([
    null,
    1,
    '40.00',
    [
      [1, 1, '40.00'],
      [2, 0, '0.00'],
    ],
  ]);
  // 126.33 + 126.00 + 40.00 would count Argentré twice.
  expect(told(answer.total)).toEqual([
    null,
    3,
    '166.33',
    [
      [1, 3, '66.33'],
      [2, 1, '100.00'],
    ],
  ]);
  expect([answer.everyone, answer.caution]).toEqual([true, expect.stringContaining('ne s’additionnent pas')]);
  expect(answer.total.lots.flatMap((lot) => lot.items)).toEqual([]);
});

test('one lot, with the quantities of its items: an empty minimum counts 0, an empty maximum the estimate', async () => {
  await places.sql(`update need_line set minimum = 1, maximum = 6 where item_id = $1 and buyer_id = $2`, [
    items[0],
    buyers['Argentré'],
  ]);
  const answer = await read(`?lotId=${lots[0]!.toUpperCase()}`);
  const quantities = (line: Line) =>
    line.lots.map((lot) => lot.items.map((item) => [item.code, item.minimum, item.estimate, item.maximum]));
  expect(answer.clusters.map(quantities)).toEqual([
    [
      [
        ['A', '1.000', '4.000', '7.000'],
        ['B', '0.000', '2.500', '2.500'],
      ],
    ],
    [
      [
        ['A', '1.000', '3.000', '6.000'],
        ['B', '0.000', '2.500', '2.500'],
      ],
    ],
  ]);
  expect(quantities(answer.total)).toEqual([
    [
      ['A', '1.000', '4.000', '7.000'],
      ['B', '0.000', '6.500', '6.500'],
    ],
  ]);
  expect(told(answer.total)).toEqual([null, 3, '66.33', [[1, 3, '66.33']]]);
  const lot = (id: string) => world.api(`/consultations/${consultationId}/clusters?lotId=${id}`, officer);
  expect(await problem(lot(randomUUID()))).toEqual([404, 'NOT_FOUND']);
  expect(await problem(lot('x'))).toEqual([422, 'VALIDATION']);
});

test('who joins what, of one cluster only', async () => {
  const table = async (query: string) =>
    (
      (await (await world.api(`/consultations/${consultationId}/participation${query}`, officer)).json()) as {
        members: { buyerName: string }[];
      }
    ).members.map(({ buyerName }) => buyerName);
  expect(await table(`?clusterId=${clusters['South']}`)).toEqual(['Argentré', 'Entrammes']);
  expect(await table('')).toEqual(['Argentré', 'Bonchamp', 'Entrammes', 'Parné']);
  expect(await table(`?clusterId=${randomUUID()}`)).toEqual([]);
  const wrong = world.api(`/consultations/${consultationId}/participation?clusterId=x`, officer);
  expect(await problem(wrong)).toEqual([422, 'VALIDATION']);
});

test('a group that closed the reading between members shows each its own figures, and no sum of the others', async () => {
  const mayor = await world.person('commune_validator', { buyerId: buyers['Bonchamp']!, groupId: null });
  expect(told((await read('', mayor)).total)[1]).toBe(3);
  await places.sql(`update purchasing_group set members_see_each_other = false where id = $1`, [
    world.own.groupId,
  ]);
  const own = await read('', mayor);
  expect([own.everyone, own.clusters.map(told), told(own.total), own.outside.participants]).toEqual([
    false,
    [
      [
        'Pôle Est',
        1,
        '0.33',
        [
          [1, 1, '0.33'],
          [2, 0, '0.00'],
        ],
      ],
    ],
    [
      null,
      1,
      '0.33',
      [
        [1, 1, '0.33'],
        [2, 0, '0.00'],
      ],
    ],
    0,
  ]);
  expect(
    (await read(`?lotId=${lots[0]}`, mayor)).total.lots[0]!.items.map(({ estimate }) => estimate),
  ).toEqual(['1.000']);
  expect(told((await read()).total)[1]).toBe(3);
});
