import { type Census, declarable, openCensus } from '../../support/census.js';
import type { Recipes, Target } from './recipe.js';

/** Quantities to check in a census made for the request: half a bag is one, that its member confirms. */
export const signalRecipes: Recipes = (world) => {
  const census = async (target: Target): Promise<Census> => {
    const { source } = world();
    const of = await declarable(source, world()[target]);
    await openCensus(source, of);
    await source.query(
      `insert into need_declaration (consultation_id, buyer_id, started_at) values ($1, $2, now())`,
      [of.consultationId, of.buyerId],
    );
    await source.query(
      `insert into need_entry (consultation_id, buyer_id, item_id, lot_id, estimate, updated_at, channel)
       values ($1, $2, $3, $4, 40.5, now(), 'api')`,
      [of.consultationId, of.buyerId, of.itemIds[0], of.lotIds[0]],
    );
    return of;
  };
  const confirmation = (of: Census) => ({
    signals: [{ id: `whole:${of.itemIds[0]}`, fingerprint: '40.5' }],
    reason: 'vendu au poids',
  });
  const path = (of: Census, rest: string): string => `/consultations/${of.consultationId}${rest}`;
  return {
    'GET /consultations/:consultationId/needs-campaign/signals': async (target) => ({
      path: path(await census(target), '/needs-campaign/signals'),
    }),
    'GET /consultations/:consultationId/declarations/:buyerId/signals': async (target) => {
      const of = await census(target);
      return { path: path(of, `/declarations/${of.buyerId}/signals`) };
    },
    'GET /consultations/:consultationId/declarations/:buyerId/main-items': async (target) => {
      const of = await census(target);
      return { path: path(of, `/declarations/${of.buyerId}/main-items`) };
    },
    'POST /consultations/:consultationId/declarations/:buyerId/signals/confirmations': async (target) => {
      const of = await census(target);
      return {
        path: path(of, `/declarations/${of.buyerId}/signals/confirmations`),
        body: confirmation(of),
      };
    },
    'POST /consultations/:consultationId/needs-campaign/signals/confirmations': async (target) => {
      const of = await census(target);
      return {
        path: path(of, '/needs-campaign/signals/confirmations'),
        body: { ...confirmation(of), buyerId: of.buyerId },
      };
    },
    'GET /consultations/:consultationId/needs-dashboard': async (target) => ({
      path: path(await census(target), '/needs-dashboard'),
    }),
  };
};
