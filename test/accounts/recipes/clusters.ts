import { randomUUID } from 'node:crypto';
import { inviteAnew } from '../../support/publishable.js';
import type { Recipes, Target } from './recipe.js';

/** Totals by cluster, delivery sites of lots, and the sheets that whoever conducts a group completes. */
export const clusterRecipes: Recipes = (world) => {
  const place = (target: Target) => world()[target];
  const sql = <T>(statement: string, parameters: unknown[]) =>
    world().source.query<T[]>(statement, parameters);

  async function freshConsultation(target: Target): Promise<string> {
    const id = randomUUID();
    await sql(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1::uuid, $2, $1::text, 1, 3)`,
      [id, place(target).groupId],
    );
    return id;
  }
  async function freshLot(target: Target): Promise<string> {
    const id = randomUUID();
    await sql(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
      [id, await freshConsultation(target)],
    );
    return id;
  }
  const sheet = (rest: string, body?: unknown) => async (target: Target) => {
    const { groupId, buyerId } = place(target);
    await inviteAnew(world().source, groupId, buyerId);
    await sql(`update membership set joined_at = now() where group_id = $1 and buyer_id = $2`, [
      groupId,
      buyerId,
    ]);
    const [buyer] = await sql<{ version: number }>(`select version from buyer where id = $1`, [buyerId]);
    return {
      path: `/groups/${groupId}/members/${buyerId}/buyer${rest}`,
      ...(body === undefined ? {} : { body, headers: { 'If-Match': `"${buyer!.version}"` } }),
    };
  };

  return {
    'GET /groups/:groupId/clusters': (target) => ({ path: `/groups/${place(target).groupId}/clusters` }),
    'GET /consultations/:consultationId/clusters': async (target) => ({
      path: `/consultations/${await freshConsultation(target)}/clusters`,
    }),
    'GET /lots/:lotId/delivery-sites': async (target) => ({
      path: `/lots/${await freshLot(target)}/delivery-sites`,
    }),
    'PUT /lots/:lotId/delivery-sites': async (target) => ({
      path: `/lots/${await freshLot(target)}/delivery-sites`,
      body: { deliverySiteIds: [] },
      headers: { 'If-Match': '"1"' },
    }),
    'GET /groups/:groupId/members/:buyerId/buyer': sheet(''),
    'PATCH /groups/:groupId/members/:buyerId/buyer': sheet('', { name: 'Argentré' }),
    'PUT /groups/:groupId/members/:buyerId/buyer/establishments': sheet('/establishments', {
      establishments: [],
    }),
    'PUT /groups/:groupId/members/:buyerId/buyer/populations': sheet('/populations', { populations: [] }),
    'PUT /groups/:groupId/members/:buyerId/buyer/delivery-sites': sheet('/delivery-sites', {
      deliverySites: [],
    }),
    'GET /groups/:groupId/members/:buyerId/buyer/council-sessions': sheet('/council-sessions'),
    'PUT /groups/:groupId/members/:buyerId/buyer/council-sessions': sheet('/council-sessions', {
      sessions: ['2027-02-11'],
    }),
  };
};
