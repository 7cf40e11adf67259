import { createHash, randomUUID } from 'node:crypto';
import { parisDate } from '../../src/calendar/plain-date.js';
import { UsageError } from '../../src/cli/campaign-options.js';
import { publicationCommand } from '../../src/cli/publication.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { OPERATOR } from '../support/trace.js';
import type { PublicationAnswer } from '../../src/gate/publication.dto.js';
import { PublicationQueries } from '../../src/gate/publication.queries.js';
import { PublicationService } from '../../src/gate/publication.service.js';
import { GroupsService } from '../../src/groups/groups.service.js';
import { joinGroup, need, type Publishable, publishable, takePart } from '../support/publishable.js';
import { type Holder, problem, World } from '../accounts/world.js';

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
const read = async (holder = officer): Promise<PublicationAnswer> => {
  const response = await world.api(path(), holder);
  expect(response.status).toBe(200);
  return (await response.json()) as PublicationAnswer;
};
const publish = (withoutNonSignatories = false, version = 1, holder = officer) =>
  world.post(path(), holder, { withoutNonSignatories }, { 'If-Match': `"${version}"` });
const published = async (...given: Parameters<typeof publish>): Promise<PublicationAnswer> => {
  const response = await publish(...given);
  const text = await response.text();
  expect([response.status, response.ok ? '' : text]).toEqual([201, '']);
  return JSON.parse(text) as PublicationAnswer;
};
/** A member that did not sign, with a bulletin for both lots, and a need. */
async function silentMember(): Promise<string> {
  const buyerId = randomUUID();
  await sql(`insert into buyer (id, siret, name) values ($1, '21530039300018', 'Bonchamp')`, buyerId);
  await joinGroup(world.source, world.own.groupId, buyerId);
  await takePart(world.source, of.consultationId, of.lotIds, buyerId);
  await need(world.source, of, buyerId);
  return buyerId;
}
const verify = () =>
  world.source.transaction((tx) => world.app.get(PublicationService).verify(tx, of.consultationId));
const standing = async () => {
  const [row] = await sql(
    `select launched_at is not null as launched, version,
            (select count(*)::int from group_launch) as launches, (select count(*)::int from publication) as publications,
            (select count(*)::int from lot_participation) as bulletins, (select count(*)::int from need_line) as needs
     from consultation where id = $1`,
    of.consultationId,
  );
  return row;
};

describe('the control before publication', () => {
  test('answers each of the 16 rules, and says that nothing blocks', async () => {
    const { control, publication, state, version } = await read();
    expect([state, version, publication]).toEqual(['draft', 1, null]);
    expect(control!.rules.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    for (const { answers } of control!.rules) expect(answers.length).toBeGreaterThan(0);
    expect(control!.causes).toEqual([]);
    expect(control!.verdict).not.toBe('block');
    const verdicts = Object.fromEntries(control!.rules.map(({ number, verdict }) => [number, verdict]));
    expect(verdicts).toMatchObject({
      ...{ 1: 'ok', 2: 'ok', 3: 'ok', 6: 'ok', 7: 'ok', 8: 'ok', 9: 'ok', 10: 'ok', 14: 'ok', 15: 'ok' },
      ...{ 12: 'not_applicable_yet', 13: 'not_applicable_yet', 16: 'not_applicable_yet' },
    });
    expect(control!.wouldDrop).toEqual({ members: [], emptiedLots: [], passes: true, causes: [] });
  });

  test('tells every cause at once, by rule or beside them, and what would leave', async () => {
    const silent = await silentMember();
    await sql(`update lot_terms set environmental_clause = null where lot_id = $1`, of.lotIds[1]);
    await sql(`update consultation set object = null where id = $1`, of.consultationId);
    await sql(
      `update item set designation = 'Pneu 205/55 R16', m57_nature = '60628' where id = $1`,
      of.itemId,
    );
    const { control } = await read();
    expect(control!.verdict).toBe('block');
    expect(control!.causes.map(({ number, rule, lotNumber }) => [number, rule, lotNumber])).toEqual(
      expect.arrayContaining([
        [1, 'AGREEMENT_SIGNED', null],
        [8, 'ENVIRONMENTAL_CLAUSE', 2],
        [null, 'CONSULTATION_OBJECT', null],
        [null, 'RETREADED_TYRES', 1],
      ]),
    );
    for (const { article, sentence } of control!.causes) expect([article, sentence]).not.toContain('');
    expect(control!.wouldDrop).toMatchObject({
      members: [
        {
          ...{ buyerId: silent, name: 'Bonchamp', missing: ['signature'], needs: 1 },
          lots: [{ number: 1 }, { number: 2 }],
        },
      ],
      emptiedLots: [],
    });
    const refused = await publish();
    const body = (await refused.json()) as { code: string; errors: { code: string; detail: string }[] };
    expect([refused.status, body.code]).toEqual([409, 'PUBLICATION_BLOCKED']);
    expect(body.errors.map(({ code }) => code).sort()).toEqual(
      control!.causes.map(({ rule }) => rule).sort(),
    );
    expect(body.errors.find(({ code }) => code === 'AGREEMENT_SIGNED')!.detail).toContain('Bonchamp');
    expect(await standing()).toMatchObject({ launched: false, version: 1, launches: 0, publications: 0 });
  });

  test('a limit or a procedure that nobody chose blocks, for nothing of it changes once launched', async () => {
    const causes = async () => (await read()).control!.causes.map(({ number, rule }) => [number, rule]);
    const choose = (procedure: string | null) =>
      sql(
        `update procedure_choice set procedure = $2, offers_limit = null where consultation_id = $1`,
        of.consultationId,
        procedure,
      );
    const worth = (maximum: number) =>
      sql(
        `update lot_terms set maximum = $2, social_clause = 'insertion' where consultation_id = $1`,
        of.consultationId,
        maximum,
      );
    await choose(null);
    expect(await causes()).toEqual([[11, 'OFFERS_LIMIT']]);
    expect(await problem(publish())).toEqual([409, 'PUBLICATION_BLOCKED']);
    await worth(108_000);
    expect((await causes()).sort()).toEqual([
      [11, 'OFFERS_LIMIT'],
      [4, 'PROCEDURE'],
    ]);
    await choose('restricted');
    expect(await causes()).toEqual([[11, 'CANDIDACIES_LIMIT']]);
    await worth(29_999);
    await choose(null);
    expect(await causes()).toEqual([]);
    await published();
  });

  test('options that reach the European threshold ask for a social clause: the publication is refused', async () => {
    await sql(`update lot_terms set maximum = 108000 where lot_id = $1`, of.lotIds[0]);
    await sql(`update lot_terms set maximum = 107999.99 where lot_id = $1`, of.lotIds[1]);
    const social = async (options: string) => {
      await sql(
        `update procedure_choice set procedure = 'open', options = $2 where consultation_id = $1`,
        of.consultationId,
        options,
      );
      return (await read()).control!.causes.map(({ number, rule, lotNumber }) => [number, rule, lotNumber]);
    };
    expect(await social('0')).toEqual([]);
    const due = [
      [9, 'SOCIAL_CLAUSE', 1],
      [9, 'SOCIAL_CLAUSE', 2],
    ];
    expect(await social('0.02')).toEqual(due);
    expect(await social('0.01')).toEqual(due);
    expect(await problem(publish())).toEqual([409, 'PUBLICATION_BLOCKED']);
  });

  test('is whole or not shown at all; strangers see nothing', async () => {
    const mayor = await world.person('commune_validator', { buyerId: world.own.buyerId, groupId: null });
    const legal = await world.person('legal_validator', { buyerId: null, groupId: world.own.groupId });
    expect((await read(mayor)).control).toBeNull();
    expect((await read(legal)).control).not.toBeNull();
    expect((await read(await world.token(officer, ['consultation.read']))).control).toBeNull();
    expect(await problem(publish(false, 1, legal))).toEqual([403, 'FORBIDDEN']);
    const stranger = await world.person('procurement_officer', {
      buyerId: null,
      groupId: world.other.groupId,
    });
    expect(await problem(world.api(path(), stranger))).toEqual([404, 'NOT_FOUND']);
    expect(await problem(publish(false, 1, stranger))).toEqual([404, 'NOT_FOUND']);
  });

  test('no member of any lot, or one that left the group with its bulletin: nobody to launch with', async () => {
    const silent = await silentMember();
    await sql(`update membership set withdrawn_at = now() where buyer_id = $1`, silent);
    const causes = async () => (await read()).control!.causes.filter(({ number }) => number === 3);
    expect((await causes()).map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('encore un bulletin\u00a0: Bonchamp'),
    ]);
    expect(await problem(publish(true))).toEqual([409, 'PUBLICATION_BLOCKED']);
    await sql(`delete from need_line`);
    await sql(`delete from lot_participation`);
    expect((await causes()).map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('Aucun membre n’a rejoint de lot'),
    ]);
    expect(await problem(publish())).toEqual([409, 'PUBLICATION_BLOCKED']);
  });
});

describe('publishing', () => {
  test('freezes members, lots, needs and the law of the day, with a hash that anyone can make again', async () => {
    // Planned in a year's time: the law is that of today all the same.
    await sql(`update consultation set planned_launch_on = '2199-02-01' where id = $1`, of.consultationId);
    await world.source.transaction(async (tx) => {
      await tx.query(
        `insert into lot_protection (lot_id, justification, decided_at) values ($1, $2, now())`,
        [of.lotIds[0], 'Une avance laisse commencer de petites pépinières.'],
      );
      await tx.query(
        `insert into lot_lever (lot_id, lever, record, chosen_at) values ($1, 'ADVANCE', '{"rate": "20"}', now())`,
        [of.lotIds[0]],
      );
    });
    const answer = await published();
    expect(answer).toMatchObject({ state: 'launched', version: 2, control: null });
    const [row] = await sql<{ snapshot: string; sha256: string; on: string; by: string; day: string }>(
      `select snapshot, sha256, law_on::text as on, published_by as by,
              (published_at at time zone 'Europe/Paris')::date::text as day from publication`,
    );
    expect(answer.publication).toMatchObject({
      sha256: row!.sha256,
      lawOn: row!.on,
      members: 2,
      ...{ intact: true, hashHolds: true, contentHolds: true, needsHold: true, groupHolds: true },
    });
    expect([row!.on, row!.by]).toEqual([row!.day, officer.personId]);
    expect(row!.sha256).toBe(createHash('sha256').update(row!.snapshot).digest('hex'));
    const snapshot = JSON.parse(row!.snapshot) as {
      agreement: unknown;
      members: object[];
      law: { on: string; figures: { code: string; article: string; value: string }[] };
      content: { lots: { items: object[]; participation: object[]; terms: object }[]; levers: object[] };
      needs: { lines: object; items: object[]; members: object[] };
      needsSha256: string;
    };
    expect(snapshot.agreement).toEqual({
      ...{ number: 1, label: 'Convention constitutive', adoptedOn: '2026-04-15' },
    });
    expect(snapshot.members).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'Argentré',
          signature: expect.objectContaining({
            signedOn: '2026-06-30',
            signatory: 'Claire Martin',
          }) as object,
          decision: expect.objectContaining({ number: '17', enforceableOn: '2026-06-24' }) as object,
        }),
      ]),
    );
    expect(snapshot.law.on).toBe(row!.on);
    expect(snapshot.law.figures.find(({ code }) => code === 'formalisee_fs')).toMatchObject({
      ...{ value: '216000.00', unit: 'euros', validFrom: '2026-01-01' },
    });
    const [lot] = snapshot.content.lots;
    expect(lot!.terms).toMatchObject({ maximum: '30000.00' });
    expect(lot!.participation).toHaveLength(2);
    expect(lot!.items).toMatchObject([{ code: 'V-1', unit_price: '10.5000' }]);
    // Lines by their hash, whatever their number; totals as they are.
    const { needs } = snapshot;
    expect(needs.lines).toEqual({ count: '1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(needs.items).toMatchObject(
      [{ code: 'V-1', minimum: '0.000', estimate: '12.500', maximum: '12.500', net: '131.25' }, {}].slice(
        0,
        needs.items.length,
      ),
    );
    expect(needs.members).toMatchObject([{ lot: 1, buyer: world.own.buyerId, net: '131.25' }]);
    expect(answer.publication!.needsSha256).toBe(snapshot.needsSha256);
    expect(snapshot.content.levers).toEqual([
      { lotId: of.lotIds[0], levers: ['ADVANCE'] },
      { lotId: of.lotIds[1], levers: [] },
    ]);
    // Why, and who decided it, are read in the room of the measures alone.
    expect(row!.snapshot).not.toMatch(/justification|protection|pépinières|decided/);
    expect(await verify()).toEqual({
      ...{ sha256: row!.sha256, hashHolds: true, contentHolds: true, groupHolds: true },
      ...{ needsHold: true, needsSha256: snapshot.needsSha256 },
    });
    expect(await read()).toEqual(answer);
    const entries = await sql<{ key: string; after: { sha256: string } }>(
      `select key, after from journal_entry where key in ('gate.publish', 'groups.launch', 'consultations.launch')
       and buyer_id is null order by key`,
    );
    expect(entries.map(({ key }) => key)).toEqual(['consultations.launch', 'gate.publish', 'groups.launch']);
    expect(entries[1]!.after.sha256).toBe(row!.sha256);
  });

  test('needs the version that was read', async () => {
    expect(await problem(world.post(path(), officer, { withoutNonSignatories: false }))).toEqual([
      428,
      'VERSION_REQUIRED',
    ]);
    await sql(`update consultation set version = 7 where id = $1`, of.consultationId);
    const stale = await publish();
    expect([stale.status, stale.headers.get('etag')]).toEqual([412, '"7"']);
    expect(await problem(world.post(path(), officer, {}, { 'If-Match': '"7"' }))).toEqual([
      422,
      'VALIDATION',
    ]);
    await published(false, 7);
    expect(await problem(publish(false, 8))).toEqual([409, 'CONSULTATION_LAUNCHED']);
  });

  test('« sans les non-signataires »: they leave the consultation, with their needs, and stay in the group', async () => {
    const silent = await silentMember();
    expect(await problem(publish())).toEqual([409, 'PUBLICATION_BLOCKED']);
    expect((await published(true)).publication).toMatchObject({ members: 2, intact: true });
    const [left] = await sql(
      `select (select count(*)::int from lot_participation where buyer_id = $1) as lots,
              (select count(*)::int from need_line where buyer_id = $1) as needs,
              (select count(*)::int from group_launch_member where buyer_id = $1) as bound,
              (select withdrawn_at from membership where buyer_id = $1) as withdrawn,
              (select snapshot like '%' || $1 || '%' from publication) as told`,
      silent,
    );
    expect(left).toEqual({ lots: 0, needs: 0, bound: 0, withdrawn: null, told: false });
    const keys = await sql<{ key: string }>(
      `select distinct key from journal_entry where buyer_id = $1 order by key`,
      silent,
    );
    expect(keys.map(({ key }) => key)).toEqual(['lots.leave', 'needs.leave']);
  });

  test('refused, those who would have left have not', async () => {
    await silentMember();
    await sql(`update lot_terms set environmental_clause = null where lot_id = $1`, of.lotIds[0]);
    const before = await standing();
    expect(await problem(publish(true))).toEqual([409, 'PUBLICATION_BLOCKED']);
    expect(await standing()).toEqual(before);
  });

  test('several at once: one publishes, the others are told so, and there is one snapshot', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => publish()));
    const told = await Promise.all(
      all.map(async (response) => (response.ok ? response.status : await problem(response))),
    );
    expect(told.filter((one) => one === 201)).toHaveLength(1);
    for (const one of told) if (one !== 201) expect(one).toEqual([409, 'CONSULTATION_LAUNCHED']);
    expect(await standing()).toMatchObject({ launched: true, version: 2, launches: 1, publications: 1 });
  });

  test('cut off after everything is written, nothing is', async () => {
    await silentMember();
    const before = await standing();
    await sql(`create function fail_at_the_end() returns trigger language plpgsql as
      $$ begin raise exception 'cut off'; end $$`);
    await sql(`create constraint trigger fail_at_the_end after insert on publication deferrable initially deferred
      for each row execute function fail_at_the_end()`);
    expect(await problem(publish(true))).toEqual([500, 'INTERNAL']);
    expect(await standing()).toEqual(before);
    expect(before).toMatchObject({ launched: false, launches: 0, publications: 0, bulletins: 6, needs: 2 });
    await sql(`drop trigger fail_at_the_end on publication`);
    await published(true);
  });

  test('what is altered in spite of all is told, by the service and at the console', async () => {
    const atConsole = async (): Promise<[number, string[]]> => {
      const lines: string[] = [];
      const log = createLogger({ logLevel: 'fatal' }, 'test', 2);
      const code = await publicationCommand(['verify', of.consultationId], world.database.config, log, {
        line: (text: string) => void lines.push(text),
        progress: () => undefined,
      });
      return [code, lines];
    };
    await expect(atConsole()).rejects.toBeInstanceOf(UsageError);
    const { sha256, needsSha256 } = (await published()).publication!;
    expect(await atConsole()).toEqual([
      0,
      [`Publication intacte : ${sha256}.`, `Besoins figés : ${needsSha256!}.`],
    ]);
    await sql(`alter table lot disable trigger consultation_is_frozen`);
    await sql(`update lot set title = 'Autre chose' where id = $1`, of.lotIds[1]);
    expect(await verify()).toMatchObject({ hashHolds: true, contentHolds: false });
    const told = { intact: false, hashHolds: true, contentHolds: false, groupHolds: true };
    expect((await read()).publication).toMatchObject(told);
    await sql(`alter table publication disable trigger publication_is_append_only`);
    await sql(`alter table publication drop constraint publication_sha256_is_that_of_the_snapshot`);
    await sql(`update publication set snapshot = replace(snapshot, 'Rosier', 'Chêne')`);
    expect(await verify()).toMatchObject({ hashHolds: false, contentHolds: false });
    expect((await read()).publication!.intact).toBe(false);
    expect(await atConsole()).toEqual([
      1,
      [expect.stringContaining('Publication altérée'), expect.stringContaining('Consultation altérée')],
    ]);
  });

  test('a need altered in spite of all no longer gives the hash; what was published before it had one still holds', async () => {
    const { needsSha256 } = (await published()).publication!;
    const stored = async (snapshot: unknown): Promise<void> => {
      await sql(`alter table publication disable trigger publication_is_append_only`);
      await sql(
        `alter table publication drop constraint if exists publication_sha256_is_that_of_the_snapshot`,
      );
      const text = JSON.stringify(snapshot);
      await sql(
        `update publication set snapshot = $1, sha256 = encode(sha256(convert_to($1, 'UTF8')), 'hex') where consultation_id = $2`,
        ...[text, of.consultationId],
      );
    };
    const alter = (by: string) =>
      sql(`update need_line set estimate = estimate + ${by} where consultation_id = $1`, of.consultationId);
    await sql(`alter table need_line disable trigger user`);
    await alter('0.001');
    expect(await verify()).toMatchObject({ contentHolds: true, needsHold: false, needsSha256 });
    expect((await read()).publication!.intact).toBe(false);
    await alter('-0.001');
    expect(await verify()).toMatchObject({ needsHold: true, needsSha256 });

    const [row] = await sql<{ snapshot: string }>(
      `select snapshot from publication where consultation_id = $1`,
      of.consultationId,
    );
    const told = JSON.parse(row!.snapshot) as Record<string, object>;
    await stored({ ...told, needs: { ...told['needs'], lines: { count: '0' } } });
    expect(await verify()).toMatchObject({ hashHolds: true, needsHold: false });
    const content = await world.app
      .get(PublicationQueries, { strict: false })
      .content(world.source.manager, of.consultationId, true);
    const { needs: _, needsSha256: __, ...older } = told;
    await stored({ ...older, content: { ...told['content'], ...content } });
    expect(await verify()).toMatchObject({
      ...{ hashHolds: true, contentHolds: true, needsHold: true, needsSha256: null },
    });
    await alter('0.001');
    expect(await verify()).toMatchObject({ contentHolds: false });
    await sql(`alter table need_line enable trigger user`);
  });

  test('afterwards a member may renounce, the consultation be dropped, and its launch end', async () => {
    await published();
    const { groupId, buyerId } = world.own;
    const member = `/groups/${groupId}/members/${buyerId}`;
    expect((await world.post(`${member}/withdrawal`, officer, {})).status).toBe(409);
    const renounced = await world.post(`${member}/renunciations`, officer, {
      ...{ consultationId: of.consultationId, reason: 'fermeture du service' },
      ...{ resolutionOn: parisDate(new Date()), resolutionNumber: '31' },
    });
    expect(renounced.ok).toBe(true);
    const cancelled = await world.post(
      `/consultations/${of.consultationId}/cancellation`,
      officer,
      { reason: 'le besoin a disparu' },
      { 'If-Match': '"2"' },
    );
    expect(cancelled.status).toBe(200);
    const [launch] = await sql(`select ended_at is not null as ended from group_launch`);
    expect(launch).toEqual({ ended: true });
    await world.source.transaction((tx) =>
      world.app.get(GroupsService).recordLaunchEnd(tx, OPERATOR, new Date(), of.consultationId),
    );
    expect((await world.post(`${member}/withdrawal`, officer, {})).status).toBe(200);
    expect(await verify()).toMatchObject({ hashHolds: true, contentHolds: true, groupHolds: true });
    expect(await read()).toMatchObject({ state: 'cancelled', publication: { intact: true } });
  });
});
