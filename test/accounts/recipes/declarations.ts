import { type Census, declarable, openCensus, transmitted } from '../../support/census.js';
import type { Recipes, Sent, Target } from './recipe.js';

/** The census of needs of a consultation made for the request, and the declaration of its member. */
export const declarationRecipes: Recipes = (world) => {
  const census = async (target: Target, seconds = 3600, validation = false): Promise<Census> => {
    const of = await declarable(world().source, world()[target]);
    await openCensus(world().source, of, seconds, validation);
    return of;
  };
  const campaign = (of: Census, rest = ''): string =>
    `/consultations/${of.consultationId}/needs-campaign${rest}`;
  const declaration = (of: Census, rest = ''): string =>
    `/consultations/${of.consultationId}/declarations/${of.buyerId}${rest}`;
  const IF_MATCH = { 'If-Match': '"1"' };
  const NEXT_YEAR = `${new Date().getFullYear() + 1}-06-15T17:00`;
  const settings = (target: Target): string => `/groups/${world()[target].groupId}/needs-settings`;

  return {
    'GET /groups/:groupId/needs-settings': (target) => ({ path: settings(target) }),
    'PUT /groups/:groupId/needs-settings': async (target): Promise<Sent> => {
      await world().source.query(`delete from need_settings where group_id = $1`, [world()[target].groupId]);
      return { path: settings(target), body: { validationRequired: false } };
    },
    'GET /consultations/:consultationId/needs-campaign': async (target) => ({
      path: campaign(await census(target)),
    }),
    'POST /consultations/:consultationId/needs-campaign': async (target) => ({
      path: campaign(await declarable(world().source, world()[target])),
      body: { deadline: NEXT_YEAR },
    }),
    'PATCH /consultations/:consultationId/needs-campaign': async (target) => ({
      path: campaign(await census(target)),
      body: { deadline: NEXT_YEAR },
      headers: IF_MATCH,
    }),
    'POST /consultations/:consultationId/needs-campaign/closure': async (target) => ({
      path: campaign(await census(target, -60), '/closure'),
      body: {},
      headers: IF_MATCH,
    }),
    'GET /consultations/:consultationId/declarations': async (target) => ({
      path: `/consultations/${(await census(target)).consultationId}/declarations`,
    }),
    'GET /consultations/:consultationId/declarations/:buyerId': async (target) => ({
      path: declaration(await census(target)),
    }),
    'PATCH /consultations/:consultationId/declarations/:buyerId/lines': async (target) => {
      const of = await census(target);
      return {
        path: declaration(of, '/lines'),
        body: { lines: [{ itemId: of.itemIds[0], version: 0, estimate: '5' }] },
      };
    },
    'PUT /consultations/:consultationId/declarations/:buyerId/lots/:lotId': async (target) => {
      const of = await census(target);
      return {
        path: declaration(of, `/lots/${of.lotIds[0]}`),
        body: { noNeed: true, contractEndsOn: null, noticeMonths: null },
      };
    },
    'POST /consultations/:consultationId/declarations/:buyerId/no-need': async (target) => ({
      path: declaration(await census(target), '/no-need'),
      body: {},
    }),
    'POST /consultations/:consultationId/declarations/:buyerId/versions': async (target) => {
      const of = await census(target);
      await world().source.query(
        `insert into need_declaration (consultation_id, buyer_id, started_at) values ($1, $2, now())`,
        [of.consultationId, of.buyerId],
      );
      await world().source.query(
        `insert into need_lot_answer (consultation_id, buyer_id, lot_id, no_need) select $1, $2, unnest($3::uuid[]), true`,
        [of.consultationId, of.buyerId, of.lotIds],
      );
      return { path: declaration(of, '/versions'), body: { attested: true } };
    },
    'GET /consultations/:consultationId/declarations/:buyerId/versions': async (target) => ({
      path: declaration(await census(target), '/versions'),
    }),
    'GET /consultations/:consultationId/declarations/:buyerId/versions/:number/differences': async (
      target,
    ) => {
      const of = await census(target);
      await transmitted(world().source, of);
      return { path: declaration(of, '/versions/1/differences') };
    },
    'POST /consultations/:consultationId/declarations/:buyerId/rectification': async (target) => ({
      path: declaration(await census(target, -60), '/rectification'),
      body: { reason: 'erreur d’unité' },
    }),
    'POST /consultations/:consultationId/declarations/:buyerId/versions/:number/validation': async (
      target,
    ) => {
      const of = await census(target, 3600, true);
      await transmitted(world().source, of);
      return { path: declaration(of, '/versions/1/validation'), body: {} };
    },
    'POST /consultations/:consultationId/declarations/:buyerId/versions/:number/contest': async (target) => {
      const of = await census(target);
      await transmitted(world().source, of);
      return { path: declaration(of, '/versions/1/contest'), body: { reason: 'jamais demandé' } };
    },
    'POST /consultations/:consultationId/declarations/:buyerId/versions/:number/decision': async (target) => {
      const of = await census(target, -60);
      await transmitted(world().source, of, 'late');
      return { path: declaration(of, '/versions/1/decision'), body: { accepted: true } };
    },
  };
};
