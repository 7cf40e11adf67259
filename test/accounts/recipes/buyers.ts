import { randomInt, randomUUID } from 'node:crypto';
import type { Recipes, Target } from './recipe.js';

/** A SIREN that no buyer has yet, with its key (Luhn). */
export function freshSiren(): string {
  const digits = `9${String(randomInt(10_000_000)).padStart(7, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** What people do about buyers, the national reference and clusters. */
export const buyerRecipes: Recipes = (world) => {
  const version = async (table: 'buyer' | 'cluster', id: string): Promise<Record<string, string>> => {
    const [row] = await world().source.query<{ version: number }[]>(
      `select version from ${table} where id = $1`,
      [id],
    );
    return { 'If-Match': `"${row!.version}"` };
  };
  const edit = (rest: string, body: unknown) => async (target: Target) => {
    const { buyerId } = world()[target];
    return { path: `/buyers/${buyerId}${rest}`, body, headers: await version('buyer', buyerId) };
  };
  const commune = async (): Promise<string> => {
    const { buyerId } = world().own;
    await world().source.query(`update buyer set kind = 'commune', insee_code = '53007' where id = $1`, [
      buyerId,
    ]);
    return buyerId;
  };
  const cluster = async (): Promise<string> => {
    const [id, lead] = [randomUUID(), await commune()];
    await world().source.transaction(async (tx) => {
      await tx.query(`insert into cluster (id, name, lead_buyer_id) values ($1, $2, $3)`, [
        id,
        `Pôle ${id}`,
        lead,
      ]);
      await tx.query(`insert into cluster_member (cluster_id, buyer_id) values ($1, $2)`, [id, lead]);
    });
    return id;
  };
  const editCluster = (rest: string, body: () => unknown) => async () => {
    const id = await cluster();
    return { path: `/clusters/${id}${rest}`, body: body(), headers: await version('cluster', id) };
  };

  return {
    'GET /buyers': () => ({ path: '/buyers?q=argentre' }),
    'POST /buyers': () => ({ path: '/buyers', body: { kind: 'ccas', name: 'CCAS', siren: freshSiren() } }),
    'POST /buyers/imports': () => ({ path: '/buyers/imports', body: { epci: '200083392' } }),
    'GET /reference/buyers': () => ({ path: '/reference/buyers?q=argentre' }),
    'PATCH /buyers/:buyerId': edit('', { name: 'Argentré' }),
    'PUT /buyers/:buyerId/establishments': edit('/establishments', { establishments: [] }),
    'PUT /buyers/:buyerId/populations': edit('/populations', { populations: [] }),
    'PUT /buyers/:buyerId/delivery-sites': edit('/delivery-sites', { deliverySites: [] }),
    'GET /buyers/:buyerId/council-sessions': (target) => ({
      path: `/buyers/${world()[target].buyerId}/council-sessions`,
    }),
    'PUT /buyers/:buyerId/council-sessions': edit('/council-sessions', { sessions: ['2027-02-11'] }),
    'GET /clusters': () => ({ path: '/clusters' }),
    'POST /clusters': async () => ({
      path: '/clusters',
      body: { name: `Pôle ${randomUUID()}`, leadBuyerId: await commune(), memberIds: [] },
    }),
    'GET /clusters/:clusterId': async () => ({ path: `/clusters/${await cluster()}` }),
    'PATCH /clusters/:clusterId': editCluster('', () => ({ name: `Pôle ${randomUUID()}` })),
    'PUT /clusters/:clusterId/members': editCluster('/members', () => ({ buyerIds: [world().own.buyerId] })),
    'PUT /clusters/:clusterId/delivery-sites': editCluster('/delivery-sites', () => ({
      deliverySites: [{ label: 'Atelier', address: '4 rue des Ateliers, 53210 Argentré', hours: null }],
    })),
  };
};
