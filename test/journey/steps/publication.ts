import { DataSource } from 'typeorm';
import { type NeedLineInput, NeedsService } from '../../../src/needs/needs.service.js';
import type { Recorder } from '../../support/recorder.js';
import { OPERATOR } from '../../support/trace.js';
import { bulletinOf } from './bulletins.js';
import type { Purchase } from './consultation.js';
import { CHANGE, COORDINATOR, joining, type Stage } from './stage.js';

interface Control {
  readonly state: string;
  readonly version: number;
  readonly control: {
    readonly verdict: string;
    readonly rules: { number: number; code: string; verdict: string; answers: { sentence: string }[] }[];
    readonly causes: {
      number: number | null;
      rule: string;
      lotNumber: number | null;
      article: string;
      sentence: string;
    }[];
    readonly wouldDrop: { readonly members: unknown[] };
  } | null;
  readonly publication: {
    readonly sha256: string;
    readonly members: number;
    readonly intact: boolean;
  } | null;
}

/** The lot whose clause is forgotten, then written again. */
const MENDED = 6;

/** From the control before publication to what nobody changes any more. */
export async function walkPublication(stage: Stage, http: Recorder, purchase: Purchase): Promise<void> {
  await control(stage, http, purchase);
  await publish(stage, http, purchase);
  await refuse(stage, http, purchase);
}

/** What a member of each lot asks for of its first item, as a file tells it. */
async function define({ app }: Stage, { id }: Purchase): Promise<void> {
  await app.get(DataSource).transaction(async (tx) => {
    const lines = await tx.query<Omit<NeedLineInput, 'estimate' | 'minimum' | 'maximum' | 'standing'>[]>(
      `select distinct on (i.lot_id) i.lot_id as "lotId", i.id as "itemId", b.id as "buyerId"
       from item i join lot_participation p on p.lot_id = i.lot_id join buyer b on b.id = p.buyer_id
       where i.consultation_id = $1 and b.siret <> $2 order by i.lot_id, i.position, b.siret`,
      [id, COORDINATOR],
    );
    const asked = { minimum: null, estimate: 10_000n, maximum: null, standing: 'valid' } as const;
    const needs = lines.map((line) => ({ ...line, ...asked }));
    await app.get(NeedsService).replaceNeeds(tx, OPERATOR, new Date(), id, needs);
  });
}

async function control(stage: Stage, http: Recorder, purchase: Purchase): Promise<void> {
  const [{ officer }, { id, lots }] = [stage, purchase];
  http.chapter(
    'Le contrôle avant publication',
    'Seize règles bloquantes ; chacune répond, toutes les causes sont dites à la fois.',
  );
  const none = await http.unrecorded(
    () => http.get('', `/consultations/${id}/publication`, 200, officer) as Promise<Control>,
  );
  expect(none.control!.causes.map(({ rule }) => rule)).toEqual(['NEEDS_DEFINED']);
  await define(stage, purchase);
  const terms = `/lots/${lots.get(MENDED)!.id}/terms`;
  const forgotten = await http.unrecorded(async () => {
    const { version, environmentalClause } = (await http.get('', terms, 200, officer)) as {
      version: number;
      environmentalClause: string;
    };
    await http.send('', 'PUT', terms, 200, officer, termsOf(null), { 'If-Match': `"${version}"` });
    return environmentalClause;
  });
  const blocked = await http.excerpt<Control>(
    ({ state, control: told }) => ({ state, verdict: told!.verdict, causes: told!.causes }),
    () =>
      http.get(
        'Une clause du lot des végétaux a été oubliée : elle empêche la publication',
        `/consultations/${id}/publication`,
        200,
        officer,
      ),
  );
  expect(blocked.control!.causes.map(({ number, rule, lotNumber }) => [number, rule, lotNumber])).toEqual([
    [8, 'ENVIRONMENTAL_CLAUSE', MENDED],
  ]);
  await http.post(
    'Publier est refusé, avec la cause',
    officer,
    `/consultations/${id}/publication`,
    { withoutNonSignatories: false },
    409,
    { 'If-Match': `"${blocked.version}"` },
  );
  await http.unrecorded(async () => {
    const { version } = (await http.get('', terms, 200, officer)) as { version: number };
    await http.send('', 'PUT', terms, 200, officer, termsOf(forgotten), { 'If-Match': `"${version}"` });
  });
  const passing = await http.excerpt<Control>(
    ({ control: told }) => ({
      causes: told!.causes,
      règles: told!.rules.map(({ number, code, verdict }) => `${number} ${code} : ${verdict}`),
      écartés: told!.wouldDrop.members,
    }),
    () =>
      http.get(
        'La clause écrite de nouveau, plus rien n’empêche de publier',
        `/consultations/${id}/publication`,
        200,
        officer,
      ),
  );
  expect([passing.control!.causes, passing.control!.rules.length]).toEqual([[], 16]);
}

const termsOf = (environmentalClause: string | null) => ({
  ...{ maximum: '120000.00', holders: 'single', priceKind: 'revisable', priceFormula: 'P = P0 × I / I0' },
  ...{ environmentalClause, socialClause: '120 heures d’insertion par an de contrat.' },
  ...{ advanceRate: '20', advanceBasis: 'per_order' },
});

async function publish({ officer }: Stage, http: Recorder, { id }: Purchase): Promise<void> {
  http.chapter(
    'La publication',
    'Elle fige les membres, les lots, les besoins, les conditions et le droit du jour, avec leur empreinte.',
  );
  const { version } = (await http.unrecorded(() =>
    http.get('', `/consultations/${id}`, 200, officer),
  )) as Control;
  const told = ({ state, publication }: Control) => ({
    state,
    publication: { membres: publication!.members, intact: publication!.intact, hash: publication!.sha256 },
  });
  const published = await http.excerpt<Control>(told, () =>
    http.post('Publier', officer, `/consultations/${id}/publication`, { withoutNonSignatories: false }, 201, {
      'If-Match': `"${version}"`,
    }),
  );
  expect(told(published)).toMatchObject({ state: 'launched', publication: { membres: 31, intact: true } });
  const read = await http.excerpt<Control>(told, () =>
    http.get('Ensuite, on relit ce qui est publié', `/consultations/${id}/publication`, 200, officer),
  );
  expect(told(read)).toEqual(told(published));
}

async function refuse(
  { app, officer, validator, buyers, groupId }: Stage,
  http: Recorder,
  purchase: Purchase,
): Promise<void> {
  http.chapter('Une fois publiée', 'Plus rien ne change : Halle le refuse, et la base aussi.');
  const change = buyers.get(CHANGE)!;
  const ofChange = joining.find(({ siret }) => siret === CHANGE)!;
  await http.send(
    'Un bulletin tardif est refusé',
    'PUT',
    `/consultations/${purchase.id}/members/${change}/participation`,
    409,
    validator,
    { ...bulletinOf(purchase, ofChange), lotIds: [purchase.lots.get(2)!.id] },
  );
  const lot = purchase.lots.get(6)!.id;
  await http.send(
    'Un lot ne change plus',
    'PATCH',
    `/lots/${lot}`,
    409,
    officer,
    { title: 'Végétaux' },
    { 'If-Match': '"1"' },
  );
  const bySql = await app
    .get(DataSource)
    .query(`update lot set title = 'Végétaux' where id = $1`, [lot])
    .then(
      () => 'done',
      (error: unknown) => (error as { driverError: { constraint: string } }).driverError.constraint,
    );
  expect(bySql).toBe('consultation_is_frozen');
  http.remark(`La même modification, demandée à la base en SQL, est refusée par elle : ${bySql}.`);
  await http.post(
    'Un membre ne se retire plus librement',
    validator,
    `/groups/${groupId}/members/${change}/withdrawal`,
    {},
    409,
  );
}
