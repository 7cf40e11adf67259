import { randomUUID } from 'node:crypto';
import type { Recipes, Sent, Target } from './recipe.js';

/** Terms, limits and criteria of a lot, made for the request. */
export const termsRecipes: Recipes = (world) => {
  async function freshLot(
    target: Target,
  ): Promise<{ lotId: string; consultationId: string; buyerId: string }> {
    const { groupId, buyerId } = world()[target];
    const [consultationId, lotId] = [randomUUID(), randomUUID()];
    const { source } = world();
    await source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
      [consultationId, groupId, `Fournitures ${consultationId}`],
    );
    await source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Sel de déneigement', '34927100', 'fournitures', 'bons_de_commande')`,
      [lotId, consultationId],
    );
    await source.query(
      `insert into lot_participation (consultation_id, lot_id, buyer_id) values ($1, $2, $3)`,
      [consultationId, lotId, buyerId],
    );
    return { lotId, consultationId, buyerId };
  }

  const lotPath =
    (rest: string, body?: (buyerId: string) => unknown) =>
    async (target: Target): Promise<Sent> => {
      const { lotId, buyerId } = await freshLot(target);
      if (rest === '/member-limits')
        await world().source.query(
          `insert into lot_terms (lot_id, consultation_id, maximum, holders, order_shares, vat_basis, version)
           select id, consultation_id, 100000, 'single', '{}', 'net', 1 from lot where id = $1`,
          [lotId],
        );
      return { path: `/lots/${lotId}${rest}`, ...(body ? { body: body(buyerId) } : {}) };
    };
  const consultationPath = (body?: object) => async (target: Target) => ({
    path: `/consultations/${(await freshLot(target)).consultationId}/terms`,
    ...(body ? { body } : {}),
  });

  return {
    'GET /lots/:lotId/terms': lotPath('/terms'),
    'PUT /lots/:lotId/terms': lotPath('/terms', () => ({ maximum: '120000.00', holders: 'single' })),
    'GET /lots/:lotId/member-limits': lotPath('/member-limits'),
    'PUT /lots/:lotId/member-limits': lotPath('/member-limits', (buyerId) => ({
      items: [{ buyerId, maximum: '20000' }],
    })),
    'GET /lots/:lotId/criteria': lotPath('/criteria'),
    'PUT /lots/:lotId/criteria': lotPath('/criteria', () => ({
      items: [{ label: 'Coût du cycle de vie', weight: '100', environmental: true }],
    })),
    'GET /lots/:lotId/checks': lotPath('/checks'),
    'GET /consultations/:consultationId/terms': consultationPath(),
    'PUT /consultations/:consultationId/terms': consultationPath({
      maxLotsAwarded: 1,
      tieRule: 'ordre de préférence du candidat',
    }),
  };
};
