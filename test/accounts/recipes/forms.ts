import type { FormCheckAnswer } from '../../../src/forms/forms.dto.js';
import { CSV_TYPE } from '../../../src/platform/http/file-body.js';
import { type Census, declarable, openCensus } from '../../support/census.js';
import type { Recipes, Sent, Target } from './recipe.js';

const AS_CSV = { 'Content-Type': CSV_TYPE };

/** The files of the census of needs: of one member, of all of them, and of last year. */
export const formRecipes: Recipes = (world) => {
  const census = async (target: Target): Promise<Census> => {
    const of = await declarable(world().source, world()[target]);
    await openCensus(world().source, of);
    return of;
  };
  const form = async (target: Target, rest: string): Promise<Sent> => {
    const of = await census(target);
    const path = `/consultations/${of.consultationId}/declarations/${of.buyerId}/form${rest}`;
    return { path, text: 'code_article;quantite_estimee\nA-1;5\n', headers: AS_CSV };
  };
  const consolidated = async (target: Target, rest: string, quantity: string): Promise<Sent> => {
    const of = await census(target);
    const path = `/consultations/${of.consultationId}/needs-campaign${rest}`;
    const [buyer] = await world().source.query<[{ siret: string }]>(`select siret from buyer where id = $1`, [
      of.buyerId,
    ]);
    return { path, text: `siret;code_article;${quantity}\n${buyer.siret};A-1;5\n`, headers: AS_CSV };
  };
  /** Checked by somebody who may: what is asked here is who may apply it. */
  const checked = async (
    sent: Sent,
    checks: string,
    role: 'procurement_officer' | 'commune_secretary',
    target: Target,
  ) => {
    const { buyerId, groupId } = world()[target];
    const place = role === 'procurement_officer' ? { buyerId: null, groupId } : { buyerId, groupId: null };
    const response = await world().api(checks, await world().person(role, place), {
      ...{ method: 'POST', body: sent.text!, headers: AS_CSV },
    });
    const { token } = (await response.json()) as FormCheckAnswer;
    return { ...sent, path: `${sent.path}?mode=all&token=${token}` };
  };

  return {
    'GET /consultations/:consultationId/declarations/:buyerId/form': async (target) => {
      const of = await census(target);
      return { path: `/consultations/${of.consultationId}/declarations/${of.buyerId}/form` };
    },
    'POST /consultations/:consultationId/declarations/:buyerId/form/checks': (target) =>
      form(target, '/checks'),
    'POST /consultations/:consultationId/declarations/:buyerId/form/annotated': (target) =>
      form(target, '/annotated'),
    'POST /consultations/:consultationId/declarations/:buyerId/form': async (target) => {
      const sent = await form(target, '');
      return checked(sent, `${sent.path}/checks`, 'commune_secretary', target);
    },
    'POST /consultations/:consultationId/needs-campaign/form/checks': (target) =>
      consolidated(target, '/form/checks', 'quantite_estimee'),
    'POST /consultations/:consultationId/needs-campaign/form': async (target) => {
      const sent = await consolidated(target, '/form', 'quantite_estimee');
      return checked(sent, `${sent.path}/checks`, 'procurement_officer', target);
    },
    'POST /consultations/:consultationId/needs-campaign/history/checks': (target) =>
      consolidated(target, '/history/checks', 'quantite'),
    'POST /consultations/:consultationId/needs-campaign/history': async (target) => {
      const sent = await consolidated(target, '/history', 'quantite');
      return { ...sent, path: `${sent.path}?mode=all` };
    },
  };
};
