import { randomUUID } from 'node:crypto';
import { declarable } from '../../support/census.js';
import type { Recipes, Target } from './recipe.js';

/** Documents of a consultation made for the request, and a set of them that is made already. */
export const documentRecipes: Recipes = (world) => {
  const consultation = async (target: Target): Promise<string> =>
    `/consultations/${(await declarable(world().source, world()[target])).consultationId}`;
  const made = async (target: Target): Promise<{ readonly set: string; readonly documentId: string }> => {
    const { consultationId } = await declarable(world().source, world()[target]);
    const { source } = world();
    const [dossier, set, documentId, job] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    // « lot », and its SHA-256.
    const [file] = await source.query<{ sha256: string }[]>(
      `insert into stored_file (sha256, media_type, byte_count, content)
       values (encode(sha256('lot'), 'hex'), 'application/pdf', 3, 'lot')
       on conflict (sha256) do update set media_type = excluded.media_type returning sha256`,
    );
    await source.query(
      `insert into dossier (id, consultation_id, number, sha256, taken_at, changes) values ($1, $2, 1, $3, now(), '[]')`,
      [dossier, consultationId, file!.sha256],
    );
    await source.query(
      `insert into job_request (id, name, payload, completed_at) values ($1, 'document.generate', '{}', now())`,
      [job],
    );
    await source.query(
      `insert into document (id, dossier_id, kind, subject, template_version, finish, request_id, file_sha256, created_at)
       values ($1, $2, 'agreement', '', '1', 'draft', $3, $4, now())`,
      [documentId, dossier, job, file!.sha256],
    );
    await source.query(
      `insert into document_set (id, consultation_id, dossier_id, part, finish, contents, requested_at,
                                 archive_request_id, archive_sha256, archived_at)
       values ($1, $2, $3, 'group', 'draft', 'x', now(), $4, $5, now())`,
      [set, consultationId, dossier, job, file!.sha256],
    );
    await source.query(`insert into document_set_item values ($1, 1, $2)`, [set, documentId]);
    return { set: `/consultations/${consultationId}/document-sets/${set}`, documentId };
  };
  return {
    'POST /consultations/:consultationId/document-sets': async (target) => ({
      path: `${await consultation(target)}/document-sets`,
      body: { part: 'group' },
    }),
    'GET /consultations/:consultationId/document-sets': async (target) => ({
      path: `${await consultation(target)}/document-sets`,
    }),
    'GET /consultations/:consultationId/document-sets/:setId': async (target) => ({
      path: (await made(target)).set,
    }),
    'POST /consultations/:consultationId/document-sets/:setId/retry': async (target) => ({
      path: `${(await made(target)).set}/retry`,
    }),
    'GET /consultations/:consultationId/document-sets/:setId/archive': async (target) => ({
      path: `${(await made(target)).set}/archive`,
    }),
    'GET /consultations/:consultationId/document-sets/:setId/documents/:documentId': async (target) => {
      const { set, documentId } = await made(target);
      return { path: `${set}/documents/${documentId}` };
    },
    'GET /consultations/:consultationId/document-gaps': async (target) => ({
      path: `${await consultation(target)}/document-gaps?part=group`,
    }),
    'GET /consultations/:consultationId/document-particulars': async (target) => ({
      path: `${await consultation(target)}/document-particulars`,
    }),
    'PUT /consultations/:consultationId/document-particulars': async (target) => ({
      path: `${await consultation(target)}/document-particulars`,
      body: { items: [{ code: 'reference', value: '2027-03' }] },
    }),
  };
};
