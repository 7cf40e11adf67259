import { inviteAnew, publishable } from '../../support/publishable.js';
import type { Recipes, Target } from './recipe.js';

/** The control before publication, and the publication. */
export const publicationRecipes: Recipes = (world) => {
  const path = async (target: Target): Promise<string> => {
    const { groupId, buyerId } = world()[target];
    await inviteAnew(world().source, groupId, buyerId);
    const { consultationId } = await publishable(world().source, world()[target]);
    return `/consultations/${consultationId}/publication`;
  };
  return {
    'GET /consultations/:consultationId/publication': async (target) => ({ path: await path(target) }),
    'POST /consultations/:consultationId/publication': async (target) => ({
      path: await path(target),
      body: { withoutNonSignatories: false },
      headers: { 'If-Match': '"1"' },
    }),
  };
};
