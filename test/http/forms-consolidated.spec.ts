import { randomUUID } from 'node:crypto';
import type {
  ConsolidatedCheck,
  ConsolidatedOutcome,
  HistoryCheck,
  HistoryOutcome,
} from '../../src/forms/consolidated.dto.js';
import { CSV_TYPE, XLSX_TYPE } from '../../src/platform/http/file-body.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable, joinLots, moveCensus, openCensus } from '../support/census.js';
import { joinGroup } from '../support/publishable.js';
import { fromCsv } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';

let world: World;
let officer: Holder;
let secretary: Holder;
let of: Census;
let siret: string;
/** Another member, known by its INSEE code. */
let other: string;
const INSEE = '01004';
beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
  [{ siret }] = await world.source.query<[{ siret: string }]>(`select siret from buyer where id = $1`, [
    buyerId,
  ]);
  other = randomUUID();
  await world.source.query(
    `insert into buyer (id, siret, name, insee_code) values ($1, '21010004600017', 'Ambérieu', $2)`,
    [other, INSEE],
  );
  await joinGroup(world.source, groupId, other);
});
afterAll(() => world.close());
beforeEach(async () => {
  of = await declarable(world.source, world.own);
  await joinLots(world.source, of, other);
  await openCensus(world.source, of);
});

const campaign = (rest: string) => `/consultations/${of.consultationId}/needs-campaign${rest}`;
const post = async (to: string, body: Buffer | string, type = CSV_TYPE, holder = officer) =>
  world.api(to, holder, { method: 'POST', body: body as BodyInit, headers: { 'Content-Type': type } });
const json = async <T>(to: string, body: Buffer | string, type = CSV_TYPE): Promise<T> =>
  (await (await post(to, body, type)).json()) as T;
const check = (body: Buffer | string, type = CSV_TYPE) =>
  json<ConsolidatedCheck>(campaign('/form/checks'), body, type);
const apply = <T = ConsolidatedOutcome>(body: Buffer | string, token: string, more = '', mode = 'valid') =>
  json<T>(campaign(`/form?mode=${mode}&token=${token}${more}`), body);
const csv = (...rows: string[]) =>
  ['siret;code_insee;code_article;quantite_min;quantite_estimee;quantite_max', ...rows, ''].join('\n');
const typed = (buyerId = of.buyerId) =>
  world.source.query<object[]>(
    `select i.code, trim_scale(e.estimate)::text as estimate, e.channel, e.version from need_entry e
     join item i on i.id = e.item_id where e.consultation_id = $1 and e.buyer_id = $2 order by i.code`,
    [of.consultationId, buyerId],
  );
const type = (estimate: string | null, version: number, index = 0) =>
  world.api(`/consultations/${of.consultationId}/declarations/${of.buyerId}/lines`, secretary, {
    method: 'PATCH',
    body: JSON.stringify({ lines: [{ itemId: of.itemIds[index], version, estimate }] }),
  });

describe('the file of all members', () => {
  const full = () =>
    csv(
      `${siret};;A-1;10;12,5;20`,
      `${siret};;a-2;;1\u202f234,5;`,
      `;1004;A-1;;0;`,
      `;${INSEE};B-1;;4;`,
      `99999999999999;;A-1;;4;`,
      `;${INSEE};Z-9;;4;`,
      `;${INSEE};A-2;;12 sacs;`,
    );

  test('is checked member by member, with each line that is refused, and writes nothing', async () => {
    const told = await check(full());
    expect(told).toMatchObject({ changed: 4, unchanged: 0, rejected: 3 });
    expect(told.members.map(({ changed, rejected }) => [changed, rejected])).toEqual(
      expect.arrayContaining([
        [2, 0],
        [2, 1],
      ]),
    );
    expect(told.changes.map(({ line, code, after }) => [line, code, after.estimate, after.minimum])).toEqual([
      [2, 'A-1', '12.5', '10'],
      [3, 'A-2', '1234.5', null],
      [4, 'A-1', '0', null],
      [5, 'B-1', '4', null],
    ]);
    expect(told.lines.map(({ line, code, value, problem }) => [line, code, value, problem])).toEqual([
      [6, 'A-1', '4', '99999999999999 n’est d’aucun membre qui a rejoint un lot de cette consultation'],
      [7, 'Z-9', '4', 'cet article n’est pas au bordereau de la consultation'],
      [8, 'A-2', '12 sacs', 'la quantité estimée porte une unité (sacs)'],
    ]);
    expect([await typed(), await typed(other)]).toEqual([[], []]);
  });

  test('is applied, told to the journal of each member with what was before, and applied again changes nothing', async () => {
    await type('3', 0);
    const { token } = await check(full());
    expect((await apply<Problem>(full(), token, '', 'all')).code).toBe('FORM_REFUSED');
    expect(await apply(full(), token)).toMatchObject({
      applied: 4,
      unchanged: 0,
      rejected: 3,
      transmitted: 0,
    });
    expect(await typed()).toEqual([
      { code: 'A-1', estimate: '12.5', channel: 'import', version: 2 },
      { code: 'A-2', estimate: '1234.5', channel: 'import', version: 1 },
    ]);
    const entries = await world.source.query<{ before: object; after: object }[]>(
      `select before, after from journal_entry
       where subject_id = $1 and buyer_id = $2 and channel = 'import' and key = 'needs.type'`,
      [of.lotIds[0], of.buyerId],
    );
    expect(entries).toEqual([
      { before: { 'A-1': '3', 'A-2': null }, after: { 'A-1': '12,5 min 10 max 20', 'A-2': '1234,5' } },
    ]);
    const again = await check(full());
    expect(again).toMatchObject({ changed: 0, unchanged: 4 });
    expect(await apply(full(), again.token)).toMatchObject({ applied: 0, unchanged: 4 });
    expect((await typed())[0]).toMatchObject({ version: 2 });
  });

  test('keeps the bounds that it does not tell, and an empty quantity says nothing any more', async () => {
    const bounded = csv(`${siret};;A-1;10;12;20`);
    await apply(bounded, (await check(bounded)).token);
    const bare = (quantity: string) => `siret;code_article;quantite_estimee\n${siret};A-1;${quantity}\n`;
    expect((await check(bare('15'))).changes[0]).toMatchObject({
      after: { estimate: '15', minimum: '10', maximum: '20' },
      sentence: expect.stringContaining(
        '12 (minimum 10, maximum 20) → 15 (minimum 10, maximum 20)',
      ) as string,
    });
    expect((await check(bare('25'))).lines[0]!.problem).toBe('la quantité estimée dépasse le maximum');
    const emptied = await check(bare(''));
    expect(emptied.changes[0]).toMatchObject({ after: { estimate: null, minimum: null, maximum: null } });
    expect(emptied.members[0]).toMatchObject({ emptied: 1 });
  });

  test('refuses lines that say two things, and lots that were not joined', async () => {
    await world.source.query(`delete from lot_participation where lot_id = $1 and buyer_id = $2`, [
      of.lotIds[1],
      other,
    ]);
    const told = await check(
      csv(
        `${siret};;A-1;;1;`,
        `${siret};;A-1;;2;`,
        `${siret};;A-2;;5;`,
        `${siret};;A-2;;5,0;`,
        `;${INSEE};B-1;;4;`,
        `;;A-1;;4;`,
        `${siret};;B-1;9;4;`,
      ),
    );
    expect(told.lines.map(({ line, problem }) => [line, problem])).toEqual([
      [2, 'cet article est donné plusieurs fois pour cet acheteur, avec des quantités différentes'],
      [3, 'cet article est donné plusieurs fois pour cet acheteur, avec des quantités différentes'],
      [6, 'l’article est du lot\u00a02, que cet acheteur n’a pas rejoint'],
      [7, 'la ligne ne dit pas de quel acheteur elle est'],
      [8, 'le minimum dépasse la quantité estimée'],
    ]);
    expect(told).toMatchObject({ changed: 1, unchanged: 1 });
  });

  test('transmits in the name of the members, after the deadline too, with where it comes from', async () => {
    await moveCensus(world.source, of, -60);
    const file = csv(`${siret};;A-1;;12;`, `;${INSEE};A-1;;3;`);
    const { token } = await check(file);
    expect((await apply<Problem>(file, token, '&transmit=true')).code).toBe('CONSOLIDATION_WITHOUT_REASON');
    const reason = `&transmit=true&reason=${encodeURIComponent('d’après ce que le membre a envoyé')}`;
    expect(await apply(file, token, reason)).toMatchObject({ applied: 2, transmitted: 2 });
    const versions = await world.source.query<object[]>(
      `select number, kind, reason, channel from need_version where consultation_id = $1`,
      [of.consultationId],
    );
    expect(versions).toEqual(
      Array(2).fill({
        number: 1,
        kind: 'consolidation',
        reason: 'd’après ce que le membre a envoyé',
        channel: 'import',
      }),
    );
    const counted = await world.source.query<object[]>(
      `select standing, trim_scale(estimate)::text as estimate from need_line where consultation_id = $1 order by need_line.estimate`,
      [of.consultationId],
    );
    expect(counted).toEqual([
      { standing: 'valid', estimate: '3' },
      { standing: 'valid', estimate: '12' },
    ]);
    // Nothing changed since: no version is added.
    expect(await apply(file, (await check(file)).token, reason)).toMatchObject({
      applied: 0,
      transmitted: 0,
    });
  });

  test('overwrites nothing typed since it was checked: both values are told', async () => {
    const file = csv(`${siret};;A-1;;12;`, `;${INSEE};A-1;;3;`);
    const { token } = await check(file);
    await type('9', 0);
    const refusal = await apply<Problem & { current: { lines: { before: object; after: object }[] } }>(
      file,
      token,
    );
    expect(refusal.code).toBe('FORM_CONFLICT');
    expect(refusal.current.lines).toMatchObject([{ before: { estimate: '9' }, after: { estimate: '12' } }]);
    expect(await typed(other)).toEqual([]);
  });

  test('applied twice at the same time is written once', async () => {
    const file = csv(`${siret};;A-1;;12;`);
    const { token } = await check(file);
    const both = await Promise.all([apply(file, token), apply(file, token)]);
    expect(both.map(({ applied }) => applied).sort()).toEqual([0, 1]);
    expect(await typed()).toEqual([{ code: 'A-1', estimate: '12', channel: 'import', version: 1 }]);
  });

  test('is a workbook as well, and is refused whole when nothing tells its buyers', async () => {
    expect(
      (await json<Problem>(campaign('/form/checks'), 'code_article;quantite_estimee\nA-1;2\n')).errors![0],
    ).toMatchObject({
      detail:
        'Aucune colonne ne dit de quel acheteur est chaque ligne\u00a0: ajouter une colonne siret, ou code_insee.',
    });
    expect(
      (await json<Problem>(campaign('/form/checks'), 'siret;code_article;quantite_estimee\n"1;A-1;2\n')).code,
    ).toBe('FORM_REFUSED');
    if (!requireTool('soffice')) return;
    const file = fromCsv(Buffer.from(csv(`${siret};;A-1;;12;`).replaceAll(';', ',')));
    // Meanwhile nothing else ran here: connections that grew old are closed first.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await check(file, XLSX_TYPE)).toMatchObject({ changed: 1, rejected: 0 });
  });
});

describe('the quantities of last year', () => {
  const file = () =>
    `siret;code_insee;code_article;quantite\n${siret};;A-1;8,5\n;${INSEE};B-1;3\n;${INSEE};A-1;\n`;

  test('are checked, then written over those known, and shown to the members', async () => {
    await world.source.query(
      `insert into need_history (consultation_id, buyer_id, item_id, quantity, source) values ($1, $2, $3, 7, 'consultation')`,
      [of.consultationId, of.buyerId, of.itemIds[0]],
    );
    const told = await json<HistoryCheck>(campaign('/history/checks'), file());
    expect(told).toMatchObject({ changed: 2, unchanged: 0, rejected: 1 });
    expect(told.changes[0]).toMatchObject({ before: { estimate: '7' }, after: { estimate: '8.5' } });
    expect(told.lines[0]!.problem).toBe('la quantité manque');
    expect(await json<HistoryOutcome>(campaign('/history?mode=valid'), file())).toMatchObject({
      applied: 2,
      rejected: 1,
    });
    const kept = await world.source.query<object[]>(
      `select trim_scale(quantity)::text as quantity, source from need_history where consultation_id = $1 order by quantity`,
      [of.consultationId],
    );
    expect(kept).toEqual([
      { quantity: '3', source: 'import' },
      { quantity: '8.5', source: 'import' },
    ]);
    expect(await json<HistoryOutcome>(campaign('/history?mode=valid'), file())).toMatchObject({
      applied: 0,
      unchanged: 2,
    });
  });

  test('are not written any more once the census is closed', async () => {
    await world.source.query(
      `update need_campaign set deadline = now() - interval '2 hours', closed_at = now() where consultation_id = $1`,
      [of.consultationId],
    );
    expect(await json<Problem>(campaign('/history?mode=all'), file())).toMatchObject({
      code: 'NEEDS_CLOSED',
    });
  });
});
