import { randomUUID } from 'node:crypto';
import { GroupsQueries } from '../../src/groups/groups.queries.js';
import { GroupsService } from '../../src/groups/groups.service.js';
import { parisDate } from '../../src/calendar/plain-date.js';
import { stateOf } from '../../src/groups/membership.rules.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { OPERATOR } from '../support/trace.js';

/** Volunteers around an agglomeration: some join, one declines, one withdraws in time, one comes late. */
let world: World;
let officer: Holder;
let groupId: string;
let agglomeration: string;
const buyers: Record<string, string> = {};
const AT = (): Date => new Date();

beforeAll(async () => {
  world = await World.open();
  agglomeration = await buyer('20008339200015', null, 'Laval Agglomération');
  for (const [siret, inseeCode, name] of [
    ['21530013000018', '53013', 'Ahuillé'],
    ['21530026000019', '53026', 'Beaulieu-sur-Oudon'],
    ['21530034400011', '53034', 'Bonchamp-lès-Laval'],
    ['21530045000016', '53045', 'La Brûlatte'],
    ['21530130000012', '53130', 'Laval'],
  ] as const)
    buyers[name] = await buyer(siret, inseeCode, name);
  officer = await world.person('procurement_officer', { buyerId: agglomeration, groupId: null });
});
afterAll(() => world.close());

async function buyer(siret: string, inseeCode: string | null, name: string): Promise<string> {
  const id = randomUUID();
  await world.source.query(`insert into buyer (id, siret, insee_code, name) values ($1, $2, $3, $4)`, [
    id,
    siret,
    inseeCode,
    name,
  ]);
  return id;
}
const member = (name: string, rest = '') => `/groups/${groupId}/members/${buyers[name] ?? name}${rest}`;
async function ok<T = Record<string, unknown>>(sent: Promise<Response>): Promise<T> {
  const response = await sent;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}
const faultsOf = async (sent: Promise<Response>): Promise<string[]> =>
  ((await (await sent).json()) as { errors: { code: string }[] }).errors.map(({ code }) => code);
const DECISION = { decisionKind: 'resolution', resolutionOn: '2026-06-22', resolutionNumber: '2026-06-017' };
const SENT = { sentToPrefectureOn: '2026-06-24', enforceableOn: '2026-06-24' };
const SIGNED = { signedOn: '2026-10-02', signatoryName: 'Claire Martin', signatoryCapacity: 'maire' };

async function consultation(): Promise<string> {
  const id = randomUUID();
  await world.source.query(
    `insert into consultation (id, group_id, title, firm_years, renewals) values ($1::uuid, $2, $1::text, 1, 0)`,
    [id, groupId],
  );
  return id;
}
const launch = (consultationId: string, names: readonly string[]) =>
  world.source.transaction((tx) =>
    world.app.get(GroupsService).recordLaunch(tx, OPERATOR, AT(), {
      groupId,
      consultationId,
      buyerIds: names.map((name) => buyers[name] ?? name),
    }),
  );

describe('a group', () => {
  test('is opened by an officer of its coordinator, who then conducts it', async () => {
    const sheet = { coordinatorId: agglomeration, title: 'Voirie 2027', families: ['sel', 'signalisation'] };
    const response = await world.post('/groups', officer, sheet);
    const group = (await response.json()) as { id: string };
    expect([response.status, response.headers.get('etag')]).toEqual([201, '"1"']);
    expect(group).toMatchObject({ kind: 'permanent', object: null, invited: 1, members: 0, ...sheet });
    groupId = group.id;
    expect(await problem(world.post('/groups', officer, sheet))).toEqual([409, 'ALREADY_EXISTS']);
    const other = { ...sheet, coordinatorId: world.other.buyerId };
    expect(await problem(world.post('/groups', officer, other))).toEqual([404, 'NOT_FOUND']);
    const disordered = { ...sheet, title: 'x', startsOn: '2027-02-01', endsOn: '2027-01-01' };
    expect(await problem(world.post('/groups', officer, disordered))).toEqual([
      422,
      'GROUP_DATES_DISORDERED',
    ]);
    expect(await problem(world.post('/groups', officer, { ...sheet, families: null }))).toEqual([
      422,
      'VALIDATION',
    ]);
    const mine = await ok<{ items: { id: string }[] }>(world.api('/me/groups', officer));
    expect(mine.items.map(({ id }) => id)).toEqual([groupId]);
  });

  test('is edited from the version that was read, and from no other', async () => {
    const edit = (version: string | undefined, body: object) =>
      world.api(`/groups/${groupId}`, officer, {
        method: 'PATCH',
        body: JSON.stringify(body),
        headers: version === undefined ? {} : { 'If-Match': version },
      });
    expect(await ok(edit('"1"', { object: 'Voirie', endsOn: '2030-12-31' }))).toMatchObject({
      object: 'Voirie',
      endsOn: '2030-12-31',
      families: ['sel', 'signalisation'],
      version: 2,
    });
    const stale = await edit('"1"', { object: 'Autre' });
    expect(await stale.json()).toMatchObject({ code: 'STALE_VERSION', current: { object: 'Voirie' } });
    expect(await problem(edit(undefined, {}))).toEqual([428, 'VERSION_REQUIRED']);
    expect(await problem(edit('"2"', { kind: null }))).toEqual([422, 'VALIDATION']);
    expect(await ok(edit('"2"', { endsOn: null }))).toMatchObject({ endsOn: null, version: 3 });
  });
});

describe('volunteers', () => {
  const invite = (body: object) => world.post(`/groups/${groupId}/members/invitations`, officer, body);

  test('are invited, one or many, by id or SIRET; asked again, nothing changes', async () => {
    const ids = ['Ahuillé', 'Beaulieu-sur-Oudon', 'La Brûlatte'].map((name) => buyers[name]!);
    const first = await ok<{ invited: string[] }>(
      invite({ buyerIds: ids, sirets: ['21530034400011', '21530013000018'] }),
    );
    expect(first).toEqual({
      invited: [...ids, buyers['Bonchamp-lès-Laval']!].sort(),
      unchanged: [],
      answered: [],
    });
    expect(await ok(invite({ buyerIds: ids }))).toEqual({
      invited: [],
      unchanged: [...ids].sort(),
      answered: [],
    });
    expect(await problem(invite({}))).toEqual([422, 'NOBODY_TO_INVITE']);
    expect(await faultsOf(invite({ buyerIds: [randomUUID()], sirets: ['21530130000099'] }))).toEqual([
      'BUYER_UNKNOWN',
      'BUYER_UNKNOWN',
    ]);
    expect(await problem(invite({ buyerIds: null }))).toEqual([422, 'VALIDATION']);
  });

  test('show interest, join by a resolution; a commune by nothing else', async () => {
    const secretary = await world.person('commune_secretary', { buyerId: buyers['Ahuillé']!, groupId: null });
    const validator = await world.person('commune_validator', { buyerId: buyers['Ahuillé']!, groupId: null });
    expect(await ok(world.post(member('Ahuillé', '/interest'), secretary, undefined))).toMatchObject({
      state: 'interested',
    });
    expect(await problem(world.post(member('Ahuillé', '/joining'), secretary, DECISION))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    const delegated = { ...DECISION, decisionKind: 'delegated', resolutionOn: '2199-01-01' };
    expect(await faultsOf(world.post(member('Ahuillé', '/joining'), validator, delegated))).toEqual([
      'DECISION_NOT_DELEGABLE',
      'DECISION_IN_THE_FUTURE',
    ]);
    expect(await ok(world.post(member('Ahuillé', '/joining'), validator, DECISION))).toMatchObject({
      state: 'member',
      ...DECISION,
      enforceableOn: null,
    });
    expect(await problem(world.post(member('Ahuillé', '/joining'), validator, DECISION))).toEqual([
      409,
      'ALREADY_A_MEMBER',
    ]);
    // Of another member it knows that it is there; what it decides is not for it.
    expect(await problem(world.post(member('Beaulieu-sur-Oudon', '/joining'), validator, DECISION))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    expect(await problem(world.post(member('Laval', '/joining'), officer, DECISION))).toEqual([
      409,
      'BUYER_NOT_INVITED',
    ]);
    const early = { sentToPrefectureOn: '2026-06-01', enforceableOn: '2026-05-01' };
    expect(await faultsOf(world.post(member('Ahuillé', '/transmission'), secretary, early))).toEqual([
      'SENT_BEFORE_DECIDED',
      'ENFORCEABLE_BEFORE_SENT',
    ]);
    expect(await ok(world.post(member('Ahuillé', '/transmission'), secretary, SENT))).toMatchObject(SENT);
  });

  test('on paper too, typed by the coordinator; an EPCI by a decision under delegation', async () => {
    for (const name of ['Beaulieu-sur-Oudon', 'Bonchamp-lès-Laval'])
      await ok(world.post(member(name, '/joining'), officer, DECISION));
    const decision = { ...DECISION, decisionKind: 'delegated' };
    await ok(world.post(member(agglomeration, '/joining'), officer, decision));
    for (const name of ['Beaulieu-sur-Oudon', agglomeration])
      await ok(world.post(member(name, '/transmission'), officer, SENT));
    const [line] = await world.source.query<{ actorId: string }[]>(
      `select actor_id as "actorId" from journal_entry where key = 'groups.join' and buyer_id = $1`,
      [agglomeration],
    );
    expect(line!.actorId).toBe(officer.personId);
  });

  test('one declines, and its reason is its own and the coordinator’s', async () => {
    const reason = 'marché en cours jusqu’en 2028';
    await ok(world.post(member('La Brûlatte', '/refusal'), officer, { reason }));
    const reader = await world.person('commune_secretary', { buyerId: buyers['Ahuillé']!, groupId: null });
    const read = (who: Holder) => ok(world.api(member('La Brûlatte'), who));
    expect(await read(officer)).toMatchObject({ state: 'declined', declineReason: reason });
    expect(await read(reader)).toMatchObject({ state: 'declined', declineReason: null });
    expect(await problem(world.post(member('La Brûlatte', '/refusal'), officer, {}))).toEqual([
      409,
      'ALREADY_DECLINED',
    ]);
    const ids = [buyers['La Brûlatte']!];
    expect(await ok(invite({ buyerIds: ids }))).toMatchObject({ invited: [], answered: ids });
    expect(await ok(invite({ buyerIds: ids, again: true }))).toMatchObject({ invited: ids });
    await ok(world.post(member('La Brûlatte', '/refusal'), officer, {}));
  });

  test('one withdraws before the launch, freely', async () => {
    const path = member('Bonchamp-lès-Laval', '/withdrawal');
    expect(await ok(world.post(path, officer, {}))).toMatchObject({ state: 'withdrawn' });
    expect(await problem(world.post(path, officer, {}))).toEqual([409, 'HAS_WITHDRAWN']);
  });

  test('a decision is corrected from the version that was read', async () => {
    const { version } = await ok<{ version: number }>(world.api(member('Ahuillé'), officer));
    const put = (resolutionNumber: string, resolutionOn = DECISION.resolutionOn) =>
      world.api(member('Ahuillé', '/decision'), officer, {
        method: 'PUT',
        body: JSON.stringify({ ...DECISION, resolutionOn, resolutionNumber }),
        headers: { 'If-Match': `"${version}"` },
      });
    expect(await faultsOf(put('18', '2026-06-25'))).toEqual(['SENT_BEFORE_DECIDED']);
    expect(await ok(put('18'))).toMatchObject({ resolutionNumber: '18', ...SENT });
    expect(await problem(put('19'))).toEqual([412, 'STALE_VERSION']);
  });

  test('the list filters by state, page after page, and says what the pure rule says', async () => {
    const names = async (query: string) =>
      (
        await ok<{ items: { name: string }[] }>(world.api(`/groups/${groupId}/members${query}`, officer))
      ).items.map(({ name }) => name);
    expect(await names('?state=member')).toEqual(['Ahuillé', 'Beaulieu-sur-Oudon', 'Laval Agglomération']);
    const first = await ok<{ next: string }>(world.api(`/groups/${groupId}/members?limit=2`, officer));
    expect((await names(`?limit=2&after=${first.next}`)).length).toBe(2);
    expect(await problem(world.api(`/groups/${groupId}/members?after=WyJ4Il0`, officer))).toEqual([
      400,
      'MALFORMED_CURSOR',
    ]);
    const all = await ok<{ items: Record<string, string>[] }>(
      world.api(`/groups/${groupId}/members`, officer),
    );
    for (const row of all.items) expect(row['state']).toBe(stateOf(row as never));
  });
});

describe('the agreement', () => {
  const versions = `/agreement/versions`;
  const sign = (number: number, name: string) =>
    world.post(`/groups/${groupId}${versions}/${number}/signatures/${buyers[name] ?? name}`, officer, SIGNED);
  const adopt = (label: string, adoptedOn: string) =>
    world.post(`/groups/${groupId}${versions}`, officer, { label, adoptedOn });
  const read = async () =>
    (
      await ok<{ versions: { signatures: { name: string }[]; missing: { name: string }[] }[] }>(
        world.api(`/groups/${groupId}/agreement`, officer),
      )
    ).versions.map(({ signatures, missing }) => [
      signatures.map(({ name }) => name),
      missing.map(({ name }) => name),
    ]);

  test('is signed version by version; a later one carries those before it', async () => {
    expect(await problem(sign(1, 'Ahuillé'))).toEqual([404, 'AGREEMENT_VERSION_UNKNOWN']);
    expect(await ok(adopt('Convention', '2026-04-15'))).toEqual({ number: 1 });
    await ok(sign(1, 'Ahuillé'));
    expect(await problem(sign(1, 'Ahuillé'))).toEqual([409, 'ALREADY_SIGNED']);
    expect(await problem(sign(1, 'La Brûlatte'))).toEqual([409, 'HAS_DECLINED']);
    // What was typed wrong is typed again: never a signature of before the text.
    const again = (signedOn: string) =>
      world.post(`/groups/${groupId}${versions}/1/signatures/${buyers['Ahuillé']!}`, officer, {
        ...SIGNED,
        signedOn,
      });
    expect(await faultsOf(again('1912-01-02'))).toEqual(['isPlainDate']);
    expect(await faultsOf(again('2012-01-02'))).toEqual([
      'SIGNED_BEFORE_IT_WAS_WRITTEN',
      'SIGNED_BEFORE_DECIDED',
    ]);
    expect(await faultsOf(again('2199-01-02'))).toEqual(['IN_THE_FUTURE']);
    await ok(again('2026-10-03'));
    await ok(again(SIGNED.signedOn));
    expect(await problem(adopt('Avenant', '2026-04-14'))).toEqual([422, 'AGREEMENT_DISORDERED']);
    expect(await faultsOf(adopt('Avenant', '2199-04-14'))).toEqual(['IN_THE_FUTURE']);
    expect(await ok(adopt('Avenant n° 1', '2026-09-15'))).toEqual({ number: 2 });
    await ok(sign(2, agglomeration));
    expect(await read()).toEqual([
      [['Ahuillé'], ['Beaulieu-sur-Oudon']],
      [['Laval Agglomération'], ['Ahuillé', 'Beaulieu-sur-Oudon']],
    ]);
    const nowhere = `/groups/${groupId}${versions}/x/signatures/${agglomeration}`;
    expect(await problem(world.post(nowhere, officer, SIGNED))).toEqual([404, 'NOT_FOUND']);
  });

  test('G6: is signed once the council decided; a decision recorded afterwards is not more recent', async () => {
    const early = await world.post(
      `/groups/${groupId}${versions}/1/signatures/${buyers['Ahuillé']!}`,
      officer,
      { ...SIGNED, signedOn: '2026-06-20' },
    );
    expect(await early.json()).toMatchObject({
      code: 'VALIDATION',
      errors: [
        {
          pointer: '#/signedOn',
          code: 'SIGNED_BEFORE_DECIDED',
          detail: expect.stringContaining('a été décidée le 22\u00a0juin\u00a02026') as string,
        },
      ],
    });
    const { version } = await ok<{ version: number }>(world.api(member(agglomeration), officer));
    const decide = (resolutionOn: string, of = version) =>
      world.api(member(agglomeration, '/decision'), officer, {
        method: 'PUT',
        body: JSON.stringify({ ...DECISION, decisionKind: 'delegated', resolutionOn }),
        headers: { 'If-Match': `"${of}"` },
      });
    // It signed on 2 October.
    expect(await faultsOf(decide('2026-10-05'))).toEqual(['SENT_BEFORE_DECIDED', 'DECIDED_AFTER_SIGNED']);
    await ok(decide('2026-06-23'));
    await ok(decide(DECISION.resolutionOn, version + 1));
  });

  test('has instants written in one way', async () => {
    const text = await (await world.api(`/groups/${groupId}/agreement`, officer)).text();
    const instants = [...text.matchAll(/"recordedAt":"([^"]+)"/g)].map(([, instant]) => instant!);
    expect(instants.length).toBeGreaterThan(1);
    for (const instant of instants) expect(new Date(instant).toISOString()).toBe(instant);
  });

  test('names nobody in the journal', async () => {
    const [line] = await world.source.query<{ after: object }[]>(
      `select after from journal_entry where key = 'groups.sign-agreement' limit 1`,
    );
    expect(line!.after).toMatchObject({ signatoryName: 'donnée personnelle', signatoryCapacity: 'maire' });
  });

  test('lets launch once signed by all, or without those who did not', async () => {
    await ok(sign(2, 'Ahuillé'));
    const readiness = await ok<{ withoutNonSignatories: object }>(
      world.api(`/groups/${groupId}/launch-readiness`, officer),
    );
    expect(readiness).toMatchObject({
      verdict: 'block',
      withoutNonSignatories: {
        verdict: 'warn',
        buyerIds: [buyers['Ahuillé'], agglomeration],
        leftOut: [{ name: 'Beaulieu-sur-Oudon', missing: ['signature'] }],
      },
    });
    await ok(sign(2, 'Beaulieu-sur-Oudon'));
    expect(await ok(world.api(`/groups/${groupId}/launch-readiness`, officer))).toMatchObject({
      verdict: 'ok',
      withoutNonSignatories: null,
    });
  });
});

describe('once launched', () => {
  let consultationId: string;
  const LAUNCHED = ['Ahuillé', 'Beaulieu-sur-Oudon'];
  const isOf = (name: string) =>
    world.app.get(GroupsQueries).isLaunchMember(world.source.manager, consultationId, buyers[name]!);

  test('its members are fixed; only members are launched, and once', async () => {
    consultationId = await consultation();
    await expect(launch(consultationId, ['Laval', 'La Brûlatte'])).rejects.toMatchObject({
      code: 'LAUNCH_BY_NON_MEMBERS',
      message: expect.stringContaining(': La Brûlatte, Laval.'),
    });
    await expect(launch(consultationId, [])).rejects.toMatchObject({ code: 'LAUNCH_WITHOUT_MEMBERS' });
    await launch(consultationId, LAUNCHED);
    await expect(launch(consultationId, LAUNCHED)).rejects.toMatchObject({ code: 'ALREADY_LAUNCHED' });
  });

  test('G7: joining later gives nothing in it', async () => {
    await ok(world.post(`/groups/${groupId}/members/invitations`, officer, { buyerIds: [buyers['Laval']] }));
    await ok(world.post(member('Laval', '/joining'), officer, DECISION));
    expect([await isOf('Ahuillé'), await isOf('Laval')]).toEqual([true, false]);
    expect(await ok(world.api(member('Ahuillé'), officer))).toMatchObject({ boundBy: [consultationId] });
    // Bound by nothing, the late one may leave.
    expect(await ok(world.post(member('Laval', '/withdrawal'), officer, {}))).toMatchObject({
      state: 'withdrawn',
    });
  });

  test('G9, G10: withdrawal is refused until the member renounced, with a warning', async () => {
    const withdraw = () => world.post(member('Ahuillé', '/withdrawal'), officer, {});
    expect(await problem(withdraw())).toEqual([409, 'MEMBER_OF_A_LAUNCH']);
    const request = {
      consultationId,
      reason: 'fermeture du service',
      resolutionOn: parisDate(AT()),
      resolutionNumber: '31',
    };
    const renounce = (name: string, changes = {}) =>
      world.post(member(name, '/renunciations'), officer, { ...request, ...changes });
    expect(await problem(renounce(agglomeration))).toEqual([409, 'NOT_IN_THE_LAUNCH']);
    expect(await problem(renounce('Ahuillé', { consultationId: randomUUID() }))).toEqual([
      409,
      'NOT_IN_THE_LAUNCH',
    ]);
    expect(await problem(renounce('La Brûlatte'))).toEqual([409, 'HAS_DECLINED']);
    expect(await faultsOf(renounce('Ahuillé', { resolutionOn: '2199-01-01' }))).toEqual([
      'DECISION_IN_THE_FUTURE',
    ]);
    // What was decided before the launch renounces nothing of it.
    const [early] = (
      (await (await renounce('Ahuillé', { resolutionOn: '2020-11-20' })).json()) as {
        errors: { code: string; pointer: string }[];
      }
    ).errors;
    expect(early).toMatchObject({ pointer: '#/resolutionOn', code: 'DECIDED_BEFORE_THE_LAUNCH' });
    expect(await ok(renounce('Ahuillé'))).toMatchObject({
      warning: expect.stringContaining('indemniser le titulaire'),
      member: { state: 'member', boundBy: [] },
    });
    expect(await problem(renounce('Ahuillé'))).toEqual([409, 'ALREADY_RENOUNCED']);
    expect(await isOf('Ahuillé')).toBe(false);
    expect(await ok(withdraw())).toMatchObject({ state: 'withdrawn' });
  });

  test('what is over binds nobody', async () => {
    const end = () =>
      world.source.transaction((tx) =>
        world.app.get(GroupsService).recordLaunchEnd(tx, OPERATOR, AT(), consultationId),
      );
    await end();
    await end();
    const lines = await world.source.query(`select 1 from journal_entry where key = 'groups.end-launch'`);
    expect(lines).toHaveLength(1);
    expect(await ok(world.api(member('Beaulieu-sur-Oudon'), officer))).toMatchObject({ boundBy: [] });
    expect(
      await problem(
        world.post(member('Beaulieu-sur-Oudon', '/renunciations'), officer, {
          consultationId,
          reason: 'trop tard',
          resolutionOn: '2026-11-20',
          resolutionNumber: '31',
        }),
      ),
    ).toEqual([409, 'LAUNCH_IS_OVER']);
  });

  test('G7: a one-off group takes nobody any more; a member that comes back signs again', async () => {
    const { version } = await ok<{ version: number }>(world.api(`/groups/${groupId}`, officer));
    const edit = (kind: string, of: number) =>
      world.api(`/groups/${groupId}`, officer, {
        method: 'PATCH',
        body: JSON.stringify({ kind }),
        headers: { 'If-Match': `"${of}"` },
      });
    const invite = () =>
      world.post(`/groups/${groupId}/members/invitations`, officer, {
        buyerIds: [buyers['Ahuillé']],
        again: true,
      });
    await ok(edit('one_off', version));
    expect(await problem(invite())).toEqual([409, 'GROUP_LAUNCHED']);
    await ok(edit('permanent', version + 1));
    await ok(invite());
    await ok(world.post(member('Ahuillé', '/joining'), officer, DECISION));
    const { versions } = await ok<{ versions: { missing: { name: string }[] }[] }>(
      world.api(`/groups/${groupId}/agreement`, officer),
    );
    expect(versions[1]!.missing.map(({ name }) => name)).toEqual(['Ahuillé']);
    await ok(
      world.post(`/groups/${groupId}/agreement/versions/2/signatures/${buyers['Ahuillé']!}`, officer, SIGNED),
    );
  });
});

describe('the database, last lock', () => {
  test.each([
    ['membership_began', `invited_at = null, interested_at = null, joined_at = null, declined_at = null`],
    ['membership_is_not_joined_and_declined', `joined_at = now(), declined_at = now(), withdrawn_at = null`],
    ['membership_withdraws_once_joined', `invited_at = now(), joined_at = null, withdrawn_at = now()`],
    ['membership_declines_for_a_reason', `declined_at = null, decline_reason = 'non', joined_at = now()`],
    ['membership_withdraws_for_a_reason', `withdrawn_at = null, withdrawal_reason = 'non'`],
    ['membership_decision_kind_is_known', `decision_kind = 'silence', resolution_on = '2026-06-22'`],
    ['membership_is_sent_once_decided', `resolution_on = '2026-06-22', sent_to_prefecture_on = '2026-06-21'`],
    [
      'membership_is_enforceable_once_decided',
      `resolution_on = '2026-06-22', enforceable_on = '2026-06-21', sent_to_prefecture_on = null`,
    ],
  ])('%s', async (constraint, change) => {
    await expect(
      world.source.query(`update membership set ${change} where group_id = $1 and buyer_id = $2`, [
        groupId,
        agglomeration,
      ]),
    ).rejects.toMatchObject({ driverError: { constraint } });
  });
});
