import type { MembershipLine } from '../../../src/participation/memberships.import.js';
import type { Actor, Recorder } from '../../support/recorder.js';
import { membersPerLot, readSampleFiles } from '../../support/sample-files.js';
import type { LotRead, Purchase } from './consultation.js';
import { expectCounts } from './group.js';
import { CHANGE, joining, type Stage } from './stage.js';

/** Freely, before the launch. */
export const LEAVES = joining.find(({ name }) => name === 'Montflours')!;
interface Participation {
  readonly members: { readonly buyerName: string; readonly lotIds: string[] }[];
}

const perLot = (lots: readonly LotRead[]): Record<number, number> =>
  Object.fromEntries(lots.map(({ number, participants }) => [number, participants]));
export const bulletinOf = ({ lots }: Purchase, line: MembershipLine) => ({
  lotIds: line.lots.map((number) => lots.get(number)!.id),
  formSignedOn: line.formSignedOn,
  signatoryName: 'Camille Roux',
  signatoryCapacity: line.inseeCode === null ? 'président' : 'maire',
});

export async function join(stage: Stage, http: Recorder, purchase: Purchase): Promise<void> {
  const { officer, validator, buyers } = stage;
  const path = (siret: string) => `/consultations/${purchase.id}/members/${buyers.get(siret)!}/participation`;
  const put = (title: string, actor: Actor, siret: string, body: object, status = 200, headers = {}) =>
    http.send(title, 'PUT', path(siret), status, actor, body, headers);
  http.chapter('Les bulletins d’adhésion', 'Chaque membre rejoint les lots qu’il veut, à la carte.');
  const change = joining.find(({ siret }) => siret === CHANGE)!;
  const bulletin = bulletinOf(purchase, change);
  await put(
    'Un bulletin se signe avant d’être enregistré',
    validator,
    CHANGE,
    { ...bulletin, formSignedOn: '2199-07-28' },
    422,
  );
  await put('Changé rejoint neuf lots ; les autres, d’après le papier', validator, CHANGE, bulletin);
  const [brulatte] = readSampleFiles().memberships.filter(({ joins }) => !joins);
  await put('Qui n’a pas adhéré au groupement ne rejoint aucun lot', officer, brulatte!.siret, bulletin, 409);
  await http.unrecorded(async () => {
    for (const line of joining)
      if (line.siret !== CHANGE) await put('', officer, line.siret, bulletinOf(purchase, line));
  });
  await http.get('La coordination lit celui de Changé, et sa version', path(CHANGE), 200, officer);
  await put('Sans la dire, elle n’écrit pas par-dessus', officer, CHANGE, { ...bulletin, lotIds: [] }, 428);
  const corrected = { ...bulletin, signatoryName: 'Claude Roux' };
  await put('Changé corrige le nom de son signataire', validator, CHANGE, corrected, 200, {
    'If-Match': '"1"',
  });
  const late = { ...bulletin, lotIds: [] };
  await put('La coordination, qui ne l’a pas lu, l’apprend', officer, CHANGE, late, 412, {
    'If-Match': '"1"',
  });
  await expectMembers(stage, http, purchase, 'Combien de membres par lot', joining);
}

/** @param members those that the sample says of each lot */
async function expectMembers(
  { officer }: Stage,
  http: Recorder,
  { id }: Purchase,
  title: string,
  members: readonly MembershipLine[],
): Promise<void> {
  const told = ({ items: lots }: { items: LotRead[] }) =>
    Object.fromEntries(lots.map(({ number, participants }) => [`lot ${number}`, participants]));
  const lots = await http.excerpt(told, () => http.get(title, `/consultations/${id}/lots`, 200, officer));
  expect(perLot(lots.items)).toEqual(membersPerLot(members));
}

export async function leave(stage: Stage, http: Recorder, purchase: Purchase): Promise<void> {
  const { officer, buyers, groupId } = stage;
  const buyerId = buyers.get(LEAVES.siret)!;
  http.name(buyerId, 'montflours');
  const read = `/consultations/${purchase.id}/participation`;
  const ofLeaver = ({ members }: Participation) =>
    members.filter(({ buyerName }) => buyerName === LEAVES.name);
  http.chapter('Un retrait', 'Avant le lancement, un membre se retire librement ; ses bulletins le suivent.');
  await http.excerpt<{ state: string; withdrawalReason: string }>(
    ({ state, withdrawalReason }) => ({ state, withdrawalReason }),
    () =>
      http.post(
        'Montflours se retire',
        officer,
        `/groups/${groupId}/members/${buyerId}/withdrawal`,
        { reason: 'La commune reprend ses achats à son compte.' },
        200,
      ),
  );
  await http.unrecorded(async () => {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const { members } = (await http.get('', read, 200, officer)) as Participation;
      if (!members.some(({ buyerName }) => buyerName === LEAVES.name)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('waited 20 s in vain for the lots to be left');
  });
  const participation = await http.excerpt<Participation>(
    (table) => ({ membres: table.members.length, [LEAVES.name]: ofLeaver(table) }),
    () => http.get('Il n’est plus d’aucun lot : un travail l’en a retiré', read, 200, officer),
  );
  expect([participation.members.length, ofLeaver(participation)]).toEqual([31, []]);
  const left = joining.filter(({ siret }) => siret !== LEAVES.siret);
  await expectMembers(stage, http, purchase, 'Sept lots comptent un membre de moins', left);
  await expectCounts(stage, http, 'Et le groupement', { members: 31, declined: 3, withdrawn: 1 });
  await http.send(
    'Retiré, il ne rejoint plus de lot',
    'PUT',
    `/consultations/${purchase.id}/members/${buyerId}/participation`,
    409,
    officer,
    bulletinOf(purchase, LEAVES),
  );
}
