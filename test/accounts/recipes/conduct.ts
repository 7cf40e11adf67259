import { randomUUID } from 'node:crypto';
import type { Recipes, Target } from './recipe.js';

/** What people do about who conducts a group, and about what its members keep outside it. */
export const conductRecipes: Recipes = (world) => {
  const place = (target: Target) => world()[target];
  type Table = 'group_conduct' | 'group_committee' | 'group_free_of_charge';
  const versionOf = async (table: Table, groupId: string): Promise<string> => {
    const [row] = await world().source.query<{ version: number }[]>(
      `select version from ${table} where group_id = $1`,
      [groupId],
    );
    return `"${row?.version ?? 0}"`;
  };
  /** An avenant that nobody signed, so that what it says may still change; and who coordinates. */
  const amended = async (groupId: string): Promise<string> => {
    await world().source.query(
      `insert into agreement_version (group_id, number, label, summary, adopted_on, recorded_at)
       select $1, coalesce(max(number), 0) + 1, 'Avenant', '', '2026-04-15', now()
       from agreement_version where group_id = $1`,
      [groupId],
    );
    const [row] = await world().source.query<{ id: string }[]>(
      `select coordinator_id as id from purchasing_group where id = $1`,
      [groupId],
    );
    return row!.id;
  };
  const member = (rest: string) => (target: Target) => {
    const { groupId, buyerId } = place(target);
    return { path: `/groups/${groupId}/members/${buyerId}${rest}` };
  };
  const BREAD = {
    nature: 'fournitures',
    family: 'pain',
    site: 'École du bourg',
    annualAmount: '4200.00',
    reason: 'Livraison avant 7 h',
  };
  async function freshKept({ groupId, buyerId }: { groupId: string; buyerId: string }): Promise<string> {
    const id = randomUUID();
    await world().source.query(
      `insert into kept_outside (id, group_id, buyer_id, nature, family, site, annual_amount, reason, recorded_at)
       values ($1, $2, $3, 'fournitures', 'pain', 'École', 4200, 'Livraison avant 7 h', now())`,
      [id, groupId, buyerId],
    );
    return id;
  }

  return {
    'GET /groups/:groupId/missions': (target) => ({ path: `/groups/${place(target).groupId}/missions` }),
    'PUT /groups/:groupId/missions': async (target) => {
      const { groupId } = place(target);
      const coordinatorId = await amended(groupId);
      return {
        path: `/groups/${groupId}/missions`,
        body: { missions: [{ mission: 'passation', buyerIds: [coordinatorId] }] },
        headers: { 'If-Match': await versionOf('group_conduct', groupId) },
      };
    },
    'GET /groups/:groupId/committee': (target) => ({ path: `/groups/${place(target).groupId}/committee` }),
    'PUT /groups/:groupId/committee': async (target) => {
      const { groupId } = place(target);
      await amended(groupId);
      return {
        path: `/groups/${groupId}/committee`,
        body: { kind: 'elected', castingVote: true },
        headers: { 'If-Match': await versionOf('group_committee', groupId) },
      };
    },
    'GET /groups/:groupId/free-of-charge': (target) => ({
      path: `/groups/${place(target).groupId}/free-of-charge`,
    }),
    'PUT /groups/:groupId/free-of-charge': async (target) => {
      const { groupId } = place(target);
      return {
        path: `/groups/${groupId}/free-of-charge`,
        body: { statutesProvide: true, agentTimeShared: '0.00', disbursementsShared: '0.00' },
        headers: { 'If-Match': await versionOf('group_free_of_charge', groupId) },
      };
    },
    'GET /groups/:groupId/kept-outside': (target) => ({
      path: `/groups/${place(target).groupId}/kept-outside`,
    }),
    'GET /groups/:groupId/members/:buyerId/kept-outside': member('/kept-outside'),
    'POST /groups/:groupId/members/:buyerId/kept-outside': (target) => ({
      ...member('/kept-outside')(target),
      body: BREAD,
    }),
    'PUT /groups/:groupId/members/:buyerId/kept-outside/:keptId': async (target) => ({
      ...member(`/kept-outside/${await freshKept(place(target))}`)(target),
      body: BREAD,
      headers: { 'If-Match': '"1"' },
    }),
    'DELETE /groups/:groupId/members/:buyerId/kept-outside/:keptId': async (target) => ({
      ...member(`/kept-outside/${await freshKept(place(target))}`)(target),
      headers: { 'If-Match': '"1"' },
    }),
    'GET /groups/:groupId/members/:buyerId/family-ledger': member('/family-ledger'),
  };
};
