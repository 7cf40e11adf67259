import { randomUUID } from 'node:crypto';
import { parisDate } from '../../src/calendar/plain-date.js';
import { publicationCommand } from '../../src/cli/publication.js';
import { PublicationService } from '../../src/gate/publication.service.js';
import type { PublicationAnswer } from '../../src/gate/publication.dto.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { type Holder, problem, World } from '../accounts/world.js';
import { joinGroup, need, type Publishable, publishable, sign, takePart } from '../support/publishable.js';

/** What the control before publication asks of the group and of what is bought, and what is told of it afterwards. */
let world: World;
let officer: Holder;
let of: Publishable;

beforeEach(async () => {
  world = await World.open();
  officer = await world.person('procurement_officer', { buyerId: null, groupId: world.own.groupId });
  of = await publishable(world.source, world.own);
});
afterEach(() => world.close());

const sql = <T>(statement: string, ...given: unknown[]) => world.source.query<T[]>(statement, given);
const path = () => `/consultations/${of.consultationId}/publication`;
const read = async (): Promise<PublicationAnswer> =>
  (await (await world.api(path(), officer)).json()) as PublicationAnswer;
const publish = (withoutNonSignatories = false) =>
  world.post(path(), officer, { withoutNonSignatories }, { 'If-Match': '"1"' });
const refusedFor = async (withoutNonSignatories: boolean): Promise<string[]> => {
  const response = await publish(withoutNonSignatories);
  const body = (await response.json()) as { code: string; errors: { code: string }[] };
  expect([response.status, body.code]).toEqual([409, 'PUBLICATION_BLOCKED']);
  return body.errors.map(({ code }) => code);
};
const codes = (causes: readonly { rule: string }[]): string[] => causes.map(({ rule }) => rule).sort();

/** Another member, ready to be launched with unless it did not sign. */
async function third({ signs }: { signs: boolean }): Promise<string> {
  const buyerId = randomUUID();
  await sql(`insert into buyer (id, siret, name) values ($1, '21530039300018', 'Bonchamp')`, buyerId);
  await joinGroup(world.source, world.own.groupId, buyerId);
  if (signs) await sign(world.source, world.own.groupId, buyerId);
  await takePart(world.source, of.consultationId, of.lotIds, buyerId);
  return buyerId;
}

describe('who conducts the award procedure', () => {
  test('the coordinator that did not sign: nothing is published, with those who did not sign or without', async () => {
    await third({ signs: true });
    await sql(`delete from agreement_signature where buyer_id = $1`, of.coordinatorId);
    const { control } = await read();
    expect(codes(control!.causes)).toEqual(['AGREEMENT_SIGNED', 'MANDATE_SIGNED']);
    expect(control!.wouldDrop.passes).toBe(false);
    expect(codes(control!.wouldDrop.causes)).toEqual(['MANDATE_SIGNED']);
    expect(control!.rules[0]).toMatchObject({ number: 1, verdict: 'block' });
    expect((await refusedFor(false)).sort()).toEqual(['AGREEMENT_SIGNED', 'MANDATE_SIGNED']);
    expect(await refusedFor(true)).toEqual(['MANDATE_SIGNED']);
  });

  test('any other member that is entrusted with it, likewise', async () => {
    const other = await third({ signs: false });
    expect((await read()).control!.wouldDrop).toMatchObject({ passes: true, causes: [] });
    await sql(`insert into group_conduct (group_id, version) values ($1, 1)`, world.own.groupId);
    await sql(
      `insert into group_mission (group_id, mission, buyer_id) select $1, 'passation', unnest($2::uuid[])`,
      ...[world.own.groupId, [of.coordinatorId, other]],
    );
    expect(await refusedFor(true)).toEqual(['MANDATE_SIGNED']);
    await sign(world.source, world.own.groupId, other);
    expect((await publish()).status).toBe(201);
  });

  test('an EPCI that is no member signs all the same (CGCT L5211-4-4), and then it is published', async () => {
    await third({ signs: true });
    const { groupId } = world.own;
    await sql(`delete from need_line where buyer_id = $1`, of.coordinatorId);
    await sql(`delete from lot_participation where buyer_id = $1`, of.coordinatorId);
    await sql(`delete from agreement_signature where buyer_id = $1`, of.coordinatorId);
    await sql(`delete from membership where buyer_id = $1`, of.coordinatorId);
    const given = { signedOn: '2026-06-30', signatoryName: 'Claire Martin', signatoryCapacity: 'présidente' };
    const signing = () =>
      world.post(`/groups/${groupId}/agreement/versions/1/signatures/${of.coordinatorId}`, officer, given);
    await sql(`update buyer set kind = 'syndicat' where id = $1`, of.coordinatorId);
    expect(await problem(signing())).toEqual([409, 'BUYER_NOT_INVITED']);
    await sql(`update buyer set kind = 'epci' where id = $1`, of.coordinatorId);
    expect(await refusedFor(true)).toEqual(['MANDATE_SIGNED']);
    expect((await signing()).status).toBe(204);
    expect(await problem(signing())).toEqual([409, 'ALREADY_SIGNED']);
    expect((await publish()).status).toBe(201);
    expect((await read()).publication).toMatchObject({ members: 2, intact: true });
    await sql(`alter table agreement_signature disable trigger launched_signature_is_kept`);
    await sql(`delete from agreement_signature where buyer_id = $1`, of.coordinatorId);
    expect((await read()).publication).toMatchObject({ intact: false, groupHolds: false });
  });
});

describe('what is bought', () => {
  test('a lot that leaving would empty is not published: it is told before, and refused then', async () => {
    await third({ signs: false });
    await sql(
      `delete from lot_participation where lot_id = $1 and buyer_id = any($2::uuid[])`,
      of.lotIds[1],
      [world.own.buyerId, of.coordinatorId],
    );
    const { control } = await read();
    expect(control!.wouldDrop).toMatchObject({ emptiedLots: [2], passes: false });
    expect(codes(control!.wouldDrop.causes)).toEqual(['LOT_PARTICIPANTS']);
    expect(control!.wouldDrop.causes[0]!.sentence).toContain('Aucun membre n’a rejoint le lot\u00a02');
    expect(await refusedFor(true)).toEqual(['LOT_PARTICIPANTS']);
    // Once that lot is removed, it goes.
    await sql(`delete from lot_participation where lot_id = $1`, of.lotIds[1]);
    for (const table of ['lot_terms', 'lot_criterion', 'lot_criteria'])
      await sql(`delete from ${table} where lot_id = $1`, of.lotIds[1]);
    await sql(`delete from lot where id = $1`, of.lotIds[1]);
    await sql(
      `update consultation set no_split_ground = 'no_distinct_services', no_split_motive = 'Un seul végétal.' where id = $1`,
      of.consultationId,
    );
    expect((await read()).control!.wouldDrop).toMatchObject({ emptiedLots: [], passes: true });
    expect((await publish(true)).status).toBe(201);
  });

  test('a lot that nobody joined is not published, with or without', async () => {
    await sql(`delete from lot_participation where lot_id = $1`, of.lotIds[1]);
    expect(codes((await read()).control!.causes)).toEqual(['LOT_PARTICIPANTS']);
    expect(await refusedFor(false)).toEqual(['LOT_PARTICIPANTS']);
    // While drafting it is one to look at, no more.
    const list = (await (await world.api(`/consultations/${of.consultationId}/checks`, officer)).json()) as {
      items: { rule: string; verdict: string }[];
    };
    expect(list.items.find(({ rule }) => rule === 'LOT_PARTICIPANTS')!.verdict).toBe('warn');
  });

  test('no valid need in any lot: not published; in one lot, it is told', async () => {
    const told = async () =>
      (await read()).control!.others.filter(({ rule }) => rule === 'NEEDS_DEFINED').map((one) => one.verdict);
    expect(await told()).toEqual(['warn']);
    for (const change of [`standing = 'draft'`, `standing = 'valid', estimate = 0`]) {
      await sql(`update need_line set ${change}`);
      expect(await told()).toEqual(['block']);
      expect(await refusedFor(false)).toEqual(['NEEDS_DEFINED']);
    }
  });

  test('the needs of those who would leave count no more', async () => {
    const silent = await third({ signs: false });
    await sql(`delete from need_line`);
    await need(world.source, of, silent);
    expect((await read()).control!.wouldDrop).toMatchObject({
      passes: false,
      causes: [{ rule: 'NEEDS_DEFINED' }],
    });
    expect(await refusedFor(true)).toEqual(['NEEDS_DEFINED']);
  });
});

describe('rule 16', () => {
  const sixteen = async () => (await read()).control!.rules[15]!;
  const share = async (key: string, population: number | null) => {
    await sql(
      `update membership set municipal_population = $1, population_source = case when $1::int is null then null else 'Insee' end`,
      population,
    );
    await sql(
      `insert into cost_sharing (consultation_id, sharing_key) values ($1, $2)
       on conflict (consultation_id) do update set sharing_key = excluded.sharing_key`,
      ...[of.consultationId, key],
    );
  };

  test('waits for costs, then adds their shares up to the cent, and blocks what cannot be shared', async () => {
    expect(await sixteen()).toMatchObject({ verdict: 'not_applicable_yet' });
    await need(world.source, of, of.coordinatorId);
    await share('equal', null);
    expect(await sixteen()).toMatchObject({ verdict: 'not_applicable_yet' });
    await sql(
      `insert into cost_line (id, consultation_id, position, label, net, vat_rate) values ($1, $2, 0, 'Publicité', 1234.57, 20)`,
      ...[randomUUID(), of.consultationId],
    );
    const [answer] = (await sixteen()).answers;
    expect(answer).toMatchObject({
      ...{ rule: 'COST_SHARES', verdict: 'ok' },
      figures: { total: '1\u202f234,57\u00a0€', parts: '1\u202f234,57\u00a0€', membres: '2' },
    });
    await share('none', null);
    expect((await sixteen()).answers[0]!.sentence).toContain('garde les frais à sa charge');
    await share('population', null);
    expect(await sixteen()).toMatchObject({ verdict: 'block' });
    expect(await refusedFor(false)).toEqual(['COST_SHARES']);
    await share('population', 900);
    expect(await sixteen()).toMatchObject({ verdict: 'ok' });
    expect((await publish()).status).toBe(201);
  });
});

describe('what the launch rests on', () => {
  const atConsole = async (): Promise<[number, string[]]> => {
    const lines: string[] = [];
    const log = createLogger({ logLevel: 'fatal' }, 'test', 2);
    const code = await publicationCommand(['verify', of.consultationId], world.database.config, log, {
      line: (text: string) => void lines.push(text),
      progress: () => undefined,
    });
    return [code, lines];
  };
  const holds = async () => (await read()).publication!.groupHolds;

  test('altered in spite of the database, it is told by the service and at the console', async () => {
    expect((await publish()).status).toBe(201);
    const at = `where group_id = '${world.own.groupId}' and buyer_id = '${world.own.buyerId}'`;
    for (const [table, trigger, change] of [
      ['membership', 'launched_decision_is_kept', `update membership set enforceable_on = null ${at}`],
      ['membership', 'launched_membership_is_kept', `update membership set withdrawn_at = now() ${at}`],
      ['agreement_signature', 'launched_signature_is_kept', `delete from agreement_signature ${at}`],
      ['agreement_version', 'launched_agreement_is_kept', `update agreement_version set label = 'x'`],
      [
        ...(['purchasing_group', 'launched_coordinator_is_kept'] as const),
        `update purchasing_group set coordinator_id = '${world.other.buyerId}' where id = '${world.own.groupId}'`,
      ],
    ] as const) {
      await expect(sql(change)).rejects.toMatchObject({ driverError: { constraint: trigger } });
      const undo = new Error('undone');
      const seen = world.source.transaction(async (tx) => {
        await tx.query(`alter table ${table} disable trigger ${trigger}`);
        await tx.query(change);
        const told = await world.app.get(PublicationService).verify(tx, of.consultationId);
        expect([change, told.hashHolds, told.contentHolds, told.groupHolds]).toEqual([
          change,
          true,
          true,
          false,
        ]);
        throw undo;
      });
      await expect(seen).rejects.toBe(undo);
    }
    expect(await holds()).toBe(true);
    await sql(`alter table agreement_version disable trigger launched_agreement_is_kept`);
    await sql(`update agreement_version set label = 'x'`);
    expect((await read()).publication).toMatchObject({
      ...{ intact: false, hashHolds: true, contentHolds: true, groupHolds: false },
    });
    expect(await atConsole()).toEqual([1, [expect.stringContaining('Groupement altéré : ')]]);
  });

  test('what lawfully follows alters nothing: an avenant, late signatures, renouncing, leaving, coming back', async () => {
    const silent = await third({ signs: false });
    expect((await publish(true)).status).toBe(201);
    const { groupId, buyerId } = world.own;
    const member = `/groups/${groupId}/members/${buyerId}`;
    const ok = async (response: Promise<Response>) => {
      const { status, ok: done } = await response;
      expect([status, done, await holds()]).toEqual([status, true, true]);
    };
    const signing = (number: number, by: string) =>
      world.post(`/groups/${groupId}/agreement/versions/${number}/signatures/${by}`, officer, {
        ...{ signedOn: '2026-11-20', signatoryName: 'Claire Martin', signatoryCapacity: 'maire' },
      });
    await ok(signing(1, silent));
    // What was launched with it is corrected no more.
    expect(await problem(signing(1, buyerId))).toEqual([409, 'FROZEN']);
    const decision = { resolutionOn: '2026-06-22', resolutionNumber: '18', decisionKind: 'resolution' };
    await ok(
      world.post(`/groups/${groupId}/agreement/versions`, officer, {
        label: 'Avenant',
        adoptedOn: '2026-11-01',
      }),
    );
    await ok(signing(2, buyerId));
    await ok(
      world.post(`${member}/renunciations`, officer, {
        ...{ consultationId: of.consultationId, reason: 'fermeture du service' },
        ...{ resolutionOn: parisDate(new Date()), resolutionNumber: '31' },
      }),
    );
    await ok(world.post(`${member}/withdrawal`, officer, {}));
    await ok(
      world.post(`/groups/${groupId}/members/invitations`, officer, { buyerIds: [buyerId], again: true }),
    );
    await ok(world.post(`${member}/joining`, officer, decision));
    await ok(signing(1, buyerId));
    expect((await atConsole())[0]).toBe(0);
  });
});
