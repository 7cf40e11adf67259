import type { MembershipLine } from '../../../src/participation/memberships.import.js';
import type { Recorder } from '../../support/recorder.js';
import { agree, conduct } from './agreement.js';
import {
  CHANGE,
  COORDINATOR,
  declining,
  enterInvited,
  EPCI,
  joining,
  memberships,
  plusDays,
  type Stage,
} from './stage.js';

const AHUILLE = '21530001300012';
const lineOf = (siret: string): MembershipLine => memberships.find((line) => line.siret === siret)!;

interface GroupRead {
  readonly id: string;
  readonly invited: number;
  readonly interested: number;
  readonly members: number;
  readonly declined: number;
  readonly withdrawn: number;
}
export const counts = ({ invited, interested, members, declined, withdrawn }: GroupRead) => ({
  ...{ invited, interested, members, declined, withdrawn },
});

/** From the buyers to a group that may launch. */
export async function walkGroup(stage: Stage, http: Recorder): Promise<void> {
  await takeBuyers(stage, http);
  await openGroup(stage, http);
  await answer(stage, http);
  await conduct(stage, http);
  await agree(stage, http);
}

async function takeBuyers(stage: Stage, http: Recorder): Promise<void> {
  const { admin, buyers } = stage;
  http.chapter(
    'Les acheteurs',
    'L’administratrice reprend l’agglomération et ses 34 communes du référentiel national. Les comptes : 00-access.http.',
  );
  const report = await http.excerpt<{ created: { id: string; siren: string; name: string }[] }>(
    ({ created }) => ({ created: created.length, dont: created.slice(0, 2) }),
    () => http.post('Par le SIREN de l’EPCI', admin, '/buyers/imports', { epci: EPCI }, 200),
  );
  expect(report.created).toHaveLength(memberships.length);
  expect(memberships).toHaveLength(35);
  for (const { siret } of memberships)
    buyers.set(siret, report.created.find(({ siren }) => siret.startsWith(siren))!.id);
  for (const [siret, name] of [
    [COORDINATOR, 'agglo'],
    [CHANGE, 'change'],
    [AHUILLE, 'ahuille'],
    [declining[0]!.siret, 'brulatte'],
  ] as const)
    http.name(buyers.get(siret)!, name);
  const complete = (siret: string) =>
    http.send(
      'Compléter le SIRET, que le référentiel ne donne pas : sur la version lue, et de même pour les 34 autres',
      'PATCH',
      `/buyers/${buyers.get(siret)!}`,
      200,
      admin,
      { siret, ...(siret === COORDINATOR ? { name: 'Laval Agglomération' } : {}) },
      { 'If-Match': '"1"' },
    );
  await complete(CHANGE);
  await http.unrecorded(async () => {
    for (const { siret } of memberships) if (siret !== CHANGE) await complete(siret);
  });
  stage.officer = await enterInvited(
    stage,
    http,
    admin,
    'officer',
    `/buyers/${buyers.get(COORDINATOR)!}/invitations`,
    {
      email: 'claire.martin@agglo-laval.example',
      name: 'Claire Martin',
      role: 'procurement_officer',
    },
  );
}

async function openGroup(stage: Stage, http: Recorder): Promise<void> {
  const { officer, buyers } = stage;
  const coordinatorId = buyers.get(COORDINATOR)!;
  http.chapter(
    'Le groupement',
    'L’acheteuse de l’agglomération ouvre un groupement permanent, et invite les communes.',
  );
  const group = (await http.post(
    'Ouvrir le groupement',
    officer,
    '/groups',
    {
      coordinatorId,
      title: 'Services techniques',
      kind: 'permanent',
      object: 'Fournitures, services et petits travaux des services techniques',
      families: ['voirie', 'espaces verts', 'bâtiments', 'véhicules'],
    },
    201,
  )) as GroupRead;
  stage.groupId = group.id;
  http.name(group.id, 'groupement');
  const path = `/groups/${group.id}/members/invitations`;
  const sirets = memberships.map(({ siret }) => siret).filter((siret) => siret !== COORDINATOR);
  const tally = (outcome: { invited: string[]; unchanged: string[]; answered: string[] }) =>
    Object.fromEntries(Object.entries(outcome).map(([key, ids]) => [key, ids.length]));
  const invited = await http.excerpt(tally, () =>
    http.post('Inviter les 34 communes, par leur SIRET', officer, path, { sirets }, 200),
  );
  expect(tally(invited)).toEqual({ invited: 34, unchanged: 0, answered: 0 });
  const again = await http.excerpt(tally, () =>
    http.post('Inviter deux fois ne change rien', officer, path, { sirets: sirets.slice(0, 2) }, 200),
  );
  expect(tally(again)).toEqual({ invited: 0, unchanged: 2, answered: 0 });
  await http.post('Un SIRET inconnu', officer, path, { sirets: ['21530130000099'] }, 422);
  await expectCounts(stage, http, 'Personne n’adhère par silence', { invited: 35 });
  stage.validator = await enterInvited(stage, http, officer, 'validator', `/groups/${group.id}/invitations`, {
    email: 'dgs@change.example',
    name: 'Paul Renard',
    role: 'commune_validator',
    buyerId: buyers.get(CHANGE)!,
  });
}

export async function expectCounts(
  { groupId, officer }: Stage,
  http: Recorder,
  title: string,
  expected: Partial<ReturnType<typeof counts>>,
): Promise<void> {
  const none = { invited: 0, interested: 0, members: 0, declined: 0, withdrawn: 0 };
  const read = await http.excerpt(counts, () => http.get(title, `/groups/${groupId}`, 200, officer));
  expect(counts(read)).toEqual({ ...none, ...expected });
}

const decisionOf = ({ resolutionOn, resolutionNumber, inseeCode }: MembershipLine) => ({
  decisionKind: inseeCode === null ? 'delegated' : 'resolution',
  resolutionOn,
  resolutionNumber,
});
const transmissionOf = ({ resolutionOn }: MembershipLine) => ({
  sentToPrefectureOn: plusDays(resolutionOn!, 2),
  enforceableOn: plusDays(resolutionOn!, 2),
});

async function answer(stage: Stage, http: Recorder): Promise<void> {
  const { officer, validator, buyers, groupId } = stage;
  const at = (siret: string, rest: string) => `/groups/${groupId}/members/${buyers.get(siret)!}${rest}`;
  http.chapter(
    'Les réponses',
    'Changé répond elle-même ; les autres communes, sur papier, que la coordination enregistre.',
  );
  await http.post('Changé est intéressée', validator, at(CHANGE, '/interest'), {}, 200);
  await http.post(
    'Une commune n’adhère ni par décision de son maire, ni par une délibération à venir',
    validator,
    at(CHANGE, '/joining'),
    { ...decisionOf(lineOf(CHANGE)), decisionKind: 'delegated', resolutionOn: '2199-05-19' },
    422,
  );
  await http.post(
    'Changé adhère, par délibération',
    validator,
    at(CHANGE, '/joining'),
    decisionOf(lineOf(CHANGE)),
    200,
  );
  await http.post(
    'La délibération est transmise en préfecture, donc exécutoire',
    validator,
    at(CHANGE, '/transmission'),
    transmissionOf(lineOf(CHANGE)),
    200,
  );
  await http.post(
    'On n’adhère pas deux fois',
    validator,
    at(CHANGE, '/joining'),
    decisionOf(lineOf(CHANGE)),
    409,
  );
  await http.post(
    'Changé ne décide pas pour Ahuillé',
    validator,
    at(AHUILLE, '/joining'),
    decisionOf(lineOf(AHUILLE)),
    403,
  );
  await http.post(
    'L’agglomération adhère par une décision prise par délégation',
    officer,
    at(COORDINATOR, '/joining'),
    decisionOf(lineOf(COORDINATOR)),
    200,
  );
  await http.post(
    'Ahuillé, d’après le papier, et de même pour 29 autres communes',
    officer,
    at(AHUILLE, '/joining'),
    decisionOf(lineOf(AHUILLE)),
    200,
  );
  await http.unrecorded(async () => {
    for (const siret of [COORDINATOR, AHUILLE])
      await http.post('', officer, at(siret, '/transmission'), transmissionOf(lineOf(siret)), 200);
    for (const line of joining)
      if (![COORDINATOR, CHANGE, AHUILLE].includes(line.siret)) {
        await http.post('', officer, at(line.siret, '/joining'), decisionOf(line), 200);
        await http.post('', officer, at(line.siret, '/transmission'), transmissionOf(line), 200);
      }
  });
  const reason = 'Le marché en cours de la commune court jusqu’en 2028.';
  await http.post('La Brûlatte n’adhère pas', officer, at(declining[0]!.siret, '/refusal'), { reason }, 200);
  await http.unrecorded(async () => {
    for (const { siret } of declining.slice(1)) await http.post('', officer, at(siret, '/refusal'), {}, 200);
  });
  await http.post(
    'Elle ne change pas d’avis sans être invitée de nouveau',
    officer,
    at(declining[0]!.siret, '/joining'),
    decisionOf(lineOf(AHUILLE)),
    409,
  );
  expect([joining.length, declining.length]).toEqual([32, 3]);
  await expectCounts(stage, http, 'Où en est le groupement', {
    members: joining.length,
    declined: declining.length,
  });
}
