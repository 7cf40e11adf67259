import { clusterRecipes } from '../accounts/recipes/clusters.js';
import { consultationRecipes } from '../accounts/recipes/consultations.js';
import { itemRecipes } from '../accounts/recipes/items.js';
import { procedureRecipes } from '../accounts/recipes/procedure.js';
import { protectionRecipes } from '../accounts/recipes/protection.js';
import { publicationRecipes } from '../accounts/recipes/publication.js';
import type { Recipe } from '../accounts/recipes/recipe.js';
import { termsRecipes } from '../accounts/recipes/terms.js';
import { type Holder, problem, World } from '../accounts/world.js';

let world: World;
let officer: Holder;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
});
afterAll(() => world.close());

/** Sheets of buyers and totals of groups do not depend on what is launched. */
const ofConsultations = (recipes: Record<string, Recipe>): Record<string, Recipe> =>
  Object.fromEntries(Object.entries(recipes).filter(([name]) => !name.includes(' /groups/')));

const RECIPES: Readonly<Record<string, Recipe>> = {
  ...consultationRecipes(() => world),
  ...ofConsultations(clusterRecipes(() => world)),
  ...itemRecipes(() => world),
  ...termsRecipes(() => world),
  ...protectionRecipes(() => world),
  ...publicationRecipes(() => world),
  ...procedureRecipes(() => world),
};

/** What stays possible once a consultation is launched, saves nothing, or begins another one. */
const STILL = [
  'POST /groups/:groupId/consultations',
  'POST /consultations/:consultationId/cancellation',
  'POST /consultations/:consultationId/copy',
  'POST /consultations/:consultationId/procedure/what-if',
];
const writes = Object.keys(RECIPES).filter((name) => !name.startsWith('GET ') && !STILL.includes(name));

/** Who takes part in which lot is closed by its own sentence. */
const refusalOf = (name: string): string =>
  name.endsWith('/participation') ? 'PARTICIPATION_CLOSED' : 'CONSULTATION_LAUNCHED';

test('there are routes that change a consultation, in each of its rooms', () => {
  expect(writes.length).toBeGreaterThan(15);
});

test.each(writes)('%s changes nothing of a launched consultation, and says why', async (name) => {
  const [method] = name.split(' ') as [string];
  const { path, body, text, headers } = await RECIPES[name]!('own', officer);
  await world.source.query(`update consultation set launched_at = now() where launched_at is null`);
  const response = world.api(path, officer, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(text === undefined ? {} : { body: text }),
    ...(headers ? { headers } : {}),
  });
  expect(await problem(response)).toEqual([409, refusalOf(name)]);
});
