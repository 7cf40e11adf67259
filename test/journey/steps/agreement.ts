import type { Actor, Recorder } from '../../support/recorder.js';
import { CHANGE, COORDINATOR, joining, type Stage } from './stage.js';

export async function agree({ officer, validator, buyers, groupId }: Stage, http: Recorder): Promise<void> {
  const agreement = `/groups/${groupId}/agreement`;
  const signed = (siret: string) => `${agreement}/versions/1/signatures/${buyers.get(siret)!}`;
  const verdicts = ({ checks }: { checks: { rule: string; verdict: string }[] }) =>
    checks.map(({ rule, verdict }) => `${rule} : ${verdict}`);
  http.chapter('La convention', 'Adoptée, puis signée par chaque membre ; sans elle, rien ne se lance.');
  await http.post(
    'Enregistrer la convention constitutive',
    officer,
    `${agreement}/versions`,
    {
      label: 'Convention constitutive du 15 avril 2026',
      summary: 'Membres, missions du coordonnateur, frais, adhésion et retrait.',
      adoptedOn: '2026-04-15',
    },
    201,
  );
  const before = await http.excerpt(verdicts, () =>
    http.get('Le groupement ne peut pas encore lancer', `/groups/${groupId}/launch-readiness`, 200, officer),
  );
  expect(verdicts(before)).toContain('AGREEMENT_SIGNED : block');
  const sign = (actor: Actor, siret: string) =>
    http.post(
      'Changé signe ; et de même pour les 31 autres',
      actor,
      signed(siret),
      { signedOn: '2026-09-01', signatoryName: 'Camille Roux', signatoryCapacity: 'maire' },
      204,
    );
  await sign(validator, CHANGE);
  await http.unrecorded(async () => {
    for (const { siret } of joining) if (siret !== CHANGE) await sign(officer, siret);
  });
  const after = await http.excerpt(verdicts, () =>
    http.get('Il le peut', `/groups/${groupId}/launch-readiness`, 200, officer),
  );
  expect(verdicts(after)).toEqual(verdicts(after).map((line) => line.replace(/: .*/, ': ok')));
  await http.send(
    'Ce qui est signé engage : les missions ne changent plus que par un avenant',
    'PUT',
    `/groups/${groupId}/missions`,
    409,
    officer,
    missionsOf(buyers.get(COORDINATOR)!, ['passation', 'signature', 'notification', 'paiement']),
    { 'If-Match': '"1"' },
  );
  await http.send(
    'La commission non plus',
    'PUT',
    `/groups/${groupId}/committee`,
    409,
    officer,
    { kind: 'coordinator', castingVote: false },
    { 'If-Match': '"1"' },
  );
}

const missionsOf = (holder: string, missions: readonly string[]) => ({
  missions: missions.map((mission) => ({ mission, buyerIds: [holder] })),
});

export async function conduct({ officer, validator, buyers, groupId }: Stage, http: Recorder): Promise<void> {
  const agglo = buyers.get(COORDINATOR)!;
  http.chapter(
    'Qui fait quoi',
    'Les missions et la commission d’appel d’offres, que la convention dira ; et ce qu’une commune garde pour elle.',
  );
  const missions = await http.excerpt<{ joint: { mission: string }[]; alone: { mission: string }[] }>(
    ({ joint, alone }) => ({ joint, alone }),
    () =>
      http.send(
        'Le coordonnateur passe, signe et notifie ; chacun exécute et paie. Le périmètre de solidarité est dit',
        'PUT',
        `/groups/${groupId}/missions`,
        200,
        officer,
        missionsOf(agglo, ['passation', 'signature', 'notification']),
        { 'If-Match': '"0"' },
      ),
  );
  expect(missions.joint.map(({ mission }) => mission)).toEqual(['passation', 'signature', 'notification']);
  expect(missions.alone.map(({ mission }) => mission)).toEqual(['execution', 'paiement']);
  await http.send(
    'Personne n’assure la passation par silence',
    'PUT',
    `/groups/${groupId}/missions`,
    422,
    officer,
    missionsOf(agglo, ['signature']),
    { 'If-Match': '"1"' },
  );
  await http.post(
    'Qui tient une mission ne se retire pas avec elle',
    officer,
    `/groups/${groupId}/members/${agglo}/withdrawal`,
    {},
    409,
  );
  await http.send(
    'La commission est propre au groupement',
    'PUT',
    `/groups/${groupId}/committee`,
    200,
    officer,
    { kind: 'elected', castingVote: false },
    { 'If-Match': '"0"' },
  );
  await http.send(
    'L’EPCI, sans besoin propre, achète à titre gratuit, et ses statuts le prévoient',
    'PUT',
    `/groups/${groupId}/free-of-charge`,
    200,
    officer,
    { statutesProvide: true, agentTimeShared: '0', disbursementsShared: '0' },
    { 'If-Match': '"0"' },
  );
  const kept = `/groups/${groupId}/members/${buyers.get(CHANGE)!}/kept-outside`;
  const bread = {
    nature: 'fournitures',
    family: 'pain et viennoiserie',
    label: 'Pain frais du restaurant scolaire',
    annualAmount: '12500.00',
    reason: 'Livraison quotidienne avant 7 h, que le groupement ne prévoit pas.',
  };
  await http.post(
    'Un fournisseur ne se nomme pas',
    officer,
    kept,
    { ...bread, label: 'Pain de la SARL Martin' },
    422,
  );
  await http.post(
    'Changé garde son pain hors du groupement : la coordination l’écrit pour elle',
    officer,
    kept,
    bread,
    201,
  );
  await http.get('Changé le lit', kept, 200, validator);
}
