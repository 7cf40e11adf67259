import { randomUUID } from 'node:crypto';
import type { Recipes, Target } from './recipe.js';

/** « Mesures d’accès des TPE-PME » of a lot. */
export const protectionRecipes: Recipes = (world) => {
  /** A lot of a new consultation, with a flag already if asked for. */
  async function freshLot(target: Target, protectedAlready: boolean): Promise<string> {
    const [consultationId, lotId] = [randomUUID(), randomUUID()];
    const { source } = world();
    await source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 2)`,
      [consultationId, world()[target].groupId, `Achat ${consultationId}`],
    );
    await source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Végétaux', '03451000', 'fournitures', 'bons_de_commande')`,
      [lotId, consultationId],
    );
    if (protectedAlready)
      await source.transaction(async (tx) => {
        await tx.query(
          `insert into lot_protection (lot_id, justification, decided_at)
           values ($1, 'Une avance aide les petites entreprises.', now())`,
          [lotId],
        );
        await tx.query(
          `insert into lot_lever (lot_id, lever, record, chosen_at) values ($1, 'ADVANCE', '{"rate": "20"}', now())`,
          [lotId],
        );
      });
    return lotId;
  }

  return {
    // The catalogue is for anyone who is identified; another's lot stays another's.
    'GET /protection-levers': async (target) => ({
      path:
        target === 'own' ? '/protection-levers' : `/protection-levers?lotId=${await freshLot(target, false)}`,
    }),
    'GET /consultations/:consultationId/answerable-suppliers': async (target) => {
      const [row] = await world().source.query<{ id: string }[]>(
        `select consultation_id as id from lot where id = $1`,
        [await freshLot(target, false)],
      );
      return { path: `/consultations/${row!.id}/answerable-suppliers` };
    },
    'GET /lots/:lotId/protection': async (target) => ({
      path: `/lots/${await freshLot(target, true)}/protection`,
    }),
    'PUT /lots/:lotId/protection': async (target) => ({
      path: `/lots/${await freshLot(target, false)}/protection`,
      body: {
        justification: 'Une avance aide les petites entreprises à commencer.',
        levers: [{ lever: 'ADVANCE', record: { rate: '20' } }],
      },
    }),
    'DELETE /lots/:lotId/protection': async (target) => ({
      path: `/lots/${await freshLot(target, true)}/protection`,
      headers: { 'If-Match': '"1"' },
    }),
  };
};
