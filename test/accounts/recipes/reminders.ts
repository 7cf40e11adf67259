import { type Census, declarable, openCensus, transmitted } from '../../support/census.js';
import type { Recipes, Target } from './recipe.js';

/** What is written about a census made for the request, and said of its declaration. */
export const reminderRecipes: Recipes = (world) => {
  const census = async (target: Target): Promise<Census> => {
    const of = await declarable(world().source, world()[target]);
    await openCensus(world().source, of);
    return of;
  };
  const campaign = async (target: Target, rest: string) => ({
    path: `/consultations/${(await census(target)).consultationId}/needs-campaign${rest}`,
  });
  const comments = async (target: Target): Promise<string> => {
    const { consultationId, buyerId } = await census(target);
    return `/consultations/${consultationId}/declarations/${buyerId}/comments`;
  };
  return {
    'GET /consultations/:consultationId/needs-campaign/reminders': (target) => campaign(target, '/reminders'),
    'POST /consultations/:consultationId/needs-campaign/reminders': async (target) => ({
      ...(await campaign(target, '/reminders')),
      body: {},
    }),
    'GET /consultations/:consultationId/needs-campaign/mails': (target) => campaign(target, '/mails'),
    'GET /consultations/:consultationId/declarations/:buyerId/versions/:number/receipt': async (target) => {
      const of = await census(target);
      await transmitted(world().source, of);
      return { path: `/consultations/${of.consultationId}/declarations/${of.buyerId}/versions/1/receipt` };
    },
    'GET /consultations/:consultationId/declarations/:buyerId/comments': async (target) => ({
      path: await comments(target),
    }),
    'POST /consultations/:consultationId/declarations/:buyerId/comments': async (target) => ({
      path: await comments(target),
      body: { text: 'À revoir', visibility: 'commune', itemId: null },
    }),
  };
};
