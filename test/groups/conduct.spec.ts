import { randomUUID } from 'node:crypto';
import type { MissionsState } from '../../src/conduct/missions.service.js';
import type { CommitteeState } from '../../src/conduct/committee.service.js';
import { MISSIONS } from '../../src/conduct/missions.rules.js';
import { FACT_WORDS } from '../../src/platform/journal/fact-words.js';
import { SUBJECT_WORDS } from '../../src/platform/journal/words.js';
import { type Holder, problem, World } from '../accounts/world.js';

/** Who conducts a group and awards in it, over HTTP. */
let world: World;
let officer: Holder;
let coordinatorId: string;
beforeAll(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  [{ coordinatorId } = { coordinatorId: '' }] = await world.source.query<{ coordinatorId: string }[]>(
    `select coordinator_id as "coordinatorId" from purchasing_group where id = $1`,
    [world.own.groupId],
  );
});
afterAll(() => world.close());

const path = (rest: string) => `/groups/${world.own.groupId}/${rest}`;
const put = (rest: string, version: number | null, body: unknown, holder = officer) =>
  world.api(path(rest), holder, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: version === null ? {} : { 'If-Match': `"${version}"` },
  });
const read = async <T>(rest: string): Promise<T> =>
  (await world.api(path(rest), officer)).json() as Promise<T>;
const missions = () => read<MissionsState>('missions');
const entries = async (subject: string) =>
  world.source.query<{ key: string; before: unknown; after: unknown }[]>(
    `select key, before, after from journal_entry where group_id = $1 and subject = $2 order by position`,
    [world.own.groupId, subject],
  );

describe('missions', () => {
  test('nobody chose yet: the coordinator conducts the award procedure', async () => {
    const response = await world.api(path('missions'), officer);
    expect(response.headers.get('etag')).toBe('"0"');
    expect(await response.json()).toMatchObject({
      version: 0,
      chosen: false,
      missions: [{ mission: 'passation', holders: [{ buyerId: coordinatorId }] }],
      joint: [{ mission: 'passation', article: 'CCP L2113-7' }],
      alone: [{}, {}, {}, {}],
      checks: [],
    });
  });

  test('are entrusted to several, journalled once, and not again when nothing changes', async () => {
    const asked = {
      missions: [
        { mission: 'passation', buyerIds: [coordinatorId] },
        { mission: 'execution', buyerIds: [world.own.buyerId] },
        { mission: 'signature', buyerIds: [world.own.buyerId, coordinatorId] },
      ],
    };
    const response = await put('missions', 0, asked);
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"1"']);
    const state = (await response.json()) as MissionsState;
    expect(state.joint.map(({ mission }) => mission)).toEqual(['passation', 'signature', 'execution']);
    expect(state.checks.map(({ rule }) => rule)).toEqual(['MISSION_SEVERAL_HOLDERS']);
    expect(await entries('missions')).toEqual([
      {
        key: 'groups.assign-missions',
        before: null,
        after: {
          passation: [coordinatorId],
          signature: [world.own.buyerId, coordinatorId].sort(),
          notification: [],
          execution: [world.own.buyerId],
          paiement: [],
        },
      },
    ]);
    expect([SUBJECT_WORDS['missions'], ...MISSIONS.map((fact) => FACT_WORDS[fact])]).not.toContain(undefined);
    expect(await (await put('missions', 1, asked)).json()).toEqual(state);
    expect(await entries('missions')).toHaveLength(1);
    expect(await missions()).toEqual(state);
  });

  test('are refused to strangers, each at its place, and to those who only answered no', async () => {
    const declined = randomUUID();
    await world.source.query(`insert into buyer (id, siret, name) values ($1, '21530130000012', 'Laval')`, [
      declined,
    ]);
    await world.source.query(
      `insert into membership (group_id, buyer_id, declined_at) values ($1, $2, now())`,
      [world.own.groupId, declined],
    );
    const response = await put('missions', 1, {
      missions: [
        { mission: 'passation', buyerIds: [coordinatorId, declined] },
        { mission: 'paiement', buyerIds: [world.other.buyerId] },
      ],
    });
    expect(response.status).toBe(422);
    const body = (await response.json()) as { code: string; errors: { pointer: string; detail: string }[] };
    expect(body.code).toBe('MISSION_HOLDER_NOT_MEMBER');
    expect(body.errors.map(({ pointer }) => pointer)).toEqual([
      '#/missions/0/buyerIds/1',
      '#/missions/1/buyerIds/0',
    ]);
    expect(body.errors[0]!.detail).toBe(
      'Cet acheteur n’est ni le coordonnateur du groupement, ni l’un de ses membres.',
    );
    expect((await missions()).version).toBe(1);
  });

  test('without the award procedure are refused, with every other fault: nobody keeps it in silence', async () => {
    const payment = { mission: 'paiement', buyerIds: [coordinatorId] };
    for (const asked of [[], [payment]]) {
      const response = await put('missions', 1, { missions: asked });
      expect([response.status, await response.json()]).toMatchObject([
        422,
        {
          code: 'AWARD_PROCEDURE_UNASSIGNED',
          detail: expect.stringContaining(
            'La répartition ne dit pas qui assure la passation\u00a0: la confier',
          ),
          errors: [{ pointer: '#/missions', code: 'saysWhoAwards' }],
        },
      ]);
    }
    const strange = { mission: 'paiement', buyerIds: [world.other.buyerId] };
    expect(await (await put('missions', 1, { missions: [strange] })).json()).toMatchObject({
      code: 'MISSION_HOLDER_NOT_MEMBER',
      errors: [{ pointer: '#/missions/0/buyerIds/0' }, { pointer: '#/missions' }],
    });
    expect((await missions()).version).toBe(1);
  });

  test.each([
    [{ missions: [{ mission: 'achat', buyerIds: [] }] }, ['#/missions/0/mission', '#/missions/0/buyerIds']],
    [{ missions: 'passation' }, ['#/missions']],
    [{ missions: [null] }, ['#/missions/0']],
    [
      {
        missions: [
          { mission: 'paiement', buyerIds: [randomUUID()] },
          { mission: 'paiement', buyerIds: [randomUUID()] },
        ],
      },
      ['#/missions'],
    ],
    [{ missions: [], more: 1 }, ['#/more']],
  ])('shape %#: refused, with every place', async (body, pointers) => {
    const response = await put('missions', 1, body);
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect([...new Set(errors.map(({ pointer }) => pointer))].sort()).toEqual([...pointers].sort());
  });

  test('changed by many at once: one goes through, the others learn the state that it made', async () => {
    expect(await problem(put('missions', null, { missions: [] }))).toEqual([428, 'VERSION_REQUIRED']);
    const { version } = await missions();
    const kinds = ['signature', 'notification', 'execution', 'paiement'];
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        put('missions', version, {
          missions: ['passation', ...kinds.slice(0, i % 5)].map((mission) => ({
            mission,
            buyerIds: [coordinatorId],
          })),
        }),
      ),
    );
    const [done, stale] = [200, 412].map((status) => responses.filter((one) => one.status === status));
    expect([done!.length, stale!.length]).toEqual([1, 49]);
    const state = (await done![0]!.json()) as MissionsState;
    expect(state.version).toBe(version + 1);
    for (const response of stale!) {
      expect(response.headers.get('etag')).toBe(`"${state.version}"`);
      expect(await response.json()).toMatchObject({ code: 'STALE_VERSION', current: state });
    }
    expect(await missions()).toEqual(state);
  });

  test('held by one that left are told as such', async () => {
    await put('missions', (await missions()).version, {
      missions: [
        { mission: 'passation', buyerIds: [coordinatorId] },
        { mission: 'paiement', buyerIds: [world.own.buyerId] },
      ],
    });
    await world.source.query(
      `update membership set joined_at = null, declined_at = now() where buyer_id = $1`,
      [world.own.buyerId],
    );
    expect((await missions()).checks.map(({ rule, verdict }) => [rule, verdict])).toContainEqual([
      'MISSION_HOLDER_IS_MEMBER',
      'block',
    ]);
    await world.source.query(
      `update membership set joined_at = now(), declined_at = null where buyer_id = $1`,
      [world.own.buyerId],
    );
  });
});

describe('the committee', () => {
  test('is the coordinator’s until somebody chooses; then the one chosen, explained', async () => {
    // Of a buyer whose kind nobody told, nothing is supposed.
    expect(await read<CommitteeState>('committee')).toMatchObject({ kind: 'coordinator', voting: null });
    await world.source.query(`update buyer set kind = 'epci' where id = $1`, [coordinatorId]);
    expect(await read<CommitteeState>('committee')).toMatchObject({
      ...{ version: 0, chosen: false, kind: 'coordinator', castingVote: false, voting: 6, quorum: 4 },
      seats: [{ buyerId: coordinatorId, chairs: true, voting: 6 }],
    });
    const response = await put('committee', 0, { kind: 'elected', castingVote: true });
    expect([response.status, response.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await response.json()).toMatchObject({
      ...{ version: 1, chosen: true, kind: 'elected', castingVote: true, voting: 2, quorum: 2 },
      seats: [
        { buyerId: coordinatorId, chairs: true, voting: 1 },
        { buyerId: world.own.buyerId, chairs: false },
      ],
    });
    expect(await entries('committee')).toEqual([
      {
        key: 'groups.choose-committee',
        before: null,
        after: { committee: 'elected', castingVote: true },
      },
    ]);
    await put('committee', 1, { kind: 'elected', castingVote: true });
    expect(await entries('committee')).toHaveLength(1);
  });

  test('chosen from what is no longer so: refused, with what is', async () => {
    const response = await put('committee', 0, { kind: 'coordinator', castingVote: false });
    expect(response.status).toBe(412);
    expect(await response.json()).toMatchObject({
      code: 'STALE_VERSION',
      current: { kind: 'elected', version: 1 },
    });
  });

  test('population is that of the latest census, else the agreement’s figure', async () => {
    await world.source.query(`update buyer set insee_code = '53007' where id = $1`, [world.own.buyerId]);
    await world.source.query(
      `update membership set municipal_population = 2838, population_source = 'Insee 2023' where buyer_id = $1`,
      [world.own.buyerId],
    );
    const { seats } = await read<CommitteeState>('committee');
    expect(seats[1]!.sentence).toContain('(le maire et 3 membres élus, à vérifier)');
    const census = (kind: string, vintage: number, value: number) =>
      world.source.query(
        `insert into buyer_population (buyer_id, kind, value, vintage, source) values ($1, $2, $3, $4, 'Insee')`,
        [world.own.buyerId, kind, value, vintage],
      );
    await census('totale', 2020, 3400);
    await census('totale', 2023, 3600);
    await census('municipale', 2023, 3450);
    const [, seat] = (await read<CommitteeState>('committee')).seats;
    expect(seat!.sentence).toContain('(le maire et 5 membres élus)');
  });
});

test('the last lock: constraints of the database, by their names', async () => {
  const broken = async (sql: string, parameters: unknown[] = []): Promise<string> =>
    world.source.query(sql, parameters).then(
      () => 'accepted',
      (error: unknown) => (error as { driverError: { constraint: string } }).driverError.constraint,
    );
  const { groupId } = world.other;
  const conduct = `insert into group_conduct (group_id, version) values ($1, $2)`;
  expect(await broken(conduct, [groupId, 0])).toBe('group_conduct_version_is_positive');
  expect(await broken(conduct, [randomUUID(), 1])).toBe('group_conduct_group');
  const mission = `insert into group_mission (group_id, mission, buyer_id) values ($1, $2, $3)`;
  expect(await broken(mission, [groupId, 'passation', coordinatorId])).toBe('group_mission_conduct');
  await world.source.query(conduct, [groupId, 1]);
  expect(await broken(mission, [groupId, 'achat', coordinatorId])).toBe('group_mission_is_known');
  expect(await broken(mission, [groupId, 'passation', randomUUID()])).toBe('group_mission_buyer');
  const committee = `insert into group_committee (group_id, kind, casting_vote, version) values ($1, $2, false, $3)`;
  expect(await broken(committee, [groupId, 'other', 1])).toBe('group_committee_kind_is_known');
  expect(await broken(committee, [groupId, 'elected', 0])).toBe('group_committee_version_is_positive');
  expect(await broken(committee, [randomUUID(), 'elected', 1])).toBe('group_committee_group');
});
