import { randomUUID } from 'node:crypto';
import type { Recipes, Sent, Target } from './recipe.js';

/** The procedure of a consultation made for the request. */
export const procedureRecipes: Recipes = (world) => {
  const path =
    (rest: string, body?: object) =>
    async (target: Target): Promise<Sent> => {
      const { groupId } = world()[target];
      const consultationId = randomUUID();
      await world().source.query(
        `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
        [consultationId, groupId, `Achats ${consultationId}`],
      );
      return { path: `/consultations/${consultationId}/${rest}`, ...(body ? { body } : {}) };
    };
  return {
    'GET /consultations/:consultationId/procedure': path('procedure'),
    'POST /consultations/:consultationId/procedure/what-if': path('procedure/what-if', { renewals: 2 }),
    'GET /consultations/:consultationId/procedure-choice': path('procedure-choice'),
    'PUT /consultations/:consultationId/procedure-choice': path('procedure-choice', { procedure: 'open' }),
  };
};
