import { readFileSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { XLSX_TYPE } from '../../../src/platform/http/file-body.js';
import { cellOf, edited } from '../../support/edited-workbook.js';
import { HOSTILE } from '../../support/hostile.js';
import { type Actor, type Recorder, SentFile } from '../../support/recorder.js';
import { SAMPLE } from '../../support/sample-dossier.js';
import type { Purchase } from './consultation.js';
import { CHANGE, COORDINATOR, enterInvited, joining, type Stage } from './stage.js';

/** Made before anything is asked: making it takes seconds, in which nothing else runs. */
const BOMB = HOSTILE[0]![2]();

/** What a member of the sample says of an item; quantities as decimals with a point, empty: nothing. */
interface Said {
  readonly siret: string;
  readonly code: string;
  readonly minimum: string | null;
  readonly estimate: string | null;
  readonly maximum: string | null;
  readonly state: 'valide' | 'hors_delai' | 'brouillon';
}

interface Line {
  readonly itemId: string;
  readonly lotId: string;
  readonly code: string;
  readonly version: number;
}
interface Declaration {
  readonly state: string;
  readonly lines: readonly Line[];
  readonly lotAnswers: readonly { readonly lotId: string; readonly number: number }[];
}

const decimal = (cell: string | undefined): string | null => cell?.replace(',', '.') || null;

/** The quantities of the sample, read without the product's own readers. */
export const SAID: readonly Said[] = readFileSync(new URL('besoins.csv', SAMPLE), 'utf8')
  .replace(/^\ufeff/, '')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => {
    const [siret, code, minimum, estimate, maximum, state] = line.split(';');
    return {
      ...{ siret: siret!, code: code!, minimum: decimal(minimum), estimate: decimal(estimate) },
      ...{ maximum: decimal(maximum), state: state as Said['state'] },
    };
  });

/** What the journey of a census hands on to its steps. */
export interface Census {
  readonly stage: Stage;
  readonly http: Recorder;
  readonly purchase: Purchase;
  /** Who types and transmits for each member, by SIRET. */
  readonly secretaries: Map<string, Actor>;
}

const nameOf = (siret: string): string => joining.find((line) => line.siret === siret)!.name;
const stateOf = (siret: string): Said['state'] | 'silent' =>
  SAID.find((said) => said.siret === siret)?.state ?? 'silent';
const membersThat = (state: ReturnType<typeof stateOf>): string[] =>
  joining.map(({ siret }) => siret).filter((siret) => stateOf(siret) === state);
const AHUILLE = '21530001300012';

export const pathOf = ({ stage, purchase }: Census, siret: string, rest = ''): string =>
  `/consultations/${purchase.id}/declarations/${stage.buyers.get(siret)!}${rest}`;
const campaignOf = ({ purchase }: Census, rest = ''): string =>
  `/consultations/${purchase.id}/needs-campaign${rest}`;

/** From the opening of a census to its closure: 32 members, of whom 25 answer in time. */
export async function walkCensus(census: Census): Promise<void> {
  await open(census);
  await type(census);
  await delegate(census);
  await others(census);
  await late(census);
  await close(census);
}

async function open(census: Census): Promise<void> {
  const { stage, http } = census;
  http.chapter(
    'Le recensement',
    'Une échéance à l’heure de Paris, pour les membres de chaque lot ; une déclaration par membre.',
  );
  await http.post(
    'Une échéance passée',
    stage.officer,
    campaignOf(census),
    { deadline: '2020-12-15T17:00' },
    422,
  );
  await http.post('Ouvrir', stage.officer, campaignOf(census), { deadline: '2030-12-17T17:00' }, 201);
}

/** The lines of a member as they are typed: on the version that was read. */
async function linesOf(census: Census, siret: string, actor: Actor) {
  const read = (await census.http.get('', pathOf(census, siret), 200, actor)) as Declaration;
  const of = new Map(read.lines.map((line) => [line.code, line]));
  const lines = SAID.filter((said) => said.siret === siret).map(({ code, estimate, minimum, maximum }) => {
    const { itemId, version } = of.get(code)!;
    return { itemId, version, estimate, minimum, maximum };
  });
  return { lines, lots: read.lotAnswers };
}

/** Types all that a member of the sample says. */
async function typeAll(census: Census, siret: string, actor: Actor): Promise<void> {
  const { lines } = await linesOf(census, siret, actor);
  await census.http.send('', 'PATCH', pathOf(census, siret, '/lines'), 200, actor, { lines });
}

const transmit = (census: Census, title: string, siret: string, actor: Actor, status = 201) =>
  census.http.post(title, actor, pathOf(census, siret, '/versions'), { attested: true }, status);

const told = ({
  state,
  lots,
  lotsAnswered,
  lines,
}: Declaration & { lots: number; lotsAnswered: number }) => ({
  ...{ state, lots, lotsAnswered, lignes: lines.length, dont: lines.slice(0, 1) },
});

async function type(census: Census): Promise<void> {
  const { http, stage } = census;
  const actor = census.secretaries.get(CHANGE)!;
  http.chapter('La saisie', 'Ligne par ligne ; vide n’est pas zéro, et personne n’écrase personne.');
  await http.excerpt(told, () => http.get('Changé lit sa déclaration', pathOf(census, CHANGE), 200, actor));
  const { lines } = await http.unrecorded(() => linesOf(census, CHANGE, actor));
  const [first, ...rest] = lines;
  const one = (line: object) => ({ lines: [line] });
  const path = pathOf(census, CHANGE, '/lines');
  http.name(first!.itemId, 'article');
  await http.send(
    'Une quantité se lit sans deviner',
    'PATCH',
    path,
    422,
    actor,
    one({ ...first, estimate: '1 234' }),
  );
  await http.send('Saisir une ligne', 'PATCH', path, 200, actor, one(first!));
  await http.send(
    'Une collègue, qui ne l’a pas relue, en saisit une autre : les deux valeurs lui sont rendues',
    'PATCH',
    path,
    409,
    stage.validator,
    one({ ...first, estimate: '12' }),
  );
  await http.unrecorded(() => http.send('', 'PATCH', path, 200, actor, { lines: rest }));
  await http.post(
    'Transmettre demande l’accord du maire',
    actor,
    pathOf(census, CHANGE, '/versions'),
    { attested: false },
    422,
  );
  // Ten more than it means, to be corrected after the deadline.
  const wrong = {
    ...first!,
    version: 1,
    estimate: String(Number(first!.estimate) + 10),
    maximum: null,
    minimum: null,
  };
  await http.unrecorded(() => http.send('', 'PATCH', path, 200, actor, one(wrong)));
  await transmit(census, 'Transmettre : un numéro et une empreinte', CHANGE, actor);
  await transmit(census, 'Deux fois la même chose n’est pas une nouvelle version', CHANGE, actor, 409);
}

async function delegate(census: Census): Promise<void> {
  const { http, stage } = census;
  const validator = census.secretaries.get(AHUILLE)!;
  http.chapter('Pour le compte d’une commune', 'Sous un mandat daté ; saisir n’est pas transmettre.');
  const { lines } = await http.unrecorded(() => linesOf(census, AHUILLE, validator));
  const path = pathOf(census, AHUILLE, '/lines');
  await http.send('Sans mandat, l’acheteuse ne saisit pas', 'PATCH', path, 403, stage.officer, {
    lines: lines.slice(0, 1),
  });
  await http.post(
    'Ahuillé donne mandat',
    validator,
    `/buyers/${stage.buyers.get(AHUILLE)!}/mandates`,
    {
      email: 'claire.martin@agglo-laval.example',
      reference: 'délibération 2026-11-004 du 12 novembre 2026',
      startsOn: '2026-01-01',
      endsOn: '2199-12-31',
    },
    201,
  );
  await http.send('Elle saisit', 'PATCH', path, 200, stage.officer, { lines: lines.slice(0, 1) });
  await http.unrecorded(() => http.send('', 'PATCH', path, 200, stage.officer, { lines: lines.slice(1) }));
  await transmit(census, 'Elle ne transmet pas', AHUILLE, stage.officer, 403);
  await transmit(census, 'La commune, si', AHUILLE, validator);
}

/** Members that answer by file: their own, as CSV; their workbook; and those that sent theirs to the coordinator. */
const BY_CSV = ['21530007000012', '21530034400011', '21530039300018', '21530040100019'];
const BY_WORKBOOK = ['21530049200018', '21530099700016'];
const BY_COORDINATOR = [
  '21530224100017',
  '21530229000014',
  '21530243100014',
  '21530247200018',
  '21530262100010',
];

const french = (quantity: string | null): string => quantity?.replace('.', ',') ?? '';
const token = ({ token: word }: { token: string }): string => encodeURIComponent(word);
const checked = ({ changed, unchanged, rejected, lines }: Check) => ({ changed, unchanged, rejected, lines });
interface Check {
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly lines: readonly unknown[];
  readonly token: string;
}

async function byFiles(census: Census): Promise<void> {
  const { http } = census;
  http.chapter(
    'Par fichiers',
    'Essayés d’abord, appliqués ensuite ; les lignes se reconnaissent à leur code.',
  );
  const [argentre] = BY_CSV as [string];
  const csvOf = (siret: string): string =>
    [
      'code_article;quantite_min;quantite_estimee;quantite_max',
      ...SAID.filter((said) => said.siret === siret).map(({ code, minimum, estimate, maximum }) =>
        [code, french(minimum), french(estimate), french(maximum)].join(';'),
      ),
      '',
    ].join('\r\n');
  const send = async (siret: string): Promise<void> => {
    const actor = census.secretaries.get(siret)!;
    const file = new SentFile('text/csv', csvOf(siret));
    const told = (await http.send(
      '',
      'POST',
      pathOf(census, siret, '/form/checks'),
      200,
      actor,
      file,
    )) as Check;
    const apply = pathOf(census, siret, `/form?mode=all&token=${token(told)}`);
    await http.send('', 'POST', apply, 200, actor, file);
    await transmit(census, '', siret, actor);
  };
  const actor = census.secretaries.get(argentre)!;
  const faulty = new SentFile(
    'text/csv',
    csvOf(argentre).split('\r\n').slice(0, 3).join('\r\n') + '\r\nXX-999;;3;\r\n',
  );
  await http.excerpt<Check>(checked, () =>
    http.send(
      'Argentré essaie son fichier : une ligne n’est pas du bordereau',
      'POST',
      pathOf(census, argentre, '/form/checks'),
      200,
      actor,
      faulty,
    ),
  );
  await http.unrecorded(async () => {
    for (const siret of BY_CSV) await send(siret);
    for (const siret of BY_WORKBOOK) await fillWorkbook(census, siret);
  });
  await hostile(census, argentre);
  await byCoordinator(census);
}

/** The workbook of the member: its estimates filled, then what it does not ask typed. */
async function fillWorkbook(census: Census, siret: string): Promise<void> {
  const { http } = census;
  const actor = census.secretaries.get(siret)!;
  const said = SAID.filter((one) => one.siret === siret);
  const file = await http.download(pathOf(census, siret, '/form'), actor);
  const full = await edited(file, (sheet) => {
    for (const { code, estimate } of said) cellOf(sheet, code, 'Quantité estimée').value = Number(estimate);
  });
  const sent = new SentFile(XLSX_TYPE, full);
  const told = (await http.send(
    '',
    'POST',
    pathOf(census, siret, '/form/checks'),
    200,
    actor,
    sent,
  )) as Check;
  expect([told.changed, told.rejected]).toEqual([said.length, 0]);
  await http.send('', 'POST', pathOf(census, siret, `/form?mode=all&token=${token(told)}`), 200, actor, sent);
  await typeAll(census, siret, actor);
  await transmit(census, '', siret, actor);
}

async function hostile(census: Census, siret: string): Promise<void> {
  const bomb = new SentFile(XLSX_TYPE, BOMB, ['< piege.xlsx']);
  await census.http.send(
    'Un fichier piégé est refusé avant d’être ouvert',
    'POST',
    pathOf(census, siret, '/form/checks'),
    422,
    census.secretaries.get(siret),
    bomb,
  );
}

/** What five members sent on paper, in the coordinator's own file. */
async function byCoordinator(census: Census): Promise<void> {
  const { http, stage } = census;
  const rows = SAID.filter(({ siret }) => BY_COORDINATOR.includes(siret)).map(
    ({ siret, code, minimum, estimate, maximum }) =>
      [siret, code, french(minimum), french(estimate), french(maximum)].join(';'),
  );
  const file = new SentFile(
    'text/csv',
    ['siret;code_article;quantite_min;quantite_estimee;quantite_max', ...rows, ''].join('\r\n'),
    ['< ../../test/fixtures/laval-2027/besoins.csv'],
  );
  const tally = ({ changed, unchanged, rejected }: Check) => ({ changed, unchanged, rejected });
  const told = await http.excerpt<Check>(tally, () =>
    http.send(
      'La coordination vérifie le fichier de cinq membres',
      'POST',
      campaignOf(census, '/form/checks'),
      200,
      stage.officer,
      file,
    ),
  );
  expect(tally(told)).toEqual({ changed: rows.length, unchanged: 0, rejected: 0 });
  const reason = encodeURIComponent('d’après ce que le membre a envoyé');
  http.name(token(told), 'vérification');
  await http.send(
    'Elle l’applique, et le transmet en leur nom : chacune le lit, et peut contester',
    'POST',
    campaignOf(census, `/form?mode=all&transmit=true&reason=${reason}&token=${token(told)}`),
    200,
    stage.officer,
    file,
  );
}

async function others(census: Census): Promise<void> {
  const { http, stage } = census;
  await byFiles(census);
  const done = [CHANGE, AHUILLE, ...BY_CSV, ...BY_WORKBOOK, ...BY_COORDINATOR];
  await http.unrecorded(async () => {
    for (const siret of membersThat('valide').filter((one) => !done.includes(one))) {
      const actor = census.secretaries.get(siret)!;
      await typeAll(census, siret, actor);
      await transmit(census, '', siret, actor);
    }
    for (const siret of membersThat('brouillon'))
      await typeAll(census, siret, census.secretaries.get(siret)!);
  });
  const states = ({ declarations }: { declarations: { state: string }[] }) =>
    Object.fromEntries(
      [...new Set(declarations.map(({ state }) => state))].map((state) => [
        state,
        declarations.filter((one) => one.state === state).length,
      ]),
    );
  const read = await http.excerpt<{ declarations: { state: string }[] }>(states, () =>
    http.get(
      'Où en est-on ? 25 transmises, 2 brouillons, 5 sans rien',
      `/consultations/${census.purchase.id}/declarations`,
      200,
      stage.officer,
    ),
  );
  expect(states(read)).toEqual({ transmitted: 25, draft: 2, not_started: 5 });
}

/** The deadline cannot be waited for: it is put where it has passed. */
const pass = ({ stage, purchase }: Census) =>
  stage.app
    .get(DataSource)
    .query(
      `update need_campaign set opened_at = now() - interval '30 days', deadline = now() - interval '1 second' where consultation_id = $1`,
      [purchase.id],
    );

async function late(census: Census): Promise<void> {
  const { http, stage } = census;
  const actor = census.secretaries.get(CHANGE)!;
  await pass(census);
  http.chapter(
    'L’échéance est passée',
    'Ce qui vient après a une raison, et la coordination l’accepte ou non.',
  );
  const [first] = (await http.unrecorded(() => linesOf(census, CHANGE, actor))).lines;
  const path = pathOf(census, CHANGE, '/lines');
  await http.send('La déclaration est verrouillée', 'PATCH', path, 409, actor, { lines: [first] });
  await http.post(
    'Changé ouvre une déclaration rectifiée',
    actor,
    pathOf(census, CHANGE, '/rectification'),
    { reason: 'Dix unités de trop\u00a0: une salle a été comptée deux fois.' },
    204,
  );
  await http.send('La corriger', 'PATCH', path, 200, actor, { lines: [first] });
  await transmit(census, 'La transmettre', CHANGE, actor);
  await http.get(
    'La coordination compare les deux versions',
    pathOf(census, CHANGE, '/versions/2/differences'),
    200,
    stage.officer,
  );
  await http.post(
    'Et l’accepte',
    stage.officer,
    pathOf(census, CHANGE, '/versions/2/decision'),
    { accepted: true, reason: null },
    200,
  );
  const [one, other] = membersThat('hors_delai') as [string, string];
  await http.unrecorded(async () => {
    for (const siret of [one, other]) {
      const secretary = census.secretaries.get(siret)!;
      await http.post(
        '',
        secretary,
        pathOf(census, siret, '/rectification'),
        { reason: 'Agent absent.' },
        204,
      );
      await typeAll(census, siret, secretary);
      await transmit(census, '', siret, secretary);
    }
  });
  const title = `Une déclaration tardive, celle de ${nameOf(one)}, n’est pas acceptée\u00a0: la raison est dite`;
  const refusal = { accepted: false, reason: 'Le dossier de consultation est arrêté.' };
  await http.post(title, stage.officer, pathOf(census, one, '/versions/1/decision'), refusal, 200);
  await http.send(
    'Une autre attend encore : on ne clôt pas',
    'POST',
    campaignOf(census, '/closure'),
    409,
    stage.officer,
    {},
    { 'If-Match': '"1"' },
  );
  await http.unrecorded(() =>
    http.post('', stage.officer, pathOf(census, other, '/versions/1/decision'), refusal, 200),
  );
}

async function close(census: Census): Promise<void> {
  const { http, stage } = census;
  http.chapter(
    'La clôture',
    'Le silence n’est pas un zéro : qui n’a rien transmis sort de ses lots, et le sait.',
  );
  interface Closure {
    readonly excluded: { readonly buyerName: string; readonly lotNumber: number }[];
  }
  const who = ({ excluded }: Closure) => [...new Set(excluded.map(({ buyerName }) => buyerName))];
  const closed = await http.excerpt<Closure>(who, () =>
    http.send('Clore', 'POST', campaignOf(census, '/closure'), 201, stage.officer, {}, { 'If-Match': '"1"' }),
  );
  expect(who(closed).length).toBe(7);
  expect(closed.excluded.length).toBe(
    joining.filter(({ siret }) => stateOf(siret) !== 'valide').flatMap(({ lots }) => lots).length,
  );
}

/** Everybody who answers has somebody to do so. */
export async function inviteSecretaries(stage: Stage, http: Recorder): Promise<Map<string, Actor>> {
  const secretaries = new Map([[COORDINATOR, stage.officer]]);
  for (const { siret } of joining.filter((line) => line.siret !== COORDINATOR))
    secretaries.set(siret, await inviteSecretary(stage, http, siret));
  return secretaries;
}

/** Changé answers for itself, and invites its own; the coordinator invites the first person of the others. */
function inviteSecretary(stage: Stage, http: Recorder, siret: string): Promise<Actor> {
  const buyerId = stage.buyers.get(siret)!;
  const [by, path] =
    siret === CHANGE
      ? [stage.validator, `/buyers/${buyerId}/invitations`]
      : [stage.officer, `/groups/${stage.groupId}/invitations`];
  return enterInvited(stage, http, by, `mairie.${siret}`, path, {
    email: `mairie.${siret}@mairie.example`,
    name: 'Jeanne Blanc',
    role: siret === AHUILLE ? 'commune_validator' : 'commune_secretary',
    ...(siret === CHANGE ? {} : { buyerId }),
  });
}
