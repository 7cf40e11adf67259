import { type Recorder, SentFile } from '../../support/recorder.js';
import { readSampleFiles, SAMPLE_CATALOGUE } from '../../support/sample-files.js';
import { join, leave } from './bulletins.js';

import { chooseLevers, sourceSuppliers } from './levers.js';
import { chooseProcedure } from './procedure.js';
import type { Stage } from './stage.js';

const { lots: SAMPLE_LOTS } = readSampleFiles();

export interface LotRead {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly participants: number;
}
export interface Purchase {
  readonly id: string;
  readonly lots: Map<number, LotRead>;
}

/** From a consultation to the checks that no more stand in its way. */
export async function walkConsultation(stage: Stage, http: Recorder): Promise<Purchase> {
  const purchase = await draw(stage, http);
  await setTerms(stage, http, purchase);
  await join(stage, http, purchase);
  await leave(stage, http, purchase);
  await sourceSuppliers(stage, http, purchase);
  await chooseLevers(stage, http, purchase);
  await chooseProcedure(stage, http, purchase);
  await check(stage, http, purchase);
  return purchase;
}

const items = <T>(answer: { items: T[] }): T[] => answer.items;

/** Its lots and items, from a file. */
export async function draw({ officer, groupId }: Stage, http: Recorder): Promise<Purchase> {
  http.chapter('La consultation', 'Ses lots et ses articles, par un fichier.');
  const created = (await http.post(
    'Créer la consultation',
    officer,
    `/groups/${groupId}/consultations`,
    {
      title: 'Services techniques 2027',
      object: 'Fournitures, services et petits travaux des services techniques',
      families: ['voirie', 'espaces verts'],
      firmYears: 1,
      renewals: 3,
      plannedLaunchOn: '2027-02-01',
    },
    201,
  )) as { id: string };
  http.name(created.id, 'consultation');
  const path = `/consultations/${created.id}`;
  const [first] = SAMPLE_LOTS;
  await http.post(
    'Ajouter un lot à la main',
    officer,
    `${path}/lots`,
    { title: first!.title, cpvCode: '34927100-2', family: first!.family, contractForm: first!.contractForm },
    201,
  );
  const [header, salt] = SAMPLE_CATALOGUE.split('\r\n');
  const faulty = [header!, salt!.replace(';TNE;1;92,00;', ';sacs de 25;1;1.234;'), ''].join('\r\n');
  let tag = '';
  const send = (query: string, file: SentFile, status: number, headers = {}) =>
    http.send(
      status === 422
        ? 'Essayer un fichier : chaque faute est dite avec sa ligne, et rien n’est écrit'
        : query === ''
          ? 'Importer le fichier, sur cette version'
          : 'L’essayer d’abord dit ce qui changerait, et de quelle version',
      'POST',
      `${path}/catalogue${query}`,
      status,
      officer,
      file,
      headers,
      (response) => (tag = response.headers.get('etag')!),
    );
  await send('?dryRun=true', new SentFile('text/csv', faulty), 422);
  const sample = new SentFile('text/csv', SAMPLE_CATALOGUE, [
    '< ../../test/fixtures/laval-2027/catalogue.csv',
  ]);
  interface Outcome {
    readonly dryRun: boolean;
    readonly read: number;
    readonly lotsCreated: { number: number }[];
    readonly lotsChanged: unknown[];
    readonly itemsCreated: { code: string }[];
  }
  const tally = ({ dryRun, read, lotsCreated, lotsChanged, itemsCreated }: Outcome) => ({
    dryRun,
    read,
    lotsCreated: lotsCreated.length,
    lotsChanged: lotsChanged.length,
    itemsCreated: itemsCreated.length,
  });
  const itemCount = SAMPLE_LOTS.reduce((sum, lot) => sum + lot.items.length, 0);
  for (const dryRun of [true, false]) {
    const outcome = await http.excerpt(tally, () =>
      dryRun ? send('?dryRun=true', sample, 200) : send('', sample, 200, { 'If-Match': tag }),
    );
    expect(tally(outcome)).toEqual({
      ...{ dryRun, read: itemCount, lotsCreated: 11, lotsChanged: 0, itemsCreated: itemCount },
    });
  }
  const read = await http.excerpt<{ items: LotRead[] }>(
    (lots) => items(lots).map(({ number, title }) => `${number} ${title}`),
    () => http.get('Les lots', `${path}/lots`, 200, officer),
  );
  expect(items(read).map(({ number, title }) => [number, title])).toEqual(
    SAMPLE_LOTS.map(({ number, title }) => [number, title]),
  );
  for (const { id, number } of items(read)) http.name(id, `lot${number}`);
  return { id: created.id, lots: new Map(items(read).map((lot) => [lot.number, lot])) };
}

async function setTerms({ officer }: Stage, http: Recorder, { lots }: Purchase): Promise<void> {
  const put = (title: string, number: number, rest: string, body: object, status = 200) =>
    http.send(title, 'PUT', `/lots/${lots.get(number)!.id}${rest}`, status, officer, body);
  http.chapter('Les conditions du contrat', 'Maximum, titulaires, critères et clauses, lot par lot.');
  const sound = {
    maximum: '120000.00',
    holders: 'single',
    priceKind: 'revisable',
    priceFormula: 'P = P0 × I / I0',
  };
  await put('Un accord-cadre a un maximum', 6, '/terms', { ...sound, maximum: null }, 422);
  const clauses = {
    environmentalClause: 'Contenants et emballages repris et réemployés par le titulaire.',
    socialClause: '120 heures d’insertion par an de contrat.',
  };
  const advance = { advanceRate: '20', advanceBasis: 'per_order' };
  await put('Le lot des végétaux, avec ses clauses ; et de même pour les autres', 6, '/terms', {
    ...sound,
    ...clauses,
    ...advance,
  });
  const price = { label: 'Prix', weight: '60', method: 'Note = 10 × prix le plus bas / prix proposé.' };
  const placed = (await put(
    'Un critère qui nomme un lieu est écrit, et bloque le lancement',
    6,
    '/criteria',
    {
      items: [price, { label: 'Proximité du siège à Laval', weight: '40', environmental: true }],
    },
  )) as { items: { blocked: boolean }[] };
  expect(placed.items.map(({ blocked }) => blocked)).toEqual([false, true]);
  const criteria = {
    items: [
      price,
      {
        label: 'Coût du cycle de vie',
        weight: '40',
        environmental: true,
        method: 'Note sur le mémoire technique.',
      },
    ],
  };
  await http.send(
    'Le remplacer par un critère lié à l’objet, sur la version lue',
    'PUT',
    `/lots/${lots.get(6)!.id}/criteria`,
    200,
    officer,
    criteria,
    { 'If-Match': '"1"' },
  );
  await http.unrecorded(async () => {
    for (const number of lots.keys())
      if (number !== 6) {
        await put('', number, '/terms', { ...sound, ...clauses, ...advance });
        await put('', number, '/criteria', criteria);
      }
  });
}

async function check({ officer }: Stage, http: Recorder, { id, lots }: Purchase): Promise<void> {
  interface Checks {
    readonly items: { rule: string; verdict: string; sentence: string; lotNumber?: number | null }[];
  }
  // What depends on the day on which the manual is recorded is left out of it.
  const told = ({ items: found }: Checks) =>
    found
      .filter(({ rule }) => rule !== 'PLANNED_LAUNCH')
      .map(({ rule, verdict, sentence }) => `${rule} : ${verdict} : ${sentence}`);
  http.chapter('Les contrôles', 'Ce que le droit dit, au jour prévu du lancement.');
  const consultation = await http.excerpt(told, () =>
    http.get('De la consultation', `/consultations/${id}/checks`, 200, officer),
  );
  const lacking = consultation.items.filter(({ verdict }) => verdict === 'block');
  expect(lacking.map(({ rule, lotNumber }) => `${rule} ${lotNumber ?? ''}`)).toEqual(['RETREADED_TYRES 11']);
  await http.send(
    'Des pneus neufs demandent la preuve d’une première consultation infructueuse',
    'PUT',
    `/lots/${lots.get(11)!.id}/new-tyres`,
    204,
    officer,
    { ground: 'unsuccessful_consultation', reference: 'Consultation 2026-11, déclarée infructueuse' },
  );
  const mended = await http.excerpt(told, () =>
    http.get('Plus rien ne bloque', `/consultations/${id}/checks`, 200, officer),
  );
  expect(mended.items.filter(({ verdict }) => verdict === 'block')).toEqual([]);
  const lot = await http.excerpt(told, () =>
    http.get('Du lot des végétaux', `/lots/${lots.get(6)!.id}/checks?on=2027-02-01`, 200, officer),
  );
  expect(lot.items.filter(({ verdict }) => verdict === 'block')).toEqual([]);
  const copy = (await http.post(
    'La copier pour la suivante',
    officer,
    `/consultations/${id}/copy`,
    { title: 'Services techniques 2031', plannedLaunchOn: '2031-02-01' },
    201,
  )) as { id: string };
  http.name(copy.id, 'copie');
  const counted = (read: { items: LotRead[] }) => ({
    lots: read.items.length,
    participants: read.items.reduce((sum, { participants }) => sum + participants, 0),
  });
  const copied = await http.excerpt(counted, () =>
    http.get('Ses lots y sont, et pas les bulletins', `/consultations/${copy.id}/lots`, 200, officer),
  );
  expect(counted(copied)).toEqual({ lots: 12, participants: 0 });
}
