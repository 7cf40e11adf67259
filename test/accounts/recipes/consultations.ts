import { randomUUID } from 'node:crypto';
import type { Recipes, Target } from './recipe.js';

const LOT = {
  title: 'Sel de déneigement',
  cpvCode: '34927100-2',
  family: 'fournitures',
  contractForm: 'bons_de_commande',
};

/** Consultations, their lots, and who joins them. */
export const consultationRecipes: Recipes = (world) => {
  const place = (target: Target) => world()[target];

  async function freshConsultation(target: Target): Promise<string> {
    const id = randomUUID();
    await world().source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
      [id, place(target).groupId, `Achats ${id}`],
    );
    return id;
  }

  async function freshLot(target: Target): Promise<{ lotId: string; consultationId: string }> {
    const [lotId, consultationId] = [randomUUID(), await freshConsultation(target)];
    await world().source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
      [lotId, consultationId],
    );
    return { lotId, consultationId };
  }

  const consultation = (rest: string) => async (target: Target) => ({
    path: `/consultations/${await freshConsultation(target)}${rest}`,
  });
  const IF_MATCH = { 'If-Match': '"1"' };

  return {
    'GET /groups/:groupId/consultations': (target) => ({
      path: `/groups/${place(target).groupId}/consultations`,
    }),
    'POST /groups/:groupId/consultations': (target) => ({
      path: `/groups/${place(target).groupId}/consultations`,
      body: { title: `Achats ${randomUUID()}`, firmYears: 1, renewals: 3 },
    }),
    'GET /consultations/:consultationId': consultation(''),
    'PATCH /consultations/:consultationId': async (target) => ({
      ...(await consultation('')(target)),
      body: { object: 'Fourniture de sel' },
      headers: IF_MATCH,
    }),
    'POST /consultations/:consultationId/cancellation': async (target) => ({
      ...(await consultation('/cancellation')(target)),
      body: { reason: 'le besoin a disparu' },
      headers: IF_MATCH,
    }),
    'POST /consultations/:consultationId/copy': async (target) => ({
      ...(await consultation('/copy')(target)),
      body: { title: `Copie ${randomUUID()}` },
    }),
    'GET /consultations/:consultationId/checks': consultation('/checks'),
    'GET /consultations/:consultationId/participation': consultation('/participation'),
    'GET /consultations/:consultationId/members/:buyerId/participation': async (target) =>
      consultation(`/members/${place(target).buyerId}/participation`)(target),
    'PUT /consultations/:consultationId/members/:buyerId/participation': async (target) => {
      const { lotId, consultationId } = await freshLot(target);
      return {
        path: `/consultations/${consultationId}/members/${place(target).buyerId}/participation`,
        body: {
          lotIds: [lotId],
          formSignedOn: '2026-11-20',
          signatoryName: 'Claire Martin',
          signatoryCapacity: 'maire',
        },
      };
    },
    'GET /consultations/:consultationId/lots': consultation('/lots'),
    'POST /consultations/:consultationId/lots': async (target) => ({
      ...(await consultation('/lots')(target)),
      body: LOT,
    }),
    'PUT /consultations/:consultationId/lots/order': async (target) => {
      const { lotId, consultationId } = await freshLot(target);
      return {
        path: `/consultations/${consultationId}/lots/order`,
        body: { lots: [{ id: lotId, version: 1 }] },
      };
    },
    'GET /lots/:lotId': async (target) => ({ path: `/lots/${(await freshLot(target)).lotId}` }),
    'PATCH /lots/:lotId': async (target) => ({
      path: `/lots/${(await freshLot(target)).lotId}`,
      body: { title: 'Sel et saumure' },
      headers: IF_MATCH,
    }),
    'DELETE /lots/:lotId': async (target) => ({
      path: `/lots/${(await freshLot(target)).lotId}`,
      headers: IF_MATCH,
    }),
    'GET /cpv': () => ({ path: '/cpv' }),
  };
};
