import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { KEY_WORDS, SUBJECT_WORDS } from '../../src/platform/journal/words.js';
import type { CheckList } from '../../src/procedure/checks.dto.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { type Publishable, need, publishable } from '../support/publishable.js';

/** What an EPCI without a need of its own says before it buys for its communes (CGCT L5211-4-4). */
let world: World;
let officer: Holder;
let of: Publishable;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  of = await publishable(world.source, world.own);
  await world.source.query(`update buyer set kind = 'epci', name = 'Laval Agglomération' where id = $1`, [
    of.coordinatorId,
  ]);
  await world.source.query(`update buyer set kind = 'commune', insee_code = '53007' where id = $1`, [
    world.own.buyerId,
  ]);
});
afterAll(() => world.close());

const path = (groupId = world.own.groupId) => `/groups/${groupId}/free-of-charge`;
const put = (version: number | null, body: object, groupId?: string, holder = officer) =>
  world.api(path(groupId), holder, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: version === null ? {} : { 'If-Match': `"${version}"` },
  });
const publish = () =>
  world.post(
    `/consultations/${of.consultationId}/publication`,
    officer,
    { withoutNonSignatories: false },
    { 'If-Match': '"1"' },
  );
const answers = async () => {
  const response = await world.api(`/consultations/${of.consultationId}/checks`, officer);
  const { items } = (await response.json()) as CheckList;
  return items.filter(({ rule }) => rule === 'EPCI_FREE_OF_CHARGE');
};
const verdicts = async () => (await answers()).map(({ verdict }) => verdict);
const fifteen = async (): Promise<string> => {
  const response = await world.api(`/consultations/${of.consultationId}/publication`, officer);
  const { control } = (await response.json()) as {
    control: { rules: { number: number; verdict: string }[] };
  };
  return control.rules.find(({ number }) => number === 15)!.verdict;
};

test('nobody told yet: nulls, and a check that says what to tell and where', async () => {
  const response = await world.api(path(), officer);
  expect([response.status, response.headers.get('etag'), await response.json()]).toEqual([
    ...[200, '"0"'],
    { version: 0, statutesProvide: null, agentTimeShared: null, disbursementsShared: null },
  ]);
  expect([await verdicts(), await fifteen()]).toEqual([['warn', 'warn'], 'warn']);
  const [statutes, amounts] = await answers();
  expect(statutes!.sentence).toContain('l’indiquer au groupement («\u00a0à titre gratuit\u00a0»)');
  expect(amounts!.sentence).toContain('pour le temps de ses agents et ses débours, 0 s’il ne demande rien.');
});

test.each([
  [{ agentTimeShared: '-1' }, '#/agentTimeShared'],
  [{ agentTimeShared: '1 200,50' }, '#/agentTimeShared'],
  [{ agentTimeShared: 1200 }, '#/agentTimeShared'],
  [{ disbursementsShared: '12.345' }, '#/disbursementsShared'],
  [{ disbursementsShared: '12345678901' }, '#/disbursementsShared'],
])('amount %#: refused in French, at its place', async (body, pointer) => {
  const response = await put(0, body);
  const { errors } = (await response.json()) as { errors: object[] };
  expect([response.status, errors]).toEqual([
    422,
    [
      expect.objectContaining({
        pointer,
        detail:
          'Un montant en euros HT est attendu, en chiffres avec un point, sans espace\u00a0: "120000.00".',
      }),
    ],
  ]);
});

test('neither yes nor no, or an unknown field: refused', async () => {
  const response = await put(0, { statutesProvide: 'oui', gratuit: true });
  const { errors } = (await response.json()) as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['#/gratuit', '#/statutesProvide']);
  expect(await problem(put(null, { statutesProvide: true }))).toEqual([428, 'VERSION_REQUIRED']);
});

test('statutes that say nothing of it, and agents’ time that is shared, stop the publication', async () => {
  const response = await put(0, {
    statutesProvide: false,
    agentTimeShared: '4200',
    disbursementsShared: '0',
  });
  expect([response.status, response.headers.get('etag'), await response.json()]).toEqual([
    ...[200, '"1"'],
    { version: 1, statutesProvide: false, agentTimeShared: '4200.00', disbursementsShared: '0.00' },
  ]);
  expect([await verdicts(), await fifteen()]).toEqual([['block', 'block'], 'block']);
  const [statutes, time] = await answers();
  expect(statutes).toMatchObject({
    article: 'CGCT L5211-4-4',
    figures: { 'clause statutaire': 'non', 'temps d’agents réparti': '4\u202f200,00\u00a0€' },
  });
  expect(time!.sentence).toContain('ne répartit pas 4\u202f200,00\u00a0€ de temps d’agents.');
  expect(await problem(publish())).toEqual([409, 'PUBLICATION_BLOCKED']);
});

test('whoever is late is told what stands, and nothing is written', async () => {
  const response = await put(0, { statutesProvide: true });
  expect([response.status, await response.json()]).toMatchObject([
    412,
    { code: 'STALE_VERSION', current: { version: 1, statutesProvide: false, agentTimeShared: '4200.00' } },
  ]);
  expect(await fifteen()).toBe('block');
});

test('each is enough to block; outside costs are for the legal service to say', async () => {
  await put(1, { statutesProvide: true, agentTimeShared: '0.01', disbursementsShared: '0' });
  expect(await verdicts()).toEqual(['block']);
  await put(2, { statutesProvide: false, agentTimeShared: '0', disbursementsShared: '0' });
  expect(await verdicts()).toEqual(['block']);
  await put(3, { statutesProvide: true, agentTimeShared: '0', disbursementsShared: '350' });
  expect([await verdicts(), await fifteen()]).toEqual([['warn'], 'warn']);
  // Told no more: no longer said to be free of charge.
  await put(4, { statutesProvide: true, disbursementsShared: '0' });
  expect([await verdicts(), await fifteen()]).toEqual([['warn'], 'warn']);
});

test('another’s group is not there; who only reads the group tells nothing of it', async () => {
  const stranger = await world.person('commune_validator', { buyerId: world.other.buyerId, groupId: null });
  const { groupId } = world.other;
  expect(await problem(world.api(path(groupId), officer))).toEqual([404, 'NOT_FOUND']);
  expect(await problem(put(0, { statutesProvide: true }, groupId))).toEqual([404, 'NOT_FOUND']);
  expect(await problem(world.api(path(), stranger))).toEqual([404, 'NOT_FOUND']);
  const mayor = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
  expect((await world.api(path(), mayor)).status).toBe(200);
  expect(await problem(put(5, { statutesProvide: true }, undefined, mayor))).toEqual([403, 'FORBIDDEN']);
});

test('all told and free of charge, though the agreement is signed: published, and that judgement stays', async () => {
  const told = { statutesProvide: true, agentTimeShared: '0', disbursementsShared: '0' };
  expect((await put(5, told)).status).toBe(200);
  expect([await verdicts(), await fifteen()]).toEqual([['ok'], 'ok']);
  // Told again without a change: neither a version, nor a line of the journal.
  expect((await put(6, { ...told, agentTimeShared: '0.00' })).headers.get('etag')).toBe('"6"');
  expect((await publish()).status).toBe(201);
  expect((await put(6, { ...told, agentTimeShared: '10' })).status).toBe(200);
  const after = await world.api(`/consultations/${of.consultationId}/publication`, officer);
  expect(await after.json()).toMatchObject({
    ...{ state: 'launched', control: null, publication: { intact: true } },
  });
});

test('with a need of its own, nothing of it is asked', async () => {
  of = await publishable(world.source, world.own);
  expect(await verdicts()).toEqual(['block']);
  await need(world.source, of, of.coordinatorId);
  expect(await verdicts()).toEqual(['ok']);
});

test('each change is in the journal, in words', async () => {
  const lines = await world.source.query<{ key: string; before: object | null; after: object }[]>(
    `select key, before, after from journal_entry where group_id = $1 and subject = 'free-of-charge' order by position`,
    [world.own.groupId],
  );
  expect(lines).toHaveLength(7);
  const first = { statutesProvide: false, agentTimeShared: '4200.00', disbursementsShared: '0.00' };
  expect(lines[0]).toEqual({ key: 'groups.tell-free-of-charge', before: null, after: first });
  const words = [SUBJECT_WORDS['free-of-charge'], KEY_WORDS['groups.tell-free-of-charge']];
  expect([...words, ...Object.keys(first).map((fact) => FACT_WORDS[fact])]).not.toContain(undefined);
});

test('the last lock: constraints of the database, by their names', async () => {
  const broken = async (groupId: string, time: number, disbursements: number, version: number) =>
    world.source
      .query(
        `insert into group_free_of_charge (group_id, statutes_provide, agent_time_shared, disbursements_shared, version)
         values ($1, true, $2, $3, $4)`,
        [groupId, time, disbursements, version],
      )
      .then(
        () => 'accepted',
        (error: unknown) => (error as { driverError: { constraint: string } }).driverError.constraint,
      );
  const { groupId } = world.other;
  expect(await broken(groupId, -1, 0, 1)).toBe('group_free_of_charge_agent_time_is_positive');
  expect(await broken(groupId, 0, -1, 1)).toBe('group_free_of_charge_disbursements_are_positive');
  expect(await broken(groupId, 0, 0, 0)).toBe('group_free_of_charge_version_is_positive');
  expect(await broken(of.consultationId, 0, 0, 1)).toBe('group_free_of_charge_group');
});
