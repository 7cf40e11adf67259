import type ExcelJS from 'exceljs';
import type { FormCheckAnswer, FormOutcome } from '../../src/forms/forms.dto.js';
import { CSV_TYPE, PASTE_TYPE, XLSX_TYPE } from '../../src/platform/http/file-body.js';
import type { Problem } from '../../src/platform/http/problem.js';
import { type Holder, World } from '../accounts/world.js';
import { type Census, declarable, joinLots, moveCensus, openCensus } from '../support/census.js';
import { cellOf, edited } from '../support/edited-workbook.js';
import { joinGroup } from '../support/publishable.js';
import { readSpreadsheet, rewritten, zipParts } from '../support/spreadsheet.js';
import { requireTool } from '../support/tools.js';

const QUANTITY = 'Quantité estimée';

let world: World;
let officer: Holder;
let secretary: Holder;
let of: Census;
beforeAll(async () => {
  world = await World.open();
  const { buyerId, groupId } = world.own;
  officer = await world.person('procurement_officer', { buyerId: null, groupId });
  secretary = await world.person('commune_secretary', { buyerId, groupId: null });
});
afterAll(() => world.close());
beforeEach(async () => {
  of = await declarable(world.source, world.own);
  await openCensus(world.source, of);
});

const path = (rest = '/form') => `/consultations/${of.consultationId}/declarations/${of.buyerId}${rest}`;
const post = (to: string, body: Buffer | string, type: string, holder = secretary) =>
  world.api(to, holder, {
    method: 'POST',
    body: body as BodyInit,
    headers: { 'Content-Type': type },
  });
const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;
const check = (body: Buffer | string, type = XLSX_TYPE) =>
  json<FormCheckAnswer>(post(path('/form/checks'), body, type));
const applied = (body: Buffer | string, token: string, type = XLSX_TYPE, mode = 'valid') =>
  post(path(`/form?mode=${mode}&token=${token}`), body, type);
const template = async (holder = secretary): Promise<Buffer> => {
  const response = await world.api(path(), holder);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, XLSX_TYPE]);
  return Buffer.from(await response.arrayBuffer());
};
const entries = () =>
  world.source.query<{ code: string; estimate: string | null; channel: string }[]>(
    `select i.code, trim_scale(e.estimate)::text as estimate, e.channel from need_entry e join item i on i.id = e.item_id
     where e.consultation_id = $1 and e.buyer_id = $2 order by i.code`,
    [of.consultationId, of.buyerId],
  );
const type = (index: number, estimate: string | null, version = 0) =>
  world.api(path('/lines'), secretary, {
    method: 'PATCH',
    body: JSON.stringify({ lines: [{ itemId: of.itemIds[index], version, estimate }] }),
  });
const fill = (values: Readonly<Record<string, unknown>>) => async (file: Buffer) =>
  edited(file, (sheet) => {
    for (const [code, value] of Object.entries(values))
      cellOf(sheet, code, QUANTITY).value = value as ExcelJS.CellValue;
  });

describe('the workbook of a member', () => {
  test('has its items, last year, the total, and only its quantities unlocked', async () => {
    await world.source.query(
      `insert into need_history (consultation_id, buyer_id, item_id, quantity, source) values ($1, $2, $3, 8.5, 'import')`,
      [of.consultationId, of.buyerId, of.itemIds[0]],
    );
    await type(0, '12.5');
    await type(1, '0');
    const file = await template();
    const cells = [...readSpreadsheet(file).get('Besoins')!];
    const at = (address: string) => cells.find(([name]) => name === address)?.[1];
    const header = cells.find(([, { value }]) => value === 'Code article')![0];
    const first = Number(header.slice(1)) + 1;
    expect(['B', 'D', 'E', 'F', 'G'].map((column) => at(`${column}${first}`)?.value)).toEqual([
      ...['A-1', 'sac', '40'],
      ...[8.5, 12.5],
    ]);
    expect([at(`G${first + 1}`)?.value, at(`G${first + 2}`)?.value ?? null]).toEqual([0, null]);
    expect([at(`I${first}`), at(`I${first + 2}`)?.value]).toMatchObject([
      { value: 76.88, formula: `IF(ISNUMBER(G${first}),ROUND(G${first}*H${first},2),"")` },
      '',
    ]);
    expect(cells.filter(([, { formula }]) => formula?.startsWith('SUM('))[0]![1].value).toBe(76.88);
    const parts = zipParts(file);
    const unlocked = [
      ...parts.get('xl/worksheets/sheet1.xml')!.matchAll(/<dataValidation [^>]*sqref="([^"]+)"/g),
    ];
    expect(unlocked.map(([, range]) => range)).toEqual([`G${first}:G${first + 2}`]);
    expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(/<sheetProtection sheet="1"/);
    expect(parts.get('xl/workbook.xml')).toMatch(/veryHidden/);
    expect(await template(officer)).toEqual(file);
  });

  test('sent back as it is changes nothing; filled, it says what changes and writes nothing before it is applied', async () => {
    await type(0, '12.5');
    const file = await template();
    expect(await check(file)).toMatchObject({
      changed: 0,
      unchanged: 3,
      rejected: 0,
      changes: [],
      lines: [],
    });
    const full = await fill({ 'A-1': 15, 'A-2': '1\u202f234,5', 'B-1': 0 })(file);
    const told = await check(full);
    expect(told).toMatchObject({ changed: 3, unchanged: 0, rejected: 0, remarks: [] });
    expect(told.changes.map(({ sentence }) => sentence)).toEqual([
      'A-1\u00a0: 12,5 → 15\u00a0sac',
      'A-2\u00a0: rien n’est dit → 1\u202f234,5\u00a0sac',
      'B-1\u00a0: rien n’est dit → 0\u00a0sac',
    ]);
    expect(await entries()).toEqual([{ code: 'A-1', estimate: '12.5', channel: 'api' }]);
    expect(await json<FormOutcome>(applied(full, told.token, XLSX_TYPE, 'all'))).toEqual({
      ...{ applied: 3, unchanged: 0, leftOut: [] },
    });
    expect(await entries()).toEqual([
      { code: 'A-1', estimate: '15', channel: 'import' },
      { code: 'A-2', estimate: '1234.5', channel: 'import' },
      { code: 'B-1', estimate: '0', channel: 'import' },
    ]);
    const [{ before, after, channel }] = await world.source.query<
      [{ before: object; after: object; channel: string }]
    >(
      `select before, after, channel from journal_entry where subject = 'needs' and subject_id = $1 order by position desc limit 1`,
      [of.lotIds[0]],
    );
    expect([before, after, channel]).toEqual([
      { 'A-1': '12,5', 'A-2': null },
      { 'A-1': '15', 'A-2': '1234,5' },
      'import',
    ]);
  });

  test('saved again by LibreOffice, it says the same', async () => {
    if (!requireTool('soffice')) return;
    const [file] = rewritten([
      await fill({ 'A-1': 12.5, 'A-2': { formula: '2*3', result: 0 } })(await template()),
    ]);
    const told = await check(file!);
    expect(told.changes.map(({ code, after, formula }) => [code, after.estimate, formula])).toEqual([
      ['A-1', '12.5', false],
      ['A-2', '6', true],
    ]);
    expect(told.remarks).toEqual([
      '1\u00a0quantité vient d’une formule\u00a0: c’est son dernier résultat qui est lu (A-2).',
    ]);
  });

  test('is read by the codes of its items, however rows, columns and sheets were moved', async () => {
    const file = await edited(await template(), (sheet) => {
      cellOf(sheet, 'A-1', QUANTITY).value = 1;
      cellOf(sheet, 'A-2', QUANTITY).value = '2,5';
      cellOf(sheet, 'B-1', QUANTITY).value = 3;
      const header = Number(cellOf(sheet, 'A-1', QUANTITY).row) - 1;
      const rows = [1, 2, 3].map((offset) =>
        (sheet.getRow(header + offset).values as ExcelJS.CellValue[]).slice(1),
      );
      // Sorted the other way round, a blank row in between.
      rows.reverse().forEach((values, index) => (sheet.getRow(header + 1 + index * 2).values = values));
      sheet.getRow(header + 2).values = [];
      sheet.spliceColumns(3, 0, [], ['à moi']);
      sheet.name = 'Feuille de Claire';
    });
    const told = await check(file);
    expect([told.changed, told.lines]).toEqual([3, []]);
    expect(told.changes.map(({ code, after }) => [code, after.estimate])).toEqual([
      ['B-1', '3'],
      ['A-2', '2.5'],
      ['A-1', '1'],
    ]);
  });

  test('says what it cannot read, line by line, applies the rest, and comes back annotated', async () => {
    await type(2, '7');
    const file = await edited(await template(), (sheet) => {
      cellOf(sheet, 'A-1', QUANTITY).value = '12 sacs';
      cellOf(sheet, 'A-2', QUANTITY).value = 4;
      cellOf(sheet, 'B-1', QUANTITY).value = null;
      sheet.addRow([null, 'Z-9', 'autre', 'sac', null, null, 5]);
    });
    const told = await check(file);
    expect(told).toMatchObject({ changed: 2, unchanged: 0, rejected: 2 });
    expect(told.remarks).toEqual([
      '1\u00a0quantité est effacée\u00a0: rien n’est plus dit de B-1. Pour dire qu’il n’y a pas de besoin, écrire 0.',
    ]);
    expect(told.lines).toMatchObject([
      {
        code: 'A-1',
        value: '12 sacs',
        problem: 'la quantité estimée porte une unité (sacs)',
        correction: 'écrire 12, sans unité ni symbole',
      },
      { code: 'Z-9', value: '5', problem: 'cet article n’est d’aucun lot que ce membre a rejoint' },
    ]);
    const whole = await json<Problem>(applied(file, told.token, XLSX_TYPE, 'all'));
    expect([whole.code, whole.errors!.length]).toEqual(['FORM_REFUSED', 2]);
    const response = await post(path('/form/annotated'), file, XLSX_TYPE);
    const annotated = Buffer.from(await response.arrayBuffer());
    const sheets = readSpreadsheet(annotated);
    const texts = [...sheets.get('Besoins')!.values()].map(({ value }) => value);
    expect(texts).toContain(
      `Ligne\u00a0${told.lines[0]!.line}\u00a0: la quantité estimée porte une unité (sacs). Écrire 12, sans unité ni symbole.`,
    );
    expect(texts).toContain('12 sacs');
    expect([...sheets.get('Lignes non reprises')!.values()].map(({ value }) => value)).toContain('Z-9');
    // Corrected where it is wrong, it is taken whole.
    const mended = await check(await fill({ 'A-1': 12 })(annotated));
    expect(mended).toMatchObject({ changed: 3, rejected: 0 });
    expect((await json<FormOutcome>(applied(file, told.token))).leftOut).toHaveLength(2);
    expect((await entries()).map(({ estimate }) => estimate)).toEqual(['4', null]);
  });

  test('refuses cells merged with others, and formulas that were never worked out', async () => {
    const file = await edited(await template(), (sheet) => {
      cellOf(sheet, 'A-1', QUANTITY).value = 5;
      cellOf(sheet, 'B-1', QUANTITY).value = { formula: 'C5*2' };
      const { address } = cellOf(sheet, 'A-1', QUANTITY);
      sheet.mergeCells(`${address}:${cellOf(sheet, 'A-2', QUANTITY).address}`);
    });
    const told = await check(file);
    expect(told.lines.map(({ code, problem }) => [code, problem.split('\u00a0:')[0]])).toEqual([
      ['A-1', 'cette cellule est fusionnée avec d’autres'],
      ['A-2', 'cette cellule est fusionnée avec d’autres'],
      ['B-1', 'la formule de cette cellule n’a pas de résultat'],
    ]);
  });

  test('made for an older catalogue, it is read all the same, and what changed is told', async () => {
    const file = await fill({ 'A-1': 5, 'A-2': 6, 'B-1': 1 })(await template());
    await world.source.query(`update item set code = 'A-3' where id = $1`, [of.itemIds[1]]);
    await world.source.query(`update item set unit = 'TNE' where id = $1`, [of.itemIds[2]]);
    const told = await check(file);
    expect(told.remarks).toEqual([
      'Le bordereau, ou la liste des lots rejoints, a changé depuis que ce fichier a été fait\u00a0: les lignes sont reconnues à leur code. N’y sont plus\u00a0: A-2. Nouveaux, absents du fichier\u00a0: A-3.',
    ]);
    expect(told.changes.map(({ code }) => code)).toEqual(['A-1']);
    expect(told.lines.map(({ code, problem }) => [code, problem])).toEqual([
      ['A-2', 'cet article n’est plus au bordereau des lots de ce membre'],
      ['B-1', 'l’unité de cet article est «\u00a0tonne\u00a0», et non «\u00a0sac\u00a0»'],
    ]);
  });

  test('of another member, or of another consultation, is refused with its name', async () => {
    const file = await template();
    const { buyerId: other } = world.other;
    const neighbour = await world.person('commune_secretary', { buyerId: other, groupId: null });
    await joinGroup(world.source, world.own.groupId, other);
    await joinLots(world.source, of, other);
    const consultation = of;
    of = { ...of, buyerId: other };
    const refusal = await json<Problem>(post(path('/form/checks'), file, XLSX_TYPE, neighbour));
    expect(refusal.code).toBe('FORM_OF_ANOTHER');
    expect(refusal.detail).toContain(consultation.consultationId);
    of = await declarable(world.source, world.own);
    await openCensus(world.source, of);
    expect(await json<Problem>(post(path('/form/checks'), file, XLSX_TYPE))).toMatchObject({
      code: 'FORM_OF_ANOTHER',
    });
  });
});

describe('a CSV file, and a paste', () => {
  test('say the same as the workbook, with columns of one’s own', async () => {
    const csv =
      'Désignation;Quantité estimée;Code article;Quantité max\nSel;12,5;a-1;20\nSel;-3;A-2;\nSel;4;B-1;2\n';
    const told = await check(csv, CSV_TYPE);
    expect(told.changes.map(({ sentence }) => sentence)).toEqual([
      'A-1\u00a0: rien n’est dit → 12,5 (maximum 20)\u00a0sac',
    ]);
    expect(told.lines.map(({ line, problem }) => [line, problem])).toEqual([
      [3, 'la quantité estimée est un nombre négatif'],
      [4, 'la quantité estimée dépasse le maximum (2)'],
    ]);
    const pasted = await check('A-1\t3\nA-2\t1.234\nB-1\n', PASTE_TYPE);
    expect(pasted.changes.map(({ code, after }) => [code, after.estimate])).toEqual([['A-1', '3']]);
    expect(pasted.lines[0]!.problem).toContain('est ambigu');
    expect(pasted.unchanged).toBe(1);
  });

  test('given twice with the same quantity a line is taken once, with another it is refused', async () => {
    const told = await check('A-1\t3\nA-2\t1\nA-1\t3,0\nA-2\t2\n', PASTE_TYPE);
    expect(told.changes.map(({ code }) => code)).toEqual(['A-1']);
    expect(told.lines.map(({ line, problem }) => [line, problem])).toEqual([
      [2, 'cet article est donné 2\u00a0fois, avec des quantités différentes (lignes 2, 4)'],
      [4, 'cet article est donné 2\u00a0fois, avec des quantités différentes (lignes 2, 4)'],
    ]);
  });

  test('that are none are refused with a sentence, and another type of file too', async () => {
    for (const [body, kind] of [
      ['nothing;here\n1;2\n', CSV_TYPE],
      [' \n', PASTE_TYPE],
      ['%PDF-1.7 not a workbook', XLSX_TYPE],
    ]) {
      const { code, errors } = await json<Problem>(post(path('/form/checks'), body!, kind!));
      expect([code, errors!.length]).toEqual(['FORM_REFUSED', 1]);
      expect(errors![0]!.detail).toMatch(/^\p{Lu}.*\.$/u);
    }
    expect((await post(path('/form/checks'), 'x', 'application/pdf')).status).toBe(415);
  });
});

describe('two people at once', () => {
  const csv = 'code_article;quantite_estimee\nA-1;5\nA-2;6\n';

  test('a line typed since the check is not overwritten: the second gets both values', async () => {
    const { token } = await check(csv, CSV_TYPE);
    await type(0, '9');
    const response = await applied(csv, token, CSV_TYPE);
    const { code, current } = (await response.json()) as Problem & {
      current: { lines: { estimate: string }[] };
    };
    expect([response.status, code]).toEqual([409, 'NEED_LINES_CONFLICT']);
    expect(current.lines).toMatchObject([{ code: 'A-1', estimate: '9' }]);
    expect(await entries()).toHaveLength(1);
    const again = await check(csv, CSV_TYPE);
    expect((await applied(csv, again.token, CSV_TYPE)).status).toBe(200);
    expect((await entries()).map(({ estimate }) => estimate)).toEqual(['5', '6']);
    // Sent again after a lost answer, it is simply done.
    expect(await json<FormOutcome>(applied(csv, again.token, CSV_TYPE))).toMatchObject({
      applied: 0,
      unchanged: 2,
    });
  });

  test('the same file applied twice at the same time is written once', async () => {
    const { token } = await check(csv, CSV_TYPE);
    const both = await Promise.all([applied(csv, token, CSV_TYPE), applied(csv, token, CSV_TYPE)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const versions = await world.source.query<{ version: number }[]>(
      `select version from need_entry where consultation_id = $1`,
      [of.consultationId],
    );
    expect(versions.map(({ version }) => version)).toEqual([1, 1]);
  });

  test('another file than the one that was checked, or another catalogue, is checked again', async () => {
    const { token } = await check(csv, CSV_TYPE);
    for (const [file, given] of [
      [csv.replace('6', '7'), token],
      [csv, `${token.split('.').slice(0, 2).join('.')}.AAAA`],
      [csv, 'x'],
    ])
      expect(await json<Problem>(applied(file!, given!, CSV_TYPE))).toMatchObject({
        code: 'FORM_CHECK_STALE',
      });
    await world.source.query(`delete from item where id = $1`, [of.itemIds[2]]);
    expect(await json<Problem>(applied(csv, token, CSV_TYPE))).toMatchObject({ code: 'FORM_CHECK_STALE' });
    expect(await entries()).toEqual([]);
  });

  test('past the deadline nothing is applied, and the check says so', async () => {
    const { token } = await check(csv, CSV_TYPE);
    await moveCensus(world.source, of, -1);
    expect(await json<Problem>(applied(csv, token, CSV_TYPE))).toMatchObject({ code: 'NEEDS_LOCKED' });
    expect((await check(csv, CSV_TYPE)).remarks[0]).toContain('L’échéance est passée');
    expect(await entries()).toEqual([]);
  });
});
