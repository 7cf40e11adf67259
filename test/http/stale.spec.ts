import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/config/config.js';
import { accountRecipes } from '../accounts/recipes/accounts.js';
import { buyerRecipes } from '../accounts/recipes/buyers.js';
import { clusterRecipes } from '../accounts/recipes/clusters.js';
import { conductRecipes } from '../accounts/recipes/conduct.js';
import { consultationRecipes } from '../accounts/recipes/consultations.js';
import { groupRecipes } from '../accounts/recipes/groups.js';
import { itemRecipes } from '../accounts/recipes/items.js';
import { procedureRecipes } from '../accounts/recipes/procedure.js';
import { protectionRecipes } from '../accounts/recipes/protection.js';
import { publicationRecipes } from '../accounts/recipes/publication.js';
import type { Recipe, Sent } from '../accounts/recipes/recipe.js';
import { sourcingRecipes } from '../accounts/recipes/sourcing.js';
import { termsRecipes } from '../accounts/recipes/terms.js';
import { type Holder, World } from '../accounts/world.js';

/** One convention for what is edited: whoever is late receives the state that a reading gives, in its words, and no more. */
let world: World;
let holders: readonly Holder[];
beforeAll(async () => {
  world = await World.open();
  holders = [
    await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId }),
    await world.person('administrator', { buyerId: null, groupId: null }),
  ];
});
afterAll(() => world.close());

const RECIPES: Readonly<Record<string, Recipe>> = {
  ...accountRecipes(() => world),
  ...buyerRecipes(() => world),
  ...termsRecipes(() => world),
  ...procedureRecipes(() => world),
  ...protectionRecipes(() => world),
  ...publicationRecipes(() => world),
  ...groupRecipes(() => world),
  ...conductRecipes(() => world),
  ...clusterRecipes(() => world),
  ...consultationRecipes(() => world),
  ...sourcingRecipes(() => world),
  ...itemRecipes(() => world),
};

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
    const read = (await response.json()) as { items?: { id?: string }[] };
    return read.items?.find((item) => item.id === id) ?? read;
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
