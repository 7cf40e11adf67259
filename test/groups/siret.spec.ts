import { GroupsQueries } from '../../src/groups/groups.queries.js';
import { groupRecipes } from '../accounts/recipes/groups.js';
import { problem, World } from '../accounts/world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

test('a buyer known by its SIREN alone gives its SIRET before it joins', async () => {
  const officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  const name = 'POST /groups/:groupId/members/:buyerId/joining';
  const { path, body } = await groupRecipes(() => world)[name]!('own', officer);
  const [, buyerId] = /members\/([^/]+)\//.exec(path)!;
  const [buyer] = await world.source.query<{ siret: string }[]>(`select siret from buyer where id = $1`, [
    buyerId,
  ]);
  await world.source.query(`update buyer set siret = null, siren_alone = left(siret, 9) where id = $1`, [
    buyerId,
  ]);
  expect(await problem(world.post(path, officer, body))).toEqual([422, 'SIRET_MISSING']);
  // One that answers no without it still has its place in the list of those who answered.
  await world.source.query(
    `update membership set declined_at = now(), joined_at = null where buyer_id = $1`,
    [buyerId],
  );
  const told = await world.app.get(GroupsQueries).memberships(world.source.manager, world.own.groupId);
  expect(told.find((row) => row.buyerId === buyerId)!.key).toBe(buyer!.siret.slice(0, 9));
  await world.source.query(`update membership set declined_at = null where buyer_id = $1`, [buyerId]);
  await world.source.query(`update buyer set siret = $2, siren_alone = null where id = $1`, [
    buyerId,
    buyer!.siret,
  ]);
  expect((await world.post(path, officer, body)).status).toBeLessThan(300);
});
