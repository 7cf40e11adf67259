import { randomUUID } from 'node:crypto';
import { type Census, declarable } from '../../support/census.js';
import type { Recipes, Target } from './recipe.js';

/** What counts in a consultation made for the request, added up or as a file that is made already. */
export const needsTotalsRecipes: Recipes = (world) => {
  const consultation = (target: Target): Promise<Census> => declarable(world().source, world()[target]);
  const made = async (target: Target): Promise<string> => {
    const { consultationId } = await consultation(target);
    const id = randomUUID();
    await world().source.query(
      `insert into needs_export (id, consultation_id, format, dialect, request_id, requested_at, made_at, line_count,
                                 byte_count, sha256)
       values ($1, $2, 'csv', 'french', $1, now(), now(), 0, 3, repeat('0', 64))`,
      [id, consultationId],
    );
    await world().source.query(`insert into needs_export_part values ($1, 1, 'lot')`, [id]);
    return `/consultations/${consultationId}/needs-exports/${id}`;
  };
  return {
    'GET /consultations/:consultationId/needs-totals': async (target) => ({
      path: `/consultations/${(await consultation(target)).consultationId}/needs-totals?by=item`,
    }),
    'GET /consultations/:consultationId/needs-totals/:buyerId': async (target) => {
      const { consultationId, buyerId } = await consultation(target);
      return { path: `/consultations/${consultationId}/needs-totals/${buyerId}?by=lot` };
    },
    'POST /consultations/:consultationId/needs-exports': async (target) => ({
      path: `/consultations/${(await consultation(target)).consultationId}/needs-exports`,
      body: { format: 'csv' },
    }),
    'GET /consultations/:consultationId/needs-exports/:exportId': async (target) => ({
      path: await made(target),
    }),
    'GET /consultations/:consultationId/needs-exports/:exportId/file': async (target) => ({
      path: `${await made(target)}/file`,
    }),
  };
};
