import { randomInt, randomUUID } from 'node:crypto';
import type { Recipes, Target } from './recipe.js';

/** A SIRET with its right key, drawn at random. */
export function drawnSiret(): string {
  const head = String(randomInt(10 ** 12, 10 ** 13));
  const sum = [...`${head}0`].reverse().reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${head}${(10 - (sum % 10)) % 10}`;
}

export const supplierEntry = (more: object = {}) => ({
  siret: drawnSiret(),
  name: 'Sel de l’Ouest',
  activities: ['34927100'],
  departments: ['53'],
  ...more,
});

/** What people do in the directory and in the sourcing log. */
export const sourcingRecipes: Recipes = (world) => {
  async function freshSupplier(): Promise<string> {
    const id = randomUUID();
    await world().source.query(
      `insert into supplier (id, siret, name, search_key, nationwide, created_at)
       values ($1, $2, 'Sel de l’Ouest', 'sel de l ouest', true, now())`,
      [id, drawnSiret()],
    );
    return id;
  }

  async function freshConsultation(target: Target): Promise<string> {
    const id = randomUUID();
    await world().source.query(
      `insert into consultation (id, group_id, title, firm_years, renewals) values ($1, $2, $3, 1, 0)`,
      [id, world()[target].groupId, `Achat ${id}`],
    );
    return id;
  }

  async function freshContact(target: Target): Promise<{ path: string; supplierId: string }> {
    const [consultationId, supplierId, id] = [
      await freshConsultation(target),
      await freshSupplier(),
      randomUUID(),
    ];
    await world().source.query(
      `insert into sourcing_contact (id, consultation_id, supplier_id, met_on, subject, information_given, documents_given,
         information_received, recorded_at)
       values ($1, $2, $3, '2026-01-15', 'sel', '{}', '{}', '', now())`,
      [id, consultationId, supplierId],
    );
    return { path: `/consultations/${consultationId}/sourcing/contacts/${id}`, supplierId };
  }

  const file = (): string =>
    Buffer.from(
      'siret;nom;activites_cpv;communes;departements;epci;france_entiere;statut;source_preuve;date_preuve;fin_preuve\n' +
        `${drawnSiret()};Sel;34;53130;;;;;;;\n`,
    ).toString('base64');
  const contact = (supplierId: string) => ({
    supplierId,
    metOn: '2026-01-15',
    subject: 'délais de livraison',
  });
  const first = { 'If-Match': '"1"' };

  return {
    'GET /suppliers': () => ({ path: '/suppliers?q=sel' }),
    'GET /suppliers/answerable': () => ({ path: '/suppliers/answerable?cpv=34927100&communes=53130' }),
    'GET /suppliers/:supplierId': async () => ({ path: `/suppliers/${await freshSupplier()}` }),
    'POST /suppliers': () => ({ path: '/suppliers', body: supplierEntry() }),
    'POST /suppliers/import': () => ({
      path: '/suppliers/import',
      body: { fileName: 'fournisseurs.csv', content: file() },
    }),
    'PUT /suppliers/:supplierId': async () => ({
      path: `/suppliers/${await freshSupplier()}`,
      body: supplierEntry(),
      headers: first,
    }),
    'DELETE /suppliers/:supplierId': async () => ({
      path: `/suppliers/${await freshSupplier()}`,
      headers: first,
    }),
    'POST /suppliers/:supplierId/erasure': async () => ({
      path: `/suppliers/${await freshSupplier()}/erasure`,
    }),
    'GET /consultations/:consultationId/sourcing/contacts': async (target) => ({
      path: `/consultations/${await freshConsultation(target)}/sourcing/contacts`,
    }),
    'GET /consultations/:consultationId/sourcing/checks': async (target) => ({
      path: `/consultations/${await freshConsultation(target)}/sourcing/checks`,
    }),
    'POST /consultations/:consultationId/sourcing/contacts': async (target) => ({
      path: `/consultations/${await freshConsultation(target)}/sourcing/contacts`,
      body: contact(await freshSupplier()),
    }),
    'POST /consultations/:consultationId/sourcing/contacts/:contactId/correction': async (target) => {
      const { path, supplierId } = await freshContact(target);
      return { path: `${path}/correction`, body: { ...contact(supplierId), reason: 'erreur de date' } };
    },
    'POST /consultations/:consultationId/sourcing/contacts/:contactId/strike-out': async (target) => ({
      path: `${(await freshContact(target)).path}/strike-out`,
      body: { reason: 'autre consultation' },
    }),
  };
};
