import type { DocumentSetAnswer, GapsAnswer } from '../../src/documents/document-sets.dto.js';
import type { ParticularsAnswer } from '../../src/documents/particulars.dto.js';
import { PARTICULARS, valueProblem } from '../../src/documents/particulars.rules.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable } from '../support/census.js';

let world: World;
let officer: Holder;
let of: Census;

beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
afterAll(() => world.close());
beforeEach(async () => {
  of = await declarable(world.source, world.own);
});

const path = (rest = 'document-particulars'): string => `/consultations/${of.consultationId}/${rest}`;
const put = (items: object[], version?: number): Promise<Response> =>
  world.api(path(), officer, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...(version && { 'If-Match': `"${version}"` }) },
    body: JSON.stringify({ items }),
  });

test('what is written fills the documents, and nobody overwrites another unseen', async () => {
  const gaps = async (): Promise<number> =>
    ((await (await world.api(path('document-gaps?part=group'), officer)).json()) as GapsAnswer).total;
  const before = await gaps();
  const items = [
    { code: 'court', value: ' Tribunal administratif de Nantes ' },
    { code: 'representative', value: 'Mme Exemple, présidente' },
    { code: 'scope', lotId: of.lotIds[0], value: 'Sel.\nLivré en vrac.' },
    { code: 'accountant', buyerId: of.buyerId, value: 'SGC de Laval' },
  ];
  const written = await put(items);
  expect(written.status).toBe(200);
  const state = (await written.json()) as ParticularsAnswer;
  expect(state).toMatchObject({ version: 1 });
  expect(state.items).toHaveLength(4);
  expect(state.items.find(({ code }) => code === 'court')!.value).toBe('Tribunal administratif de Nantes');
  expect(state.known).toHaveLength(PARTICULARS.length);
  expect(await gaps()).toBeLessThan(before);
  expect((await put(items)).status).toBe(428);
  expect(((await (await put(items, 1)).json()) as ParticularsAnswer).version).toBe(1);
  expect(((await (await put(items.slice(1), 1)).json()) as ParticularsAnswer).version).toBe(2);
  const stale = await put([], 1);
  expect([stale.status, ((await stale.json()) as Problem).code]).toEqual([412, 'STALE_VERSION']);
});

test('all that is wrong is told at once, and nothing is kept', async () => {
  const other = '0199f3a4-5b6c-7d8e-9f01-23456789abcd';
  const refused = await put([
    { code: 'profile_url', value: 'marches' },
    { code: 'validity_days', value: '0' },
    { code: 'ccag', value: 'autre' },
    { code: 'inconnu', value: 'x' },
    { code: 'scope', value: 'sans lot' },
    { code: 'scope', lotId: other, value: 'x' },
    { code: 'budget', buyerId: other, value: 'x' },
    { code: 'court', value: 'a' },
    { code: 'court', value: 'b' },
    { code: 'budget', lotId: of.lotIds[0], buyerId: of.buyerId, value: 'x' },
  ]);
  const problem = (await refused.json()) as Problem;
  expect([refused.status, problem.code]).toEqual([422, 'PARTICULARS_UNSOUND']);
  expect(problem.errors!.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '#/items/0/value VALUE_UNSOUND',
    '#/items/1/value VALUE_UNSOUND',
    '#/items/2/value VALUE_UNSOUND',
    '#/items/3/code PARTICULAR_UNKNOWN',
    '#/items/4/code PARTICULAR_UNKNOWN',
    '#/items/5/lotId LOT_UNKNOWN',
    '#/items/6/buyerId MEMBER_UNKNOWN',
    '#/items/8/code PARTICULAR_TWICE',
    '#/items/9/buyerId ONE_PLACE',
  ]);
  expect(((await (await world.api(path(), officer)).json()) as ParticularsAnswer).version).toBe(0);
});

test('each example is a sound value, and one too long is not', () => {
  for (const particular of PARTICULARS) {
    expect(valueProblem(particular, particular.example)).toBeNull();
    expect(valueProblem(particular, 'x'.repeat(8001))).toContain(particular.label);
  }
});

test('what was launched keeps its words', async () => {
  expect((await put([{ code: 'court', value: 'Tribunal' }])).status).toBe(200);
  await world.source.query(`update consultation set launched_at = now() where id = $1`, [of.consultationId]);
  const refused = await put([], 1);
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([409, 'CONSULTATION_LAUNCHED']);
  await expect(
    world.source.query(`update document_particular set value = 'x' where consultation_id = $1`, [
      of.consultationId,
    ]),
  ).rejects.toMatchObject({ constraint: 'consultation_is_frozen' });
  const set = await world.post(path('document-sets'), officer, { part: 'group' });
  expect([set.status, ((await set.json()) as DocumentSetAnswer).part]).toEqual([202, 'group']);
});
