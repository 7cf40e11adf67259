import type { Recorder } from '../../support/recorder.js';
import type { Purchase } from './consultation.js';
import type { Stage } from './stage.js';

/** Who might answer, and who was met: known before the levers are chosen, and never told to those who choose a winner. */
export async function sourceSuppliers({ officer }: Stage, http: Recorder, { id }: Purchase): Promise<void> {
  http.chapter('Le sourçage', 'L’annuaire des fournisseurs, et le registre de ceux que l’on a rencontrés.');
  const supplier = (await http.post(
    'Inscrire une pépinière',
    officer,
    '/suppliers',
    {
      siret: '73282932000074',
      name: 'Pépinières de la Jouanne',
      activities: ['03451', '77310'],
      departments: ['53'],
      statuses: [],
    },
    201,
  )) as { id: string };
  http.name(supplier.id, 'pepiniere');
  await http.get(
    'Combien pourraient répondre au lot des végétaux',
    '/suppliers/answerable?cpv=03451000',
    200,
    officer,
  );
  await http.post(
    'Consigner une rencontre',
    officer,
    `/consultations/${id}/sourcing/contacts`,
    {
      supplierId: supplier.id,
      lotNumber: 6,
      metOn: '2026-10-12',
      subject: 'conditionnement et délais des plants',
      informationGiven: ['volume estimé d’après le dernier marché'],
      informationReceived: 'livraison possible en 5 jours, contenants repris',
    },
    201,
  );
  await http.get(
    'Le registre avertit : une seule entreprise rencontrée',
    `/consultations/${id}/sourcing/checks`,
    200,
    officer,
  );
}

/** Two lots carry « Mesures d’accès des TPE-PME »: each measure lawful, with its record. */
export async function chooseLevers(
  { officer }: Stage,
  http: Recorder,
  { id, lots }: Purchase,
): Promise<void> {
  const why =
    'Le marché des végétaux compte surtout de petites pépinières : une avance leur permet de répondre.';
  const path = (number: number) => `/lots/${lots.get(number)!.id}/protection`;
  const put = (title: string, number: number, body: object, status = 200) =>
    http.send(title, 'PUT', path(number), status, officer, body);
  const advance = { lever: 'ADVANCE', record: { rate: '20' } };
  http.chapter(
    'Les mesures d’accès des TPE-PME',
    'Sur deux lots : des mesures permises, chacune avec ce qu’elle demande.',
  );
  await put(
    'Préférer une entreprise parce qu’elle est d’ici est refusé',
    6,
    { justification: 'Pour les entreprises locales de la Mayenne.', levers: [advance] },
    422,
  );
  const choose = (title: string, number: number, justification: string, lever: object) =>
    http.excerpt<Protection>(
      ({ decided, justification: kept, levers }) => ({ decided, justification: kept, levers }),
      () => put(title, number, { justification, levers: [lever] }),
    );
  const plants = await choose('Végétaux : une avance', 6, why, advance);
  const tieRule = 'Ordre de préférence indiqué par le candidat dans son offre.';
  await http.send(
    'Deux lots au plus par candidat, et comment départager',
    'PUT',
    `/consultations/${id}/terms`,
    200,
    officer,
    { maxLotsAwarded: 2, tieRule },
  );
  const furniture = await choose(
    'Mobilier urbain : un plafond de lots par candidat',
    4,
    'Six lots sont comparables : les plafonner laisse travailler plusieurs entreprises.',
    {
      lever: 'LOT_CAP',
      record: { cap: 2, tieRule, competition: 'Cinq entreprises ont répondu à la dernière consultation.' },
    },
  );
  expect([plants, furniture].map(({ levers }) => levers.map(({ lever }) => lever))).toEqual([
    ['ADVANCE'],
    ['LOT_CAP'],
  ]);
  for (const { levers } of [plants, furniture])
    for (const { verdict } of levers) expect(verdict).not.toBe('block');
}

interface Protection {
  readonly decided: boolean;
  readonly justification: string;
  readonly levers: { readonly lever: string; readonly verdict: string }[];
}
