import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { allRecipes } from '../accounts/recipes/all.js';
import type { Recipe, Sent } from '../accounts/recipes/recipe.js';
import { type Holder, World } from '../accounts/world.js';

/** One convention for what is edited: whoever is late receives the state that a reading gives, in its words, and no more. */
let world: World;
let holders: readonly Holder[];
beforeAll(async () => {
  world = await World.open();
  holders = [
    await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId }),
    await world.person('commune_secretary', { buyerId: world.own.buyerId, groupId: null }),
    await world.person('administrator', { buyerId: null, groupId: null }),
  ];
});
afterAll(() => world.close());

const RECIPES: Readonly<Record<string, Recipe>> = allRecipes(() => world);

interface Operation {
  readonly parameters?: readonly { readonly name?: string }[];
}
const { paths } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
/** « METHOD /path » of what asks for a version, as the routes declare them; and the order of lots, that asks for each. */
const VERSIONED = [
  ...Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { parameters }]) => parameters?.some(({ name }) => name === 'If-Match'))
      .map(
        ([method]) =>
          `${method.toUpperCase()} ${path.replace(/^\/api\/v1/, '').replace(/\{(\w+)\}/g, ':$1')}`,
      ),
  ),
  'PUT /consultations/:consultationId/lots/order',
];

const late = ({ path, body, text, headers }: Sent, method: string, holder: Holder): Promise<Response> => {
  const order = path.endsWith('/lots/order');
  const sent = order ? { lots: [] } : body;
  return world.api(path, holder, {
    method,
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    ...(text === undefined ? {} : { body: text }),
    headers: { ...headers, ...(order ? {} : { 'If-Match': '"999999"' }) },
  });
};
/** What a reading of that, or of what it is part of, gives; of one in a list, that one. */
async function reading(path: string, holder: Holder): Promise<object> {
  const id = path.split('/').at(-1);
  const parts = path.split('/');
  for (let end = parts.length; end > 1; end -= 1) {
    const response = await world.api(parts.slice(0, end).join('/'), holder);
    if (!response.ok) continue;
    const read = (await response.json()) as Record<string, unknown>;
    const lists = Object.values(read).filter((value) => Array.isArray(value)) as {
      id?: string;
      lotId?: string;
    }[][];
    return lists.flat().find((one) => [one.id, one.lotId].includes(id)) ?? read;
  }
  throw new Error(`nothing reads ${path}`);
}

test('every room has something that two people may edit', () => {
  expect(VERSIONED.length).toBeGreaterThan(25);
  expect(VERSIONED).toEqual(
    expect.arrayContaining([
      'PUT /consultations/:consultationId/members/:buyerId/participation',
      'POST /consultations/:consultationId/catalogue',
      'PUT /groups/:groupId/missions',
      'PATCH /lots/:lotId',
    ]),
  );
});

test.each(VERSIONED)('%s: late, one is told what a reading tells', async (name) => {
  const [method] = name.split(' ') as [string];
  for (const holder of holders) {
    const sent = await RECIPES[name]!('own', holder);
    const response = await late(sent, method, holder);
    if ([403, 404].includes(response.status) && holder !== holders.at(-1)) continue;
    const told = (await response.json()) as { code: string; current: { version?: number | null } };
    expect([response.status, told.code]).toEqual([412, 'STALE_VERSION']);
    // Lots are ordered each in its version; a lot without measures has none.
    const { version } = told.current;
    if (typeof version === 'number') expect(response.headers.get('etag')).toBe(`"${version}"`);
    expect(await reading(sent.path, holder)).toMatchObject(told.current);
    return;
  }
});
