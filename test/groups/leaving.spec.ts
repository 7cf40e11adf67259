import { GroupsService } from '../../src/groups/groups.service.js';
import { AnswersService } from '../../src/members/answers.service.js';
import { ConsultationsService } from '../../src/consultations/consultations.service.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { Places } from '../support/clusters.js';
import { OPERATOR } from '../support/trace.js';

/** Who leaves a group, and what must come first: another holder for a mission, the end of what was launched. */
let world: World;
let officer: Holder;
let groupId: string;
let coordinatorId: string;
let other: string;
const places = new Places(() => world);

beforeAll(async () => {
  world = await World.open();
  coordinatorId = await places.buyer('Agglomération', { inseeCode: false });
  officer = await world.person('procurement_officer', { buyerId: coordinatorId, groupId: null });
  const response = await world.post('/groups', officer, { coordinatorId, title: 'Voirie' });
  groupId = ((await response.json()) as { id: string }).id;
  other = await places.buyer('Ahuillé');
  await places.member(groupId, other);
  await places.sql(`update membership set joined_at = now() where group_id = $1`, [groupId]);
});
afterAll(() => world.close());

const withdraw = (buyerId: string) =>
  world.post(`/groups/${groupId}/members/${buyerId}/withdrawal`, officer, {});
const assign = (version: number, missions: object[]) =>
  world.api(`/groups/${groupId}/missions`, officer, {
    method: 'PUT',
    body: JSON.stringify({ missions }),
    headers: { 'If-Match': `"${version}"` },
  });

test('a group is not opened for a coordinator whose SIRET is missing', async () => {
  const unknown = await places.buyer('Syndicat', { siren: true, inseeCode: false });
  const buyerOfIt = await world.person('procurement_officer', { buyerId: unknown, groupId: null });
  const sheet = { coordinatorId: unknown, title: 'Eau' };
  expect(await problem(world.post('/groups', buyerOfIt, sheet))).toEqual([422, 'SIRET_MISSING']);
  await places.sql(`update buyer set siret = siren || '00017', siren_alone = null where id = $1`, [unknown]);
  expect((await world.post('/groups', buyerOfIt, sheet)).status).toBe(201);
});

test('the coordinator does not withdraw with the award procedure that nobody entrusted to another', async () => {
  const refused = await withdraw(coordinatorId);
  expect(await refused.json()).toMatchObject({
    status: 409,
    code: 'MISSION_HOLDER_CANNOT_WITHDRAW',
    detail:
      'Agglomération assure la passation\u00a0: confier d’abord chaque mission à un autre membre (CCP L2113-7), par un avenant si la convention est signée, puis enregistrer le retrait.',
  });
});

test('nor a member with those that it holds; a file of answers is held to the same', async () => {
  const missions = [
    { mission: 'passation', buyerIds: [other] },
    { mission: 'paiement', buyerIds: [other, coordinatorId] },
  ];
  expect((await assign(0, missions)).status).toBe(200);
  const refused = await withdraw(other);
  expect(await refused.json()).toMatchObject({
    code: 'MISSION_HOLDER_CANNOT_WITHDRAW',
    detail: expect.stringContaining('Ahuillé assure la passation et le paiement\u00a0: '),
  });
  const answers = world.source.transaction(async (tx) => {
    await world.app.get(AnswersService).record(tx, OPERATOR, new Date(), groupId, []);
  });
  await expect(answers).rejects.toMatchObject({
    faults: ['Agglomération', 'Ahuillé'].map((name) =>
      expect.objectContaining({ code: 'MISSION_HOLDER_CANNOT_WITHDRAW', name, inFile: false }),
    ),
  });
});

test('two at once: a mission given to a member that leaves, or the leaving, and never both', async () => {
  for (let i = 0; i < 6; i += 1) {
    const buyerId = await places.buyer(`Commune ${i}`);
    await places.member(groupId, buyerId);
    const [row] = await places.sql<{ version: number }>(
      `select version from group_conduct where group_id = $1`,
      [groupId],
    );
    const [given, left] = await Promise.all([
      assign(row!.version, [{ mission: 'passation', buyerIds: [buyerId] }]),
      withdraw(buyerId),
    ]);
    expect([given.status, left.status].sort()).toEqual(given.status === 200 ? [200, 409] : [200, 422]);
    if (given.status === 200)
      expect((await assign(row!.version + 1, [{ mission: 'passation', buyerIds: [other] }])).status).toBe(
        200,
      );
  }
});

test('once entrusted to others, it withdraws', async () => {
  const [row] = await places.sql<{ version: number }>(
    `select version from group_conduct where group_id = $1`,
    [groupId],
  );
  expect((await assign(row!.version, [{ mission: 'passation', buyerIds: [coordinatorId] }])).status).toBe(
    200,
  );
  expect((await withdraw(other)).status).toBe(200);
});

test('what is declared « sans suite » binds its members no more', async () => {
  const buyerId = await places.buyer('Nuillé');
  await places.member(groupId, buyerId);
  const consultationId = await places.consultation(groupId);
  await world.source.transaction(async (tx) => {
    const at = new Date();
    await world.app.get(ConsultationsService).recordLaunch(tx, OPERATOR, at, consultationId);
    await world.app
      .get(GroupsService)
      .recordLaunch(tx, OPERATOR, at, { groupId, consultationId, buyerIds: [buyerId] });
  });
  expect(await problem(withdraw(buyerId))).toEqual([409, 'MEMBER_OF_A_LAUNCH']);
  const cancel = (version: number) =>
    world.post(
      `/consultations/${consultationId}/cancellation`,
      officer,
      { reason: 'le besoin a disparu' },
      { 'If-Match': `"${version}"` },
    );
  expect(await problem(cancel(1))).toEqual([412, 'STALE_VERSION']);
  expect((await cancel(2)).status).toBe(200);
  const lines = await places.sql<{ key: string }>(
    `select key from journal_entry where group_id = $1 and key in ('groups.end-launch', 'consultations.cancel') order by position`,
    [groupId],
  );
  expect(lines.map(({ key }) => key)).toEqual(['consultations.cancel', 'groups.end-launch']);
  const member = await world.api(`/groups/${groupId}/members/${buyerId}`, officer);
  expect(await member.json()).toMatchObject({ boundBy: [] });
  expect((await withdraw(buyerId)).status).toBe(200);
});
