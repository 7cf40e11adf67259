import { randomUUID } from 'node:crypto';
import type { Recipes, Target } from './recipe.js';

const HEADER =
  'lot;intitule_lot;cpv;famille;forme;code_article;designation;unite;conditionnement;prix_unitaire_estime_ht;taux_tva;nature_m57';

/** What people do with the items of a lot. */
export const itemRecipes: Recipes = (world) => {
  async function freshLot(target: Target): Promise<{ consultationId: string; lotId: string }> {
    const [consultationId, lotId] = [randomUUID(), randomUUID()];
    await world().source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 3)`,
      [consultationId, world()[target].groupId, `Sel ${consultationId}`],
    );
    await world().source.query(
      `insert into lot (id, consultation_id, number, title, cpv_code, family, contract_form)
       values ($1, $2, 1, 'Sel', '34927100', 'fournitures', 'bons_de_commande')`,
      [lotId, consultationId],
    );
    return { consultationId, lotId };
  }

  async function freshItem(target: Target): Promise<string> {
    const { consultationId, lotId } = await freshLot(target);
    const id = randomUUID();
    await world().source.query(
      `insert into item (id, consultation_id, lot_id, position, code, designation, unit, unit_code, packaging, unit_price,
                         vat_rate, m57_nature)
       values ($1, $2, $3, 1, 'A-1', 'Sel en vrac', 'TNE', 'TNE', '1', 92, 20, '60633')`,
      [id, consultationId, lotId],
    );
    return id;
  }

  const ofLot = (rest: string) => async (target: Target) => ({
    path: `/lots/${(await freshLot(target)).lotId}${rest}`,
  });
  const ofConsultation = (rest: string) => async (target: Target) => ({
    path: `/consultations/${(await freshLot(target)).consultationId}${rest}`,
  });

  return {
    'GET /lots/:lotId/items': ofLot('/items'),
    'POST /lots/:lotId/items': async (target) => ({
      ...(await ofLot('/items')(target)),
      body: { code: 'A-2', designation: 'Sel en sac', unit: 'sac', unitPrice: '6.15', vatRate: '20' },
    }),
    'GET /items/:itemId': async (target) => ({ path: `/items/${await freshItem(target)}` }),
    'PATCH /items/:itemId': async (target) => ({
      path: `/items/${await freshItem(target)}`,
      body: { unitPrice: '94.50' },
      headers: { 'If-Match': '"1"' },
    }),
    'DELETE /items/:itemId': async (target) => ({
      path: `/items/${await freshItem(target)}`,
      headers: { 'If-Match': '"1"' },
    }),
    'PUT /lots/:lotId/new-tyres': async (target) => ({
      ...(await ofLot('/new-tyres')(target)),
      body: { ground: 'emergency_vehicles', reference: 'Véhicules du centre de secours' },
    }),
    'DELETE /lots/:lotId/new-tyres': ofLot('/new-tyres'),
    'GET /consultations/:consultationId/catalogue': ofConsultation('/catalogue'),
    'GET /consultations/:consultationId/catalogue.csv': ofConsultation('/catalogue.csv'),
    'GET /consultations/:consultationId/catalogue.xlsx': ofConsultation('/catalogue.xlsx'),
    'POST /consultations/:consultationId/catalogue': async (target) => ({
      ...(await ofConsultation('/catalogue')(target)),
      text: `${HEADER}\n1;Sel;34927100;fournitures;bons_de_commande;A-1;Sel en vrac;tonne;1;92;20;60633\n`,
      headers: { 'Content-Type': 'text/csv', 'If-Match': '"1"' },
    }),
  };
};
